package import LoyaltyModel
import TextFormats

extension JSONStore {
  /// Hands over every stored purchase of the imports in force, as it is written in the files, in
  /// the order of the imports; for what the tables do not keep, such as receipts.
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
        func text(_ key: Int) throws(NDJSONError) -> String {
          scanner.has(key) ? try scanner.string(key, in: span) : ""
        }
        var purchase = Purchase(
          customer: try text(Key.customer), day: Day(number: try scanner.days(Key.date, in: span)),
          amount: try scanner.minorUnits(Key.amount, in: span, digits: digits))
        if scanner.has(Key.units) {
          purchase.units = Int32(truncatingIfNeeded: try scanner.int64(Key.units, in: span))
        }
        purchase.receipt = try text(Key.receipt)
        purchase.product = try text(Key.product)
        purchase.branch = try text(Key.branch)
        purchase.channel = try text(Key.channel)
        purchase.refunds = try text(Key.refunds)
        body(purchase)
      }
    } catch { throw LineFlaw(error) }
  }
}
