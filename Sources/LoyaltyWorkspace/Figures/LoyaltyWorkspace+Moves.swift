import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// Who moved from which group to which between two dates; each row adds up.
  ///
  /// Stages are followed or, by a `value` (nil for the programme's own measure), cohorts. One cut,
  /// that of the later date, holds on both, so that nobody moves because others did.
  package func migration(
    from: Day, to: Day, byStage: Bool, value: ValueMeasure? = nil,
    progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> MigrationReport {
    let moves = try moves(Period(from: from, to: to), value, progress)
    return byStage ? moves.stageReport : moves.cohortReport
  }

  /// Who moved between stages and between cohorts in a time.
  ///
  /// Takes as long as computing the figures of both dates, models included, unless it was asked for
  /// the same period before.
  ///
  /// - Parameters:
  ///   - period: The two dates.
  ///   - progress: Is told what is done and answers whether to go on, also in the middle of a fit.
  /// - Returns: Both matrices.
  /// - Throws: `WorkspaceError.cancelled` when it was stopped.
  package func flows(
    over period: Period, progress: @escaping ProgressHandler
  ) throws(WorkspaceError) -> FlowReport {
    let moves = try moves(period, nil, progress)
    return FlowReport(period: period, stages: moves.stageReport, cohorts: moves.cohortReport)
  }

  /// The rows of the customers whom a figure counts, ascending.
  ///
  /// - Parameters:
  ///   - group: Which figure.
  ///   - progress: As in ``flows(over:progress:)``.
  /// - Returns: Rows for ``summary(ofRow:)``, valid until data change.
  /// - Throws: `WorkspaceError.cancelled` when it was stopped.
  package func rows(
    of group: CustomerGroup, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> [Int] {
    switch group {
    case .won(let month, let monthsSince):
      return try retentionMembers(wonIn: month, activeAfter: monthsSince)
    case .moved(let period, let kind, let move):
      let moves = try moves(period, nil, progress)
      let names = kind == .stages ? moves.stageNames : moves.cohortNames
      return names.rows(matching: move)
    }
  }

  /// The groups of all customers at two dates.
  func moves(
    _ period: Period, _ value: ValueMeasure?, _ progress: @escaping ProgressHandler
  ) throws(WorkspaceError) -> Moves {
    let state = state
    let key = MovesKey(
      period: period, value: value, analysis: analysisKey(state, asOf: period.to))
    if let known = memo.withLock({ $0.moves.first { $0.key == key }?.moves }) { return known }
    let stop = StopCheck(progress)
    let (first, second) = (stop.pace.part(0, of: 2), stop.pace.part(1, of: 2))
    let opening = Standing(try figures(state, on: period.from, stop, first), state)
    let closing = Standing(try figures(state, on: period.to, stop, second), state)
    let moves = try Moves(
      opening, closing, value: value, shares: state.programme.cohorts.shares)
    memo.withLock { memo in
      memo.moves.insert((key, moves), at: 0)
      memo.moves.removeLast(max(0, memo.moves.count - Memo.mostMoves))
    }
    return moves
  }

  /// The figures of a date, from those that are there or computed and not kept: of another date's
  /// only the groups are wanted, and the present ones must stay.
  private func figures(
    _ state: StoreState, on day: Day, _ stop: StopCheck, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> CustomerAnalysis {
    let key = analysisKey(state, asOf: day)
    if let known = memo.withLock({ $0.analyses.first { $0.key == key }?.analysis }) {
      return known.figures
    }
    if let kept = keptFigures(state, key) { return kept }
    try stop.check(texts("job.figures-of", ["day": display.day(day)]))
    return try analyse(state, asOf: day, by: state.programme, stop, pace)
  }
}

/// The figures of a date, and who was known then.
private struct Standing {
  let figures: CustomerAnalysis
  let known: RowSet

  init(_ figures: CustomerAnalysis, _ state: StoreState) {
    self.figures = figures
    known =
      FactColumnsBuilder(figures, customers: state.customers, purchases: state.purchases).known
  }

  /// The group of each customer; nil of those who were not known.
  func groups<Group>(_ column: ChoiceColumn<Group>) -> [Group?] {
    zip(column, column.indices).map { known[$1] ? $0 : nil }
  }
}

/// The groups of all customers at two dates, customer by customer.
struct Moves: Sendable {
  let stages: Groups<LifecycleStage>
  let cohorts: Groups<ValueCohort>

  fileprivate init(
    _ opening: Standing, _ closing: Standing, value: ValueMeasure?, shares: [Int]
  ) throws(WorkspaceError) {
    _ = try opening.figures.usable(value)
    let figures = closing.figures
    let measure = try figures.usable(value) ?? figures.cohorts.measure
    let cut =
      measure == figures.cohorts.measure
      ? figures.cohorts.cut : CohortCut.shares(shares, of: figures.figures, by: measure)
    func cohorts(_ standing: Standing) -> [ValueCohort?] {
      standing.groups(
        ValueCohorts(standing.figures.figures, cut: cut, measure: measure).cohorts)
    }
    func stages(_ standing: Standing) -> [LifecycleStage?] {
      standing.groups(standing.figures.stages.stages)
    }
    self.stages = Groups(opening: stages(opening), closing: stages(closing))
    self.cohorts = Groups(opening: cohorts(opening), closing: cohorts(closing))
  }

  var stageReport: MigrationReport { stages.report }
  var cohortReport: MigrationReport { cohorts.report }
  var stageNames: GroupNames { stages.names }
  var cohortNames: GroupNames { cohorts.names }
}

/// The groups of one kind at two dates, customer by customer.
struct Groups<Group>: Sendable
where Group: RawRepresentable<String> & CaseIterable & Hashable & Sendable {
  let opening: [Group?]
  let closing: [Group?]

  var report: MigrationReport {
    MigrationReport(MigrationMatrix(from: opening, to: closing), \.rawValue)
  }

  /// The groups by the names that the report gives them.
  var names: GroupNames {
    GroupNames(count: min(opening.count, closing.count)) { row in
      let (before, after) = (opening[row], closing[row])
      guard before != nil || after != nil else { return nil }
      return (
        before?.rawValue ?? MigrationReport.arrived, after?.rawValue ?? MigrationReport.gone
      )
    }
  }
}

/// Looks customers up by the names of their groups.
struct GroupNames {
  let count: Int
  let names: (Int) -> (before: String, after: String)?

  func rows(where isWanted: (String, String) -> Bool) -> [Int] {
    (0..<count).filter { row in names(row).map { isWanted($0.before, $0.after) } ?? false }
  }

  func rows(matching move: CustomerGroup.Move) -> [Int] {
    switch move {
    case .fromTo(let from, let to): rows { $0 == from && $1 == to }
    case .began(let name): rows { before, _ in before == name }
    case .ended(let name): rows { _, after in after == name }
    case .joined(let name): rows { $0 != name && $1 == name }
    case .left(let name): rows { $0 == name && $1 != name }
    }
  }
}

extension MigrationReport {
  init<Group>(_ matrix: MigrationMatrix<Group>, _ name: (Group) -> String) {
    let names = matrix.groups.map(name)
    let hasArrivals = matrix.opening(nil) > 0
    self.init(
      rows: names + (hasArrivals ? [Self.arrived] : []), columns: names + [Self.gone],
      counts: hasArrivals ? matrix.counts : matrix.counts.dropLast())
  }
}
