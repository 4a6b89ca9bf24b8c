import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The queue of offers and the place in it.
///
/// A deciding key refers to the offer that the last frame showed. Keys that were waiting when that
/// frame was drawn were pressed for an earlier one; they move about, but they never decide: the
/// first of them that would is refused and all typed behind it is thrown away. So one key decides
/// at most one item, and never one that was not on the screen before it was pressed.
struct ReviewState: Sendable {
  var filter = FilterLine()
  var scope = ReviewScope.waiting
  /// The offers listed; nil before they were asked for.
  private(set) var listed: [Offer]?
  /// Set when the filter changed; the old list is shown until the new one is there.
  var isStale = false
  var table = TableState()
  /// Marked offers.
  var marks: Set<Int> = []
  /// What is known of the offers on the screen.
  private(set) var cards: [Int: OfferCard] = [:]
  /// Offers whose card could not be made; not asked for again.
  var failed: Set<Int> = []
  /// Lines of the card that are scrolled away.
  var skipping = 0
  /// The offer to go to when the list is made anew.
  var target: Int?
  /// How many were decided in this session, by kind.
  var approvedCount = 0
  var rejectedCount = 0

  var offers: [Offer] { listed ?? [] }
  var current: Offer? { offers.indices.contains(table.selected) ? offers[table.selected] : nil }
  var currentCard: OfferCard? { current.flatMap { cards[$0.id] } }

  /// The marked offers that are in the list, in its order.
  var marked: [Offer] { offers.filter { marks.contains($0.id) } }

  mutating func invalidate() {
    target = target ?? current?.id
    listed = nil
    cards = [:]
    failed = []
  }

  mutating func take(_ all: [Offer], filter text: String, on day: Day, page: Int) {
    guard text == filter.text else { return }
    filter.error = nil
    isStale = false
    let kept = target ?? current?.id
    target = nil
    let offers = all.filter { scope.contains($0, on: day) }
    listed = offers
    marks.formIntersection(offers.map(\.id))
    let place = kept.flatMap { kept in offers.firstIndex { $0.id == kept } } ?? table.selected
    table.endRange()
    select(place, page: page)
  }

  mutating func fail(_ text: String, filter asked: String) {
    guard asked == filter.text else { return }
    filter.error = text
    isStale = false
    if listed == nil { listed = [] }
  }

  mutating func take(_ new: [OfferCard]) {
    if cards.count > 1_000 { cards = [:] }
    for card in new { cards[card.offer.id] = card }
  }

  /// Goes to a row; the card begins at its top.
  mutating func select(_ row: Int, page: Int) {
    let before = current?.id
    table.move(to: row, rowCount: offers.count, height: page)
    if current?.id != before { skipping = 0 }
  }

  /// Takes decided offers out of a list they no longer belong to, and shows the others as they
  /// stand now; the selection stays where it was, so that the next one comes up.
  mutating func apply(_ verdict: Verdict, to ids: [Int], on day: Day, page: Int) {
    let selected = table.selected
    let decided = Set(ids)
    let isSelectedDecided = current.map { decided.contains($0.id) } ?? false
    let gone = settle(verdict, decided, day)
    marks.subtract(decided)
    for id in ids { cards[id] = nil }
    table.endRange()
    skipping = 0
    let before = gone.count { $0 < selected }
    let stays = isSelectedDecided && !gone.contains(selected)
    table.move(
      to: selected - before + (stays ? 1 : 0), rowCount: offers.count, height: page)
  }

  /// Gives decided offers their new standing and takes out those that leave the list.
  ///
  /// - Returns: The rows that were taken out.
  private mutating func settle(_ verdict: Verdict, _ decided: Set<Int>, _ day: Day) -> [Int] {
    // In place, because copying a hundred thousand offers takes longer than deciding one.
    var list = listed ?? []
    listed = nil
    defer { listed = list }
    let isOne =
      decided.count == 1 && list.indices.contains(table.selected)
      && decided.contains(list[table.selected].id)
    let rows = isOne ? [table.selected] : list.indices.filter { decided.contains(list[$0].id) }
    for row in rows { list[row].standing = list[row].standing(after: verdict) }
    let gone = rows.filter { !scope.contains(list[$0], on: day) }
    if isOne {
      gone.forEach { list.remove(at: $0) }
    } else {
      let ids = Set(gone.map { list[$0].id })
      list.removeAll { ids.contains($0.id) }
    }
    return gone
  }

  mutating func toggleMarks() {
    let range = table.range.clamped(to: 0...max(0, offers.count - 1))
    let picked = offers.isEmpty ? [] : offers[range].map(\.id)
    if picked.allSatisfy(marks.contains) {
      marks.subtract(picked)
    } else {
      marks.formUnion(picked)
    }
    table.endRange()
  }

  func needs(visible: Range<Int>) -> [Effect] {
    guard listed != nil, !isStale else { return [.listOffers(filter: filter.text)] }
    let missing = offers[visible.clamped(to: offers.indices)].map(\.id).filter {
      cards[$0] == nil && !failed.contains($0)
    }
    return missing.isEmpty ? [] : [.loadOfferCards(missing)]
  }
}

extension Offer {
  /// How the list shows the offer after a verdict; the programme's own record is what counts.
  fileprivate func standing(after verdict: Verdict) -> OfferDecision.Standing {
    switch verdict {
    case .approve: OfferDecision.Standing(state: .approved)
    case .reject(let reason): OfferDecision.Standing(state: .rejected, reason: reason)
    case .snooze(let until): OfferDecision.Standing(state: .snoozed, snoozedUntil: until)
    case .reopen: OfferDecision.Standing(state: .suggested)
    }
  }
}
