import LoyaltyModel
import TextFormats

/// The folded events without some people, chained anew from the first that told of them on.
struct AuditEraser {
  var traces: PersonTraces
  let currency: Currency
  /// What files of imports are now, by path.
  let segments: [String: ImportBatch.Segment]
  /// The last event of the new chain.
  private(set) var head = ChainHead()
  /// Whether an event before was changed, so that all after it are sealed anew.
  private var isChanged = false

  init(traces: PersonTraces, currency: Currency, segments: [String: ImportBatch.Segment]) {
    (self.traces, self.currency, self.segments) = (traces, currency, segments)
  }

  /// Takes the next month.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: Its path, for errors.
  /// - Returns: The file as it is to be; nil when it stays.
  /// - Throws: Damage of the file.
  mutating func take(_ bytes: [UInt8], path: String) throws(StoreError) -> [UInt8]? {
    let span = bytes.span.bytes
    let prepared = NDJSONScanner(keys: EventRecord.keys)
    var written: [UInt8] = []
    var (offset, number) = (0, 1)
    while let feed = Seal.lineFeed(span, from: offset) {
      guard let line = Seal.line(span, offset..<feed) else {
        throw .damaged(Damage(path, line: number, byte: offset, .checksum))
      }
      do throws(LineFlaw) {
        try take(line, span, prepared, into: &written)
      } catch { throw .damaged(Damage(path, line: number, byte: offset, error.flaw)) }
      (offset, number) = (feed + 1, number + 1)
    }
    guard offset == bytes.count else {
      throw .damaged(Damage(path, line: number, byte: offset, .checksum))
    }
    return isChanged ? written : nil
  }

  private mutating func take(
    _ line: Seal.Line, _ span: RawSpan, _ prepared: NDJSONScanner, into written: inout [UInt8]
  ) throws(LineFlaw) {
    guard let sequence = line.sequence else {
      return append(line, span, Seal.seal(Seal.body(span, line), after: head.checksum), &written)
    }
    if head == ChainHead() { head = ChainHead(sequence: sequence - 1, checksum: line.previous) }
    var scanner = prepared
    let text = span.extracting(line.range)
    do throws(NDJSONError) {
      _ = try scanner.next(in: text)
    } catch { throw LineFlaw(error) }
    var event = try EventRecord.read(scanner, in: text, currency)
    var sealed = Seal.seal(Seal.body(span, line), after: head.checksum)
    if let change = traces.redacted(event.change, segments) {
      event.change = change
      isChanged = true
      sealed = EventRecord.line(event, more: line.more, after: head.checksum, currency)
    }
    append(line, span, sealed, &written)
    head = ChainHead(
      sequence: sequence, checksum: isChanged ? sealed.checksum : line.checksum)
  }

  private func append(
    _ line: Seal.Line, _ span: RawSpan, _ sealed: (bytes: [UInt8], checksum: UInt32),
    _ written: inout [UInt8]
  ) {
    if isChanged {
      written += sealed.bytes
    } else {
      written.append(span, line.range.lowerBound..<line.range.upperBound + 1)
    }
  }
}
