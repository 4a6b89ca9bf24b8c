package import LoyaltyModel
import TextFormats

/// Reads a rule file and reports everything that is wrong with it, each with its place, cause and
/// remedy.
package struct RuleReader {
  /// The most levels that a condition may have.
  package static let depthLimit = 8
  /// The most comparisons that a rule's conditions may have together.
  package static let leafLimit = 64
  /// The `format` of rule files.
  package static let format = "ladder.rule/1"

  let file: String
  let catalogue: FactCatalogue
  let currency: Currency
  let document: JSONDocument
  var issues: [RuleIssue] = []

  /// Reads the bytes of a rule file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, as messages are to show it.
  ///   - catalogue: The facts that conditions may use.
  ///   - currency: The currency of the programme.
  /// - Returns: The rule, nil when there are errors; and all issues in the order of the file.
  package static func read(
    _ bytes: [UInt8], file: String, catalogue: FactCatalogue, currency: Currency
  ) -> RuleReading {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes)
      var reader = RuleReader(
        file: file, catalogue: catalogue, currency: currency, document: document)
      let rule = reader.rule()
      return RuleReading(rule: rule, issues: reader.issues.byPlace)
    } catch {
      let issue = RuleIssue(error, in: bytes, file: file)
      return RuleReading(rule: nil, issues: [issue])
    }
  }

  /// Reads a condition by itself, as it would stand in a rule.
  ///
  /// - Parameters:
  ///   - bytes: The condition's object.
  ///   - catalogue: The facts that it may use.
  ///   - currency: The currency of the programme.
  /// - Returns: The condition, nil when there are errors; and the errors.
  package static func readCondition(
    _ bytes: [UInt8], catalogue: FactCatalogue, currency: Currency
  ) -> (condition: Condition?, issues: [RuleIssue]) {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes)
      var reader = RuleReader(
        file: "", catalogue: catalogue, currency: currency, document: document)
      let condition = reader.condition(document.root, JSONPointer())
      return (condition, reader.issues.byPlace)
    } catch {
      let issue = RuleIssue(error, in: bytes, file: "")
      return (nil, [issue])
    }
  }

  init(file: String, catalogue: FactCatalogue, currency: Currency, document: JSONDocument) {
    (self.file, self.catalogue, self.currency) = (file, catalogue, currency)
    self.document = document
  }

  var hasErrors: Bool { issues.contains { $0.severity == .error } }
}

// MARK: Telling

extension RuleReader {
  /// Notes an issue at a value.
  mutating func tell(
    _ cause: RuleIssue.Cause, at node: JSONNode, _ pointer: JSONPointer,
    _ severity: RuleIssue.Severity = .error
  ) {
    tell(cause, atOffset: node.range.lowerBound, pointer, severity)
  }

  /// Notes an issue at a byte of the file.
  mutating func tell(
    _ cause: RuleIssue.Cause, atOffset offset: Int, _ pointer: JSONPointer,
    _ severity: RuleIssue.Severity = .error
  ) {
    issues.append(
      RuleIssue(
        severity, file: file, position: document.source.position(at: offset), pointer: pointer,
        cause: cause))
  }

  /// The line on which the value of a pointer begins.
  func line(of pointer: JSONPointer) -> Int {
    document.node(at: pointer).map { document.position(of: $0).line } ?? 1
  }
}

// MARK: Plain values

extension RuleReader {
  /// Checks that a value is an object with known keys only, and has those that it needs.
  mutating func object(
    _ node: JSONNode, _ pointer: JSONPointer, keys: [String], needs: [String] = []
  ) -> Bool {
    guard let members = node.members else {
      tell(.wrongKind(expected: .object, found: node.kind), at: node, pointer)
      return false
    }
    var misspelt: Set<String> = []
    for member in members where !keys.contains(member.key) {
      let nearest = Nearest.word(to: member.key, among: keys)
      if let nearest { misspelt.insert(nearest) }
      tell(
        .unknownKey(member.key, nearest: nearest, known: keys),
        atOffset: member.keyRange.lowerBound, pointer.appending(member.key))
    }
    // One slip of the keyboard is one message.
    for key in needs where node.member(key) == nil && !misspelt.contains(key) {
      missing(key, in: node, pointer)
    }
    return true
  }

  /// Notes that a key is missing from an object.
  mutating func missing(
    _ key: String, in node: JSONNode, _ pointer: JSONPointer, _ purpose: RuleIssue.Purpose = .always
  ) {
    tell(.missingKey(key, purpose), at: node, pointer)
  }

  /// A text that is not blank.
  mutating func text(_ parent: JSONNode, _ key: String, _ pointer: JSONPointer) -> String? {
    guard let node = parent[key] else { return nil }
    let place = pointer.appending(key)
    guard let text = node.string else {
      tell(.wrongKind(expected: .text, found: node.kind), at: node, place)
      return nil
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      tell(.emptyText, at: node, place)
      return nil
    }
    return text
  }

  /// One of a closed list of words.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ parent: JSONNode, _ key: String, _ pointer: JSONPointer, as type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let text = text(parent, key, pointer), let node = parent[key] else { return nil }
    return word(text, at: node, pointer.appending(key), as: type)
  }

  /// One of a closed list of words.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, at node: JSONNode, _ pointer: JSONPointer, as type: Word.Type
  ) -> Word? where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    let nearest = Nearest.word(to: text, among: known)
    tell(.unknownWord(text, nearest: nearest, known: known), at: node, pointer)
    return nil
  }

  /// A whole number within a range.
  mutating func whole(
    _ parent: JSONNode, _ key: String, _ pointer: JSONPointer, _ range: ClosedRange<Int>
  ) -> Int? {
    guard let node = parent[key] else { return nil }
    let place = pointer.appending(key)
    guard let text = node.numberText else {
      tell(.wrongKind(expected: .wholeNumber, found: node.kind), at: node, place)
      return nil
    }
    guard let number = Int(text) else {
      tell(.notWhole(name: key, text: text), at: node, place)
      return nil
    }
    guard range.contains(number) else {
      let high = range.upperBound == .max ? nil : String(range.upperBound)
      tell(
        .outsideRange(name: key, text: text, low: String(range.lowerBound), high: high), at: node,
        place)
      return nil
    }
    return number
  }

  /// A number within a range; `high` nil leaves it open.
  mutating func number(
    _ parent: JSONNode, _ key: String, _ pointer: JSONPointer, _ low: Double, _ high: Double?
  ) -> Double? {
    guard let node = parent[key] else { return nil }
    let place = pointer.appending(key)
    guard let number = node.double, let text = node.numberText else {
      tell(.wrongKind(expected: .number, found: node.kind), at: node, place)
      return nil
    }
    guard number >= low, high.map({ number <= $0 }) ?? true else {
      tell(
        .outsideRange(
          name: key, text: text, low: Words.decimal(low), high: high.map(Words.decimal)), at: node,
        place)
      return nil
    }
    return number
  }

  /// A share from 0 to 1.
  mutating func share(_ parent: JSONNode, _ key: String, _ pointer: JSONPointer) -> Double? {
    guard let node = parent[key] else { return nil }
    return probability(node, pointer.appending(key), name: key)
  }

  /// An amount that is not negative, nor zero where it must be something, in minor units.
  mutating func amount(
    _ parent: JSONNode, _ key: String, _ pointer: JSONPointer, isPositive: Bool = false
  ) -> Int64? {
    guard let node = parent[key] else { return nil }
    let place = pointer.appending(key)
    guard let amount = money(node, place, name: key) else { return nil }
    let least: Int64 = isPositive ? 1 : 0
    guard amount >= least else {
      let low = isPositive ? currency.decimalText(minorUnits: least) : "0"
      tell(
        .outsideRange(
          name: key, text: currency.decimalText(minorUnits: amount), low: low, high: nil),
        at: node, place)
      return nil
    }
    return amount
  }

  /// A civil day.
  mutating func day(_ parent: JSONNode, _ key: String, _ pointer: JSONPointer) -> Day? {
    parent[key].flatMap { day($0, pointer.appending(key)) }
  }

  /// A stretch of time.
  mutating func span(_ parent: JSONNode, _ key: String, _ pointer: JSONPointer) -> TimeSpan? {
    parent[key].flatMap { span($0, pointer.appending(key)) }
  }
}
