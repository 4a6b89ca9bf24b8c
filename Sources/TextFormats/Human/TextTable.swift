/// A table for people on standard output: aligned columns, no escape codes.
package struct TextTable: Sendable {
  /// To which side a column's cells are moved.
  package enum Alignment: Sendable, Hashable { case left, right }

  /// A column's heading and how its cells stand.
  package struct Column: Sendable, Hashable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package let columns: [Column]
  /// The cells; a row that is too short is filled up, one that is too long is cut.
  package private(set) var rows: [[String]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  package mutating func append(_ cells: [String]) {
    let row = cells.prefix(columns.count).map(SafeText.shown)
    rows.append(row + Array(repeating: "", count: columns.count - row.count))
  }

  /// The table as lines that end in LF: titles, a rule, the rows; no blanks at the ends of lines.
  ///
  /// - Parameters:
  ///   - gap: How many blanks stand between columns.
  ///   - width: How many terminal cells a text takes.
  /// - Returns: The lines.
  package func rendered(gap: Int = 2, width: (String) -> Int = { $0.count }) -> String {
    let titles = columns.map { SafeText.shown($0.title) }
    var widths = titles.map(width)
    let cellWidths = rows.map { $0.map(width) }
    for row in cellWidths {
      for index in widths.indices { widths[index] = max(widths[index], row[index]) }
    }
    var text = line(titles, titles.map(width), widths, gap)
    text += line(widths.map { String(repeating: "─", count: $0) }, widths, widths, gap)
    for (row, cells) in zip(rows, cellWidths) { text += line(row, cells, widths, gap) }
    return text
  }

  private func line(_ cells: [String], _ taken: [Int], _ widths: [Int], _ gap: Int) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[index] - taken[index]))
      if index > 0 { line += String(repeating: " ", count: gap) }
      line += columns[index].alignment == .right ? padding + cell : cell + padding
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
