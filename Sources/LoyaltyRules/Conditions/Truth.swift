/// The three answers of a condition, after Kleene's strong logic.
package enum Truth: UInt8, Sendable, Hashable, CaseIterable {
  /// It does not hold.
  case no
  /// A fact that would decide it is unknown.
  case unknown
  /// It holds.
  case yes

  /// The answer of a plain comparison.
  package init(_ holds: Bool) { self = holds ? .yes : .no }

  /// Yes and no exchanged.
  package var negated: Truth {
    switch self {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }

  /// Both hold.
  package static func && (left: Truth, right: Truth) -> Truth {
    left.rawValue < right.rawValue ? left : right
  }

  /// At least one holds.
  package static func || (left: Truth, right: Truth) -> Truth {
    left.rawValue > right.rawValue ? left : right
  }
}
