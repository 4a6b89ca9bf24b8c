import LoyaltyModel
import LoyaltyStore

/// What figures rest on: the data, the settings and the rules.
///
/// What was decided of offers is left out. Whoever decides while figures are got, or after, has
/// figures from before these decisions, not wrong ones.
package struct FigureMark: Sendable, Hashable {
  private let asOf: Day
  private let data: DataMark
  private let programme: Programme
  private let rules: [RuleFile]

  init(_ state: StoreState, asOf: Day) {
    (self.asOf, data, rules) = (asOf, DataMark(state), state.rules)
    var programme = state.programme
    // Who decides which offers, which lists somebody keeps, and what language is written.
    (programme.reviewing, programme.segments, programme.language) = ([], [], .english)
    self.programme = programme
  }
}

extension LoyaltyWorkspace {
  /// What figures rest on now.
  package var figureMark: FigureMark { FigureMark(state, asOf: asOf) }
}
