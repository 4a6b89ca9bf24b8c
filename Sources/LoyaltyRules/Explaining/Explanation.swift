package import LoyaltyModel
package import TextFormats

/// Why a condition holds for one customer, or does not: every comparison with the value it saw.
package struct Explanation: Sendable, Hashable {
  /// A condition or a part of one, with its answer.
  package struct Node: Sendable, Hashable {
    /// The condition.
    package var condition: Condition
    /// Where it stands in its rule, such as `/when/all/1`.
    package var pointer: JSONPointer
    /// The answer.
    package var verdict: Truth
    /// What the comparison saw; nil for groups.
    package var finding: Finding?
    /// The parts, for groups; a list's `where` is not one, since it is asked of each entry.
    package var parts: [Node]
  }

  /// What a comparison saw.
  package struct Finding: Sendable, Hashable {
    /// The name of the fact or measure, such as `recency_days` or `count purchases`.
    package var name: String
    /// The type of the value.
    package var type: FactType
    /// The value.
    package var seen: FactValue
    /// How many entries of the list counted.
    package var entries: Int
    /// The purchases among them, oldest first.
    package var purchases: [PurchaseID]
  }

  /// The whole condition.
  package var root: Node

  /// An explanation from its root.
  package init(root: Node) { self.root = root }

  /// The answer.
  package var verdict: Truth { root.verdict }

  /// Every comparison, in the order of the rule.
  package var leaves: [Node] { root.leaves }

  /// The fewest comparisons that settle the answer whatever the others say; where the answer is
  /// unknown, the unknown ones that it hangs on.
  package var deciding: [Node] { root.settling }

  /// The fewest comparisons whose answers would have to change for the condition to hold; empty when
  /// it holds.
  package var failing: [Node] { root.toReach(.yes) }
}

extension Explanation.Node {
  /// Every comparison below, in order.
  package var leaves: [Explanation.Node] {
    finding != nil ? [self] : parts.flatMap(\.leaves)
  }

  /// The fewest comparisons that settle this node's answer.
  var settling: [Explanation.Node] {
    guard finding == nil else { return [self] }
    switch condition {
    case .all: return settling(one: .no)
    case .any, .noneOf: return settling(one: .yes)
    default: return []
    }
  }

  /// In a group that one part with the answer `one` settles alone.
  private func settling(one: Truth) -> [Explanation.Node] {
    let alone = parts.filter { $0.verdict == one }.map(\.settling)
    if let shortest = Self.shortest(alone) { return shortest }
    // None settles it alone. Where it is unknown, the unknown parts do; else all together.
    let unknown = parts.filter { $0.verdict == .unknown }
    return (unknown.isEmpty ? parts : unknown).flatMap(\.settling)
  }

  /// The fewest comparisons to change for this node to answer `wanted`, which is yes or no.
  func toReach(_ wanted: Truth) -> [Explanation.Node] {
    if verdict == wanted { return [] }
    guard finding == nil else { return [self] }
    switch condition {
    case .all:
      return wanted == .yes
        ? parts.flatMap { $0.toReach(.yes) } : Self.shortest(parts.map { $0.toReach(.no) }) ?? []
    case .any:
      return wanted == .no
        ? parts.flatMap { $0.toReach(.no) } : Self.shortest(parts.map { $0.toReach(.yes) }) ?? []
    case .noneOf:
      return wanted == .yes
        ? parts.flatMap { $0.toReach(.no) } : Self.shortest(parts.map { $0.toReach(.yes) }) ?? []
    default: return []
    }
  }

  /// The first of the shortest lists; nil without lists.
  private static func shortest(_ lists: [[Explanation.Node]]) -> [Explanation.Node]? {
    lists.enumerated().min { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }?
      .element
  }
}
