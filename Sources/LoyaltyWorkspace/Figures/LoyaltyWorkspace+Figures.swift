import Dispatch
import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// Computes the figures as of the date, models included, unless they are there; long at a
  /// million customers, so screens call it off the main actor and never wait for it.
  ///
  /// - Parameter progress: Is told what is done and answers whether to go on: every few thousand
  ///   customers, and in the middle of a fit before every evaluation.
  /// - Throws: `WorkspaceError.cancelled` when it was stopped; nothing is kept then.
  package func prepare(progress: @escaping ProgressHandler = { _ in true }) throws(WorkspaceError) {
    guard !isPrepared else { return }
    let stop = StopCheck(progress)
    try stop.check(texts["job.prepare"])
    _ = try prepared(stop, stop.pace)
  }

  /// The figures as of the date, computed as by ``prepare(progress:)`` where they are not there.
  func prepared(_ stop: StopCheck, _ pace: Pace<WorkspaceError>) throws(WorkspaceError) -> Analysis
  {
    guard !isPrepared else { return analysis() }
    let (state, day) = (state, asOf)
    let key = analysisKey(state, asOf: day)
    let figures: CustomerAnalysis
    if let kept = keptFigures(state, key) {
      figures = kept
    } else {
      figures = try analyse(state, asOf: day, by: state.programme, stop, pace)
      keepFigures(figures, of: state, key)
    }
    let analysis = Analysis(state, figures, key)
    keep(analysis)
    warm(analysis)
    return analysis
  }

  /// Begins with what is wanted a moment later; whoever asks sooner waits for what is left of it.
  private func warm(_ analysis: Analysis) {
    warming.async { [self] in
      offerLines { lines in
        _ = lines.inOrder(priorities: [:])
        _ = lines.rows(in: analysis.customers, of: analysis.key)
      }
      analysis.lists.warm(analysis.programme)
      // The first card asks for it.
      _ = analysis.figures.history
      analysis.customers.rest()
      state.offers.rest()
    }
  }

  /// Whether the figures of the present data are there, so that asking for them takes no time.
  package var isPrepared: Bool {
    let key = analysisKey(state, asOf: asOf)
    return memo.withLock { memo in memo.analyses.contains { $0.key == key } }
  }

  func analysisKey(
    _ state: StoreState, asOf day: Day, by settings: Programme? = nil
  ) -> AnalysisKey {
    var programme = settings ?? state.programme
    // Only what the figures rest on.
    (programme.floors, programme.holdOutShare, programme.contacts) = ([], nil, ContactSettings())
    (programme.segments, programme.reviewing, programme.campaigns) = ([], [], [])
    programme.language = .english
    return AnalysisKey(asOf: day, programme: programme, data: DataMark(state))
  }

  /// The figures as of a date by settings, computed as by ``analysis(asOf:by:)``, until told to stop.
  func analysis(
    asOf day: Day, by programme: Programme, _ stop: StopCheck, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> Analysis {
    let state = state
    let key = analysisKey(state, asOf: day, by: programme)
    if let known = memo.withLock({ $0.analyses.first { $0.key == key }?.analysis }) { return known }
    let kept = keptFigures(state, key)
    let figures =
      if let kept { kept } else {
        try analyse(state, asOf: day, by: programme, stop, pace)
      }
    let analysis = Analysis(state, figures, key, programme)
    keep(analysis)
    return analysis
  }

  /// All figures as of a date, by default the one in force, and by settings, by default the present
  /// ones; computed once for the same data and settings.
  func analysis(asOf day: Day? = nil, by settings: Programme? = nil) -> Analysis {
    let state = state
    let programme = settings ?? state.programme
    let key = analysisKey(state, asOf: day ?? asOf, by: programme)
    if let known = memo.withLock({ $0.analyses.first { $0.key == key }?.analysis }) { return known }
    let analysis = Analysis(
      state,
      keptFigures(state, key)
        ?? CustomerAnalysis(
          purchases: state.purchases.summable, customers: state.customers,
          programme: programme, asOf: key.asOf
        ) { figures, currency in
          fits(figures, currency) { ModelFits($0, currency: $1) }
        }, key, programme)
    keep(analysis)
    return analysis
  }

  /// The figures of a state as of a date, until told to stop.
  func analyse(
    _ state: StoreState, asOf day: Day, by programme: Programme, _ stop: StopCheck,
    _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> CustomerAnalysis {
    try CustomerAnalysis(
      purchases: state.purchases.summable, customers: state.customers, programme: programme,
      asOf: day, pace: pace
    ) { basic, currency throws(WorkspaceError) in
      try fits(basic, currency) { basic, currency throws(WorkspaceError) in
        try stop.during(texts["job.models"]) { () throws(WorkspaceError) in
          do throws(CancellationError) {
            return try ModelFits.fit(basic, currency: currency, isStopped: stop.isStopped)
          } catch {
            throw .cancelled
          }
        }
      }
    }
  }

  private func keep(_ analysis: Analysis) {
    let asOf = asOf
    memo.withLock { memo in
      memo.analyses.removeAll { $0.key == analysis.key }
      memo.analyses.insert((analysis.key, analysis), at: 0)
      // The present figures stay, whatever they are compared with.
      while memo.analyses.count > Memo.most,
        let oldest = memo.analyses.lastIndex(where: { $0.key.asOf != asOf })
      {
        memo.analyses.remove(at: oldest)
      }
      memo.analyses.removeLast(max(0, memo.analyses.count - Memo.most))
    }
  }

  /// How value is spread, as measured: by a value, or with nil the programme's own measure.
  package func pareto(value: ValueMeasure? = nil) throws(WorkspaceError) -> ParetoReport {
    let analysis = analysis()
    return ParetoReport(
      analysis.figures.figures,
      measure: try analysis.figures.usable(value) ?? analysis.programme.cohorts.measure)
  }

  /// How the value of those who bought adds up to that of all customers, in a sentence; nil where
  /// both are the same.
  package func sum(of report: ParetoReport) -> String? {
    guard report.others > 0 else { return nil }
    return wording(
      "curve.others", count: report.others,
      [
        "all": display.money(report.value + report.othersValue, currency),
        "value": display.money(report.value, currency),
        "amount": display.money(-report.othersValue, currency),
        "n": display.number(report.others),
      ])
  }

  /// The stages with their people, in the order of the ladder.
  package func stages() throws(WorkspaceError) -> [StageCount] {
    let analysis = analysis()
    return analysis.figures.stages.counts(among: analysis.facts.known).map {
      StageCount(stage: $0.stage, count: $0.customers)
    }
  }

  /// The cohorts with their people and value, from high to low, then who has not bought yet.
  ///
  /// A `value` of nil means the programme's own measure; `shares` are percentages from the top, nil
  /// the cut in force. Nothing is stored.
  package func cohorts(
    value: ValueMeasure? = nil, shares: [Int]? = nil
  ) throws(WorkspaceError) -> [CohortLine] {
    let analysis = analysis()
    let value = try analysis.figures.usable(value)
    let cohorts =
      value == nil && shares == nil
      ? analysis.figures.cohorts
      : cohorts(analysis.figures.figures, value: value, shares: shares)
    return CohortReport(cohorts, among: analysis.facts.known).rows
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
    after.cohorts.measure =
      try analysis.figures.usable(value ?? before.cohorts.measure) ?? .twelveMonths
    after.cohorts.shares = shares ?? before.cohorts.shares
    guard
      let cut = CohortCut.shares(
        after.cohorts.shares, of: figures, by: after.cohorts.measure)
    else { throw WorkspaceError.nothingToCut(asOf) }
    after.cohorts.amounts = cut
    let events = try commit([.settings(from: before, to: after)])
    return Receipt(
      text: wording(
        "receipt.recut",
        [
          "day": wording.day(cut.day), "high": display.money(cut.high, currency),
          "mid": display.money(cut.mid, currency), "measure": cut.measure.words(texts),
        ]),
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
      text: floors.isEmpty
        ? wording["receipt.no-floor"]
        : wording("receipt.floors", ["n": String(floors.count)]),
      events: events.map(\.sequence), offers: [])
  }
}

extension CustomerAnalysis {
  /// A measure that was asked for; nil stays nil.
  ///
  /// - Throws: An error where the data do not tell it.
  func usable(_ value: ValueMeasure?) throws(WorkspaceError) -> ValueMeasure? {
    guard let value, figures.resolved(value) != value else { return value }
    if value == .margin { throw .noMargin(lines: margin.linesWithoutMargin) }
    throw .cannotPredict(fits.findings)
  }
}

extension ValueMeasure {
  /// The measure in words.
  package func words(_ texts: Texts) -> String {
    switch self {
    case .lifetime: texts["measure.lifetime"]
    case .twelveMonths: texts["measure.twelve-months"]
    case .margin: texts["measure.margin"]
    case .clv: texts["measure.clv"]
    }
  }
}
