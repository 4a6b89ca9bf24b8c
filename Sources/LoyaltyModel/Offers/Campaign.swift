/// A campaign: rules that belong together, and what they may do together.
///
/// A rule belongs to a campaign by naming it. A name without a campaign of its own is one without
/// limits.
package struct Campaign: Hashable, Sendable {
  /// The name, by which rules and offers refer to it.
  package var name: String
  /// The first day on which it offers anything; open where nil.
  package var from: Day?
  /// The last day on which it offers anything and on which its offers hold; open where nil.
  package var until: Day?
  /// The home branches of the customers whom it is for, ascending; empty for all customers.
  package var branches: [String]
  /// What all its offers may be expected to cost together, in minor units; nil for no limit.
  package var budget: Int64?
  /// What staff want to remember of it.
  package var note: String

  /// The longest name, in characters.
  package static let longestName = 40

  /// A campaign; without limits unless some are given.
  package init(
    name: String, from: Day? = nil, until: Day? = nil, branches: [String] = [],
    budget: Int64? = nil, note: String = ""
  ) {
    (self.name, self.from, self.until) = (name, from, until)
    (self.branches, self.budget, self.note) = (branches, budget, note)
  }

  /// Whether it runs on a day.
  package func runs(on day: Day) -> Bool {
    (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
  }
}
