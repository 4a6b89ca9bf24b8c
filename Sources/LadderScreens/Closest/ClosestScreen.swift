import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Who is nearest to the next cohort, or to a rule.
struct ClosestState: Sendable {
  /// The rule that people are near to: its identifier and title; nil for the next cohort.
  var rule: (id: String, title: String)?
  var table = TableState()

  mutating func show(_ line: RuleLine) {
    rule = (line.id, line.title)
    table = TableState()
  }
}

extension AppModel {
  var nearPeople: [NearPerson] {
    shelf.closest(.closest(rule: closest.rule?.id)) ?? []
  }

  /// Does a command of the screen of those who are almost there.
  mutating func performClosest(_ command: Command) -> [Effect] {
    let people = nearPeople
    if let key = command.motion {
      _ = closest.table.handle(key, rowCount: people.count, height: closestPage)
      return []
    }
    switch command {
    case .open:
      guard people.indices.contains(closest.table.selected) else { return [] }
      return showCard(ofCustomer: people[closest.table.selected].customer, from: .closest)
    case .changeScope:
      closest.rule = nil
      closest.table = TableState()
    default: break
    }
    return []
  }

  func whyDisabledInClosest(_ command: Command) -> String? {
    switch command {
    case .open: nearPeople.isEmpty ? FigureWords(texts).noRows : nil
    case .changeScope: closest.rule == nil ? texts["closest.cohorts-already"] : nil
    default: nil
    }
  }

  /// Draws who is almost there, and what is missing.
  func drawClosest(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let query = FigureQuery.closest(rule: closest.rule?.id)
    let parts = closestParts(in: rect)
    let title = closest.rule.map { texts("closest.of-rule", ["rule": $0.title]) }
    frame.draw(
      Pane(
        title: title ?? texts["screen.closest"],
        note: FigureWords(texts).asAtShort(programme?.status.asOf), isFocused: true), in: parts[0],
      context)
    let inner = Pane.inner(of: parts[0])
    guard let people = shelf.closest(query) else {
      return drawPending(shelf[query].failure, &frame, inner, context)
    }
    frame.draw(closestTable(people), in: inner, context)
    guard people.indices.contains(closest.table.selected) else { return }
    let person = people[closest.table.selected]
    frame.draw(
      Paragraph("\(person.name): \(person.missing)"), in: parts[1].inset(dx: 1, dy: 0), context)
  }

  private func closestParts(in rect: Rect) -> [Rect] {
    rect.split(.vertical, [.min(4), .fixed(rect.height >= 14 ? 4 : 2)])
  }

  /// People who fit on the screen, below the headings.
  private var closestPage: Int {
    max(1, Pane.inner(of: closestParts(in: Chrome(bounds: bounds).body)[0]).height - 1)
  }

  private func closestTable(_ people: [NearPerson]) -> Table {
    let isCohorts = closest.rule == nil
    let isWide = size.width >= 70
    var columns = [TableColumn(texts["closest.name"], isWide ? .fixed(22) : .min(12))]
    if isCohorts {
      // The cohorts' names are longer in some languages.
      let width = people.map { TextWidth.of($0.step) }.max() ?? 0
      columns.append(TableColumn(texts["closest.step"], .fixed(max(12, width))))
    }
    if isWide || !isCohorts { columns.append(TableColumn(texts["closest.missing"], .min(20))) }
    return Table(
      columns: columns, rowCount: people.count, state: closest.table,
      emptyText: texts["closest.nobody"]
    ) { index in
      let person = people[index]
      var cells = [TableCell(person.name)]
      if isCohorts { cells.append(TableCell(person.step)) }
      if isWide || !isCohorts { cells.append(TableCell(person.missing)) }
      return cells
    }
  }
}

extension ScreenBindings {
  /// The keys of the screen of those who are almost there.
  static let closest: [KeyBinding<Command>] = [
    KeyBinding([.enter], .open, "closest.card", priority: 9),
    KeyBinding([.character("t")], .changeScope, "closest.cohorts", priority: 6),
  ]
}
