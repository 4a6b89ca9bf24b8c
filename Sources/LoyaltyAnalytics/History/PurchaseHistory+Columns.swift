package import LoyaltyModel

extension PurchaseHistory {
  /// A history whose columns somebody kept; nothing of it is computed.
  ///
  /// - Parameters:
  ///   - visitor: Hands out the columns.
  ///   - table: The purchases that the history was made of.
  ///   - customers: The number of customers.
  ///   - asOf: The date that the history is as of.
  /// - Throws: What the visitor does, where columns are missing or do not fit together.
  package init<Visitor: ColumnVisitor>(
    columns visitor: inout Visitor, of table: PurchaseTable, customers: Int, asOf: Day
  ) throws(Visitor.Failure) {
    self.init(PurchaseTable(), customers: customers, asOf: asOf)
    try visitColumns(&visitor)
    let (history, rows) = (self, table.count)
    try visitor.require(history.fits(customers: customers, rows: rows))
    visitor.rest()
  }

  /// Visits all columns.
  package mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try purchaseDays.visitColumns(&visitor)
    try lines.visitColumns(&visitor)
    try looseRefunds.visitColumns(&visitor)
    var words = Column(mentioned.words)
    try visitor.visit(&words)
    let expected = mentioned.words.count
    try visitor.require(words.count == expected)
    mentioned.words = words.array
    mentioned.trim()
  }

  private func fits(customers: Int, rows: Int) -> Bool {
    purchaseDays.fits(customers: customers) && lines.fits(customers: customers, rows: rows)
      && looseRefunds.fits(customers: customers, rows: rows)
  }
}

extension PurchaseDays {
  fileprivate mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&offsets)
    try visitor.visit(&days)
    try visitor.visit(&amounts)
  }

  fileprivate func fits(customers: Int) -> Bool {
    amounts.count == days.count && offsets.count == customers + 1
      && offsets.withElements { TextColumn.areOffsets($0, of: days.count) }
  }
}

extension HistoryLines {
  fileprivate mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&offsets)
    try visitor.visit(&rows)
    try visitor.visit(&days)
    try visitor.visit(&amounts)
  }

  fileprivate func fits(customers: Int, rows count: Int) -> Bool {
    days.count == rows.count && amounts.count == rows.count && offsets.count == customers + 1
      && offsets.withElements { TextColumn.areOffsets($0, of: rows.count) }
      && rows.withElements { $0.allSatisfy { $0 < count } }
  }
}
