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
  private let parser: UnsafeMutablePointer<csv_parser>
  // libcsv's callbacks get a pointer to a value: a class would be retained for each field.
  private let rows: UnsafeMutablePointer<CSVRowState>
  private let delimiter: UInt8
  private let limits: TableLimits
  private var isRecovering = false

  init(delimiter: UInt8, limits: TableLimits, firstLine: Int = 1) {
    self.delimiter = delimiter
    self.limits = limits
    rows = .allocate(capacity: 1)
    rows.initialize(to: CSVRowState(limits: limits, line: firstLine))
    parser = .allocate(capacity: 1)
    parser.initialize(to: csv_parser())
    start()
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
    rows.deinitialize(count: 1)
    rows.deallocate()
  }

  private func start() {
    csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
    csv_set_delim(parser, delimiter)
    // Small files are the rule; libcsv grows its buffer by this much at a time.
    csv_set_blk_size(parser, 4096)
  }

  var batch: RowBatch {
    get { rows.pointee.batch }
    _modify { yield &rows.pointee.batch }
  }

  /// What libcsv holds of the field that is not complete.
  private var pendingEntry: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: parser.pointee.entry_buf, count: parser.pointee.entry_pos)
  }

  var currentLine: Int { rows.pointee.line + CSVRowState.lineEnds(pendingEntry.bytes) }

  func push(_ chunk: RawSpan) throws(TableError) {
    var offset = 0
    while offset < chunk.byteCount {
      if isRecovering {
        offset = recover(chunk, from: offset)
        try checkLimits()
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
    if csv_fini(parser, fieldCallback, rowCallback, rows) != 0 {
      throw .unterminatedQuote(line: rows.pointee.line)
    }
    try checkLimits()
  }

  private func parse(_ slice: RawSpan) -> Int {
    slice.withUnsafeBytes {
      csv_parse(parser, $0.baseAddress, $0.count, fieldCallback, rowCallback, rows)
    }
  }

  /// Throws when a limit was passed, by a field that was reported or by the one that goes on.
  private func checkLimits() throws(TableError) {
    if let violation = rows.pointee.violation { throw violation }
    let pending = parser.pointee.entry_pos
    if pending > limits.fieldBytes {
      throw .fieldTooLong(line: rows.pointee.line, limit: limits.fieldBytes)
    }
    if batch.pendingByteCount + pending > limits.rowBytes {
      throw .rowTooLong(line: rows.pointee.line, limit: limits.rowBytes)
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
      rows.pointee.line += CSVRowState.lineEnds(pendingEntry.bytes)
      parser.pointee.entry_pos = 0
    }
    batch.appendBytes(chunk, start..<end)
    if end < chunk.byteCount { endRecovery() }
    return end
  }

  private func endRecovery() {
    rows.pointee.endSpoiltRow()
    isRecovering = false
    csv_free(parser)
    start()
  }
}

/// What libcsv reported: rows, and the line it stands in.
struct CSVRowState {
  var batch = RowBatch()
  /// The line in which the field being read began.
  var line: Int
  /// The first limit that was passed; what follows is not taken.
  private(set) var violation: TableError?
  private let limits: TableLimits
  private var isAfterCarriageReturn = false

  init(limits: TableLimits, line: Int) {
    self.limits = limits
    self.line = line
  }

  fileprivate mutating func takeField(_ field: RawSpan) {
    guard violation == nil else { return }
    batch.appendField(field, line: line)
    checkLimits(fieldBytes: field.byteCount)
    // Whether the field was quoted is not known here: libcsv writes its state back later.
    line += Self.lineEnds(field)
    isAfterCarriageReturn = false
  }

  fileprivate mutating func takeRowEnd(_ character: Int32) {
    guard violation == nil else { return }
    if batch.pendingFieldCount > 0 {
      batch.endRow()
    } else if character == 0x0A, isAfterCarriageReturn {
      isAfterCarriageReturn = false
      return
    }
    isAfterCarriageReturn = character == 0x0D
    if character > 0 { line += 1 }
  }

  fileprivate mutating func endSpoiltRow() {
    batch.endField(line: line)
    batch.endRow(issue: .strayQuote)
    isAfterCarriageReturn = false
  }

  private mutating func checkLimits(fieldBytes: Int) {
    if fieldBytes > limits.fieldBytes {
      violation = .fieldTooLong(line: line, limit: limits.fieldBytes)
    } else if batch.pendingFieldCount > limits.fields {
      violation = .tooManyFields(line: line, limit: limits.fields)
    } else if batch.pendingByteCount > limits.rowBytes {
      violation = .rowTooLong(line: line, limit: limits.rowBytes)
    }
  }

  static func lineEnds(_ text: RawSpan) -> Int {
    var count = 0
    var offset = 0
    while offset < text.byteCount {
      let byte = text.byte(at: offset)
      offset &+= 1
      guard byte <= 0x0D else { continue }
      let isBeforeLineFeed = offset < text.byteCount && text.byte(at: offset) == 0x0A
      if byte == 0x0A || byte == 0x0D && !isBeforeLineFeed { count &+= 1 }
    }
    return count
  }
}

private func fieldCallback(
  _ field: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  let rows = context?.assumingMemoryBound(to: CSVRowState.self)
  rows?.pointee.takeField(
    UnsafeRawBufferPointer(start: field, count: field == nil ? 0 : count).bytes)
}

private func rowCallback(_ character: Int32, _ context: UnsafeMutableRawPointer?) {
  context?.assumingMemoryBound(to: CSVRowState.self).pointee.takeRowEnd(character)
}
