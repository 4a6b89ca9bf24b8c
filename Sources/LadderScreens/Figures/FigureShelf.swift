package import LoyaltyModel
package import LoyaltyWorkspace

/// Figures that take more than a moment, so that they are got in the background.
package enum FigureQuery: Sendable, Hashable {
  /// Who moved between stages and cohorts in a time.
  case flows(Period)
  /// Who of those won in a month came back.
  case retention
  /// Who of a cohort slips away: of a branch or all, and newly since a day or at all.
  case attrition(ValueCohort, branch: String?, since: Day?)
  /// The people behind a figure.
  case people(CustomerGroup)
  /// What is to be told of all rules.
  case rulesDigest
  /// What a rule in the form says, and whom it reaches.
  case draft(RuleDraft)
  /// What other numbers of a rule would do.
  case whatIf(String, [RuleNumber])
  /// The rules tried on an earlier day, with those of today that it did not know or without.
  case backtest(Day, days: Int, takesPresent: Bool)
  /// Who is closest to the next cohort; of a rule, who nearly matches it.
  case closest(rule: String?)
  /// The campaigns with what their offers come to.
  case campaigns
  /// What can be said of a campaign in the form.
  case campaignDraft(CampaignDraft)

  /// Whether it would be another one after offers were decided.
  var followsDecisions: Bool {
    switch self {
    case .rulesDigest, .draft, .whatIf, .campaigns: true
    case .closest(let rule): rule != nil
    case .flows, .retention, .attrition, .people, .backtest, .campaignDraft: false
    }
  }
}

/// What a ``FigureQuery`` brings.
package enum FigureAnswer: Sendable {
  case flows(FlowReport)
  case retention(RetentionTable)
  case attrition(AttritionReport, branches: [String])
  case people([Int])
  case rulesDigest(RulesDigest)
  case draft(RuleDraftReport)
  case whatIf(WhatIfReport)
  case backtest(BacktestReport)
  case closest([NearPerson])
  case campaigns([CampaignSummary])
  case campaignDraft(CampaignDraftReport)
}

/// Somebody who is near something, and what is missing.
package struct NearPerson: Sendable, Hashable {
  /// The customer's identifier.
  package var customer: String
  /// The name, or the identifier where there is none.
  package var name: String
  /// Where they stand, and what they would reach.
  package var from: String
  /// See ``from``.
  package var to: String
  /// What is missing, in words.
  package var missing: String

  /// From where to where the step leads.
  var step: String { "\(from) → \(to)" }
}

/// The figures that were got for the present data.
struct FigureShelf: Sendable {
  private var answers: [FigureQuery: Loadable<FigureAnswer>] = [:]
  /// How many offers were decided since an answer was asked for, where it follows from them.
  private var decidedSince: [FigureQuery: Int] = [:]

  /// More than anybody looks at by turns; beyond it all are got anew when they are needed.
  private static let most = 16

  subscript(query: FigureQuery) -> Loadable<FigureAnswer> { answers[query] ?? .missing }

  /// Keeps an answer; so many offers were decided while it was got.
  mutating func put(_ answer: FigureAnswer, for query: FigureQuery, decided: Int) {
    if answers.count >= Self.most { removeAll() }
    answers[query] = .loaded(answer)
    decidedSince[query] = query.followsDecisions ? decided : 0
  }

  /// Notes that offers were decided: what follows from them is of before.
  mutating func noteDecided(_ count: Int) {
    for query in answers.keys where query.followsDecisions {
      decidedSince[query, default: 0] += count
    }
  }

  /// How many offers were decided since an answer was asked for.
  func decided(since query: FigureQuery) -> Int {
    answers[query] == nil ? 0 : decidedSince[query] ?? 0
  }

  /// Forgets an answer that is of before decisions, so that it is got anew.
  mutating func forgetEarlier(_ query: FigureQuery) {
    if decided(since: query) > 0 { forget(query) }
  }

  mutating func fail(_ text: String, for query: FigureQuery) {
    (answers[query], decidedSince[query]) = (.failed(text), nil)
  }

  /// Forgets what could not be got or was stopped, so that it is tried again.
  mutating func forgetFailures() { answers = answers.filter { $0.value.failure == nil } }

  mutating func forget(_ query: FigureQuery) { answers[query] = nil }

  mutating func removeAll() { (answers, decidedSince) = ([:], [:]) }

  func flows(_ period: Period) -> Loadable<FlowReport> {
    self[.flows(period)].compactMap { if case .flows(let report) = $0 { report } else { nil } }
  }

  var retention: Loadable<RetentionTable> {
    self[.retention].compactMap { if case .retention(let table) = $0 { table } else { nil } }
  }

  func people(_ group: CustomerGroup) -> Loadable<[Int]> {
    self[.people(group)].compactMap { if case .people(let rows) = $0 { rows } else { nil } }
  }
}

extension Loadable {
  /// The value as another one; missing where it is none.
  func compactMap<Other>(_ transform: (Value) -> Other?) -> Loadable<Other> {
    switch self {
    case .missing: .missing
    case .failed(let text): .failed(text)
    case .loaded(let value): transform(value).map { .loaded($0) } ?? .missing
    }
  }
}
