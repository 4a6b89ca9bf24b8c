import LoyaltyModel
import TerminalKit

/// Help and palette: what can be done, found by typing a part of its name.
struct Finder: Sendable {
  enum Kind: Sendable { case help, palette }

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

/// Draws help and palette over the screen.
struct FinderView: Widget {
  let finder: Finder
  let title: String
  let entries: [CommandEntry<Command>]
  let texts: Texts

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let box = rect.centered(width: min(84, rect.width), height: max(8, rect.height - 2))
    frame.cursor = nil
    frame.fill(box, style: context[.text])
    frame.draw(
      Pane(title: title, note: "\(entries.count)", isFocused: true), in: box, context)
    let inner = box.inset(dx: 2, dy: 1)
    let parts = inner.split(.vertical, [.fixed(1), .min(1), .fixed(2), .fixed(1)])
    let unicode = context.capabilities.unicode
    let columns = columns(width: parts[1].width)
    let table = Table(
      columns: columns, rowCount: entries.count, state: finder.table, isFocused: false,
      showsHeader: false, emptyText: texts["finder.nothing"]
    ) { [entries] index in
      let entry = entries[index]
      let role: Role? = entry.whyDisabled == nil ? nil : .disabled
      return [
        TableCell(entry.keyLabels(unicode: unicode), role ?? .key),
        TableCell(entry.binding.label, role), TableCell(entry.binding.help, role ?? .muted),
      ]
    }
    frame.draw(table, in: parts[1], context)
    if let entry = selected {
      let text =
        entry.whyDisabled.map { texts("finder.not-now", ["reason": $0]) } ?? entry.binding.help
      frame.draw(
        Paragraph(text, entry.whyDisabled == nil ? .text : .warning), in: parts[2], context)
    }
    frame.draw(
      Footer([
        KeyHint(key: "Enter", label: texts["finder.do"], priority: 3),
        KeyHint(key: unicode ? "↑↓" : "Up/Down", label: texts["finder.choose"], priority: 1),
        KeyHint(key: "Esc", label: texts["app.close"], priority: 2),
      ]), in: parts[3], context)
    frame.draw(
      TextField(prompt: "/", finder.query, placeholder: texts["finder.type"]), in: parts[0], context
    )
  }

  private var selected: CommandEntry<Command>? {
    entries.indices.contains(finder.table.selected) ? entries[finder.table.selected] : nil
  }

  private func columns(width: Int) -> [TableColumn] {
    let keys = min(16, max(8, width / 5))
    return width >= 60
      ? [TableColumn("", .fixed(keys)), TableColumn("", .fixed(20)), TableColumn("", .min(10))]
      : [TableColumn("", .fixed(keys)), TableColumn("", .min(10))]
  }
}
