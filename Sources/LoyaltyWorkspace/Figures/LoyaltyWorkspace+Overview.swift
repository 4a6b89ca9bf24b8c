import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The programme at a glance.
  package func overview() throws(WorkspaceError) -> Overview {
    let analysis = analysis()
    var states: [OfferState: Int] = [:]
    var (give, get) = (0, 0)
    let sides = ruleSides
    state.offers.forEach { offer in
      states[offer.state, default: 0] += 1
      guard offer.state == .suggested || offer.state == .approved || offer.state == .exported
      else { return }
      if sides[offer.rule.id] == .get { get += 1 } else { give += 1 }
    }
    let bought = analysis.figures.figures.buyers > 0
    return Overview(
      asOf: analysis.asOf, customers: analysis.customers.count,
      purchases: analysis.purchases.count,
      anonymousLines: analysis.purchases.anonymous.lines, stages: try stages(),
      cohorts: try cohorts(), pareto: bought ? try pareto() : nil,
      offers: OfferState.allCases.compactMap { state in
        states[state].map { OfferCount(state: state, count: $0) }
      },
      give: give, get: get, recent: try log(limit: 8),
      findings: bought ? analysis.figures.fits.warnings : [])
  }

  private var ruleSides: [String: RuleSide] {
    Dictionary(
      readRules().compactMap(\.reading.rule).map { ($0.id, $0.side) },
      uniquingKeysWith: { first, _ in first })
  }
}
