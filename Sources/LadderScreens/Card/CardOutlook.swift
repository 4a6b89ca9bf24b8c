import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// How the relationship stands: the chance of still being a customer over time, and the degree of
/// loyalty with its parts.
struct CardOutlook {
  let card: CustomerCard
  let programme: ProgrammeFacts

  /// Draws it; `selected` is the part that the keyboard is on, if any.
  func draw(
    _ frame: inout Frame, _ rect: Rect, _ selected: Int?, _ context: RenderContext
  ) {
    guard let chance = card.chance else {
      frame.draw(Paragraph(OutlookWords(programme.texts).nothingYet, .muted), in: rect, context)
      return
    }
    var y = headed(
      OutlookWords(programme.texts).chance, chance.value, 0, selected, &frame, rect, rect.y, context
    )
    y = drawCourse(chance, &frame, rect, y, context)
    guard let loyalty = card.loyalty, y < rect.maxY else { return }
    let points = OutlookWords(programme.texts).points(loyalty.points)
    y = headed(OutlookWords(programme.texts).loyalty, points, 1, selected, &frame, rect, y, context)
    for part in loyalty.parts where y < rect.maxY {
      let line = Rect(x: rect.x, y: y, width: rect.width, height: 1)
      let parts = line.split(.horizontal, [.fixed(11), .min(4), .fixed(5)], spacing: 1)
      frame.put(
        " " + OutlookWords(programme.texts).part(part.kind), in: parts[0], style: context[.muted],
        ellipsis: context.ellipsis)
      frame.draw(Gauge(part.value), in: parts[1], context)
      frame.put(
        "\(Int((100 * part.value).rounded())) %", in: parts[2],
        alignment: .trailing, style: context[.muted])
      y += 1
    }
  }

  /// A line with a label and a value; answers the next free line.
  private func headed(
    _ label: String, _ value: String, _ row: Int, _ selected: Int?, _ frame: inout Frame,
    _ rect: Rect, _ y: Int, _ context: RenderContext
  ) -> Int {
    let line = Rect(x: rect.x, y: y, width: rect.width, height: 1)
    let sign = row == selected ? context.symbol("›", ascii: ">") : " "
    let room = max(0, rect.width - TextWidth.of(value) - 1)
    frame.put(value, in: line, alignment: .trailing, style: context[.accent])
    frame.put(sign + label, x: line.x, y: y, style: context[.text], width: room)
    if row == selected {
      frame.restyle(line, with: context[.selection])
      frame.cursor = Position(x: line.x, y: y)
    }
    return y + 1
  }

  /// The chance over time and what it means, or why it is not known.
  private func drawCourse(
    _ chance: Figure, _ frame: inout Frame, _ rect: Rect, _ start: Int, _ context: RenderContext
  ) -> Int {
    let inner = Rect(x: rect.x + 1, y: start, width: rect.width - 1, height: rect.maxY - start)
    guard let last = card.aliveByMonth.last, let first = card.aliveByMonth.first else {
      frame.draw(Paragraph(chance.why, .muted), in: inner, context)
      return start + Paragraph(chance.why).height(width: inner.width)
    }
    frame.draw(
      Sparkline(card.aliveByMonth.map(\.alive), role: .good, fullScale: 1), in: inner.row(0),
      context)
    frame.draw(
      MonthScale(
        from: first.day, to: last.day, columns: card.aliveByMonth.count, texts: programme.texts),
      in: inner.row(1),
      context)
    let words = Paragraph(OutlookWords(programme.texts).meaning(last.alive), .muted)
    let height = min(words.height(width: inner.width), max(0, inner.height - 3))
    frame.draw(
      words, in: Rect(x: inner.x, y: inner.y + 2, width: inner.width, height: height), context)
    return start + 2 + height
  }
}

/// The first and the last month of a line of columns above it.
struct MonthScale: Widget {
  let from: Day
  let to: Day
  /// How many columns the line above has.
  let columns: Int
  let texts: Texts

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let line = Rect(x: rect.x, y: rect.y, width: min(rect.width, max(8, columns)), height: 1)
    if texts.month(from) != texts.month(to), line.width >= 18 {
      frame.put(texts.month(to), in: line, alignment: .trailing, style: context[.muted])
    }
    frame.put(texts.month(from), x: line.x, y: line.y, style: context[.muted], width: 8)
  }
}

extension AppModel {
  /// Shows the chance of still being a customer month by month.
  mutating func showCourse(_ card: CustomerCard) {
    guard let chance = card.chance else { return }
    let months = card.aliveByMonth.compactMap { point in
      programme.map { "\($0.day(point.day))  \($0.display.percent(point.alive))" }
    }
    overlay = .text(
      TextSheet(
        title: texts["figures.how"],
        text: "\(chance.label): \(chance.value)\n\n\(chance.why)\n\n"
          + months.reversed().joined(separator: "\n")))
  }
}

/// The words of the outlook.
struct OutlookWords {
  let texts: Texts

  init(_ texts: Texts) { self.texts = texts }

  var title: String { texts["outlook.title"] }
  var chance: String { texts["outlook.chance"] }
  var loyalty: String { texts["outlook.loyalty"] }
  var nothingYet: String { texts["outlook.nothing-yet"] }

  func points(_ points: Int) -> String { texts("outlook.points", ["n": String(points)]) }

  func meaning(_ alive: Double) -> String {
    texts("outlook.meaning", ["n": String(Int((100 * alive).rounded()))])
  }

  func part(_ kind: LoyaltyScore.PartKind) -> String { texts["outlook.part.\(kind.rawValue)"] }
}
