import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Who moved from which group to which, as rows and columns to draw: the first column is how many
/// a group had at first, the last row how many each has in the end.
struct MoveTable {
  let period: Period
  let kind: CustomerGroup.Kind
  private let report: MigrationReport
  /// The groups that anybody is or was in.
  private let rows: [String]
  private let columns: [String]

  private let words: MoveWords

  init(_ flows: FlowReport, _ kind: CustomerGroup.Kind, _ texts: Texts) {
    (period, self.kind) = (flows.period, kind)
    words = MoveWords(texts)
    let report = kind == .stages ? flows.stages : flows.cohorts
    self.report = report
    // Cohorts stand as everywhere, the high one first; stages in the order of the ladder.
    let groups = report.rows.filter { $0 != MigrationReport.arrived }
    let order = kind == .stages ? groups : groups.reversed()
    let used = order.filter { report.began($0) + report.ended($0) > 0 }
    let (arrived, gone) = (MigrationReport.arrived, MigrationReport.gone)
    rows = used + (report.began(arrived) > 0 ? [arrived] : [])
    columns = used + (report.ended(gone) > 0 ? [gone] : [])
  }

  func grid(_ state: GridState, _ programme: ProgrammeFacts) -> Grid {
    let titles = rows.map { words.group($0, kind) } + [words.end]
    let heads = [words.start] + columns.map { words.short($0, kind) }
    let widest = programme.number(rows.map(report.began).max() ?? 0)
    let table = self
    return Grid(
      corner: words.corner, rowTitles: titles, columnTitles: heads,
      titleWidth: (titles + [words.corner]).map(TextWidth.of).max() ?? 0,
      columnWidth: (heads + [widest]).map { TextWidth.of($0) + 1 }.max() ?? 0, state: state,
      emptyText: words.empty
    ) { row, column in table.cell(row, column, programme) }
  }

  private func cell(_ row: Int, _ column: Int, _ programme: ProgrammeFacts) -> GridCell? {
    guard let count = count(row, column) else { return nil }
    guard row < rows.count, column > 0 else { return GridCell(programme.number(count), .muted) }
    let (from, to) = (rows[row], columns[column - 1])
    let all = report.began(from)
    let role: Role? = count == 0 ? .muted : from == to ? nil : isWorse(from, to) ? .warning : .good
    return GridCell(
      programme.number(count), share: all > 0 ? Double(count) / Double(all) : 0, role)
  }

  private func count(_ row: Int, _ column: Int) -> Int? {
    switch (row < rows.count, column) {
    case (true, 0): report.began(rows[row])
    case (true, _):
      report.rows.firstIndex(of: rows[row]).flatMap { place in
        report.columns.firstIndex(of: columns[column - 1]).map { report.counts[place][$0] }
      }
    case (false, 0): rows.map(report.began).reduce(0, +)
    case (false, _): report.ended(columns[column - 1])
    }
  }

  private func isWorse(_ from: String, _ to: String) -> Bool {
    if to == MigrationReport.gone { return true }
    if kind == .stages { return [.atRisk, .lapsed].contains(LifecycleStage(rawValue: to)) }
    guard let before = ValueCohort(rawValue: from), let after = ValueCohort(rawValue: to) else {
      return false
    }
    return after < before
  }

  /// The people in a cell; nil where there are none.
  func group(_ state: GridState) -> CustomerGroup? {
    guard let (row, column) = place(state), let count = count(row, column), count > 0 else {
      return nil
    }
    switch (row < rows.count, column) {
    case (true, 0): return .moved(period, kind, .began(rows[row]))
    case (true, _): return .moved(period, kind, .fromTo(rows[row], columns[column - 1]))
    case (false, 0): return nil
    case (false, _): return .moved(period, kind, .ended(columns[column - 1]))
    }
  }

  /// What the selected cell says, in a sentence.
  func sentence(_ state: GridState, _ programme: ProgrammeFacts) -> String {
    guard let (row, column) = place(state), let count = count(row, column) else { return "" }
    let people = programme.count(count, "count.customers")
    switch (row < rows.count, column) {
    case (true, 0): return words.began(people, rows[row], kind, period)
    case (true, _):
      let all = report.began(rows[row])
      let share = programme.display.percent(all > 0 ? Double(count) / Double(all) : 0)
      return words.moved(
        "\(people) (\(share))", rows[row], columns[column - 1], kind, period)
    case (false, 0): return words.all(people)
    case (false, _): return words.ended(people, columns[column - 1], kind, period)
    }
  }

  private func place(_ state: GridState) -> (Int, Int)? {
    rows.isEmpty ? nil : (min(state.row, rows.count), min(state.column, columns.count))
  }
}

/// The words of moves between groups.
struct MoveWords {
  let texts: Texts

  init(_ texts: Texts) { self.texts = texts }

  var start: String { texts["moves.before"] }
  var end: String { texts["moves.after"] }
  var corner: String { texts["moves.corner"] }
  var empty: String { texts["moves.empty"] }

  func group(_ name: String, _ kind: CustomerGroup.Kind) -> String {
    if name == MigrationReport.arrived { return texts["moves.arrived"] }
    if name == MigrationReport.gone { return texts["moves.gone"] }
    let title =
      kind == .stages
      ? LifecycleStage(rawValue: name).map { texts.title($0) }
      : ValueCohort(rawValue: name).map { texts.title($0) }
    return title ?? name
  }

  /// A heading, as all columns are as wide as the widest.
  func short(_ name: String, _ kind: CustomerGroup.Kind) -> String {
    name == LifecycleStage.historyMissing.rawValue ? texts["moves.missing"] : group(name, kind)
  }

  func began(
    _ people: String, _ name: String, _ kind: CustomerGroup.Kind, _ period: Period
  ) -> String {
    texts(
      "moves.on-day",
      ["people": people, "group": group(name, kind), "day": texts.day(period.from)])
  }

  func ended(
    _ people: String, _ name: String, _ kind: CustomerGroup.Kind, _ period: Period
  ) -> String {
    texts(
      "moves.on-day",
      ["people": people, "group": group(name, kind), "day": texts.day(period.to)])
  }

  func moved(
    _ people: String, _ from: String, _ to: String, _ kind: CustomerGroup.Kind, _ period: Period
  ) -> String {
    texts(
      from == to ? "moves.stayed" : "moves.moved",
      [
        "people": people, "from": group(from, kind), "to": group(to, kind),
        "begin": texts.day(period.from), "end": texts.day(period.to),
      ])
  }

  func all(_ people: String) -> String { texts("moves.all", ["people": people]) }
}
