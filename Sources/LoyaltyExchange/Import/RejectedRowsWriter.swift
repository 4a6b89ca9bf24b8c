package import LoyaltyModel
package import LoyaltyModel
import TextFormats

/// Writes the lines that could not be used as a CSV file that can be mended and imported again.
///
/// The columns are those of the source, then `line` and `reason`, which an import passes over. A
/// row with too few or too many fields keeps their number, so that it is not taken for whole
/// before someone mended it. Cells that a spreadsheet might run are guarded by an apostrophe,
/// which the import takes off.
package struct RejectedRowsWriter: Sendable {
  /// The columns that are added to those of the source.
  static let addedColumns = ["line", "reason"]

  private var writer: CSVWriter
  /// How many rows were written.
  package private(set) var count = 0

  /// Starts with the header of the file that the rows come from; reasons are written in a language.
  package init(_ look: TableLook, _ wording: Wording) {
    self.wording = wording
    let delimiter: UInt8
    if case .delimited(let byte) = look.layout { delimiter = byte } else { delimiter = 0x2C }
    writer = CSVWriter(delimiter: delimiter, byteOrderMark: true)
    for name in look.ownColumns { writer.cell(name) }
    for name in Self.addedColumns { writer.text(name) }
    writer.endRow()
    ownColumns = look.ownColumns.count
    isMended = look.ownColumns.count != look.header.count
  }

  private let wording: Wording
  private let ownColumns: Int
  /// Whether the source was itself a file of rejected rows, whose added columns are replaced.
  private let isMended: Bool

  /// Adds a row.
  package mutating func append(_ row: RejectedRow) {
    var fields = row.fields
    if isMended, fields.count > Self.addedColumns.count {
      fields.removeLast(Self.addedColumns.count)
    }
    for field in fields { writer.cell(SpreadsheetGuard.unguarded(field)) }
    writer.number(row.line)
    writer.text(row.reason.message(wording))
    writer.endRow()
    count += 1
  }

  /// Hands over what was written since the last time.
  package mutating func take() -> [UInt8] { writer.take() }
}

extension CSVWriter {
  /// Writes a cell: as it is where it is a plain number or empty, else guarded.
  mutating func cell(_ text: String) {
    let isNumber = text.utf8.dropFirst().allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C
    }
    let first = text.utf8.first ?? 0x30
    if isNumber, (0x30...0x39).contains(first) || first == 0x2D, text != "-" {
      number(text)
    } else {
      self.text(text)
    }
  }
}
