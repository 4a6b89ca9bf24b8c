import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Where the user is, for the next time.
  var memory: ScreenMemory {
    var memory = ScreenMemory()
    // Who left from a screen on the way comes back to where that was reached from.
    let numbered = ([screen] + trail.reversed()).first { $0.number != nil }
    memory.screen = (numbered ?? .overview).rawValue
    memory.customers.filter = customers.filter.text
    memory.customers.place = customers.recalledPlace ?? customers.table.selected
    memory.sort = customers.sort
    memory.column = customers.column.rawValue
    memory.hidden = CustomerColumn.allCases.filter(customers.hidden.contains).map(\.rawValue)
    memory.review.filter = review.filter.text
    memory.review.place = review.recalledPlace ?? review.table.selected
    memory.scope = review.scope.rawValue
    memory.places = [
      ScreenID.stages.rawValue: stages.table.selected,
      ScreenID.cohorts.rawValue: cohorts.table.selected,
      ScreenID.rules.rawValue: rules.table.selected,
    ]
    memory.parts = [
      ScreenID.overview.rawValue: overview.panel.rawValue,
      ScreenID.card.rawValue: card.pane.rawValue,
      ScreenID.stages.rawValue: stages.column.rawValue,
      ScreenID.cohorts.rawValue: cohorts.pane.rawValue,
      ScreenID.review.rawValue: OfferSort.all.firstIndex(of: review.sort) ?? 0,
      ScreenID.attrition.rawValue: AttritionState.cohorts.firstIndex(of: attrition.cohort) ?? 0,
    ]
    memory.theme = chosenTheme ?? ""
    return memory
  }

  /// Goes where the user was the last time; what is not known any more is passed over.
  mutating func recall(_ memory: ScreenMemory) {
    if let screen = ScreenID(rawValue: memory.screen), screen.number != nil {
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
    let (sorts, place) = (OfferSort.all, memory.parts[ScreenID.review.rawValue] ?? 0)
    if sorts.indices.contains(place) { review.sort = sorts[place] }
    recallPlaces(memory)
  }

  /// Goes to the rows and the parts of the other screens.
  private mutating func recallPlaces(_ memory: ScreenMemory) {
    func place(_ screen: ScreenID) -> TableState {
      TableState(selected: memory.places[screen.rawValue] ?? 0)
    }
    func part<Part: RawRepresentable<Int>>(_ screen: ScreenID) -> Part? {
      memory.parts[screen.rawValue].flatMap { Part(rawValue: $0) }
    }
    (stages.table, cohorts.table) = (place(.stages), place(.cohorts))
    rules.table = place(.rules)
    overview.panel = part(.overview) ?? overview.panel
    card.pane = part(.card) ?? card.pane
    stages.column = part(.stages) ?? stages.column
    cohorts.pane = part(.cohorts) ?? cohorts.pane
    let cohort = memory.parts[ScreenID.attrition.rawValue] ?? 0
    if AttritionState.cohorts.indices.contains(cohort) {
      attrition.cohort = AttritionState.cohorts[cohort]
    }
  }

  /// Takes the theme that was chosen the last time, unless the call asks for one.
  mutating func recallTheme(_ memory: ScreenMemory) {
    guard let known = Theme.named(memory.theme) else { return }
    (theme, chosenTheme) = (known, known.name)
  }
}

extension OfferSort {
  /// The orders by their number in what is remembered.
  fileprivate static let all =
    OfferOrder.allCases.map { OfferSort($0) }
    + OfferOrder.allCases.map { OfferSort($0, isReversed: true) }
}
