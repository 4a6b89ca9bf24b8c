import Foundation
import LoyaltyModel
import LoyaltyWorkspace
import Testing

/// The texts of the screens: none missing, none unused, all in both languages.
@Suite struct ScreenTextsTests {
  private static let languages = Language.allCases.map { Texts(embedded: $0) }

  @Test func haveTheSameKeysAndPlacesInEveryLanguage() throws {
    let english = try #require(Self.languages.first)
    #expect(english.keys.count > 100)
    for texts in Self.languages {
      #expect(texts.keys == english.keys, "\(texts.language)")
      for key in english.keys {
        #expect(texts.entry(key)?.places == english.entry(key)?.places, "\(texts.language) \(key)")
        #expect(texts.entry(key)?.forms.contains("") == false, "\(texts.language) \(key)")
      }
    }
  }

  /// Words that both languages write alike.
  private static let alike: Set<String> = [
    "keys.rule-form.json", "backtest.version",
    "card.number", "export.format", "keys.customers.filter", "keys.review.filter", "status.filter",
    "month.1", "month.2", "month.3", "month.4", "month.6", "month.7", "month.9", "month.11",
  ]

  /// A text that stands in English among the Indonesian ones was forgotten.
  @Test func areTranslated() {
    let indonesian = Texts(embedded: .indonesian)
    let same = Texts.english.keys.filter { key in
      let entry = Texts.english.entry(key)
      // Apart from places, a translation must differ where there are words at all.
      let words = entry?.forms.joined().replacing(/\{[^}]*\}/, with: "") ?? ""
      return words.contains(where: \.isLetter) && entry == indonesian.entry(key)
    }
    #expect(Set(same).subtracting(Self.alike).sorted() == [])
  }

  /// What looks like a key in the sources, and is none.
  private static let noTexts: Set<String> = [
    "ladder.work", "ladder.aside", "ladder.lists", "offers.csv", "example.com", "example.net",
    "example.org",
  ]

  /// Keys stand in the sources as `texts("…")`, `texts["…"]` and as the names of key bindings.
  ///
  /// A part made at run time, `\(…)`, stands for anything.
  @Test func areExactlyThoseThatTheScreensAskFor() throws {
    let used = try Self.keysInSources()
    let keys = Set(Texts.english.keys)
    let plain = used.filter { !$0.contains("*") && !Self.noTexts.contains($0) }
    #expect(plain.subtracting(keys).sorted() == [], "asked for, but not in en.json")
    let patterns = used.filter { $0.contains("*") }.map { pattern in
      pattern.split(separator: "*", omittingEmptySubsequences: false).map { String($0) }
    }
    let unused = keys.subtracting(plain).filter { key in
      !patterns.contains { Self.matches(key, $0) }
    }
    #expect(unused.sorted() == [], "in en.json, but never asked for")
  }

  /// Whoever asks for a text with places brings a value for each, or `{name}` stands on the screen.
  @Test func getAValueForEveryPlace() throws {
    var checked = 0
    for text in try Self.sources() {
      for call in text.matches(of: /\btexts([\[(])/) {
        let rest = text[call.range.upperBound...]
        let arguments = Self.balanced(rest, call.1 == "(" ? ("(", ")") : ("[", "]"))
        let (asked, given) = Self.askedAndGiven(arguments, isPlain: call.1 == "[")
        for key in asked {
          guard let places = Texts.english.entry(key)?.places else { continue }
          checked += 1
          #expect(Set(places).subtracting(given).sorted() == [], "\(key)")
        }
      }
    }
    #expect(checked > 300)
  }

  /// The keys in the arguments of a call, and the names of the values that stand in it as a literal;
  /// nothing asked where the values come from elsewhere.
  private static func askedAndGiven(
    _ arguments: Substring, isPlain: Bool
  ) -> (asked: [String], given: Set<String>) {
    let start = isPlain ? nil : arguments.firstRange(of: /\[\s*"\w+":/)
    if !isPlain, start == nil { return ([], []) }
    let head = arguments[..<(start?.lowerBound ?? arguments.endIndex)]
    let given = arguments[head.endIndex...].matches(of: /"(\w+)":/).map { String($0.1) }
    return (head.matches(of: /"([a-z][a-z0-9.-]+)"/).map { String($0.1) }, Set(given))
  }

  /// A text up to the bracket that closes it.
  private static func balanced(
    _ text: Substring, _ brackets: (open: Character, close: Character)
  ) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == brackets.open { depth += 1 }
      if text[index] == brackets.close { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }

  private static func matches(_ key: String, _ parts: [String]) -> Bool {
    guard let first = parts.first, let last = parts.last, key.hasPrefix(first),
      key.hasSuffix(last), key.count > first.count + last.count
    else { return false }
    return true
  }

  /// The sources that ask for texts.
  private static func sources() throws -> [String] {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = ["LadderScreens", "LoyaltyWorkspace", "ladder/Screens"].flatMap { target in
      FileManager.default.enumerator(
        at: sources.appending(path: target), includingPropertiesForKeys: nil)?.allObjects ?? []
    }
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  private static func keysInSources() throws -> Set<String> {
    let literal =
      /"((?:[a-z][a-z0-9-]*|\\\([^()]*(?:\([^()]*\))?[^()]*\))(?:\.(?:[a-z0-9-]+|\\\([^()]*(?:\([^()]*\))?[^()]*\)))+)"/
    var keys: Set<String> = []
    for text in try sources() {
      for match in text.matches(of: literal) {
        let key = match.1.replacing(/\\\([^()]*(?:\([^()]*\))?[^()]*\)/, with: "*")
        let before = text[..<match.range.lowerBound].suffix(200)
        let isBinding = before.contains(/KeyBinding\(\s*\[[^\]]*(?:\][^\]"]*)*,\s*$/)
        keys.formUnion(isBinding ? ["keys.\(key)", "keys.\(key).help"] : [String(key)])
      }
    }
    return keys
  }
}
