import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Where the user is, for the next time.
  var memory: ScreenMemory {
    var memory = ScreenMemory()
    memory.screen = screen.number == nil ? ScreenID.overview.rawValue : screen.rawValue
    memory.customers.filter = customers.filter.text
    memory.customers.place = customers.recalledPlace ?? customers.table.selected
    memory.sort = customers.sort
    memory.column = customers.column.rawValue
    memory.hidden = CustomerColumn.allCases.filter(customers.hidden.contains).map(\.rawValue)
    memory.review.filter = review.filter.text
    memory.review.place = review.recalledPlace ?? review.table.selected
    memory.scope = review.scope.rawValue
    return memory
  }

  /// Goes where the user was the last time; what is not known any more is passed over.
  mutating func recall(_ memory: ScreenMemory) {
    if let screen = ScreenID(rawValue: memory.screen), screen.number != nil, screen != .card {
      self.screen = screen
    }
    if !memory.customers.filter.isEmpty { customers.filter.set(memory.customers.filter) }
    customers.recalledPlace = memory.customers.place
    customers.sort = memory.sort
    customers.column = CustomerColumn(rawValue: memory.column) ?? .name
    customers.hidden = Set(memory.hidden.compactMap { CustomerColumn(rawValue: $0) })
      .subtracting([.name])
    if !memory.review.filter.isEmpty { review.filter.set(memory.review.filter) }
    review.recalledPlace = memory.review.place
    review.scope = ReviewScope(rawValue: memory.scope) ?? .waiting
  }
}
