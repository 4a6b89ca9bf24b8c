/// The facts of all customers as of a date, one column a fact: what rules and filters read.
package struct FactTable: Sendable {
  /// The date that every fact is as of.
  package let asOf: Day
  /// The number of customers, and of rows of every column.
  package let count: Int
  /// Columns by fact identifier.
  package var columns: LaterValues<FactColumn> = [:]
  /// Each customer's lists (`purchases`, `consumers`, `offers`, `feedback`) by name.
  package var lists: LaterValues<RecordList> = [:]
  /// The customers who were known on the date, made when they are first asked for.
  package var keptKnown: Later<RowSet>

  /// A table without columns, in which everybody is known.
  package init(asOf: Day, count: Int) {
    (self.asOf, self.count) = (asOf, count)
    keptKnown = Later { RowSet(count: count, all: true) }
  }

  /// The customers who were known on the date: whom conditions are asked of.
  package var known: RowSet { keptKnown.value }
}

/// The values of one fact, a row each; unknown is a value of its own.
package enum FactColumn: Sendable {
  /// Counts and dates (day numbers); ``FactColumn/unknownInt32`` is unknown.
  case int32(Column<Int32>)
  /// Money in minor units; ``FactColumn/unknownInt64`` is unknown.
  case int64(Column<Int64>)
  /// Numbers and probabilities; NaN is unknown.
  case double(Column<Double>)
  /// Yes (1), no (0), unknown (``FactColumn/unknownYesNo``).
  case yesNo(Column<UInt8>)
  /// Numbers into the labels; ``FactColumn/unknownChoice`` is unknown.
  case choice(Column<UInt16>, labels: LabelList)
  /// Sets of labels: row `r` holds `members[offsets[r]..<offsets[r + 1]]`.
  case set(offsets: Column<UInt32>, members: Column<UInt16>, labels: LabelList)
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

extension FactColumn {
  /// Counts and dates of an array.
  package static func int32(_ values: [Int32]) -> FactColumn { .int32(Column(values)) }
  /// Money of an array.
  package static func int64(_ values: [Int64]) -> FactColumn { .int64(Column(values)) }
  /// Numbers of an array.
  package static func double(_ values: [Double]) -> FactColumn { .double(Column(values)) }
  /// Answers of an array.
  package static func yesNo(_ values: [UInt8]) -> FactColumn { .yesNo(Column(values)) }
  /// Choices of an array.
  package static func choice(_ values: [UInt16], labels: LabelList) -> FactColumn {
    .choice(Column(values), labels: labels)
  }
  /// Sets of arrays.
  package static func set(
    offsets: [UInt32], members: [UInt16], labels: LabelList
  ) -> FactColumn {
    .set(offsets: Column(offsets), members: Column(members), labels: labels)
  }
}

/// A list that each customer has, such as their purchases, as columns over all entries.
///
/// The entries of customer row `c` are the rows `offsets[c]..<offsets[c + 1]`; a list is closed:
/// what is not in it did not happen.
package struct RecordList: Sendable {
  /// Where each customer's entries begin; one more than there are customers.
  package var offsets: Column<UInt32>
  /// Columns by field name, a row an entry.
  package var columns: LaterValues<FactColumn>
  /// The purchases' lasting identifiers, a row an entry; empty for other lists.
  package var ids: PurchaseIDs

  /// A list of entries.
  package init(
    offsets: Column<UInt32>, columns: LaterValues<FactColumn>, ids: PurchaseIDs = PurchaseIDs()
  ) {
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
