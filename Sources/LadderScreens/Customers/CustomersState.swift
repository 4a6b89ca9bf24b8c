import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The list of customers: which rows, in which order, and where the reader is.
struct CustomersState: Sendable {
  var filter = FilterLine()
  /// The people behind a figure, to whom the list is narrowed down; nil for all.
  private(set) var scope: CustomerScope?
  /// The rows of the table of all customers that match, in order; nil before they were asked for.
  private(set) var listed: [Int]?
  /// Who stands in which row; nil before the first list.
  private(set) var roll: CustomerRoll?
  /// Set when the filter or the order changed; the old list is shown until the new one is there.
  var isStale = false
  var table = TableState()
  var sort: CustomerSort?
  /// The column that sorting acts upon.
  var column = CustomerColumn.name
  /// The columns that are not shown.
  var hidden: Set<CustomerColumn> = []
  /// Marked customers, by row of the roll.
  var marks: Set<Int> = []
  /// How many of the marked ones are not in the list.
  private(set) var marksElsewhere = 0
  /// What is known of the rows on the screen.
  private(set) var summaries: [Int: CustomerSummary] = [:]
  /// Rows whose figures could not be had; not asked for again.
  var failed: Set<Int> = []
  /// The place to keep while the list is made anew.
  private var keptCustomer: String?
  /// Set to go to the first row, whoever that is, when the list comes in another order.
  var goesToTop = false
  /// The place to go to when the list comes for the first time, as it was left.
  var recalledPlace: Int?

  /// The rows that match.
  var rows: [Int] { listed ?? [] }

  /// The row of the selected customer.
  var current: Int? { rows.indices.contains(table.selected) ? rows[table.selected] : nil }

  /// The identifier of the selected customer.
  var currentID: String? { current.flatMap { roll?.id(ofRow: $0) } }

  /// The customers that an action is for: the marked ones, else the selected one.
  var chosenIDs: [String] {
    let rows = marks.isEmpty ? current.map { [$0] } ?? [] : marks.sorted()
    return rows.compactMap { roll?.id(ofRow: $0) }
  }

  mutating func invalidate() {
    keptCustomer = currentID ?? keptCustomer
    listed = nil
    summaries = [:]
    failed = []
  }

  mutating func take(_ list: CustomerListing, filter text: String, page: Int) {
    // An answer to what is no longer asked is of no use.
    guard text == filter.text else { return }
    filter.listed(text)
    isStale = false
    let keptID = goesToTop ? nil : keptCustomer ?? currentID
    let kept = keptID.flatMap { list.roll.row(ofCustomer: $0) }
    (keptCustomer, goesToTop) = (nil, false)
    if let roll { marks = list.roll.rows(marks, of: roll) }
    (listed, roll) = (list.rows, list.roll)
    marksElsewhere = marks.isEmpty ? 0 : marks.count - rows.count(where: marks.contains)
    let place = kept.flatMap { kept in rows.firstIndex(of: kept) } ?? recalledPlace ?? 0
    recalledPlace = nil
    table.move(to: place, rowCount: rows.count, height: page)
    table.endRange()
  }

  mutating func fail(_ flaw: FilterLine.Flaw, filter asked: String) {
    guard asked == filter.text else { return }
    filter.flaw = flaw
    isStale = false
    // What was listed stays; nothing is asked for again until the filter changes.
    if listed == nil { listed = [] }
  }

  mutating func take(_ new: [CustomerSummary]) {
    // Only a few screens' worth are kept, however far someone scrolls.
    if summaries.count > 2_000 { summaries = [:] }
    for summary in new { summaries[summary.row] = summary }
  }

  /// Narrows the list down to the people behind a figure; nil for all.
  mutating func enter(_ scope: CustomerScope?) {
    self.scope = scope
    (marks, marksElsewhere) = ([], 0)
    invalidate()
    keptCustomer = nil
    table = TableState()
  }

  /// Shows all again, at the same customer.
  mutating func leaveScope() { scope = nil }

  /// What is lacking; `group` are the rows of the scope, where there is one.
  func needs(visible: Range<Int>, among group: [Int]? = nil) -> [Effect] {
    guard listed != nil, !isStale else {
      return [.listCustomers(filter: filter.text, sort: sort, among: group)]
    }
    let missing = rows[visible.clamped(to: rows.indices)].filter {
      summaries[$0] == nil && !failed.contains($0)
    }
    return missing.isEmpty ? [] : [.loadSummaries(rows: missing)]
  }
}
