import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Where the parts of the review screen stand, for drawing and for paging alike.
struct ReviewLayout {
  let filter: Rect
  let queue: Rect
  let card: Rect
  /// Whether there is room for boxes around the parts.
  let hasBoxes: Bool
  /// What the queue is ordered by.
  private let order: OfferOrder

  init(_ body: Rect, _ state: ReviewState) {
    order = state.sort.order
    let rows = body.split(.vertical, [.fixed(state.filter.height), .min(1)])
    filter = rows[0]
    hasBoxes = body.width >= 64 && body.height >= 12
    if hasBoxes {
      let width = body.width >= 100 ? min(60, body.width * 2 / 5) : 30
      let parts = rows[1].split(.horizontal, [.fixed(width), .min(30)])
      (queue, card) = (parts[0], parts[1])
    } else {
      // One below the other: a few rows of the queue, then the offer.
      let parts = rows[1].split(.vertical, [.fixed(min(3, max(1, rows[1].height / 3))), .min(1)])
      (queue, card) = (parts[0], parts[1])
    }
  }

  /// Rows of offers that fit.
  var page: Int { max(1, queueInner.height - (hasBoxes ? 1 : 0)) }

  var queueInner: Rect { hasBoxes ? Pane.inner(of: queue) : queue }

  /// What the columns of the queue are ordered by, from left to right.
  ///
  /// What it is ordered by is among them; the offer beside it names the rule, so the rule gives way
  /// first, then the gain.
  var columns: [OfferOrder] {
    let isWide = queueInner.width >= 44
    return switch order {
    case .cost, .lastDay: isWide ? [.customer, order, .gain] : [.customer, order]
    case .customer, .rule, .gain: isWide ? [.customer, .rule, .gain] : [.customer, .gain]
    }
  }

  var cardInner: Rect { hasBoxes ? Pane.inner(of: card).inset(dx: 1, dy: 0) : card }
}

extension AppModel {
  /// Draws the queue and the offer to decide.
  func drawReview(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let layout = ReviewLayout(rect, review)
    if layout.hasBoxes {
      frame.draw(
        Pane(title: review.scope.title(texts), note: queueNote(layout), isFocused: true),
        in: layout.queue, context)
      frame.draw(Pane(title: offerTitle, note: offerNote), in: layout.card, context)
    }
    if review.groups.isOpen {
      drawGroups(&frame, layout, programme, context)
    } else {
      drawQueue(&frame, layout, programme, context)
      drawOffer(&frame, layout, programme, context)
    }
    frame.draw(
      FilterLineView(
        filter: review.filter, placeholder: texts["filter.placeholder.offers"], texts: texts),
      in: layout.filter, context)
  }

  /// What is marked, and in which order the offers come where there is room for both.
  private func queueNote(_ layout: ReviewLayout) -> String {
    let order = review.groups.isOpen ? nil : orderNote
    let both = [markedNote, order].compactMap(\.self).joined(separator: ", ")
    let room = layout.queue.width - TextWidth.of(review.scope.title(texts)) - 8
    return TextWidth.of(both) <= room ? both : markedNote ?? order ?? ""
  }

  private var orderNote: String {
    let order = texts["review.order.\(review.sort.order.rawValue)"]
    return review.sort.isReversed ? texts("review.order.reversed", ["order": order]) : order
  }

  private var offerTitle: String {
    if review.groups.isOpen { return texts["review.groups.sample-title"] }
    guard let id = review.currentID else { return texts["review.offer"] }
    return texts("review.offer.number", ["n": "\(id)"])
  }

  private var offerNote: String {
    guard let offer = review.current, let programme, !review.groups.isOpen else { return "" }
    let place = programme.place(review.table.selected, of: review.offers.count)
    return review.scope == .all ? "\(texts.title(offer.state)), \(place)" : place
  }

  private func drawQueue(
    _ frame: inout Frame, _ layout: ReviewLayout, _ programme: ProgrammeFacts,
    _ context: RenderContext
  ) {
    let shown = layout.columns
    let hasHeader = layout.hasBoxes
    let (offers, cards, marks, scope) = (review.offers, review.cards, review.marks, review.scope)
    var table = Table(
      columns: shown.map { column($0, layout, programme.currency.code) },
      rowCount: offers.count, state: review.table,
      isFocused: !review.filter.isOpen, showsHeader: hasHeader,
      emptyText: review.filter.text.isEmpty
        ? scope.emptyText(texts) : texts["list.no-match"],
      isMarked: { marks.contains(offers[$0]) }
    ) { index in
      guard let card = cards[offers[index]] else { return [TableCell("…", .muted)] }
      let offer = card.offer
      let sign = scope == .all ? offer.state.sign + " " : ""
      return shown.map {
        cell($0, offer, sign + card.customer.shownName, programme, hasHeader: hasHeader)
      }
    }
    // A click into the list also counts while the filter is typed.
    table.takesClicks = true
    frame.draw(table, in: layout.queueInner, context)
  }

  /// What an offer has in a column; without headings each figure says itself what it is.
  private func cell(
    _ order: OfferOrder, _ offer: Offer, _ name: String, _ programme: ProgrammeFacts,
    hasHeader: Bool
  ) -> TableCell {
    let (cost, gain) = (offer.expectedCost, offer.expectedValue)
    let day = texts.day(offer.validUntil)
    return switch order {
    case .customer: TableCell(name)
    case .rule: TableCell(texts.ruleText(offer.rule.title), .muted)
    case .gain:
      TableCell(
        hasHeader
          ? programme.amount(gain) : texts("review.gain", ["gain": programme.money(gain)]))
    case .cost:
      TableCell(
        hasHeader
          ? programme.amount(cost) : texts("review.cost", ["cost": programme.money(cost)]))
    case .lastDay: TableCell(hasHeader ? day : texts("review.until", ["day": day]))
    }
  }

  /// A column of the queue with the order of the rows, where it is by this one.
  private func column(
    _ order: OfferOrder, _ layout: ReviewLayout, _ currency: String
  ) -> TableColumn {
    var column =
      switch order {
      case .gain: gainColumn(layout, currency)
      case .rule: TableColumn(texts["review.column.rule"], .fixed(layout.queueInner.width / 2 - 9))
      case .cost: figureColumn(texts("review.column.cost", ["currency": currency]), layout)
      case .lastDay: figureColumn(texts["review.column.last-day"], layout, least: 12)
      case .customer: TableColumn(texts["review.column.customer"], .min(8))
      }
    guard review.sort.order == order else { return column }
    // Amounts begin with the greatest, the others with the first.
    column.sort =
      (order == .gain || order == .cost) == review.sort.isReversed ? .ascending : .descending
    return column
  }

  /// The column of what offers are expected to bring; where the list is narrow its heading is short,
  /// and where there are no headings each figure says what it is.
  private func gainColumn(_ layout: ReviewLayout, _ currency: String) -> TableColumn {
    let isWide = layout.queueInner.width >= 56
    let title = texts(
      isWide ? "review.column.gain.whole" : "review.column.gain", ["currency": currency])
    // The sign of the order needs a place of its own.
    return figureColumn(title, layout, hasSign: review.sort.order == .gain)
  }

  /// A column of amounts or days; where there are no headings each of them says what it is.
  private func figureColumn(
    _ title: String, _ layout: ReviewLayout, least: Int = 8, hasSign: Bool = true
  ) -> TableColumn {
    let width = TextWidth.of(title) + (hasSign ? 1 : 0)
    return TableColumn(
      title, .fixed(layout.hasBoxes ? max(least, width) : 18), alignment: .trailing)
  }

  private func drawOffer(
    _ frame: inout Frame, _ layout: ReviewLayout, _ programme: ProgrammeFacts,
    _ context: RenderContext
  ) {
    let inner = layout.cardInner
    guard let card = review.currentCard else {
      if let id = review.currentID, review.failed.contains(id) {
        frame.draw(Paragraph("! " + texts["review.unshown"], .bad), in: inner, context)
      } else if review.currentID == nil, !review.decided.isEmpty, review.filter.text.isEmpty {
        frame.draw(Paragraph(texts["review.session"], .muted), in: inner, context)
      }
      return
    }
    let lines = OfferCardText(card: card, programme: programme).lines(width: inner.width - 1)
    let place = Rect(x: inner.x, y: inner.y, width: inner.width - 1, height: inner.height)
    frame.draw(CardLinesView(lines: lines, skipping: review.skipping), in: place, context)
  }
}

/// An offer as it is reviewed: who, what they read, why, what it costs and brings, what else.
struct OfferCardText {
  let card: OfferCard
  let programme: ProgrammeFacts

  func lines(width: Int) -> CardLines {
    var lines = CardLines(width: width)
    head(&lines)
    lines.heading(
      texts[
        card.offer.state == .withheld ? "review.customer-would-read" : "review.customer-reads"])
    for line in card.message { lines.text(line, .text, first: "| ", rest: "| ") }
    lines.heading(texts["review.why"])
    lines.text(card.why)
    for line in card.evidence { lines.text(line, .text, first: "- ") }
    figures(card.money, texts["review.costs"], &lines)
    figures(card.benefits, texts["review.gains"], &lines)
    if !card.alternatives.isEmpty {
      lines.heading(texts["review.alternatives"])
      for line in card.alternatives { lines.text(line, .muted, first: "- ") }
    }
    return lines
  }

  private var texts: Texts { programme.texts }

  /// Who gets what, and where it stands.
  private func head(_ lines: inout CardLines) {
    let (customer, offer) = (card.customer, card.offer)
    lines.spans([
      Span(customer.shownName, .title), Span("  " + texts.standing(customer), .accent),
    ])
    lines.text(
      texts(
        "review.terms",
        [
          "rule": texts.ruleText(offer.rule.title), "channel": texts.title(offer.channel),
          "day": programme.day(offer.validUntil),
        ]), .muted)
    if let campaign = card.campaign {
      lines.text(
        texts("review.campaign", ["name": campaign.value, "limits": campaign.why]), .muted)
    }
    if !offer.editedBy.isEmpty {
      lines.text(texts("review.edited", ["user": offer.editedBy]), .accent)
    }
    for caution in card.cautions { lines.text(caution, .bad, first: "! ") }
    if offer.state == .rejected {
      lines.text(texts("review.rejected", ["reason": texts.reason(offer.reason)]), .warning)
    }
    if let day = offer.redeemed, offer.state == .redeemed {
      let spent = offer.spent.map { programme.money($0) } ?? texts["review.redeemed.unknown"]
      lines.text(texts("review.redeemed", ["day": programme.day(day), "amount": spent]), .accent)
    }
    if offer.state == .withheld { lines.text(texts["review.withheld"], .warning) }
    if offer.state == .withdrawn || offer.state == .recalled {
      lines.text(
        texts(
          offer.reason.isEmpty ? "review.withdrawn" : "review.withdrawn.reason",
          ["reason": offer.whyWithdrawn(texts, programme.display)]), .warning)
    }
    if offer.state == .expired { lines.text(texts["review.expired"], .warning) }
    if let day = offer.snoozedUntil, offer.state == .snoozed {
      lines.text(texts("review.put-off", ["day": programme.day(day)]), .warning)
    }
  }

  private func figures(_ figures: [Figure], _ heading: String, _ lines: inout CardLines) {
    guard !figures.isEmpty else { return }
    lines.heading(heading)
    let label = min(24, figures.map { TextWidth.of($0.label) }.max() ?? 0)
    for figure in figures {
      lines.pair(figure.label, figure.value, labelWidth: label)
      if !figure.why.isEmpty { lines.text(figure.why, .muted, first: "  ") }
    }
  }
}
