import Dispatch
import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// Computes the figures as of the date, models included, unless they are there; long at a
  /// million customers, so screens call it off the main actor and never wait for it.
  package func prepare(progress: ProgressHandler = { _ in true }) throws(WorkspaceError) {
    guard progress(WorkProgress("Computing the figures")) else { throw .cancelled }
    let analysis = analysis(progress: progress)
    // Both are wanted a moment later; whoever asks sooner waits for what is left of it.
    warming.async { [self] in
      _ = offerLines { lines in lines.inOrder(priorities: [:]).count }
      analysis.lists.warm(analysis.programme)
    }
  }

  /// Whether the figures of the present data are there, so that asking for them takes no time.
  package var isPrepared: Bool {
    let key = analysisKey(state, asOf: asOf)
    return memo.withLock { memo in memo.analyses.contains { $0.key == key } }
  }

  private func analysisKey(_ state: StoreState, asOf day: Day) -> AnalysisKey {
    var programme = state.programme
    // Only what the figures rest on.
    (programme.floors, programme.holdOutShare, programme.contacts) = ([], nil, ContactSettings())
    return AnalysisKey(asOf: day, programme: programme, batches: state.batches.map(\.number))
  }

  /// All figures as of a date; computed once for the same data and settings.
  func analysis(
    asOf day: Day? = nil, progress: ProgressHandler = { _ in true }
  ) -> Analysis {
    let state = state
    let key = analysisKey(state, asOf: day ?? asOf)
    if let known = memo.withLock({ $0.analyses.first { $0.key == key }?.analysis }) { return known }
    let figures = CustomerAnalysis(
      purchases: state.purchases, customers: state.customers, programme: state.programme,
      asOf: key.asOf
    ) { figures, currency in
      _ = progress(WorkProgress("Fitting the models"))
      return fits(figures, currency)
    }
    let facts = FactColumnsBuilder(
      figures, customers: state.customers, purchases: state.purchases
    ).build()
    let analysis = Analysis(
      customers: state.customers, purchases: state.purchases, programme: state.programme,
      figures: figures, facts: facts, lists: CustomerLists(figures, state.customers, facts),
      key: key)
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
      analysis.figures.figures,
      measure: try usable(value, analysis) ?? analysis.programme.cohorts.measure)
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
    let value = try usable(value, analysis)
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
    let analysis = analysis()
    let figures = analysis.figures.figures
    after.cohorts.measure = try usable(value ?? before.cohorts.measure, analysis) ?? .twelveMonths
    after.cohorts.shares = shares ?? before.cohorts.shares
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

  /// Keeps what cohorts and stages get at least out of every run of the rules.
  ///
  /// - Parameter floors: The floors; none takes all away.
  /// - Returns: What was done; it can be undone like any change.
  /// - Throws: An error when it cannot be written.
  package func keepFloors(_ floors: [OfferFloor]) throws(WorkspaceError) -> Receipt {
    let before = state.programme
    var after = before
    after.floors = floors
    let events = before == after ? [] : try commit([.settings(from: before, to: after)])
    return Receipt(
      text: floors.isEmpty ? "No group has a floor." : "Floors kept: \(floors.count).",
      events: events.map(\.sequence), offers: [])
  }

  /// Who moved from which group to which between two dates; each row adds up.
  ///
  /// Stages are followed or, by a `value` (nil for the programme's own measure), cohorts. One cut,
  /// that of the later date, holds on both, so that nobody moves because others did.
  package func migration(
    from: Day, to: Day, byStage: Bool, value: ValueMeasure? = nil
  ) throws(WorkspaceError) -> MigrationReport {
    let moves = try moves(from: from, to: to, value: value)
    return byStage
      ? MigrationReport(
        MigrationMatrix(from: moves.stages.opening, to: moves.stages.closing), \.rawValue)
      : MigrationReport(
        MigrationMatrix(from: moves.cohorts.opening, to: moves.cohorts.closing), \.rawValue)
  }

  /// The rows of the customers in one cell of a migration, ascending.
  ///
  /// - Parameters:
  ///   - from: The earlier date.
  ///   - to: The later date.
  ///   - byStage: Whether stages are followed, rather than cohorts.
  ///   - value: As in ``migration(from:to:byStage:value:)``.
  ///   - row: The name of the cell's row, as the report has it.
  ///   - column: The name of its column.
  /// - Returns: Rows for ``summary(ofRow:)``.
  /// - Throws: An error where the data do not tell that value.
  package func migrationMembers(
    from: Day, to: Day, byStage: Bool, value: ValueMeasure? = nil, row: String, column: String
  ) throws(WorkspaceError) -> [Int] {
    let moves = try moves(from: from, to: to, value: value)
    return byStage
      ? MigrationMatrix.members(
        from: LifecycleStage(rawValue: row), to: LifecycleStage(rawValue: column),
        opening: moves.stages.opening, closing: moves.stages.closing)
      : MigrationMatrix.members(
        from: ValueCohort(rawValue: row), to: ValueCohort(rawValue: column),
        opening: moves.cohorts.opening, closing: moves.cohorts.closing)
  }

  /// The groups of all customers at two dates.
  private func moves(
    from: Day, to: Day, value: ValueMeasure?
  ) throws(WorkspaceError) -> Moves {
    let (earlier, later) = (analysis(asOf: from), analysis(asOf: to))
    let (opening, closing) = (earlier.figures, later.figures)
    _ = try usable(value, earlier)
    let measure = try usable(value, later) ?? closing.cohorts.measure
    let cut =
      measure == closing.cohorts.measure
      ? closing.cohorts.cut
      : CohortCut.shares(state.programme.cohorts.shares, of: closing.figures, by: measure)
    func cohorts(_ figures: CustomerFigures) -> [ValueCohort?] {
      ValueCohorts(figures, cut: cut, measure: measure).cohorts
    }
    return Moves(
      stages: (opening.stages.stages, closing.stages.stages),
      cohorts: (cohorts(opening.figures), cohorts(closing.figures)))
  }

  /// A measure that was asked for; nil stays nil.
  ///
  /// - Throws: An error where the data do not tell it.
  private func usable(
    _ value: ValueMeasure?, _ analysis: Analysis
  ) throws(WorkspaceError) -> ValueMeasure? {
    guard let value, analysis.figures.figures.resolved(value) != value else { return value }
    if value == .margin { throw .noMargin(lines: analysis.figures.margin.linesWithoutMargin) }
    throw .cannotPredict(analysis.figures.fits.warnings)
  }
}

/// The groups of all customers at two dates, customer by customer.
private struct Moves {
  let stages: (opening: [LifecycleStage?], closing: [LifecycleStage?])
  let cohorts: (opening: [ValueCohort?], closing: [ValueCohort?])
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
    case .margin: "margin of the last twelve months"
    case .clv: "predicted value of the next twelve months"
    }
  }
}
