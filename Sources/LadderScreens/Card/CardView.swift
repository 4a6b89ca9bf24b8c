import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the card: who it is, the figures with how each came about, purchases and offers.
  func drawCard(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let shown = card.card.value, let programme else {
      let empty =
        card.subject == nil ? texts["card.empty"] : nil
      return drawFailure(card.card.failure ?? empty, &frame, rect, context)
    }
    let parts = rect.split(.vertical, [.fixed(rect.height >= 16 ? 2 : 1), .min(1)])
    CardHeader(card: shown, texts: texts).draw(&frame, parts[0], context)
    let view = CardPanes(card: shown, state: card, programme: programme)
    for (pane, place) in view.layout(parts[1]) { view.draw(pane, &frame, place, context) }
  }

  /// Draws the short card beside the list.
  func drawCardBeside(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let shown = card.card.value, let programme, let selected = customers.currentID,
      selected == shown.customer.id || keepsCardBeside
    else {
      frame.draw(Pane(title: texts["screen.card"]), in: rect, context)
      return
    }
    frame.draw(Pane(title: shown.summary.shownName), in: rect, context)
    let inner = Pane.inner(of: rect).inset(dx: 1, dy: 0)
    let parts = inner.split(.vertical, [.min(1), .fixed(inner.height > 14 ? 3 : 0)])
    let lines = linesBeside(shown, parts[0])
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: parts[0], context)
    guard parts[1].height == 3 else { return }
    frame.draw(Label(texts["card.sales"], .muted), in: parts[1].row(1), context)
    frame.draw(
      Sparkline(shown.monthlyValue.map { Double(programmeValue($0, programme)) }),
      in: parts[1].row(2), context)
  }

  /// Figures stand in the same rows for everybody where there is room, so that the eye finds them.
  private func linesBeside(_ shown: CustomerCard, _ rect: Rect) -> CardLines {
    var lines = CardLines(width: rect.width - 1)
    for line in CardHeader(card: shown, texts: texts).contact { lines.text(line, .muted) }
    let free = rect.height - shown.figures.count - 1
    while lines.lines.count < min(CardHeader.mostContacts, free) { lines.blank() }
    lines.blank()
    for figure in shown.figures { lines.figure(figure.label, figure.value) }
    return lines
  }

  private func programmeValue(_ minorUnits: Int64, _ programme: ProgrammeFacts) -> Double {
    Double(minorUnits) / Double(programme.currency.minorUnitsPerMajor)
  }
}

/// Who the card is about.
struct CardHeader {
  let card: CustomerCard
  let texts: Texts

  /// Where the customer stands: stage and cohort.
  private var standing: String { texts.standing(card.summary) }

  /// The most parts of ``contact``.
  static let mostContacts = 4

  /// Number, e-mail, telephone and place, as far as known.
  var contact: [String] {
    let customer = card.customer
    let place = [customer.city, customer.country].filter { !$0.isEmpty }.joined(separator: ", ")
    let parts = [texts("card.number", ["id": customer.id]), customer.email, customer.phone, place]
    return parts.filter { !$0.isEmpty }
  }

  func draw(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let summary = card.summary
    let stop =
      card.customer.doNotContactSince.map {
        "  " + texts("card.do-not-contact", ["day": texts.day($0)])
      } ?? ""
    frame.draw(
      Label([
        Span(summary.shownName, .title),
        Span("  " + standing, .accent),
        Span(stop, .bad),
      ]), in: rect.row(0), context)
    let tags =
      card.customer.tags.isEmpty
      ? [] : [texts("card.tags", ["tags": card.customer.tags.joined(separator: ", ")])]
    let separator = context.symbol(" · ", ascii: " | ")
    frame.draw(
      Label((contact + tags).joined(separator: separator), .muted), in: rect.row(1), context)
  }
}

/// The parts of a card.
struct CardPanes {
  let card: CustomerCard
  let state: CardState
  let programme: ProgrammeFacts

  func layout(_ rect: Rect) -> [(CardState.Pane, Rect)] {
    guard rect.width >= 72, rect.height >= 14 else { return [(state.pane, rect)] }
    let columns = rect.split(.horizontal, [.min(46), .min(34)])
    let offers = min(max(3, card.offers.count + 2), rect.height / 3)
    let outlook = columns[1].height >= 28 ? 13 : 8
    let right = columns[1].split(.vertical, [.fixed(outlook), .min(6), .fixed(offers)])
    // Where there is no room for it, what would lead further takes the place of the offers.
    let left = columns[0].split(
      .vertical, [.min(14), .fixed(columns[0].height >= 22 ? 8 : 0)])
    let others: [(CardState.Pane, Rect)] = [(.outlook, right[0]), (.purchases, right[1])]
    if left[1].height > 0 {
      return [(.figures, left[0]), (.further, left[1])] + others + [(.offers, right[2])]
    }
    return [(.figures, columns[0])] + others
      + [(state.pane == .further ? .further : .offers, right[2])]
  }

  func draw(
    _ pane: CardState.Pane, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    let isFocused = state.pane == pane
    frame.draw(Pane(title: title(pane), note: note(pane), isFocused: isFocused), in: rect, context)
    let inner = Pane.inner(of: rect)
    switch pane {
    case .figures: drawFigures(&frame, inner, isFocused, context)
    case .outlook:
      CardOutlook(card: card, programme: programme).draw(
        &frame, inner.inset(dx: 1, dy: 0), isFocused ? state.table.selected : nil, context)
    case .purchases: drawPurchases(&frame, inner, isFocused, context)
    case .offers: drawOffers(&frame, inner, isFocused, context)
    case .further: drawFurther(&frame, inner, isFocused, context)
    }
  }

  private var texts: Texts { programme.texts }

  private func title(_ pane: CardState.Pane) -> String {
    switch pane {
    case .figures: texts["card.figures"]
    case .outlook: OutlookWords(programme.texts).title
    case .purchases: texts["card.purchases"]
    case .offers: texts["overview.offers"]
    case .further: texts["card.further"]
    }
  }

  private func note(_ pane: CardState.Pane) -> String {
    switch pane {
    case .figures: texts("card.as-at.short", ["day": programme.day(programme.status.asOf)])
    case .outlook: ""
    case .purchases: programme.number(card.purchases.count)
    case .offers: programme.number(card.offers.count)
    case .further: state.nextSteps.value.map { programme.number($0.count) } ?? ""
    }
  }

  private func drawFigures(
    _ frame: inout Frame, _ rect: Rect, _ isFocused: Bool, _ context: RenderContext
  ) {
    // The way a figure was computed stands below it all the time; Enter shows the whole of it.
    let why = rect.height >= 9 ? 4 : rect.height >= 6 ? 2 : 0
    let parts = rect.split(.vertical, [.min(2), .fixed(why)])
    let figures = card.figures
    // Labels are read first, so values give way.
    var table = Table(
      columns: [TableColumn("", .min(12)), TableColumn("", .fixed(8), alignment: .trailing)],
      rowCount: figures.count, state: state.tables[CardState.Pane.figures.rawValue],
      isFocused: isFocused, showsHeader: false
    ) { index in [TableCell(figures[index].label), TableCell(figures[index].value, .accent)] }
    table.lendsRoom = true
    frame.draw(table, in: parts[0], context)
    let selected = state.tables[CardState.Pane.figures.rawValue].selected
    guard why > 0, figures.indices.contains(selected) else { return }
    let rule = String(repeating: context.symbol("─", ascii: "-"), count: rect.width)
    frame.put(rule, x: rect.x, y: parts[1].y, style: context[.border], width: rect.width)
    let place = Rect(
      x: rect.x + 1, y: parts[1].y + 1, width: rect.width - 2, height: parts[1].height - 1)
    frame.draw(Paragraph(figures[selected].why, .muted), in: place, context)
  }

  private func drawPurchases(
    _ frame: inout Frame, _ rect: Rect, _ isFocused: Bool, _ context: RenderContext
  ) {
    let chart = rect.height >= 8 ? 2 : 0
    let parts = rect.split(.vertical, [.fixed(chart), .min(1)])
    if chart > 0 {
      let months = parts[0].inset(dx: 1, dy: 0)
      frame.draw(Sparkline(card.monthlyValue.map { Double($0) }), in: months.row(0), context)
      frame.draw(
        MonthScale(
          from: programme.status.asOf.adding(months: -23), to: programme.status.asOf,
          columns: card.monthlyValue.count, texts: texts),
        in: months.row(1), context)
    }
    let purchases = card.purchases
    let programme = programme
    let table = Table(
      columns: [
        TableColumn("", .fixed(11)), TableColumn("", .fixed(11), alignment: .trailing),
        TableColumn("", .min(6)),
      ], rowCount: purchases.count, state: state.tables[CardState.Pane.purchases.rawValue],
      isFocused: isFocused,
      showsHeader: false, emptyText: texts["overview.no-purchases"]
    ) { index in
      let line = purchases[index]
      let what = [line.product, line.category].first { !$0.isEmpty } ?? ""
      return [
        TableCell(programme.day(line.day)),
        TableCell(programme.amount(line.amount), line.amount < 0 ? .warning : nil),
        TableCell(what, .muted),
      ]
    }
    frame.draw(table, in: parts[1], context)
  }

  private func drawFurther(
    _ frame: inout Frame, _ rect: Rect, _ isFocused: Bool, _ context: RenderContext
  ) {
    var lines = CardLines(width: rect.width - 2)
    switch state.nextSteps {
    case .missing: lines.text(texts["figures.coming"], .muted)
    case .failed(let text): lines.text(text, .warning, first: "! ")
    case .loaded(let steps):
      for step in steps { lines.text(step, first: "- ") }
      if steps.isEmpty { lines.text(texts["card.further.none"], .muted) }
    }
    let inner = rect.inset(dx: 1, dy: 0)
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: inner, context)
    if isFocused { frame.cursor = Position(x: inner.x, y: inner.y) }
  }

  private func drawOffers(
    _ frame: inout Frame, _ rect: Rect, _ isFocused: Bool, _ context: RenderContext
  ) {
    let offers = card.offers
    let table = Table(
      columns: [TableColumn("", .fixed(11)), TableColumn("", .min(10))], rowCount: offers.count,
      state: state.tables[CardState.Pane.offers.rawValue], isFocused: isFocused, showsHeader: false,
      emptyText: texts["card.no-offers"]
    ) { index in
      [
        TableCell(programme.texts.title(offers[index].state), .accent),
        TableCell(programme.texts.ruleText(offers[index].rule.title)),
      ]
    }
    frame.draw(table, in: rect, context)
  }
}
