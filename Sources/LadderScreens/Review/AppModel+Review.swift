import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Does a command of the review screen.
  mutating func performReview(_ command: Command) -> [Effect] {
    if let effects = performGroups(command) { return effects }
    if let key = command.motion {
      var table = review.table
      _ = table.handle(key, rowCount: review.offers.count, height: reviewPage)
      if table.selected != review.table.selected { review.skipping = 0 }
      review.table = table
      return []
    }
    switch command {
    case .filter: review.filter.open()
    case .mark: markOffers()
    case .markAll: review.toggleAll()
    case .markRange:
      review.table.toggleRange()
      sayRange(review.table)
    case .scrollDown: scrollReview(1)
    case .scrollUp: scrollReview(-1)
    case .changeScope:
      review.scope = review.scope.neighbour(1)
      review.groups.isOpen = false
      if let dropped = droppedMarks() { say(.hint(dropped)) }
      review.table = TableState()
      review.invalidate()
      review.target = nil
    case .open:
      guard let offer = review.current else { return [] }
      return showCard(ofCustomer: offer.customer, from: .offers)
    case .sort: sortOffers(by: OfferSort(review.sort.order.next))
    case .reverse: sortOffers(by: review.sort.reversed)
    case .byRule: toggleGroups()
    case .takeBatch: return [.takeBatch(filter: review.filter.text)]
    case .giveBatchBack: return [.giveBatchBack]
    case .summary: return [.summarise(review.decided.sorted())]
    default: return decide(command)
    }
    return []
  }

  /// Goes to offers of a scope that match a filter.
  mutating func showOffers(in scope: ReviewScope, where filter: String) -> [Effect] {
    if scope != review.scope, let dropped = droppedMarks() { say(.hint(dropped)) }
    review.scope = scope
    review.groups.isOpen = false
    review.filter.set(filter)
    let target = review.target
    review.invalidate()
    review.target = target
    review.table = TableState()
    return show(.review, isDetour: true)
  }

  mutating func listOffers() -> [Effect] {
    review.filter.flaw = nil
    review.isStale = true
    review.groups.list = .missing
    return []
  }

  /// Orders the queue by a column, or turns it round where it is ordered so.
  mutating func sortOffers(byColumn column: Int) {
    let columns = ReviewLayout(Chrome(bounds: bounds).body, review).columns
    guard columns.indices.contains(column) else { return }
    let isSame = review.sort.order == columns[column]
    sortOffers(by: isSame ? review.sort.reversed : OfferSort(columns[column]))
  }

  /// Goes through the offers in another order; whoever is at the first sees which is first then.
  private mutating func sortOffers(by sort: OfferSort) {
    review.sort = sort
    review.goesToTop = review.table.selected == 0
    review.isStale = true
    review.table.endRange()
  }

  mutating func takeOffers(_ offers: [Int], filter: String) {
    review.take(offers, filter: filter, page: reviewPage)
  }

  /// After a decision is on disk: the next item comes up.
  mutating func decided(_ receipt: Receipt, _ ids: [Int], _ verdict: Verdict) -> [Effect] {
    guard let programme else { return [] }
    say(.done(receipt.text))
    review.apply(verdict, to: ids, on: programme.status.asOf, page: reviewPage)
    review.decided.formUnion(receipt.offers)
    noteDecided(receipt.offers.count)
    // The queue itself is up to date; what other screens show of offers is not.
    overview.overview = .missing
    activity.entries = .missing
    rules.lines = .missing
    export.sample = .missing
    card.isStale = true
    isStatusStale = true
    return []
  }

  func whyDisabledInReview(_ command: Command) -> String? {
    if let closed = whyClosed(command) { return closed }
    if review.groups.isOpen { return whyDisabledInGroups(command) }
    switch command {
    case .approve, .reject, .snooze, .reopen, .open, .mark, .markAll, .markRange, .editOffer:
      if review.currentID == nil { return texts["review.no-offer"] }
      if command == .reopen, review.current?.state == .suggested {
        return texts["review.waits-already"]
      }
      if command == .approve, review.current?.state == .approved {
        return texts["review.approved-already"]
      }
    case .approveMarked, .rejectMarked:
      if review.chosen.isEmpty { return texts["review.mark-first"] }
    case .giveBatchBack:
      let user = programme?.status.user
      if programme?.status.batches.contains(where: { $0.user == user }) != true {
        return texts["review.batch.none"]
      }
    case .summary:
      if review.decided.isEmpty { return texts["review.summary.nothing"] }
    default: break
    }
    return nil
  }

  /// Why nothing is decided in a list that is there to be looked at, or about an offer that is over.
  private func whyClosed(_ command: Command) -> String? {
    switch command {
    case .approve, .reject, .snooze, .reopen, .editOffer, .mark, .markAll, .markRange,
      .approveMarked, .rejectMarked:
      if review.scope.isClosed { return texts["review.closed.\(review.scope.rawValue)"] }
    default: return nil
    }
    switch command {
    case .approve, .reject, .snooze, .reopen, .editOffer:
      guard let offer = review.current, ReviewScope(offer.state).isClosed else { return nil }
      return texts["review.closed.\(ReviewScope(offer.state).rawValue)"]
    default: return nil
    }
  }

  /// Rows of offers that fit on the screen.
  var reviewPage: Int { ReviewLayout(Chrome(bounds: bounds).body, review).page }

  /// The rows on the screen, by their place in the list.
  var reviewWindow: Range<Int> {
    let top = review.table.visibleTop(rowCount: review.offers.count, height: reviewPage)
    return top..<max(top, min(review.offers.count, top + reviewPage))
  }

  private mutating func markOffers() {
    let before = review.currentID
    review.table.toggle(&review.marks, among: review.offers, height: reviewPage)
    if review.currentID != before { review.skipping = 0 }
  }

  /// Takes the marks of a list away that is left for another, and says so; nil where there are none.
  mutating func droppedMarks() -> String? {
    let count = review.dropMarks()
    guard count > 0, let programme else { return nil }
    return texts("review.marks.dropped", count: count, ["n": programme.number(count)])
  }

  /// How many offers are marked, and how many of them the filter leaves out; nil where none is.
  var markedNote: String? {
    programme?.marked(review.marks.count, elsewhere: review.marksElsewhere)
  }

  private mutating func scrollReview(_ step: Int) {
    let layout = ReviewLayout(Chrome(bounds: bounds).body, review)
    let inner = layout.cardInner
    guard let programme, let lines = cardLines(programme, width: inner.width - 1) else { return }
    let most = CardLinesView.mostSkipped(lines, height: inner.height)
    review.skipping = min(most, max(0, review.skipping + step * max(1, inner.height / 2)))
  }
}

extension AppModel {
  /// What stands beside the queue: the selected offer, or the selected rule's.
  private func cardLines(_ programme: ProgrammeFacts, width: Int) -> CardLines? {
    if review.groups.isOpen {
      return review.groups.current.map { groupLines($0, programme, width: width) }
    }
    return review.currentCard.map {
      OfferCardText(card: $0, programme: programme).lines(width: width)
    }
  }
}

extension ScreenBindings {
  /// The keys of the review screen.
  static let review: [KeyBinding<Command>] =
    deciding + [
      KeyBinding([.space], .mark, "review.mark", priority: 6),
      KeyBinding([.character("*")], .markAll, "review.mark-all", priority: 4),
      KeyBinding([.character("A")], .approveMarked, "review.approve-marked", priority: 7),
      KeyBinding([.character("X")], .rejectMarked, "review.reject-marked", priority: 7),
      KeyBinding([.character("/")], .filter, "review.filter", priority: 5),
      KeyBinding([.character("s")], .sort, "review.sort", priority: 4),
      KeyBinding([.character("D")], .reverse, "review.reverse", priority: 0),
      KeyBinding([.character("R")], .byRule, "review.by-rule", priority: 4),
      KeyBinding([.character("b")], .takeBatch, "review.take-batch", priority: 4),
      KeyBinding([.character("B")], .giveBatchBack, "review.give-back", priority: 0),
      KeyBinding([.character("S")], .summary, "review.summary", priority: 1),
      KeyBinding([.character("t")], .changeScope, "review.show-others", priority: 3),
      KeyBinding([.enter], .open, "review.card", priority: 5),
      KeyBinding([.character("J")], .scrollDown, "review.scroll-down", priority: 2),
      KeyBinding([.character("K")], .scrollUp, "review.scroll-up", priority: 0),
      KeyBinding([.character("T")], .nextLanguage, "letters.language", priority: 0),
    ]

  private static let deciding: [KeyBinding<Command>] = [
    KeyBinding([.character("a")], .approve, "deciding.approve", priority: 10),
    KeyBinding([.character("x")], .reject, "deciding.reject", priority: 10),
    KeyBinding([.character("e")], .editOffer, "deciding.edit", priority: 6),
    KeyBinding([.character("z")], .snooze, "deciding.put-off", priority: 8),
    KeyBinding([.character("r")], .reopen, "deciding.put-back", priority: 3),
  ]
}

extension OfferOrder {
  /// The one that comes after it.
  fileprivate var next: OfferOrder {
    let place = Self.allCases.firstIndex(of: self) ?? 0
    return Self.allCases[(place + 1) % Self.allCases.count]
  }
}

extension OfferSort {
  /// The same the other way round.
  fileprivate var reversed: OfferSort { OfferSort(order, isReversed: !isReversed) }
}
