/// A JSON value that knows where it stands in its text.
package struct JSONNode: Sendable, Hashable {
  /// The bytes of the value in the text, quotes and brackets included.
  package let range: Range<Int>
  package let value: Value

  package init(range: Range<Int>, value: Value) {
    self.range = range
    self.value = value
  }

  /// What the value is.
  package enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as it is written, so that decimals stay exact.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// The members in the order of the text; no key occurs twice.
    case object([JSONMember])
  }

  /// The kind of the value.
  package var kind: JSONKind {
    switch value {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}

/// A key and its value.
package struct JSONMember: Sendable, Hashable {
  package let key: String
  /// The bytes of the key in the text, quotes included.
  package let keyRange: Range<Int>
  package let value: JSONNode

  package init(key: String, keyRange: Range<Int>, value: JSONNode) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }
}

/// The kinds of JSON values.
package enum JSONKind: UInt8, Sendable, Hashable, CaseIterable {
  case null, bool, number, string, array, object
}

extension JSONNode {
  /// The text of a string, else nil.
  package var string: String? { if case .string(let text) = value { text } else { nil } }
  /// True or false, else nil.
  package var bool: Bool? { if case .bool(let flag) = value { flag } else { nil } }
  /// The source text of a number, else nil.
  package var numberText: String? { if case .number(let text) = value { text } else { nil } }
  /// A number that is written as an integer and fits, else nil.
  package var int64: Int64? { numberText.flatMap { Int64($0) } }
  /// A number, rounded to the nearest double, else nil; nil too when it is beyond all doubles.
  package var double: Double? {
    numberText.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }
  /// The elements of an array, else nil.
  package var elements: [JSONNode]? { if case .array(let nodes) = value { nodes } else { nil } }
  /// The members of an object, else nil.
  package var members: [JSONMember]? { if case .object(let all) = value { all } else { nil } }
  /// Whether the value is `null`.
  package var isNull: Bool { kind == .null }

  /// The member of an object with a key; keys are compared byte for byte, as RFC 8259 advises.
  package func member(_ key: String) -> JSONMember? {
    members?.first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  /// The value of an object's member, nil when there is none or this is no object.
  package subscript(key: String) -> JSONNode? { member(key)?.value }
}
