import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The queue by the rules that made it: a line each, with a few offers to look at.
struct ReviewGroups: Sendable {
  /// Whether the queue is looked at so.
  var isOpen = false
  var list = Loadable<[OfferGroup]>.missing
  var table = TableState()

  /// The selected group.
  func current(in list: [OfferGroup]) -> OfferGroup? {
    list.indices.contains(table.selected) ? list[table.selected] : nil
  }

  var current: OfferGroup? { list.value.flatMap { current(in: $0) } }
}

extension AppModel {
  /// Does a command while the queue is looked at by rules; nil where it is none of these.
  mutating func performGroups(_ command: Command) -> [Effect]? {
    guard review.groups.isOpen else { return nil }
    if let key = command.motion {
      let count = review.groups.list.value?.count ?? 0
      _ = review.groups.table.handle(key, rowCount: count, height: reviewPage)
      review.skipping = 0
      return []
    }
    switch command {
    case .open:
      guard let group = review.groups.current else { return [] }
      review.groups.isOpen = false
      let own = "rule = \"\(group.rule)\""
      review.filter.set(review.filter.text.isEmpty ? own : "\(own) and (\(review.filter.text))")
      review.table = TableState()
      return listOffers()
    case .approveMarked:
      guard let group = review.groups.current else { return [] }
      return [.weigh(group.offers, .approve, review.scope.offers)]
    case .rejectMarked:
      guard let group = review.groups.current else { return [] }
      askReason(group.offers)
      return []
    case .approve, .reject, .mark, .markAll, .markRange, .snooze, .reopen, .editOffer, .sort,
      .reverse:
      return []
    default: return nil
    }
  }

  /// Opens or closes the look by rules.
  mutating func toggleGroups() {
    review.groups.isOpen.toggle()
    review.groups.table = TableState()
    review.skipping = 0
  }

  func whyDisabledInGroups(_ command: Command) -> String? {
    switch command {
    case .open, .approveMarked, .rejectMarked:
      review.groups.current == nil ? texts["review.no-offer"] : nil
    case .approve, .reject, .mark, .markAll, .markRange, .snooze, .reopen, .editOffer, .sort,
      .reverse:
      texts["review.groups.open-one"]
    default: nil
    }
  }

  /// Draws the rules with their offers, and a few of the selected rule's.
  func drawGroups(
    _ frame: inout Frame, _ layout: ReviewLayout, _ programme: ProgrammeFacts,
    _ context: RenderContext
  ) {
    let groups = review.groups.list.value ?? []
    // The sample beside it tells the money, so that gives way first.
    let hasMoney = layout.queueInner.width >= 44
    let currency = programme.currency.code
    var columns = [
      TableColumn(texts["review.column.rule"], .min(8)),
      TableColumn(texts["review.column.offers"], .fixed(9), alignment: .trailing),
    ]
    if hasMoney {
      columns.append(
        TableColumn(
          texts("review.column.gain", ["currency": currency]), .fixed(12), alignment: .trailing))
    }
    let table = Table(
      columns: columns,
      rowCount: groups.count, state: review.groups.table, isFocused: !review.filter.isOpen,
      showsHeader: layout.hasBoxes, emptyText: review.scope.emptyText(texts)
    ) { index in
      let group = groups[index]
      let cells = [TableCell(group.title), TableCell(programme.number(group.offers.count))]
      return hasMoney ? cells + [TableCell(programme.amount(group.value))] : cells
    }
    frame.draw(table, in: layout.queueInner, context)
    guard let group = review.groups.current else { return }
    let inner = layout.cardInner
    let lines = groupLines(group, programme, width: inner.width - 1)
    let place = Rect(x: inner.x, y: inner.y, width: inner.width - 1, height: inner.height)
    frame.draw(CardLinesView(lines: lines, skipping: review.skipping), in: place, context)
  }

  /// A group as it is decided: what it costs and brings, and a sample.
  func groupLines(_ group: OfferGroup, _ programme: ProgrammeFacts, width: Int) -> CardLines {
    var lines = CardLines(width: width)
    lines.text(group.title, .title)
    lines.text(
      texts(
        "review.groups.totals", count: group.offers.count,
        [
          "n": programme.number(group.offers.count), "cost": programme.money(group.cost),
          "gain": programme.money(group.value),
        ]))
    lines.text(texts["review.groups.sample"], .muted)
    for card in group.sample.compactMap({ review.cards[$0] }) {
      lines.heading(card.customer.shownName)
      lines.text(
        texts(
          "review.groups.offer",
          [
            "standing": texts.standing(card.customer),
            "cost": programme.money(card.offer.expectedCost),
            "gain": programme.money(card.offer.expectedValue),
          ]), .accent)
      for line in card.message where !line.isEmpty {
        lines.text(line, .text, first: "| ", rest: "| ")
      }
      lines.text(card.why, .muted)
    }
    return lines
  }
}
