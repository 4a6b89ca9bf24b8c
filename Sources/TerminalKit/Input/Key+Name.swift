extension Key {
  private static let names: [(code: Code, name: String)] = [
    (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"), (.home, "home"),
    (.end, "end"), (.pageUp, "pageup"), (.pageDown, "pagedown"), (.enter, "enter"),
    (.escape, "esc"), (.tab, "tab"), (.backspace, "backspace"), (.delete, "delete"),
    (.insert, "insert"), (.character(" "), "space"),
  ]

  private static let modifierNames: [(modifier: Modifiers, prefix: String)] = [
    (.control, "ctrl-"), (.alt, "alt-"), (.shift, "shift-"),
  ]

  /// The key's name as used in settings, scripts and tests: `a`, `ctrl-p`, `shift-up`, `f1`.
  package var name: String {
    let prefix = Self.modifierNames.filter { modifiers.contains($0.modifier) }
      .reduce(into: "") { $0 += $1.prefix }
    return prefix + baseName
  }

  private var baseName: String {
    if let known = Self.names.first(where: { $0.code == code }) { return known.name }
    return switch code {
    case .function(let number): "f\(number)"
    case .character(let character): String(character)
    default: ""  // every other code stands in the table
    }
  }

  /// The key of a name; nil when there is none.
  package init?(name: String) {
    var modifiers: Modifiers = []
    var rest = Substring(name)
    for (modifier, prefix) in Self.modifierNames
    where rest.hasPrefix(prefix) && rest.count > prefix.count {
      modifiers.insert(modifier)
      rest = rest.dropFirst(prefix.count)
    }
    guard let code = Self.code(named: String(rest)) else { return nil }
    self.init(code, modifiers)
  }

  private static func code(named name: String) -> Code? {
    if let known = names.first(where: { $0.name == name }) { return known.code }
    if name.count == 1, let character = name.first, character != " " {
      return .character(character)
    }
    if name.first == "f", let number = Int(name.dropFirst()), (1...63).contains(number),
      "f\(number)" == name
    {
      return .function(number)
    }
    return nil
  }

  /// The key as shown in hints and help: `^P`, `Enter`, `PgDn`, `↑`.
  package func label(unicode: Bool = true) -> String {
    var label = ""
    if modifiers.contains(.alt) { label += "Alt-" }
    if modifiers.contains(.shift) { label += unicode ? "⇧" : "Shift-" }
    guard case .character(let character) = code, modifiers.contains(.control) else {
      return (modifiers.contains(.control) ? "Ctrl-" : "") + label + baseLabel(unicode: unicode)
    }
    return label + "^" + String(character).uppercased()
  }

  private func baseLabel(unicode: Bool) -> String {
    switch code {
    case .up: unicode ? "↑" : "Up"
    case .down: unicode ? "↓" : "Down"
    case .left: unicode ? "←" : "Left"
    case .right: unicode ? "→" : "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .backspace: "Bksp"
    case .delete: "Del"
    case .insert: "Ins"
    case .function(let number): "F\(number)"
    case .character(" "): "Space"
    case .character(let character): String(character)
    default: baseName.prefix(1).uppercased() + baseName.dropFirst()
    }
  }
}
