package import LoyaltyModel

/// What the whole programme lends to the figures of a few customers, so that "what if this customer
/// bought once more" is answered without analysing everybody again.
///
/// The others stand still: the fitted models, the common rhythm, the cut of the cohorts and the
/// borders between RFM scores are those of the analysis. For recency the borders are days of last purchases, so that
/// moving the date ages everybody alike.
package struct ReplayGround: Sendable {
  private let programme: Programme
  private let commonGap: CommonGap
  private let cut: CohortCut?
  private let fits: ModelFits
  private let allCategories: Int
  private let lastDays: ScoreBorders
  private let frequencies: ScoreBorders
  private let values: ScoreBorders

  /// What an analysis lends.
  /// - Parameters:
  ///   - analysis: The analysis of everybody, with tie-safe scores.
  ///   - programme: The settings that it was made with.
  package init(_ analysis: CustomerAnalysis, programme: Programme) {
    self.programme = programme
    let (figures, rfm) = (analysis.figures, analysis.rfm)
    commonGap = figures.commonGap
    cut = analysis.cohorts.cut
    (fits, allCategories) = (analysis.fits, analysis.loyalty.allCategories)
    lastDays = ScoreBorders(scores: rfm.recency) { Int64(figures.lastDay[$0]) }
    frequencies = ScoreBorders(scores: rfm.frequency) { Int64(figures.purchaseDays[$0]) }
    values = ScoreBorders(scores: rfm.monetary) { figures.valueTotal[$0] }
  }

  /// The analysis of a few customers as they might be on a day.
  /// - Parameters:
  ///   - purchases: Their purchases, thought ones included.
  ///   - customers: The customers.
  ///   - asOf: The day.
  /// - Returns: Figures, scores, cohorts by the cut in force, and stages.
  package func analysis(
    purchases: PurchaseTable, customers: CustomerTable, asOf: Day
  ) -> CustomerAnalysis {
    let history = PurchaseHistory(purchases, customers: customers.count, asOf: asOf)
    let own = CustomerFigures(history, settings: programme.stages)
    var figures = CustomerFigures(own, commonGap: commonGap)
    let predictions = CustomerPredictions(
      figures, fits: fits, kind: StageFigures.model, programme: programme)
    let margin = MarginColumn(history, purchases: purchases, programme: programme)
    figures.add(margin: margin, predictions: predictions)
    return analysis(history, figures, predictions, margin, purchases, customers)
  }

  private func analysis(
    _ history: PurchaseHistory, _ figures: CustomerFigures, _ predictions: CustomerPredictions,
    _ margin: MarginColumn, _ purchases: PurchaseTable, _ customers: CustomerTable
  ) -> CustomerAnalysis {
    let rows = 0..<figures.count
    func scores(_ borders: ScoreBorders, _ value: (Int) -> Int64) -> [UInt8] {
      rows.map { figures.purchaseDays[$0] > 0 ? borders.score(value($0)) : 0 }
    }
    return CustomerAnalysis(
      history: history, figures: figures, fits: fits, predictions: predictions, margin: margin,
      rfm: RFMScores(
        scored: figures.buyers, recency: scores(lastDays) { Int64(figures.lastDay[$0]) },
        frequency: scores(frequencies) { Int64(figures.purchaseDays[$0]) },
        monetary: scores(values) { figures.valueTotal[$0] }),
      cohorts: ValueCohorts(figures, cut: cut, measure: programme.cohorts.measure),
      stages: StageFigures(
        history, figures: figures, customers: customers, settings: programme.stages, fits: fits),
      loyalty: LoyaltyScores(
        history, figures: figures, purchases: purchases, settings: programme.stages,
        allCategories: allCategories),
      homes: HomeBranches(history, purchases: purchases, customers: customers),
      settings: programme.stages)
  }
}

/// The least value of each score from 2 to 5; a score that nobody has takes that of the next.
private struct ScoreBorders: Sendable {
  private var least: [Int64]

  init(scores: Column<UInt8>, value: (Int) -> Int64) {
    least = Array(repeating: .max, count: 6)
    for (row, score) in scores.enumerated() where score > 0 {
      least[Int(score)] = min(least[Int(score)], value(row))
    }
    for score in stride(from: 4, through: 2, by: -1) {
      least[score] = min(least[score], least[score + 1])
    }
  }

  func score(_ value: Int64) -> UInt8 {
    (2...5).reduce(1) { $0 + (least[$1] <= value ? 1 : 0) }
  }
}

extension RFMScores {
  /// Scores by borders that were found elsewhere.
  init(scored: Int, recency: [UInt8], frequency: [UInt8], monetary: [UInt8]) {
    convention = .tieSafe
    self.scored = scored
    self.recency = Column(recency)
    (self.frequency, self.monetary) = (Column(frequency), Column(monetary))
  }
}

extension CustomerAnalysis {
  /// An analysis of parts that were made elsewhere.
  init(
    history: PurchaseHistory, figures: CustomerFigures, fits: ModelFits,
    predictions: CustomerPredictions, margin: MarginColumn, rfm: RFMScores, cohorts: ValueCohorts,
    stages: StageFigures, loyalty: LoyaltyScores, homes: HomeBranches, settings: StageSettings
  ) {
    asOf = history.asOf
    keptHistory = Later(made: history)
    (self.figures, self.fits) = (figures, fits)
    (self.predictions, self.margin, self.rfm) = (predictions, margin, rfm)
    (self.cohorts, self.stages) = (cohorts, stages)
    (self.loyalty, self.homes, self.settings) = (loyalty, homes, settings)
  }
}
