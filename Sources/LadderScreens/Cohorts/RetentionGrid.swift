import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The retention table as rows and columns to draw.
///
/// First how many were won, then the share of them who
/// bought in each later month. Month 0, in which everybody bought, is left out.
struct RetentionGrid {
  private let table: RetentionTable
  private let months: Int
  /// The greatest share, which has the darkest shade.
  private let most: Double

  private let words: RetentionWords

  init(_ table: RetentionTable, _ texts: Texts) {
    self.table = table
    words = RetentionWords(texts)
    months = max(0, (table.rows.map(\.active.count).max() ?? 0) - 1)
    let shares = table.rows.flatMap { row in row.active.indices.dropFirst().map { row.share($0) } }
    most = shares.compactMap(\.self).max() ?? 0
  }

  func grid(_ state: GridState, _ programme: ProgrammeFacts) -> Grid {
    let won = table.rows.map { TextWidth.of(programme.number($0.customers)) }.max() ?? 0
    let this = self
    return Grid(
      corner: words.corner, rowTitles: table.rows.map { programme.texts.month($0.month) },
      columnTitles: [words.won] + (0..<months).map { String($0 + 1) },
      titleWidth: 8, columnWidth: max(4, won + 1), state: state, emptyText: words.empty
    ) { row, column in this.cell(row, column, programme) }
  }

  private func cell(_ row: Int, _ column: Int, _ programme: ProgrammeFacts) -> GridCell? {
    let line = table.rows[row]
    guard column > 0 else { return GridCell(programme.number(line.customers), .muted) }
    guard let share = line.share(column) else { return nil }
    return GridCell(
      String(Int((100 * share).rounded())), share: most > 0 ? share / most : 0,
      share > 0 ? nil : .muted)
  }

  /// The people in a cell; nil where there are none.
  func group(_ state: GridState) -> CustomerGroup? {
    guard let line = line(state) else { return nil }
    let column = column(state)
    guard column > 0 else { return .won(inMonth: line.month, activeAfter: nil) }
    guard line.active.indices.contains(column), line.active[column] > 0 else { return nil }
    return .won(inMonth: line.month, activeAfter: column)
  }

  /// What the selected cell says, in a sentence.
  func sentence(_ state: GridState, _ programme: ProgrammeFacts) -> String {
    guard let line = line(state) else { return "" }
    let column = column(state)
    let won = programme.count(line.customers, "count.customers")
    guard column > 0 else { return words.won(won, line.month) }
    guard let share = line.share(column) else { return words.notYet(table.asOf) }
    let isRunning = table.lastMonthIsPartial && column == line.active.count - 1
    return words.cameBack(
      won, line.month, programme.number(line.active[column]), programme.display.percent(share),
      months: column, programme.money(line.values[column])
    ) + (isRunning ? words.running(table.asOf) : "")
  }

  /// What the shades stand for.
  func legend(_ context: RenderContext) -> String {
    let bounds = (1...5).map { "\(Int((100 * most * Double($0) / 5).rounded()))" }
    let shades = (0..<5).map { Grid.shade(Double($0) / 5, context) }
    return words.legend(zip(shades, bounds).map { words.upTo($0, $1) })
  }

  private func line(_ state: GridState) -> RetentionTable.Row? {
    table.rows.isEmpty ? nil : table.rows[min(state.row, table.rows.count - 1)]
  }

  private func column(_ state: GridState) -> Int { min(state.column, months) }
}

/// The words of the retention table.
struct RetentionWords {
  let texts: Texts

  init(_ texts: Texts) { self.texts = texts }

  var corner: String { texts["retention.corner"] }
  var won: String { texts["retention.won"] }
  var empty: String { texts["retention.empty"] }

  func won(_ people: String, _ month: Day) -> String {
    texts("retention.first", ["people": people, "month": texts.month(month)])
  }

  func cameBack(
    _ people: String, _ month: Day, _ count: String, _ share: String, months: Int,
    _ amount: String
  ) -> String {
    texts(
      "retention.came-back", count: months,
      [
        "people": people, "month": texts.month(month), "count": count, "share": share,
        "n": String(months), "later": texts.month(month.adding(months: months)), "amount": amount,
      ])
  }

  func notYet(_ asOf: Day) -> String { texts("retention.not-yet", ["day": texts.day(asOf)]) }

  func running(_ asOf: Day) -> String {
    " " + texts("retention.running", ["day": texts.day(asOf)])
  }

  func upTo(_ shade: String, _ percent: String) -> String {
    texts("retention.up-to", ["shade": shade, "percent": percent])
  }

  func legend(_ parts: [String]) -> String {
    texts("retention.legend", ["shades": parts.joined(separator: "  ")])
  }
}
