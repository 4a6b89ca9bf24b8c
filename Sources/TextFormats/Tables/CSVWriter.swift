/// Appends rows of comma-separated text (RFC 4180) to a byte buffer.
///
/// Text that a spreadsheet might take for a formula is guarded by an apostrophe, which
/// `SpreadsheetGuard.unguarded` takes off again.
package struct CSVWriter: Sendable {
  /// How rows end.
  package enum LineEnding: Sendable, Hashable { case lf, crlf }

  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private let delimiter: UInt8
  private let lineEnding: LineEnding
  private var fieldsInRow = 0
  private var rowIsEmpty = true

  /// Starts an empty buffer.
  ///
  /// - Parameters:
  ///   - delimiter: The ASCII character between fields.
  ///   - lineEnding: How rows end.
  ///   - byteOrderMark: Whether to begin with one, which Excel needs to see UTF-8.
  package init(
    delimiter: UInt8 = 0x2C, lineEnding: LineEnding = .crlf, byteOrderMark: Bool = false
  ) {
    self.delimiter = delimiter
    self.lineEnding = lineEnding
    if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
  }

  /// Writes text from people or files.
  package mutating func text(_ text: String) { append(SpreadsheetGuard.guarded(text)) }

  /// Writes a telephone number: an international one as it is dialled, which no spreadsheet runs,
  /// anything else guarded as text is.
  package mutating func phone(_ text: String) {
    if let dialled = SpreadsheetGuard.dialled(text) { append(dialled) } else { self.text(text) }
  }

  /// Writes a number that the program made, such as `-12.50`, which needs no guard.
  package mutating func number(_ text: String) { append(text) }

  /// Writes minor units as a plain decimal.
  package mutating func number(minorUnits: Int64, digits: Int) {
    append(DecimalText.string(minorUnits: minorUnits, digits: digits))
  }

  /// Writes an integer.
  package mutating func number(_ value: some FixedWidthInteger) { append(String(value)) }

  /// Writes text that goes back to where it came from, such as a rejected row: quoted where
  /// needed but not guarded, so that nothing is changed.
  package mutating func verbatim(_ text: String) { append(text) }

  /// Writes an empty field.
  package mutating func empty() { append("") }

  /// Ends the row.
  package mutating func endRow() {
    // A row of one empty field would be an empty line, which readers pass over.
    if fieldsInRow == 1, rowIsEmpty { bytes += [0x22, 0x22] }
    if lineEnding == .crlf { bytes.append(0x0D) }
    bytes.append(0x0A)
    fieldsInRow = 0
    rowIsEmpty = true
  }

  /// Writes a whole row of text.
  package mutating func row(_ fields: [String]) {
    for field in fields { text(field) }
    endRow()
  }

  /// Hands over what was written and starts anew, for writing in chunks; call it between rows.
  package mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func append(_ field: String) {
    if fieldsInRow > 0 { bytes.append(delimiter) }
    fieldsInRow += 1
    if !field.isEmpty { rowIsEmpty = false }
    guard needsQuotes(field) else {
      bytes += field.utf8
      return
    }
    bytes.append(0x22)
    for byte in field.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private func needsQuotes(_ field: String) -> Bool {
    let utf8 = field.utf8
    if let first = utf8.first, let last = utf8.last, Self.isBlank(first) || Self.isBlank(last) {
      return true
    }
    return utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
