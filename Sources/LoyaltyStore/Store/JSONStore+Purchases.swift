package import LoyaltyModel
import TextFormats

extension JSONStore {
  /// Hands over every stored purchase of the imports in force, as it is written in the files, in
  /// the order of the imports; for what the tables do not keep, such as receipts; the sales of erased people
  /// are left out.
  package func forEachPurchase(_ body: (Purchase) -> Void) throws(StoreError) {
    let (state, files) = (state, storeFiles)
    for batch in state.batches {
      for segment in batch.segments where SegmentPath(segment.path)?.kind == .purchases {
        let contents = try files.records(segment.path, kind: SegmentPath.Kind.purchases.rawValue)
        try contents.with { (contents) throws(LineFlaw) in
          try contents.forEachPurchase(digits: state.programme.currency.digits, body)
        }
      }
    }
  }
}

extension ShardFile.Contents {
  fileprivate func forEachPurchase(
    digits: Int, _ body: (Purchase) -> Void
  ) throws(LineFlaw) {
    typealias Key = PurchaseRecord.Key
    var scanner = NDJSONScanner(
      keys: PurchaseRecord.keys, start: records.lowerBound, firstLine: 2)
    let span = bytes.span.bytes.extracting(0..<records.upperBound)
    do throws(NDJSONError) {
      while try scanner.next(in: span) {
        // An erased person's sale is nobody's, and must not be taken for another one's.
        if scanner.has(Key.erased) { continue }
        body(try PurchaseRecord.read(scanner, in: span, digits: digits))
      }
    } catch { throw LineFlaw(error) }
  }
}
