/// A parser of tables whose fields stand apart by runs of blanks and tabs, as in CDNOW's file.
///
/// Blanks at both ends of a line and empty lines are passed over; there are no quotes.
final class BlankTableParser: RowParser {
  var batch = RowBatch()
  private(set) var currentLine: Int
  private let limits: TableLimits
  private var isInField = false
  private var isAfterCarriageReturn = false

  init(limits: TableLimits, firstLine: Int = 1) {
    self.limits = limits
    currentLine = firstLine
  }

  func push(_ chunk: RawSpan) throws(TableError) {
    var offset = 0
    while offset < chunk.byteCount {
      let end = fieldEnd(chunk, from: offset)
      if end > offset {
        isInField = true
        isAfterCarriageReturn = false
        batch.appendBytes(chunk, offset..<end)
        try checkLimits()
      }
      guard end < chunk.byteCount else { return }
      endField()
      endLine(chunk.byte(at: end))
      offset = end + 1
    }
  }

  func finish() throws(TableError) {
    endField()
    if batch.pendingFieldCount > 0 { batch.endRow() }
  }

  private func fieldEnd(_ chunk: RawSpan, from start: Int) -> Int {
    var offset = start
    while offset < chunk.byteCount {
      let byte = chunk.byte(at: offset)
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { break }
      offset += 1
    }
    return offset
  }

  private func endField() {
    if isInField { batch.endField(line: currentLine) }
    isInField = false
  }

  private func endLine(_ byte: UInt8) {
    guard byte == 0x0A || byte == 0x0D else {
      isAfterCarriageReturn = false
      return
    }
    if byte == 0x0A, isAfterCarriageReturn {
      isAfterCarriageReturn = false
      return
    }
    isAfterCarriageReturn = byte == 0x0D
    if batch.pendingFieldCount > 0 { batch.endRow() }
    currentLine += 1
  }

  private func checkLimits() throws(TableError) {
    if batch.pendingFieldCount >= limits.fields {
      throw .tooManyFields(line: currentLine, limit: limits.fields)
    }
    if batch.pendingByteCount > limits.rowBytes {
      throw .rowTooLong(line: currentLine, limit: limits.rowBytes)
    }
  }
}
