import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// Computes the figures as of the date, unless they are there; long at a million customers.
  package func prepare(progress: ProgressHandler = { _ in true }) throws(WorkspaceError) {
    _ = progress(WorkProgress("Computing the figures"))
    _ = analysis()
  }

  /// All figures as of a date; computed once for the same data and settings.
  func analysis(asOf day: Day? = nil) -> Analysis {
    let state = state
    let key = AnalysisKey(
      asOf: day ?? asOf, programme: state.programme, batches: state.batches.map(\.number))
    if let known = memo.withLock({ $0.analyses.first { $0.key == key }?.analysis }) { return known }
    let figures = CustomerAnalysis(
      purchases: state.purchases, customers: state.customers, programme: state.programme,
      asOf: key.asOf)
    let facts = FactColumnsBuilder(
      figures, customers: state.customers, purchases: state.purchases
    ).build()
    let analysis = Analysis(
      customers: state.customers, purchases: state.purchases, programme: state.programme,
      figures: figures, facts: facts)
    memo.withLock { memo in
      memo.analyses.insert((key, analysis), at: 0)
      memo.analyses.removeLast(max(0, memo.analyses.count - Memo.most))
    }
    return analysis
  }

  /// How value is spread, as measured: by a value, or with nil the programme's own measure.
  package func pareto(value: ValueMeasure? = nil) throws(WorkspaceError) -> ParetoReport {
    let analysis = analysis()
    return ParetoReport(
      analysis.figures.figures, measure: value ?? analysis.programme.cohorts.measure)
  }

  /// The stages with their people, in the order of the ladder.
  package func stages() throws(WorkspaceError) -> [StageCount] {
    analysis().figures.stages.counts.map { StageCount(stage: $0.stage, count: $0.customers) }
  }

  /// The cohorts with their people and value, from high to low, then who has not bought yet.
  ///
  /// A `value` of nil means the programme's own measure; `shares` are percentages from the top, nil
  /// the cut in force. Nothing is stored.
  package func cohorts(
    value: ValueMeasure? = nil, shares: [Int]? = nil
  ) throws(WorkspaceError) -> [CohortLine] {
    let analysis = analysis()
    let cohorts =
      value == nil && shares == nil
      ? analysis.figures.cohorts
      : cohorts(analysis.figures.figures, value: value, shares: shares)
    return CohortReport(cohorts).rows
      .filter { $0.cohort != .none || $0.customers > 0 }
      .map {
        CohortLine(
          cohort: $0.cohort, customers: $0.customers, value: $0.value, atLeast: $0.from)
      }
  }

  private func cohorts(
    _ figures: CustomerFigures, value: ValueMeasure?, shares: [Int]?
  ) -> ValueCohorts {
    let settings = state.programme.cohorts
    let measure = value ?? settings.measure
    let cut = CohortCut.shares(shares ?? settings.shares, of: figures, by: measure)
    return ValueCohorts(figures, cut: cut, measure: measure)
  }

  /// Cuts the cohorts anew as of the date and keeps the amounts, until they are cut again.
  package func recutCohorts(
    value: ValueMeasure? = nil, shares: [Int]? = nil
  ) throws(WorkspaceError) -> Receipt {
    let before = state.programme
    var after = before
    after.cohorts.measure = value ?? before.cohorts.measure
    after.cohorts.shares = shares ?? before.cohorts.shares
    let figures = analysis().figures.figures
    guard
      let cut = CohortCut.shares(
        after.cohorts.shares, of: figures, by: after.cohorts.measure)
    else { throw WorkspaceError.nothingToCut(asOf) }
    after.cohorts.amounts = cut
    let events = try commit([.settings(from: before, to: after)])
    return Receipt(
      text: """
        Cohorts are cut as of \(cut.day): high from \(display.money(cut.high, currency)), mid from \
        \(display.money(cut.mid, currency)), by \(cut.measure.words).
        """,
      events: events.map(\.sequence), offers: [])
  }

  /// Who moved from which group to which between two dates; each row adds up.
  ///
  /// Stages are followed or, by a `value` (nil for the programme's own measure), cohorts. One cut,
  /// that of the later date, holds on both, so that nobody moves because others did.
  package func migration(
    from: Day, to: Day, byStage: Bool, value: ValueMeasure? = nil
  ) throws(WorkspaceError) -> MigrationReport {
    let (opening, closing) = (analysis(asOf: from).figures, analysis(asOf: to).figures)
    if byStage {
      return MigrationReport(
        MigrationMatrix(from: opening.stages.stages, to: closing.stages.stages), \.rawValue)
    }
    let measure = value ?? state.programme.cohorts.measure
    let cut =
      measure == closing.cohorts.measure
      ? closing.cohorts.cut
      : CohortCut.shares(state.programme.cohorts.shares, of: closing.figures, by: measure)
    func cohorts(_ figures: CustomerFigures) -> [ValueCohort?] {
      ValueCohorts(figures, cut: cut, measure: measure).cohorts
    }
    return MigrationReport(
      MigrationMatrix(from: cohorts(opening.figures), to: cohorts(closing.figures)), \.rawValue)
  }
}

extension MigrationReport {
  init<Group>(_ matrix: MigrationMatrix<Group>, _ name: (Group) -> String) {
    let names = matrix.groups.map(name)
    self.init(rows: names + ["arrived"], columns: names + ["gone"], counts: matrix.counts)
  }
}

extension ValueMeasure {
  /// The measure in words.
  package var words: String {
    switch self {
    case .lifetime: "net value of all purchases"
    case .twelveMonths: "net value of the last twelve months"
    }
  }
}
