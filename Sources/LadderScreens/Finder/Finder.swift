import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Help, palette and the words of a filter: what can be done, found by typing a part of its name.
struct Finder: Sendable {
  enum Kind: Sendable, Equatable {
    case help, palette
    case words(FilterWords)
  }

  /// How a key left it.
  enum Outcome {
    case goesOn, closed
    case chosen(Int)
  }

  let kind: Kind
  var query = TextFieldState()
  var table = TableState()

  init(kind: Kind) { self.kind = kind }

  /// Takes a key.
  mutating func handle(_ key: Key, count: Int, page: Int) -> Outcome {
    switch key {
    case .escape, .control("g"), .function(1): return .closed
    case .enter: return .chosen(table.selected)
    case .character("?") where query.isEmpty: return .closed
    default: break
    }
    // Letters are typed here, so only the named keys move.
    if key.typed == nil, table.handle(key, rowCount: count, height: page) { return .goesOn }
    if query.handle(key) { table = TableState() }
    return .goesOn
  }
}

extension AppModel {
  /// The lines of help, or of the palette, that match what was typed.
  func finderEntries(_ finder: Finder) -> [CommandEntry<Command>] {
    let entries = bindingsHere.entries(
      matching: finder.query.text, whyDisabled: { whyDisabled($0) })
    guard finder.kind == .palette else { return entries }
    // The palette is for doing things; moving about is quicker by key.
    return entries.filter { $0.binding.command.motion == nil && $0.binding.command != .palette }
  }
}

/// A line of the finder.
struct FinderRow {
  let cells: [TableCell]
  /// What is said of it when it is selected.
  let text: String
  /// Whether it cannot be chosen now.
  let isDisabled: Bool
}

extension AppModel {
  /// The lines of the finder as they are drawn.
  func finderRows(_ finder: Finder, _ context: RenderContext) -> [FinderRow] {
    if let words = finder.words {
      return words.map { word in
        FinderRow(
          cells: [TableCell(word.text, .key), TableCell(word.about, .muted)], text: word.about,
          isDisabled: false)
      }
    }
    let unicode = context.capabilities.unicode
    return finderEntries(finder).map { entry in
      let role: Role? = entry.whyDisabled == nil ? nil : .disabled
      let reason = entry.whyDisabled.map { texts("finder.not-now", ["reason": $0]) }
      return FinderRow(
        cells: [
          TableCell(entry.keyLabels(unicode: unicode), role ?? .key),
          TableCell(entry.binding.label, role), TableCell(entry.binding.help, role ?? .muted),
        ], text: reason ?? entry.binding.help, isDisabled: reason != nil)
    }
  }
}

/// Draws the finder over the screen.
struct FinderView: Widget {
  let finder: Finder
  let title: String
  let rows: [FinderRow]
  let texts: Texts

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let box = rect.centered(width: min(84, rect.width), height: max(8, rect.height - 2))
    frame.cursor = nil
    frame.fill(box, style: context[.text])
    frame.draw(Pane(title: title, note: "\(rows.count)", isFocused: true), in: box, context)
    let inner = box.inset(dx: 2, dy: 1)
    let parts = inner.split(.vertical, [.fixed(1), .min(1), .fixed(2), .fixed(1)])
    var table = Table(
      columns: columns(width: parts[1].width), rowCount: rows.count, state: finder.table,
      isFocused: false, showsHeader: false, emptyText: texts["finder.nothing"]
    ) { [rows] index in rows[index].cells }
    table.takesClicks = true
    frame.draw(table, in: parts[1], context)
    if rows.indices.contains(finder.table.selected) {
      let row = rows[finder.table.selected]
      frame.draw(Paragraph(row.text, row.isDisabled ? .warning : .text), in: parts[2], context)
    }
    drawHints(&frame, parts[3], context)
    frame.draw(
      TextField(prompt: "/", finder.query, placeholder: texts["finder.type"]), in: parts[0], context
    )
  }

  private func drawHints(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let arrows = context.capabilities.unicode ? "↑↓" : "Up/Down"
    let action = finder.words == nil ? "finder.do" : "finder.insert"
    frame.draw(
      Footer([
        KeyHint(key: "Enter", label: texts[action], priority: 3),
        KeyHint(key: arrows, label: texts["finder.choose"], priority: 1),
        KeyHint(key: "Esc", label: texts["app.close"], priority: 2),
      ]), in: rect, context)
  }

  private func columns(width: Int) -> [TableColumn] {
    if finder.words != nil {
      return [TableColumn("", .fixed(max(8, width * 2 / 5))), TableColumn("", .min(8))]
    }
    let keys = min(16, max(8, width / 5))
    return width >= 60
      ? [TableColumn("", .fixed(keys)), TableColumn("", .fixed(20)), TableColumn("", .min(10))]
      : [TableColumn("", .fixed(keys)), TableColumn("", .min(10))]
  }
}
