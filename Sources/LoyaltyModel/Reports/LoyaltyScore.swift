/// The degree of a customer's loyalty from 0 to 100, with the parts that it is made of.
///
/// The formula: 100 · Σ weight · part / Σ weight, rounded, over the parts that can be told. Each
/// part lies between 0 and 1:
/// - rhythm, weight 40: 1 while the last purchase is no longer ago than the usual gap, falling
///   evenly to 0 on the day from which on the rhythm counts the customer as lost;
/// - frequency, weight 25: 1 − 1/n for n purchase days;
/// - tenure, weight 15: the days since the first purchase as a share of two years, at most 1;
/// - breadth, weight 20: the categories bought as a share of all that anybody bought, as an
///   estimate of how much of their need they cover here; left out where fewer than two categories
///   are known, or none of what the customer bought has one.
package struct LoyaltyScore: Sendable, Hashable {
  /// What the score is made of.
  package enum PartKind: String, Sendable, CaseIterable {
    case rhythm, frequency, tenure, breadth

    /// The weight, of 100.
    package var weight: Int {
      switch self {
      case .rhythm: 40
      case .frequency: 25
      case .tenure: 15
      case .breadth: 20
      }
    }
  }

  /// One part.
  package struct Part: Sendable, Hashable {
    /// Which part it is.
    package let kind: PartKind
    /// From 0 to 1.
    package let value: Double
    /// What it was computed from.
    package let grounds: Grounds

    /// A part.
    package init(_ kind: PartKind, _ value: Double, _ grounds: Grounds) {
      (self.kind, self.value, self.grounds) = (kind, value, grounds)
    }
  }

  /// The numbers that a part was computed from; all but the categories in days.
  package enum Grounds: Sendable, Hashable {
    case rhythm(daysSince: Int, gap: Int, lapsedAfter: Int)
    case frequency(days: Int)
    case tenure(days: Int)
    case breadth(categories: Int, all: Int)
  }

  /// The parts that could be told, in the order of ``PartKind``.
  package let parts: [Part]

  /// A score of parts.
  package init(parts: [Part]) { self.parts = parts }

  /// The score, from 0 to 100.
  package var points: Int { LoyaltyScore.points(parts.map { ($0.kind, $0.value) }) }

  /// The points of the parts that can be told.
  package static func points(_ parts: [(kind: PartKind, value: Double)]) -> Int {
    var (sum, weights) = (0.0, 0)
    for part in parts {
      sum += Double(part.kind.weight) * part.value
      weights += part.kind.weight
    }
    return weights == 0 ? 0 : Int((100 * sum / Double(weights)).rounded())
  }
}
