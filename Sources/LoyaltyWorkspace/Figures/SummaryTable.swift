import LoyaltyAnalytics
import LoyaltyStore
import TextFormats

/// A table of (x, t_x, T, mean) of customers, as papers and other programs give it.
struct SummaryTable {
  private(set) var buying: [BuyingSummary] = []
  private(set) var spending: [(repeats: Int, mean: Double)] = []

  /// Reads a table.
  init(_ path: String, disk: any Disk) throws(WorkspaceError) {
    let file = try ImportFile(path, disk: disk)
    let bytes = try file.read(file.size, at: 0)
    do {
      let reader = try TableReader(bytes)
      let columns = try Columns(reader.header, file.name)
      while let row = try reader.next() {
        if !row.isBlank { try add(row, columns, file.name) }
      }
    } catch let error as WorkspaceError {
      throw error
    } catch {
      throw .badTable(file: file.name, line: nil, .unreadable(error as? TableError))
    }
  }

  private mutating func add(
    _ row: TextRow, _ columns: Columns, _ file: String
  ) throws(WorkspaceError) {
    guard row.issue == nil else { throw .badTable(file: file, line: row.line, .raggedRow) }
    func number(_ column: Column) throws(WorkspaceError) -> Double {
      let text = row[column.index] ?? ""
      guard let value = Double(text), value.isFinite else {
        throw .badTable(
          file: file, line: row.line, .notANumber(column: column.name, text: text))
      }
      return value
    }
    let times = (last: try number(columns.last), observed: try number(columns.observed))
    let repeats = Int(exactly: try number(columns.repeats)) ?? -1
    let summary = BuyingSummary(
      repeats: repeats, lastRepeat: times.last, observed: times.observed)
    guard summary.problem == nil else {
      throw .badTable(file: file, line: row.line, .contradiction)
    }
    buying.append(summary)
    if let mean = columns.mean, repeats > 0 {
      spending.append((repeats, try number(mean)))
    }
  }

  /// A column by its place and its name.
  private struct Column {
    let index: Int
    let name: String
  }

  /// Where everything stands.
  private struct Columns {
    let repeats: Column
    let last: Column
    let observed: Column
    let mean: Column?

    init(_ header: TextRow?, _ file: String) throws(WorkspaceError) {
      let names = header?.strings ?? []
      func find(_ wanted: [String]) -> Column? {
        names.firstIndex { wanted.contains($0.lowercased()) }
          .map { Column(index: $0, name: names[$0]) }
      }
      func need(_ wanted: [String]) throws(WorkspaceError) -> Column {
        guard let column = find(wanted) else {
          throw .badTable(file: file, line: 1, .columnMissing(wanted))
        }
        return column
      }
      repeats = try need(["x", "frequency"])
      last = try need(["t_x", "recency"])
      observed = try need(["t"])
      mean = find(["zbar", "monetary", "monetary_value"])
    }
  }
}
