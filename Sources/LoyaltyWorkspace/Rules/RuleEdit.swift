import LoyaltyRules
import TextFormats

/// A rule's text with single values exchanged, everything else byte for byte as it was.
struct RuleEdit {
  /// The text as changed so far.
  private(set) var text: String

  init(_ text: String) { self.text = text }

  /// The text that stands at a JSON pointer; nil where none does.
  func text(at pointer: String) -> String? {
    JSONPointer(parsing: pointer).flatMap { document?.node(at: $0)?.string }
  }

  /// Exchanges the value at a path.
  ///
  /// - Parameters:
  ///   - path: A JSON pointer such as `/when/all/1/value`, or keys with points: `offer.percent`.
  ///   - value: JSON, or a text that needs no quotes.
  /// - Returns: Whether there is a value at the path.
  mutating func set(_ path: String, to value: String) -> Bool {
    let pointer =
      path.hasPrefix("/")
      ? JSONPointer(parsing: path) : JSONPointer(path.split(separator: ".").map(String.init))
    guard let pointer, let document = document, let node = document.node(at: pointer) else {
      return false
    }
    replace(node.range, with: Self.literal(value, like: node))
    return true
  }

  /// The value as JSON: text where text stood, and for what is no JSON by itself.
  private static func literal(_ value: String, like node: JSONNode) -> [UInt8] {
    let isJSON = (try? JSONDocument(parsing: Array(value.utf8))) != nil
    let isText = node.string != nil && !value.hasPrefix("\"")
    if isJSON, !isText { return Array(value.utf8) }
    return Array(quoted(value).utf8)
  }

  /// A text as JSON.
  static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private var document: JSONDocument? { try? JSONDocument(parsing: Array(text.utf8)) }

  private mutating func replace(_ range: Range<Int>, with bytes: some Sequence<UInt8>) {
    var all = Array(text.utf8)
    all.replaceSubrange(range, with: Array(bytes))
    text = String(decoding: all, as: UTF8.self)
  }

  // MARK: Members that come and go

  /// Puts a member into the rule, in the place of one that is there; objects above it are made.
  ///
  /// - Parameters:
  ///   - keys: The path of keys.
  ///   - json: The value as JSON.
  mutating func put(_ keys: [String], json: String) {
    guard let document, let last = keys.last else { return }
    if let node = document.node(at: JSONPointer(keys)) {
      replace(node.range, with: json.utf8)
      return
    }
    let above = Array(keys.dropLast())
    guard let parent = document.node(at: JSONPointer(above)), let members = parent.members else {
      put(above, json: "{ \(Self.quoted(last)): \(json) }")
      return
    }
    let member = "\(Self.quoted(last)): \(json)"
    guard let anchor = Self.anchor(of: last, members, isTop: above.isEmpty) else {
      replace(parent.range, with: "{ \(member) }".utf8)
      return
    }
    let end = anchor.value.range.upperBound
    replace(end..<end, with: ((above.isEmpty ? ",\n  " : ", ") + member).utf8)
  }

  /// The member after which another is put: in the order of rules at the top, else the last.
  private static func anchor(
    of key: String, _ members: [JSONMember], isTop: Bool
  ) -> JSONMember? {
    guard isTop, let place = RuleReader.keys.firstIndex(of: key) else { return members.last }
    let before = Set(RuleReader.keys[..<place])
    return members.last { before.contains($0.key) } ?? members.last
  }

  /// Takes a member away, with its comma; nothing happens where there is none.
  mutating func remove(_ keys: [String]) {
    guard let document, let last = keys.last,
      let members = document.node(at: JSONPointer(Array(keys.dropLast())))?.members,
      let place = members.firstIndex(where: { $0.key == last })
    else { return }
    let member = members[place]
    if place > 0 {
      replace(members[place - 1].value.range.upperBound..<member.value.range.upperBound, with: [])
    } else if members.count > 1 {
      replace(member.keyRange.lowerBound..<members[1].keyRange.lowerBound, with: [])
    } else {
      replace(member.keyRange.lowerBound..<member.value.range.upperBound, with: [])
    }
  }
}
