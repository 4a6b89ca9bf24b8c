import Dispatch
import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore

// Figures of customers depend on purchases, customers, the date and the settings, and not on offers
// and decisions: they are kept as columns beside the tables, and hold until one of these changes.
extension LoyaltyWorkspace {
  /// Of how many dates and settings figures are kept.
  private static let mostKept = 2

  /// The figures of a state that were kept; nil where there are none, or they are damaged.
  func keptFigures(_ state: StoreState, _ key: AnalysisKey) -> CustomerAnalysis? {
    guard let name = state.columnsName(asOf: key.asOf, key.programme),
      var columns = store.columns(name)
    else { return nil }
    var fits: Column<UInt8> = []
    guard (try? columns.visit(&fits)) != nil, let fits = FitCache.read(fits.array) else {
      return nil
    }
    return try? CustomerAnalysis(
      columns: &columns, fits: fits, purchases: state.purchases, customers: state.customers,
      programme: key.programme, asOf: key.asOf)
  }

  /// Keeps figures that were computed from a state for the next opening, in the background, where
  /// computing them takes more than a moment.
  func keepFigures(_ figures: CustomerAnalysis, of state: StoreState, _ key: AnalysisKey) {
    guard let name = state.columnsName(asOf: key.asOf, key.programme),
      let fits = FitCache.bytes(figures.fits)
    else { return }
    keeping.async { [store] in
      store.keep(name, most: Self.mostKept) { (keeper) throws(DiskError) in
        var (fits, figures) = (Column(fits), figures)
        try keeper.visit(&fits)
        try figures.visitColumns(&keeper)
        var history = figures.history
        try history.visitColumns(&keeper)
      }
    }
  }

  /// Waits until what is to be kept is written.
  func waitForFigures() { keeping.sync {} }
}
