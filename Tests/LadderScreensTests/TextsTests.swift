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
    "keys.rule-form.json",
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

  private static func matches(_ key: String, _ parts: [String]) -> Bool {
    guard let first = parts.first, let last = parts.last, key.hasPrefix(first),
      key.hasSuffix(last), key.count > first.count + last.count
    else { return false }
    return true
  }

  private static func keysInSources() throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = ["LadderScreens", "LoyaltyWorkspace", "ladder/Screens"].flatMap { target in
      FileManager.default.enumerator(
        at: sources.appending(path: target), includingPropertiesForKeys: nil)?.allObjects ?? []
    }
    let literal =
      /"((?:[a-z][a-z0-9-]*|\\\([^()]*(?:\([^()]*\))?[^()]*\))(?:\.(?:[a-z0-9-]+|\\\([^()]*(?:\([^()]*\))?[^()]*\)))+)"/
    var keys: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
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
