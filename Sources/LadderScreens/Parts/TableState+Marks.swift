import LoyaltyModel
import TerminalKit

extension ProgrammeFacts {
  /// How many rows of a list are marked, and how many of them it does not show; nil where none is.
  func marked(_ marks: Int, elsewhere: Int) -> String? {
    if marks == 0 { return nil }
    return elsewhere == 0
      ? texts("list.marked", ["n": number(marks)])
      : texts("list.marked.elsewhere", ["n": number(marks), "hidden": number(elsewhere)])
  }
}

extension TableState {
  /// Marks the rows of the range, or unmarks them where all of them were marked, and ends the range;
  /// from a single row it goes on to the next.
  ///
  /// - Parameters:
  ///   - marks: What is marked.
  ///   - rows: What stands in the table.
  ///   - height: How many rows are seen at once.
  mutating func toggle<Row: Hashable>(_ marks: inout Set<Row>, among rows: [Row], height: Int) {
    let picked = rows.isEmpty ? [] : rows[range.clamped(to: 0...rows.count - 1)]
    if picked.allSatisfy(marks.contains) {
      marks.subtract(picked)
    } else {
      marks.formUnion(picked)
    }
    let isRange = anchor != nil
    endRange()
    if !isRange { _ = handle(.down, rowCount: rows.count, height: height) }
  }
}
