import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// One customer's card.
struct CardState: Sendable {
  enum Pane: Int, CaseIterable, Sendable { case figures, outlook, purchases, offers, further }
  /// The list from which the card was opened, along which it goes.
  enum Source: Sendable { case customers, attrition, closest, offers }

  /// The customer who is meant.
  var subject: String?
  var card: Loadable<CustomerCard> = .missing
  /// Set when a decision may have changed it; the old one is shown until the new one is there.
  var isStale = false
  /// The first row of the list on the screen as the card came beside it.
  var listTop = 0
  /// What would lead them further.
  var nextSteps: Loadable<[String]> = .missing
  var source = Source.customers
  var pane = Pane.figures
  var tables = Pane.allCases.map { _ in TableState() }

  var table: TableState { tables[pane.rawValue] }

  mutating func open(_ new: String) {
    guard subject != new else { return }
    self = CardState()
    subject = new
  }

  func needs() -> [Effect] {
    guard card.isMissing || isStale, let subject else { return [] }
    return [.loadCard(customer: subject)]
  }

  /// What may wait until the keyboard rests.
  func leisureNeeds() -> [Effect] {
    guard nextSteps.isMissing, let shown = card.value, !isStale else { return [] }
    return [.loadNextSteps(customer: shown.customer.id)]
  }

  mutating func fail(_ text: String) {
    card = .failed(text)
    isStale = false
  }

  func count(_ pane: Pane) -> Int {
    guard let card = card.value else { return 0 }
    return switch pane {
    case .figures: card.figures.count
    case .outlook: card.chance == nil ? 0 : card.loyalty == nil ? 1 : 2
    case .purchases: card.purchases.count
    case .offers: card.offers.count
    case .further: nextSteps.value?.count ?? 0
    }
  }
}

extension AppModel {
  /// Opens the card of a customer from a list.
  mutating func showCard(ofCustomer id: String, from source: CardState.Source) -> [Effect] {
    card.open(id)
    card.source = source
    return show(.card, isDetour: true)
  }

  mutating func take(_ card: CustomerCard) {
    // Beside the list the card follows the selection.
    if screen == .customers { self.card.open(card.customer.id) }
    self.card.isStale = false
    self.card.listTop = customers.table.top
    guard self.card.subject == card.customer.id else { return }
    self.card.card = .loaded(card)
    self.card.nextSteps = .missing
  }

  /// What the card's screen lacks: without a chosen customer it shows the one selected in the list.
  mutating func cardNeeds() -> [Effect] {
    if card.subject == nil {
      if customers.listed == nil { return customerNeeds() }
      guard let id = customers.currentID else { return [] }
      let pane = card.pane
      card.open(id)
      card.pane = pane
    }
    return card.needs()
  }

  /// Whether the card beside the list may stay for a moment though another row is selected.
  ///
  /// It may while the list stands still. Where it scrolls, the terminal moves whole rows, and a
  /// card in them would have to be painted each time.
  var keepsCardBeside: Bool { isMoving && customers.table.top == card.listTop }

  /// What the card beside the list lacks.
  func cardBesideNeeds() -> [Effect] {
    guard screen == .customers, programme != nil, isPrepared, !hasEnded else { return [] }
    let layout = CustomersLayout(Chrome(bounds: bounds).body, customers)
    guard !layout.card.isEmpty, let id = customers.currentID else { return [] }
    let isThere = card.subject == id && !card.card.isMissing && !card.isStale
    return isThere ? [] : [.loadCard(customer: id)]
  }

  /// Does a command of the card's screen.
  mutating func performCard(_ command: Command) -> [Effect] {
    if let key = command.motion {
      let place = card.pane.rawValue
      _ = card.tables[place].handle(
        key, rowCount: card.count(card.pane), height: max(1, size.height / 2))
      return []
    }
    switch command {
    case .left, .right:
      card.pane = card.pane.neighbour(command == .right ? 1 : -1)
    case .open: return openFromCard()
    case .nextCustomer, .previousCustomer:
      guard let id = neighbour(command == .nextCustomer ? .down : .up) else { return [] }
      let (pane, source) = (card.pane, card.source)
      card.open(id)
      (card.pane, card.source) = (pane, source)
    case .offersOfCustomers:
      guard let id = card.card.value?.customer.id else { return [] }
      return showOffers(in: .all, where: OfferFilter.of(customers: [id]))
    default: break
    }
    return []
  }

  func whyDisabledInCard(_ command: Command) -> String? {
    switch command {
    case .nextCustomer, .previousCustomer:
      cardList.count < 2 ? texts["card.no-list"] : nil
    case .open, .offersOfCustomers:
      card.card.value == nil ? texts["figures.no-customer"] : nil
    default: nil
    }
  }

  /// How many people the list has along which the card goes, and who is next in it.
  private var cardList: (count: Int, people: [String]) {
    switch card.source {
    case .customers: return (customers.rows.count, [])
    case .attrition:
      let people = slipping?.report.rows.map(\.id) ?? []
      return (people.count, people)
    case .closest:
      let people = nearPeople.map(\.customer)
      return (people.count, people)
    case .offers: return (0, [])
    }
  }

  /// Goes on in the list from which the card was opened.
  private mutating func neighbour(_ key: Key) -> String? {
    let (count, people) = cardList
    func move(_ table: inout TableState, _ height: Int) -> String? {
      _ = table.handle(key, rowCount: count, height: height)
      return people.indices.contains(table.selected) ? people[table.selected] : nil
    }
    switch card.source {
    case .customers:
      _ = customers.table.handle(key, rowCount: count, height: customerPage)
      return customers.currentID
    case .attrition:
      let page = attritionPage
      return move(&attrition.table, page)
    case .closest:
      let page = max(1, size.height - 8)
      return move(&closest.table, page)
    case .offers: return nil
    }
  }

  private mutating func openFromCard() -> [Effect] {
    guard let shown = card.card.value else { return [] }
    let row = card.table.selected
    switch card.pane {
    case .figures where shown.figures.indices.contains(row):
      show(shown.figures[row])
    case .outlook where row == 0: showCourse(shown)
    case .outlook:
      if let figure = shown.loyaltyFigure { show(figure) }
    case .purchases where shown.purchases.indices.contains(row):
      overlay = .text(
        TextSheet(title: texts["card.purchase"], text: purchaseText(shown.purchases[row])))
    case .offers where shown.offers.indices.contains(row):
      review.target = shown.offers[row].id
      return showOffers(in: .all, where: OfferFilter.of(customers: [shown.customer.id]))
    case .further:
      guard let steps = card.nextSteps.value, !steps.isEmpty else { break }
      overlay = .text(
        TextSheet(title: texts["card.further"], text: steps.joined(separator: "\n\n")))
    default: break
    }
    return []
  }

  private func purchaseText(_ line: PurchaseLine) -> String {
    let parts: [(String, String)] = [
      ("card.purchase.day", texts.day(line.day)),
      ("card.purchase.amount", programme?.money(line.amount) ?? ""),
      ("card.purchase.units", String(line.units)), ("card.purchase.product", line.product),
      ("card.purchase.category", line.category), ("card.purchase.branch", line.branch),
      ("card.purchase.channel", line.channel), ("card.purchase.number", line.id.description),
    ]
    return parts.filter { !$0.1.isEmpty }.map { "\(texts[$0.0]): \($0.1)" }.joined(separator: "\n")
  }
}

extension ScreenBindings {
  /// The keys of the card's screen.
  static let card: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "card.explain", priority: 9),
    KeyBinding([.right], .right, "card.next-part", priority: 6),
    KeyBinding([.left], .left, "card.previous-part", priority: 0),
    KeyBinding([.character("n")], .nextCustomer, "card.next-customer", priority: 5),
    KeyBinding([.character("N")], .previousCustomer, "card.previous-customer", priority: 0),
    KeyBinding([.character("o")], .offersOfCustomers, "card.offers", priority: 4),
  ]
}
