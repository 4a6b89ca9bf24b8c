import LoyaltyModel
import TextFormats

/// A file of an import without some people: their records are gone, their purchases are sales
/// without a customer.
struct SegmentEraser {
  let traces: PersonTraces
  let currency: Currency

  /// What a file becomes.
  struct Result {
    var bytes: [UInt8]
    var rows: Int
    /// How many lines are other than before, or gone.
    var touched: Int

    /// How an import names the file now.
    func segment(_ path: String) -> ImportBatch.Segment {
      ImportBatch.Segment(path: path, rows: rows, crc32c: CRC32C.checksum(of: bytes))
    }
  }

  /// Rewrites a file.
  ///
  /// - Returns: The file as it is to be; nil when nobody's traces are in it.
  /// - Throws: Damage of the file.
  func run(
    _ contents: ShardFile.Contents, _ kind: SegmentPath.Kind
  ) throws(StoreError) -> Result? {
    if let flaw = contents.flaw { throw .damaged(flaw) }
    var result: Result?
    try contents.with { (contents) throws(LineFlaw) in
      do throws(NDJSONError) {
        result = try rewrite(contents, kind)
      } catch { throw LineFlaw(error) }
    }
    return result
  }

  private func rewrite(
    _ contents: ShardFile.Contents, _ kind: SegmentPath.Kind
  ) throws(NDJSONError) -> Result? {
    var scanner = NDJSONScanner(
      keys: kind == .purchases ? PurchaseRecord.keys : CustomerRecord.keys,
      start: contents.records.lowerBound, firstLine: 2)
    let bytes = contents.bytes.span.bytes.extracting(0..<contents.records.upperBound)
    var result: Result?
    // What was not touched is copied in one piece.
    var copied = 0
    while try scanner.next(in: bytes) {
      guard try traces.isOne(0, scanner, bytes) else { continue }
      var now = result ?? Result(bytes: [], rows: contents.rows, touched: 0)
      now.bytes.append(bytes, copied..<scanner.line.lowerBound)
      copied = lineEnd(bytes, scanner.line)
      now.touched += 1
      if kind == .purchases {
        now.bytes += try anonymous(scanner, bytes)
      } else {
        now.rows -= 1
      }
      result = now
    }
    guard var result else { return nil }
    result.bytes.append(bytes, copied..<bytes.byteCount)
    result.bytes += ShardFile.last(
      rows: result.rows, checksum: CRC32C.checksum(of: result.bytes))
    return result
  }

  /// The place after the line feed of a line.
  private func lineEnd(_ bytes: RawSpan, _ line: Range<Int>) -> Int {
    (Seal.lineFeed(bytes, from: line.upperBound) ?? bytes.byteCount - 1) + 1
  }

  /// The line of a sale without its customer and without the receipts that lead to them.
  private func anonymous(
    _ scanner: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> [UInt8] {
    var purchase = try PurchaseRecord.read(scanner, in: bytes, digits: currency.digits)
    (purchase.customer, purchase.receipt, purchase.refunds) = ("", "", "")
    var writer = JSONWriter()
    PurchaseRecord.write(
      purchase, row: Int(try scanner.int64(PurchaseRecord.Key.row, in: bytes)), currency,
      isErased: true, to: &writer)
    writer.newline()
    return writer.bytes
  }
}
