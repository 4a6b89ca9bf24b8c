import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Does a command of the customers' screen.
  mutating func performCustomers(_ command: Command) -> [Effect] {
    if let key = command.motion {
      _ = customers.table.handle(key, rowCount: customers.rows.count, height: customerPage)
      return []
    }
    switch command {
    case .filter: customers.filter.open()
    case .mark:
      customers.table.toggle(&customers.marks, among: customers.rows, height: customerPage)
    case .markAll: markAllCustomers()
    case .markRange:
      customers.table.toggleRange()
      sayRange(customers.table)
    case .left, .right: moveColumn(command == .right ? 1 : -1)
    case .sort: return sortCustomers(by: nextSort)
    case .hideColumn: hideColumn()
    case .showColumns: customers.hidden = []
    case .segments: askSegment()
    case .open:
      guard let id = customers.currentID else { return [] }
      return showCard(ofCustomer: id, from: .customers)
    case .offersOfCustomers: return showOffersOfChosen()
    default: break
    }
    return []
  }

  /// Goes to the customers who match a filter.
  mutating func showCustomers(where filter: String) -> [Effect] {
    customers.filter.set(filter)
    customers.enter(nil)
    return show(.customers, isDetour: true)
  }

  /// Goes to the people behind a figure.
  mutating func showCustomers(in scope: CustomerScope) -> [Effect] {
    customers.filter.clear()
    customers.enter(scope)
    return show(.customers, isDetour: true)
  }

  /// What the list of customers lacks: the people of its scope first.
  mutating func customerNeeds() -> [Effect] {
    guard let scope = customers.scope else { return customers.needs(visible: customerWindow) }
    switch shelf.people(scope.group) {
    case .loaded(let rows): return customers.needs(visible: customerWindow, among: rows)
    case .failed(let text):
      if customers.listed == nil {
        customers.fail(FilterLine.Flaw(text, false), filter: customers.filter.text)
      }
      return []
    case .missing: return []
    }
  }

  /// Asks for the list anew after the filter changed.
  mutating func listCustomers() -> [Effect] {
    customers.filter.flaw = nil
    customers.isStale = true
    return []
  }

  func whyDisabledInCustomers(_ command: Command) -> String? {
    switch command {
    case .open, .mark, .markAll, .offersOfCustomers, .sort, .markRange:
      customers.rows.isEmpty ? texts["customers.none-listed"] : nil
    case .showColumns: customers.hidden.isEmpty ? texts["customers.column.all-shown"] : nil
    default: nil
    }
  }

  /// Rows of the table that fit on the screen.
  var customerPage: Int { CustomersLayout(Chrome(bounds: bounds).body, customers).page }

  /// The rows on the screen, by their place in the list.
  var customerWindow: Range<Int> {
    let top = customers.table.visibleTop(rowCount: customers.rows.count, height: customerPage)
    return top..<max(top, min(customers.rows.count, top + customerPage))
  }

  /// The extent of the terminal as a rectangle.
  var bounds: Rect { Rect(width: size.width, height: size.height) }

  /// Tells that a range has begun or ended, which the screen alone shows only once it grows.
  mutating func sayRange(_ table: TableState) {
    let begun = texts[screen == .review ? "review.range-begun" : "list.range-begun"]
    notice = .hint(table.anchor == nil ? texts["list.range-ended"] : begun)
  }

  /// Marks all in the list, or unmarks them where all of them were marked.
  private mutating func markAllCustomers() {
    if customers.rows.allSatisfy(customers.marks.contains) {
      customers.marks.subtract(customers.rows)
    } else {
      customers.marks.formUnion(customers.rows)
    }
  }

  private mutating func moveColumn(_ step: Int) {
    let columns = CustomersLayout(Chrome(bounds: bounds).body, customers).columns
    let place = columns.firstIndex(of: customers.column) ?? 0
    customers.column = columns[(place + step + columns.count) % columns.count]
  }

  /// Ascending, descending, the natural order.
  private var nextSort: CustomerSort? {
    let key = customers.column.key
    return switch customers.sort {
    case CustomerSort(key)?: CustomerSort(key, descending: true)
    case CustomerSort(key, descending: true)?: nil
    default: CustomerSort(key)
    }
  }

  /// Sorts by a column of those on the screen, or the other way where it is sorted so.
  mutating func sortCustomers(byColumn column: Int) -> [Effect] {
    let columns = CustomersLayout(Chrome(bounds: bounds).body, customers).columns
    guard columns.indices.contains(column) else { return [] }
    customers.column = columns[column]
    let rising = CustomerSort(columns[column].key)
    return sortCustomers(
      by: customers.sort == rising ? CustomerSort(rising.key, descending: true) : rising)
  }

  private mutating func sortCustomers(by sort: CustomerSort?) -> [Effect] {
    customers.sort = sort
    // Whoever is at the top wants to see who comes first now.
    if customers.table.selected == 0 { customers.goesToTop = true }
    return listCustomers()
  }

  private mutating func showOffersOfChosen() -> [Effect] {
    let ids = customers.chosenIDs
    guard !ids.isEmpty, ids.count <= 200 else {
      say(.hint(texts["customers.mark-fewer"]))
      return []
    }
    return showOffers(in: .all, where: OfferFilter.of(customers: ids))
  }
}

/// Filters made by the program.
enum OfferFilter {
  /// The offers of some customers.
  static func of(customers ids: [String]) -> String {
    let quoted = ids.map { "\"\($0.filter { $0 != "\"" })\"" }
    return quoted.count == 1
      ? "customer = \(quoted[0])" : "customer in (\(quoted.joined(separator: ", ")))"
  }
}

extension ScreenBindings {
  /// The keys of the customers' screen.
  static let customers: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "customers.card", priority: 9),
    KeyBinding([.character("/")], .filter, "customers.filter", priority: 8),
    KeyBinding([.character("s")], .sort, "customers.sort", priority: 6),
    KeyBinding([.right], .right, "customers.next-column", priority: 3),
    KeyBinding([.left], .left, "customers.previous-column", priority: 0),
    KeyBinding([.space], .mark, "customers.mark", priority: 5),
    KeyBinding([.character("*")], .markAll, "customers.mark-all", priority: 2),
    KeyBinding([.character("o")], .offersOfCustomers, "customers.offers", priority: 4),
    KeyBinding([.character("f")], .segments, "customers.saved", priority: 4),
    KeyBinding([.character("-")], .hideColumn, "customers.hide-column", priority: 0),
    KeyBinding([.character("+")], .showColumns, "customers.show-columns", priority: 0),
  ]
}
