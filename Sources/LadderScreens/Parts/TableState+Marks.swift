import TerminalKit

extension TableState {
  /// Marks the rows of the range, or unmarks them where all of them were marked; ends the range.
  ///
  /// - Parameters:
  ///   - marks: What is marked.
  ///   - rows: What stands in the table.
  mutating func toggle<Row: Hashable>(_ marks: inout Set<Row>, among rows: [Row]) {
    let picked = rows.isEmpty ? [] : rows[range.clamped(to: 0...rows.count - 1)]
    if picked.allSatisfy(marks.contains) {
      marks.subtract(picked)
    } else {
      marks.formUnion(picked)
    }
    endRange()
  }
}
