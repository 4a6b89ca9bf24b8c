/// The least that a group of customers is to get out of a run of the rules.
package struct OfferFloor: Sendable, Hashable {
  /// The customers.
  package enum Group: Sendable, Hashable {
    /// Those of a value cohort.
    case cohort(ValueCohort)
    /// Those at a lifecycle stage.
    case stage(LifecycleStage)
  }

  /// The customers.
  package var group: Group
  /// The least, in offers or in minor units of expected cost.
  package var least: Int64
  /// Whether the least is an amount.
  package var isSpend: Bool

  /// A floor.
  package init(_ group: Group, least: Int64, isSpend: Bool = false) {
    (self.group, self.least, self.isSpend) = (group, least, isSpend)
  }
}

/// What came of a floor.
package struct FloorReport: Sendable, Hashable {
  /// The floor.
  package var floor: OfferFloor
  /// What the group got, in the floor's own unit.
  package var reached: Int64

  /// What came of a floor.
  package init(floor: OfferFloor, reached: Int64) { (self.floor, self.reached) = (floor, reached) }

  /// Whether the group got as much as it was to get.
  package var isReached: Bool { reached >= floor.least }
}
