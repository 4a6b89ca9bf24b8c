import LoyaltyModel

/// Who stands in which row of the tables of some data, so that people can be found again after
/// the data have changed.
package struct CustomerRoll: Sendable {
  /// The data of which it tells.
  package let mark: DataMark
  /// Ascending by bytes, distinct.
  private let ids: TextColumn

  init(_ analysis: Analysis) { (mark, ids) = (analysis.key.data, analysis.customers.ids) }

  /// The identifier of a row; nil where there is no such row.
  package func id(ofRow row: Int) -> String? {
    (0..<ids.count).contains(row) ? ids[row] : nil
  }

  /// The row of an identifier, or nil.
  package func row(ofCustomer id: String) -> Int? { ids.sortedRow(of: id) }

  /// Where the people of another roll's rows stand in this one; who is gone is left out.
  package func rows(_ rows: Set<Int>, of other: CustomerRoll) -> Set<Int> {
    guard other.mark != mark else { return rows }
    var found: Set<Int> = []
    found.reserveCapacity(rows.count)
    var place = 0
    // Both are sorted alike, so that one walk along them finds everybody.
    for row in rows.sorted() where row < other.ids.count {
      let id = other.ids.utf8(row)
      while place < ids.count, ids.utf8(place).lexicographicallyPrecedes(id) { place += 1 }
      guard place < ids.count else { break }
      if ids.utf8(place).elementsEqual(id) { found.insert(place) }
    }
    return found
  }
}

/// The customers that match a filter, in an order.
package struct CustomerListing: Sendable {
  /// Rows for ``LoyaltyWorkspace/summary(ofRow:)``, valid until data change.
  package let rows: [Int]
  /// Who stands in them.
  package let roll: CustomerRoll
}
