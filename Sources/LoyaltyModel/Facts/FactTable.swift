/// The facts of all customers as of a date, one column a fact: what rules and filters read.
package struct FactTable: Sendable {
  /// The date that every fact is as of.
  package let asOf: Day
  /// The number of customers, and of rows of every column.
  package let count: Int
  /// Columns by fact identifier.
  package var columns: [String: FactColumn] = [:]
  /// Each customer's lists (`purchases`, `consumers`, `offers`, `feedback`) by name.
  package var lists: [String: RecordList] = [:]

  /// A table without columns.
  package init(asOf: Day, count: Int) { (self.asOf, self.count) = (asOf, count) }
}

/// The values of one fact, a row each; unknown is a value of its own.
package enum FactColumn: Sendable {
  /// Counts and dates (day numbers); ``FactColumn/unknownInt32`` is unknown.
  case int32([Int32])
  /// Money in minor units; ``FactColumn/unknownInt64`` is unknown.
  case int64([Int64])
  /// Numbers and probabilities; NaN is unknown.
  case double([Double])
  /// Yes (1), no (0), unknown (``FactColumn/unknownYesNo``).
  case yesNo([UInt8])
  /// Numbers into the labels; ``FactColumn/unknownChoice`` is unknown.
  case choice([UInt16], labels: LabelList)
  /// Sets of labels: row `r` holds `members[offsets[r]..<offsets[r + 1]]`.
  case set(offsets: [UInt32], members: [UInt16], labels: LabelList)
  /// Texts; an empty one is unknown.
  case text(TextColumn)

  /// The unknown count or date.
  package static let unknownInt32 = Int32.min
  /// The unknown amount.
  package static let unknownInt64 = Int64.min
  /// The unknown answer.
  package static let unknownYesNo = UInt8(2)
  /// The unknown choice.
  package static let unknownChoice = UInt16.max
}

/// A list that each customer has, such as their purchases, as columns over all entries.
///
/// The entries of customer row `c` are the rows `offsets[c]..<offsets[c + 1]`; a list is closed:
/// what is not in it did not happen.
package struct RecordList: Sendable {
  /// Where each customer's entries begin; one more than there are customers.
  package var offsets: [UInt32]
  /// Columns by field name, a row an entry.
  package var columns: [String: FactColumn]
  /// The purchases' lasting identifiers, a row an entry; empty for other lists.
  package var ids: [PurchaseID]

  /// A list of entries.
  package init(offsets: [UInt32], columns: [String: FactColumn], ids: [PurchaseID] = []) {
    (self.offsets, self.columns, self.ids) = (offsets, columns, ids)
  }
}

extension Double {
  /// A number from a column, or nil where it is unknown.
  package init?(known number: Double) {
    if number.isNaN { return nil }
    self = number
  }
}

extension Int64 {
  /// An amount from a column, or nil where it is unknown.
  package init?(known amount: Int64) {
    if amount == FactColumn.unknownInt64 { return nil }
    self = amount
  }
}
