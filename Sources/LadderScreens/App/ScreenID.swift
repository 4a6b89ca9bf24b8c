/// The screens of the program.
package enum ScreenID: String, CaseIterable, Sendable {
  case overview, customers, card, stages, cohorts, review, rules, export
  /// Bringing a file in; reached from others, without a number of its own.
  case importing
  /// What was done, and taking it back.
  case activity
  /// Valuable customers who slip away.
  case attrition
  /// A rule as a form; what other numbers of a rule would do; the rules tried on an earlier day; who
  /// is nearest to the next cohort or to a rule.
  case ruleForm, whatIf, backtest, closest
  /// The campaigns, and one of them as a form.
  case campaigns, campaignForm
  /// The first start, when there is no programme yet.
  case welcome

  /// The screens that the number keys and Tab lead to, in order.
  package static let numbered: [ScreenID] = [
    .overview, .customers, .card, .stages, .cohorts, .review, .rules, .export,
  ]

  /// The number key that leads to it.
  package var number: Int? { Self.numbered.firstIndex(of: self).map { $0 + 1 } }

  /// The next or previous numbered screen, around the ends.
  func neighbour(_ step: Int) -> ScreenID {
    let all = Self.numbered
    let place = all.firstIndex(of: self) ?? (step > 0 ? -1 : all.count)
    return all[(place + step + all.count) % all.count]
  }
}
