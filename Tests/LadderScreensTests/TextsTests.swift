import Foundation
import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

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

  @Test(arguments: OfferState.allCases) func nameEveryStateOfAnOffer(_ state: OfferState) {
    for texts in Self.languages { #expect(texts.entry("state.\(state.rawValue)") != nil) }
  }

  /// Words that both languages write alike.
  private static let alike: Set<String> = [
    "status.demo",
    "issue.found.null", "keys.rule-form.json", "backtest.version", "value.email",
    "card.number", "review.of-whom", "export.format", "keys.customers.filter", "keys.review.filter",
    "status.filter",
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

  /// What only commands say, and what the terminal gets before and after the screens.
  private static let ofCommands: Set<String> = [
    "error.broken-file", "error.demo-exists", "error.imported-before",
    "error.imported-before.unknown", "error.no-backup", "error.nothing-held-out",
    "error.unknown-profile", "store.empty", "store.missing", "terminal.call", "terminal.commands",
  ]

  /// Whoever sits at the screens has keys, no shell: no text of theirs names a command or an option.
  @Test(arguments: Language.allCases)
  func nameNoCommandsOnScreens(_ language: Language) {
    let texts = Texts(embedded: language)
    let screens = texts.onScreen
    #expect(screens.isOnScreen && !texts.isOnScreen)
    let shell = /(^|[^\p{L}])(ladder [a-z]|--[a-z]+)/
    let naming = screens.keys.filter { key in
      screens.entry(key)?.forms.contains { $0.contains(shell) } == true
    }
    #expect(Set(naming).subtracting(Self.ofCommands).sorted() == [])
    #expect(Self.ofCommands.subtracting(naming).sorted() == [])
    // The other form of a text fills its places with the same values.
    for key in texts.keys where key.hasSuffix(Texts.screenEnding) {
      let plain = String(key.dropLast(Texts.screenEnding.count))
      let places = Set(texts.entry(plain)?.places ?? [])
      #expect(places.isSuperset(of: texts.entry(key)?.places ?? []), "\(key)")
      #expect(texts.entry(plain) != texts.entry(key), "\(key)")
    }
  }

  /// Facts, their values and units: what stands in the catalogue stands in English, too.
  @Test func nameEveryFact() {
    let texts = Texts.english
    let catalogue = FactCatalogue.customers
    for fact in catalogue.facts + catalogue.lists.flatMap(\.fields) {
      #expect(texts.entry("fact." + key(fact.label))?.forms == [fact.label])
      if case .choice(let words) = fact.type {
        #expect(words.map(texts.value) == words)
        #expect(words.allSatisfy { hasText($0, "value.") || hasText($0, "segment.") })
      }
      if case .count(let unit) = fact.type, !unit.isEmpty {
        #expect(texts.entry("unit." + unit)?.forms == [unit])
      }
    }
    for (name, _) in catalogue.lists { #expect(texts.entry("list." + name)?.forms == [name]) }
  }

  /// The rules that the program brings along speak both languages, and English as their files do.
  @Test(arguments: Resources.paths(under: "rules"))
  func knowTheSentencesOfRules(_ path: String) throws {
    let text = try #require(Resources.text(path))
    let document = try JSONDocument(parsing: Array(text.utf8))
    let sentences = [
      document.root["title"], document.root["why"], document.root["benefit"]?["customer"],
      document.root["benefit"]?["business"],
    ].compactMap { $0?.string }
    #expect(sentences.count == 4)
    for sentence in sentences {
      #expect(hasText(sentence, "rule-text."), "\(sentence)")
      #expect(Texts.english.ruleText(sentence) == sentence)
      #expect(Texts(embedded: .indonesian).ruleText(sentence) != sentence)
      #expect(Texts(embedded: .indonesian).ruleText(sentence + " once more").hasSuffix("more"))
    }
  }

  private func hasText(_ name: String, _ group: String) -> Bool {
    Texts.english.entry(group + key(name)) != nil
  }

  /// A name of the data as a part of a key.
  private func key(_ name: String) -> String {
    String(
      name.lowercased().compactMap { character -> Character? in
        if character == " " { return "-" }
        let isPlain = character.isASCII && (character.isLetter || character.isNumber)
        return isPlain || character == "-" ? character : nil
      })
  }

  /// What looks like a key in the sources, and is none.
  private static let noTexts: Set<String> = [
    "ladder.work", "ladder.aside", "ladder.lists", "ladder.columns", "compact.lock",
    // Rules that the demo gives a campaign.
    "low-mid.bigger-basket", "low-mid.return", "low-mid.second-category",
    "mid-high.gift-above-basket",
    // Files, places and data.
    "offers.csv", "example.com", "example.net",
    "example.org", "feedback.score", "fuse.glusterfs", "fuse.sshfs", "purchases.amount",
    "purchases.category", "purchases.date",
    // Operations of the journal.
    "customer.erase", "export.write", "import.commit", "import.undo", "offer.change",
    "offer.decide", "offer.suggest", "offer.withdraw", "rule.change", "settings.change",
    "store.backup", "store.changes", "store.json",
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
      // Another form of a text is asked for with it.
      let ending = Texts.screenEnding
      let key = key.hasSuffix(ending) ? String(key.dropLast(ending.count)) : key
      guard !plain.contains(key) else { return false }
      return !patterns.contains { Self.matches(key, $0) }
    }
    #expect(unused.sorted() == [], "in en.json, but never asked for")
  }

  /// Whoever asks for a text with places brings a value for each, or `{name}` stands on the screen.
  @Test func getAValueForEveryPlace() throws {
    var checked = 0
    for text in try Self.sources() {
      for call in text.matches(of: /\b(?:texts|wording|self)([\[(])/) {
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
    let files = [
      "LadderScreens", "LoyaltyWorkspace", "LoyaltyRules", "LoyaltyAnalytics", "LoyaltyStore",
      "LoyaltyExchange", "LoyaltyModel", "ladder/Screens",
    ].flatMap { target in
      FileManager.default.enumerator(
        at: sources.appending(path: target), includingPropertiesForKeys: nil)?.allObjects ?? []
    }
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  private static func keysInSources() throws -> Set<String> {
    var keys: Set<String> = []
    for text in try sources() {
      let bytes = Array(text.utf8)
      for start in bytes.indices where bytes[start] == UInt8(ascii: "\"") {
        guard let (key, end) = literal(bytes, from: start + 1), looksLikeKey(key) else { continue }
        // A key binding goes on with its priority.
        let rest = bytes[end...].dropFirst().prefix { ", \n".utf8.contains($0) }
        let isBinding = bytes[rest.endIndex...].starts(with: "priority:".utf8)
        keys.formUnion(isBinding ? ["keys.\(key)", "keys.\(key).help"] : [key])
      }
    }
    return keys
  }

  /// The literal that begins at a place, what is put in at run time as `*`, and where it ends.
  private static func literal(_ bytes: [UInt8], from start: Int) -> (String, Int)? {
    var (key, at, depth): ([UInt8], Int, Int) = ([], start, 0)
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") {
      switch bytes[at] {
      case UInt8(ascii: "\"") where depth == 0: return (String(decoding: key, as: UTF8.self), at)
      case UInt8(ascii: "\\") where depth == 0: key.append(UInt8(ascii: "*"))
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: if depth == 0 { key.append(bytes[at]) }
      }
      at += 1
    }
    return nil
  }

  /// Small letters, digits and hyphens in parts that points divide.
  private static func looksLikeKey(_ text: String) -> Bool {
    guard let first = text.utf8.first, first == UInt8(ascii: "*") || isSmall(first) else {
      return false
    }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { byte in
            isSmall(byte) || "0123456789-*".utf8.contains(byte)
          }
      }
  }

  private static func isSmall(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
