import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Takes a click: on a key's hint it presses the key, on a row it goes there, on a heading it
  /// sorts.
  mutating func click(_ target: ClickTarget, isTypeAhead: Bool) -> [Effect] {
    switch target {
    case .key(let key): return take(key, isTypeAhead: isTypeAhead)
    case .row(let row):
      notice = nil
      select(row)
      return []
    case .heading(let column):
      notice = nil
      return sort(byColumn: column)
    }
  }

  /// Sorts the list that has the keyboard by a column, once more the other way; says why not where
  /// it cannot be.
  private mutating func sort(byColumn column: Int) -> [Effect] {
    guard overlay == nil else { return [] }
    let isSortable = bindings.bindings.contains { $0.command == .sort }
    if let reason = isSortable ? whyDisabled(.sort) : texts["list.fixed-order"] {
      say(.hint(reason))
      return []
    }
    if screen == .customers { return sortCustomers(byColumn: column) }
    sortOffers(byColumn: column)
    return []
  }

  /// Goes to a row of the list that has the keyboard.
  private mutating func select(_ row: Int) {
    if case .finder(var finder) = overlay {
      finder.table.selected = row
      overlay = .finder(finder)
      return
    }
    guard overlay == nil else { return }
    switch screen {
    case .customers:
      customers.filter.isOpen = false
      customers.table.go(to: row)
    case .review where review.groups.isOpen: review.groups.table.go(to: row)
    case .review:
      review.filter.isOpen = false
      review.select(row, page: reviewPage)
    case .card: card.tables[card.pane.rawValue].go(to: row)
    case .stages: stages.table.go(to: row)
    case .cohorts: cohorts.table.go(to: row)
    case .attrition: attrition.table.go(to: row)
    case .rules: rules.table.go(to: row)
    case .activity: activity.table.go(to: row)
    case .whatIf: whatIf.table.go(to: row)
    case .backtest: backtest.table.go(to: row)
    case .closest: closest.table.go(to: row)
    case .campaigns: campaigns.table.go(to: row)
    case .overview, .export, .importing, .welcome, .ruleForm, .campaignForm: break
    }
  }
}

extension TableState {
  /// Goes to a row that is on the screen.
  fileprivate mutating func go(to row: Int) {
    if anchor != nil, !isRangeHeld { anchor = nil }
    selected = row
  }
}
