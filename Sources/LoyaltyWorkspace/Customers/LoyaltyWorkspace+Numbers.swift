import LoyaltyAnalytics
import LoyaltyModel

extension LoyaltyWorkspace {
  /// All figures of the customers in some rows (see ``customers(matching:sortedBy:)``), in their
  /// order, by a model and a convention.
  package func numbers(
    ofRows rows: [Int], _ options: FigureOptions = FigureOptions()
  ) throws(WorkspaceError) -> [CustomerNumbers] {
    let analysis = analysis()
    let (predictions, rfm) = (
      analysis.predictions(options.model), analysis.scores(options.rfm)
    )
    return rows.map { analysis.numbers($0, predictions, rfm, wording) }
  }
}

extension Analysis {
  /// What the model of a kind expects; the usual one's are there already.
  func predictions(_ kind: PurchaseModelKind) -> CustomerPredictions {
    kind == figures.predictions.kind
      ? figures.predictions
      : CustomerPredictions(
        figures.figures, fits: figures.fits, kind: kind, programme: programme)
  }

  /// RFM scores by a convention; the usual ones are there already.
  func scores(_ convention: RFMConvention) -> RFMScores {
    convention == figures.rfm.convention
      ? figures.rfm : RFMScores(RFMInput(figures.figures), convention: convention)
  }

  fileprivate func numbers(
    _ row: Int, _ predictions: CustomerPredictions, _ rfm: RFMScores, _ wording: Wording
  ) -> CustomerNumbers {
    var summary = summary(row)
    (summary.scores, summary.segment) = (rfm.score(row), rfm.segment(row))
    let buying = figures.figures.buyingSummary(row)
    let loyalty = figures.loyalty.points[row]
    return CustomerNumbers(
      summary: summary, stageWhy: figures.stages.figure(row).words(wording),
      repeats: buying?.repeats ?? 0, lastRepeat: buying?.lastRepeat, observed: buying?.observed,
      alive: Double(known: predictions.alive[row]),
      expectedPurchases12Months: Double(known: predictions.purchases[row]),
      expectedValue: Int64(known: predictions.meanValue[row]),
      lifetimeValue12Months: Int64(known: predictions.value[row]),
      valueAtRisk: Int64(known: predictions.valueAtRisk[row]),
      loyaltyScore: loyalty == FactColumn.unknownInt32 ? nil : Int(loyalty))
  }
}
