import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The programme at a glance.
  package func overview() throws(WorkspaceError) -> Overview {
    let (analysis, state) = (analysis(), state)
    let (purchases, offers) = (state.purchases, state.offers)
    let states = offers.counts
    var (give, get) = (0, 0)
    let sides = ruleSides
    let open = offers.counts { $0 == .suggested || $0 == .approved || $0 == .exported }
    for (rule, count) in open {
      if sides[rule] == .get { get += count } else { give += count }
    }
    let bought = analysis.figures.figures.buyers > 0
    return Overview(
      asOf: analysis.asOf, customers: analysis.facts.known.population,
      purchases: purchases.count, anonymousLines: purchases.anonymous.lines, stages: try stages(),
      cohorts: try cohorts(), pareto: bought ? try pareto() : nil,
      offers: OfferState.allCases.compactMap { state in
        states[state].map { OfferCount(state: state, count: $0) }
      },
      give: give, get: get,
      recent: try log(limit: 8).map {
        RecentAction(at: $0.event.at, by: $0.event.by, text: $0.text)
      },
      findings: bought ? analysis.figures.stageFindings(wording) : [])
  }

  private var ruleSides: [String: RuleSide] {
    Dictionary(
      readRules().compactMap(\.reading.rule).map { ($0.id, $0.side) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension CustomerAnalysis {
  /// Why the stages go by rhythm alone; empty where a model takes part.
  func stageFindings(_ wording: Wording) -> [String] {
    fits.finding(predictions.kind) == nil ? [] : fits.warnings(wording)
  }
}
