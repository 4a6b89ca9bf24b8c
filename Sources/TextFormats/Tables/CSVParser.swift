import CCSV

/// Takes chunks of a table and yields rows.
protocol RowParser: AnyObject {
  var batch: RowBatch { get set }
  /// The line at which the parser stands.
  var currentLine: Int { get }
  /// Takes a chunk; the rows that it completes are in the batch, also when it throws.
  func push(_ chunk: RawSpan) throws(TableError)
  /// Tells that the file ends here.
  func finish() throws(TableError)
}

/// A strict parser of comma-separated rows (RFC 4180) over libcsv.
///
/// Blanks around an unquoted field are dropped, empty lines are passed over, LF, CRLF and CR end
/// rows. A stray quote spoils its row only: the rest of its line becomes the row's last field.
final class CSVParser: RowParser {
  var batch = RowBatch()
  private let parser: UnsafeMutablePointer<csv_parser>
  private let delimiter: UInt8
  private let limits: TableLimits
  /// The line in which the field being read began.
  private var line = 1
  private var isAfterCarriageReturn = false
  private var isRecovering = false

  init(delimiter: UInt8, limits: TableLimits, firstLine: Int = 1) {
    self.delimiter = delimiter
    self.limits = limits
    line = firstLine
    parser = .allocate(capacity: 1)
    parser.initialize(to: csv_parser())
    start()
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
  }

  private func start() {
    csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
    csv_set_delim(parser, delimiter)
    // Small files are the rule; libcsv grows its buffer by this much at a time.
    csv_set_blk_size(parser, 4096)
  }

  /// What libcsv holds of the field that is not complete.
  private var pendingEntry: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: parser.pointee.entry_buf, count: parser.pointee.entry_pos)
  }

  var currentLine: Int { line + Self.lineEnds(pendingEntry.bytes) }

  func push(_ chunk: RawSpan) throws(TableError) {
    var offset = 0
    while offset < chunk.byteCount {
      if isRecovering {
        offset = recover(chunk, from: offset)
        continue
      }
      // Slices keep the field limit honest however large the chunk is.
      let end = min(offset + 65_536, chunk.byteCount)
      let taken = parse(chunk.extracting(offset..<end))
      if taken < end - offset {
        guard csv_error(parser) == CSV_EPARSE else { throw .outOfMemory }
        isRecovering = true
      }
      offset += taken
      try checkLimits()
    }
  }

  func finish() throws(TableError) {
    if isRecovering {
      endRecovery()
      return
    }
    if csv_fini(parser, fieldCallback, rowCallback, context) != 0 {
      throw .unterminatedQuote(line: line)
    }
    try checkLimits()
  }

  private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private func parse(_ slice: RawSpan) -> Int {
    slice.withUnsafeBytes {
      csv_parse(parser, $0.baseAddress, $0.count, fieldCallback, rowCallback, context)
    }
  }

  private func checkLimits() throws(TableError) {
    if parser.pointee.entry_pos > limits.fieldBytes {
      throw .fieldTooLong(
        line: line, limit: limits.fieldBytes, isQuoted: parser.pointee.quoted != 0)
    }
    if batch.pendingFieldCount > limits.fields {
      throw .tooManyFields(line: line, limit: limits.fields)
    }
    if batch.pendingByteCount > limits.rowBytes {
      throw .rowTooLong(line: line, limit: limits.rowBytes)
    }
  }

  // MARK: Stray quotes

  /// Takes the rest of a spoilt line and returns the offset after it.
  private func recover(_ chunk: RawSpan, from start: Int) -> Int {
    var end = start
    while end < chunk.byteCount, chunk.byte(at: end) != 0x0A, chunk.byte(at: end) != 0x0D {
      end += 1
    }
    if parser.pointee.entry_pos > 0 {
      batch.appendBytes(pendingEntry.bytes, 0..<parser.pointee.entry_pos)
      line += Self.lineEnds(pendingEntry.bytes)
      parser.pointee.entry_pos = 0
    }
    batch.appendBytes(chunk, start..<end)
    if end < chunk.byteCount { endRecovery() }
    return end
  }

  private func endRecovery() {
    batch.endField(line: line)
    batch.endRow(issue: .strayQuote)
    isRecovering = false
    isAfterCarriageReturn = false
    csv_free(parser)
    start()
  }

  // MARK: What libcsv reports

  fileprivate func takeField(_ field: RawSpan) {
    batch.appendField(field, line: line)
    if parser.pointee.quoted != 0 { line += Self.lineEnds(field) }
    isAfterCarriageReturn = false
  }

  fileprivate func takeRowEnd(_ character: Int32) {
    if batch.pendingFieldCount > 0 {
      batch.endRow()
    } else if character == 0x0A, isAfterCarriageReturn {
      isAfterCarriageReturn = false
      return
    }
    isAfterCarriageReturn = character == 0x0D
    if character > 0 { line += 1 }
  }

  private static func lineEnds(_ text: RawSpan) -> Int {
    var count = 0
    for offset in 0..<text.byteCount {
      let byte = text.byte(at: offset)
      if byte == 0x0A {
        count += 1
      } else if byte == 0x0D {
        if offset + 1 == text.byteCount || text.byte(at: offset + 1) != 0x0A { count += 1 }
      }
    }
    return count
  }
}

private func fieldCallback(
  _ field: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  guard let context else { return }
  let parser = Unmanaged<CSVParser>.fromOpaque(context).takeUnretainedValue()
  parser.takeField(UnsafeRawBufferPointer(start: field, count: field == nil ? 0 : count).bytes)
}

private func rowCallback(_ character: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  Unmanaged<CSVParser>.fromOpaque(context).takeUnretainedValue().takeRowEnd(character)
}
