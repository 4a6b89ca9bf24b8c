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
  var sort = OfferSort(.rule)
  /// Set to go to the first offer, whichever that is, when the list comes in another order.
  var goesToTop = false
  /// The numbers of the offers listed; nil before they were asked for.
  private(set) var listed: [Int]?
  /// Set when the filter changed; the old list is shown until the new one is there.
  var isStale = false
  var table = TableState()
  /// Marked offers; they stay marked while a filter leaves them out.
  var marks: Set<Int> = []
  /// How many marked offers the filter leaves out of the list.
  private(set) var marksElsewhere = 0
  /// What is known of the offers on the screen.
  private(set) var cards: [Int: OfferCard] = [:]
  /// Offers whose card could not be made; not asked for again.
  var failed: Set<Int> = []
  /// Lines of the card that are scrolled away.
  var skipping = 0
  /// The offer to go to when the list is made anew.
  var target: Int?
  /// The place to go to when the list comes for the first time, as it was left.
  var recalledPlace: Int?
  /// The queue by rules, while it is looked at so.
  var groups = ReviewGroups()
  /// The offers that were decided in this session.
  var decided: Set<Int> = []

  /// The numbers of the offers in the list.
  var offers: [Int] { listed ?? [] }
  /// The number of the selected offer.
  var currentID: Int? { offers.indices.contains(table.selected) ? offers[table.selected] : nil }
  var currentCard: OfferCard? { currentID.flatMap { cards[$0] } }
  /// The selected offer, once it is on the screen.
  var current: Offer? { currentCard?.offer }

  /// The marked offers: those in the list in its order, then those that the filter leaves out.
  var marked: [Int] {
    guard !marks.isEmpty else { return [] }
    let shown = offers.filter(marks.contains)
    return shown.count == marks.count ? shown : shown + marks.subtracting(shown).sorted()
  }

  /// The offers of the range that is being chosen; none without one.
  var ranged: [Int] {
    table.anchor == nil || offers.isEmpty
      ? [] : Array(offers[table.range.clamped(to: 0...(offers.count - 1))])
  }

  /// The offers that a decision about several is for: those of a range, else the marked ones.
  var chosen: [Int] { table.anchor == nil ? marked : ranged }

  /// Marks all offers in the list, or unmarks them where all of them were marked.
  mutating func toggleAll() {
    if offers.allSatisfy(marks.contains) {
      marks.subtract(offers)
    } else {
      marks.formUnion(offers)
    }
  }

  /// Takes all marks away.
  ///
  /// - Returns: How many there were.
  mutating func dropMarks() -> Int {
    defer { (marks, marksElsewhere) = ([], 0) }
    return marks.count
  }

  /// How many of some offers are not in the list.
  func elsewhere(_ ids: [Int]) -> Int { Set(ids).subtracting(offers).count }

  private mutating func countMarks() {
    guard !marks.isEmpty else {
      marksElsewhere = 0
      return
    }
    // Without a filter the list holds all that can be decided here: what else is marked is decided.
    if filter.text.isEmpty { marks.formIntersection(offers) }
    marksElsewhere = marks.count - offers.count(where: marks.contains)
  }

  mutating func invalidate() {
    target = target ?? currentID
    listed = nil
    cards = [:]
    failed = []
    groups.list = .missing
  }

  mutating func take(_ offers: [Int], filter text: String, page: Int) {
    guard text == filter.text else { return }
    filter.listed(text)
    isStale = false
    let kept = goesToTop ? nil : target ?? currentID
    (target, goesToTop) = (nil, false)
    listed = offers
    countMarks()
    let place =
      kept.flatMap { kept in offers.firstIndex(of: kept) } ?? recalledPlace ?? table.selected
    recalledPlace = nil
    table.endRange()
    select(place, page: page)
  }

  mutating func fail(_ flaw: FilterLine.Flaw, filter asked: String) {
    guard asked == filter.text else { return }
    filter.flaw = flaw
    isStale = false
    if listed == nil { listed = [] }
    if groups.list.isMissing { groups.list = .loaded([]) }
  }

  mutating func take(_ new: [OfferCard]) {
    if cards.count > 1_000 { cards = [:] }
    for card in new { cards[card.offer.id] = card }
  }

  /// Forgets what is known of an offer that changed.
  mutating func forget(_ id: Int) { cards[id] = nil }

  /// Goes to a row; the card begins at its top.
  mutating func select(_ row: Int, page: Int) {
    let before = currentID
    table.move(to: row, rowCount: offers.count, height: page)
    if currentID != before { skipping = 0 }
  }

  /// Takes decided offers out of a list they no longer belong to, and shows the others as they
  /// stand now; the selection stays where it was, so that the next one comes up.
  mutating func apply(_ verdict: Verdict, to ids: [Int], on day: Day, page: Int) {
    let selected = table.selected
    let decided = Set(ids)
    let isSelectedDecided = currentID.map(decided.contains) ?? false
    let leave = !scope.offers.contains(verdict.state, snoozedUntil: verdict.snoozedUntil, on: day)
    let gone = leave ? takeOut(decided) : []
    marks.subtract(decided)
    if marksElsewhere > 0 { countMarks() }
    for id in ids { cards[id] = nil }
    table.endRange()
    skipping = 0
    let before = gone.count { $0 < selected }
    table.move(
      to: selected - before + (isSelectedDecided && !leave ? 1 : 0), rowCount: offers.count,
      height: page)
    groups.list = .missing
  }

  /// Takes offers out of the list.
  ///
  /// - Returns: The rows that they were in.
  private mutating func takeOut(_ decided: Set<Int>) -> [Int] {
    // In place, because copying a million numbers takes longer than deciding one offer.
    var list = listed ?? []
    listed = nil
    defer { listed = list }
    let isOne =
      decided.count == 1 && list.indices.contains(table.selected)
      && decided.contains(list[table.selected])
    if isOne {
      list.remove(at: table.selected)
      return [table.selected]
    }
    let rows = list.indices.filter { decided.contains(list[$0]) }
    list.removeAll(where: decided.contains)
    return rows
  }

  func needs(visible: Range<Int>) -> [Effect] {
    guard listed != nil, !isStale else {
      return [.listOffers(filter: filter.text, scope: scope.offers, sort: sort)]
    }
    if groups.isOpen {
      guard let list = groups.list.value else {
        return [.groupOffers(filter: filter.text, scope: scope.offers)]
      }
      let sample = groups.current(in: list)?.sample ?? []
      return load(sample)
    }
    return load(Array(offers[visible.clamped(to: offers.indices)]))
  }

  private func load(_ ids: [Int]) -> [Effect] {
    let missing = ids.filter { cards[$0] == nil && !failed.contains($0) }
    return missing.isEmpty ? [] : [.loadOfferCards(missing)]
  }
}

extension Verdict {
  /// The state that it leads to.
  fileprivate var state: OfferState {
    switch self {
    case .approve: .approved
    case .reject: .rejected
    case .snooze: .snoozed
    case .reopen: .suggested
    }
  }

  fileprivate var snoozedUntil: Day? {
    if case .snooze(let until) = self { until } else { nil }
  }
}
