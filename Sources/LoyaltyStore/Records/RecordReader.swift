import LoyaltyModel
import TextFormats

/// A member of a record that is missing or makes no sense.
struct RecordFlaw: Error, Hashable {
  /// The key.
  var key: String
  /// The byte of the value within the parsed text, where there is one.
  var offset: Int?

  /// The same flaw in a text that begins at an offset of a larger one.
  func shifted(by start: Int) -> RecordFlaw {
    RecordFlaw(key: key, offset: offset.map { $0 + start })
  }
}

/// Reads the members of a JSON object as what they mean.
///
/// Absent members of optional kind are what an empty record has, as they are left out when written.
struct RecordReader {
  let node: JSONNode

  init(_ node: JSONNode) { self.node = node }

  /// The object in a piece of JSON text.
  init(json bytes: [UInt8]) throws(RecordFlaw) {
    do throws(JSONSyntaxError) {
      node = try JSONDocument(parsing: bytes).root
    } catch { throw RecordFlaw(key: "", offset: error.offset) }
  }

  func flaw(_ key: String) -> RecordFlaw {
    RecordFlaw(key: key, offset: (node[key] ?? node).range.lowerBound)
  }

  /// The value of a member, nil when it is absent or null.
  private func value(_ key: String) -> JSONNode? {
    guard let value = node[key], !value.isNull else { return nil }
    return value
  }

  private func read<Value>(_ key: String, _ convert: (JSONNode) -> Value?) throws(RecordFlaw)
    -> Value?
  {
    guard let value = value(key) else { return nil }
    guard let converted = convert(value) else { throw flaw(key) }
    return converted
  }

  private func need<Value>(_ key: String, _ value: Value?) throws(RecordFlaw) -> Value {
    guard let value else { throw flaw(key) }
    return value
  }

  /// A text; empty when absent.
  func text(_ key: String) throws(RecordFlaw) -> String { try optionalText(key) ?? "" }

  /// A text, or nil when absent.
  func optionalText(_ key: String) throws(RecordFlaw) -> String? { try read(key) { $0.string } }

  /// A text that must be there and not be empty.
  func requiredText(_ key: String) throws(RecordFlaw) -> String {
    let text = try text(key)
    return try need(key, text.isEmpty ? nil : text)
  }

  /// A whole number, or nil when absent.
  func optionalInt(_ key: String) throws(RecordFlaw) -> Int? {
    try read(key) { $0.int64.map(Int.init) }
  }

  /// A whole number that must be there.
  func int(_ key: String) throws(RecordFlaw) -> Int { try need(key, try optionalInt(key)) }

  /// A number, or nil when absent.
  func optionalDouble(_ key: String) throws(RecordFlaw) -> Double? { try read(key) { $0.double } }

  /// True or false, or nil when absent.
  func optionalBool(_ key: String) throws(RecordFlaw) -> Bool? { try read(key) { $0.bool } }

  /// A day, or nil when absent.
  func optionalDay(_ key: String) throws(RecordFlaw) -> Day? {
    try read(key) { $0.string.flatMap { Day($0) } }
  }

  /// A day that must be there.
  func day(_ key: String) throws(RecordFlaw) -> Day { try need(key, try optionalDay(key)) }

  /// An amount in minor units, or nil when absent.
  func optionalMoney(_ key: String, _ currency: Currency) throws(RecordFlaw) -> Int64? {
    try read(key) { ($0.string ?? $0.numberText).flatMap { currency.minorUnits(decimalText: $0) } }
  }

  /// An amount in minor units that must be there.
  func money(_ key: String, _ currency: Currency) throws(RecordFlaw) -> Int64 {
    try need(key, try optionalMoney(key, currency))
  }

  /// A checksum as eight hexadecimal digits.
  func checksum(_ key: String) throws(RecordFlaw) -> UInt32 {
    try need(key, try read(key) { $0.string.flatMap { checksumValue($0) } })
  }

  /// One of a closed list, or nil when absent.
  func optionalChoice<Choice: RawRepresentable<String>>(
    _ key: String, _: Choice.Type = Choice.self
  ) throws(RecordFlaw) -> Choice? {
    try read(key) { $0.string.flatMap { Choice(rawValue: $0) } }
  }

  /// One of a closed list that must be there.
  func choice<Choice: RawRepresentable<String>>(
    _ key: String, _: Choice.Type = Choice.self
  ) throws(RecordFlaw) -> Choice {
    try need(key, try optionalChoice(key))
  }

  /// An object, or nil when absent.
  func optionalObject(_ key: String) throws(RecordFlaw) -> RecordReader? {
    try read(key) { $0.members == nil ? nil : RecordReader($0) }
  }

  /// An object that must be there.
  func object(_ key: String) throws(RecordFlaw) -> RecordReader {
    try need(key, try optionalObject(key))
  }

  /// The elements of an array, converted; empty when absent.
  func list<Element>(
    _ key: String, _ convert: (RecordReader) throws(RecordFlaw) -> Element
  ) throws(RecordFlaw) -> [Element] {
    let nodes = try read(key) { $0.elements } ?? []
    var elements: [Element] = []
    elements.reserveCapacity(nodes.count)
    for node in nodes { elements.append(try convert(RecordReader(node))) }
    return elements
  }

  /// The texts of an array; empty when absent.
  func texts(_ key: String) throws(RecordFlaw) -> [String] {
    try list(key) { (reader) throws(RecordFlaw) in
      guard let text = reader.node.string else {
        throw RecordFlaw(key: key, offset: reader.node.range.lowerBound)
      }
      return text
    }
  }

  /// The whole numbers of an array; empty when absent.
  func ints(_ key: String) throws(RecordFlaw) -> [Int] {
    try list(key) { (reader) throws(RecordFlaw) in
      guard let number = reader.node.int64 else {
        throw RecordFlaw(key: key, offset: reader.node.range.lowerBound)
      }
      return Int(number)
    }
  }
}

/// The value of exactly eight lower-case hexadecimal digits, or nil.
func checksumValue(_ text: some StringProtocol) -> UInt32? {
  guard text.utf8.count == 8,
    text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
  else { return nil }
  return UInt32(text, radix: 16)
}
