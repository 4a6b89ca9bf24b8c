/// All bindings that are in force together, in the order in which help shows them.
package struct BindingTable<Command: Hashable & Sendable>: Sendable {
  /// The bindings.
  package private(set) var bindings: [KeyBinding<Command>]
  private let commands: [Key: Command]

  /// A table; of two bindings of the same key the earlier one counts.
  package init(_ bindings: [KeyBinding<Command>]) {
    self.bindings = bindings
    commands = Dictionary(
      bindings.flatMap { binding in binding.keys.map { ($0, binding.command) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The same keys with other words where a command does something of its own just now.
  package func reworded(
    _ words: (Command) -> (label: String, help: String)?
  ) -> BindingTable {
    var copy = self
    for index in copy.bindings.indices {
      guard let words = words(bindings[index].command) else { continue }
      (copy.bindings[index].label, copy.bindings[index].help) = words
    }
    return copy
  }

  /// What a key does.
  ///
  /// A key without a binding is also tried as the Latin key at the same place of the keyboard, so
  /// that hotkeys work on Cyrillic, Greek and French layouts.
  package func command(for key: Key) -> Command? {
    if let command = commands[key] { return command }
    return KeyboardLayout.latinKey(for: key).flatMap { commands[$0] }
  }

  /// Keys that are bound twice, which a test should forbid.
  package var conflictingKeys: [Key] {
    var seen: Set<Key> = []
    return bindings.flatMap(\.keys).filter { !seen.insert($0).inserted }
  }

  /// The hints for a footer: what can be done here and now, in the table's order.
  package func hints(
    unicode: Bool = true, whyDisabled: (Command) -> String? = { _ in nil }
  ) -> [KeyHint] {
    bindings.compactMap { binding in
      guard binding.priority > 0, let key = binding.keys.first,
        whyDisabled(binding.command) == nil
      else { return nil }
      return KeyHint(
        key: key.label(unicode: unicode), label: binding.label, priority: binding.priority,
        press: key)
    }
  }

  /// The entries whose label, name, help or key match what was typed, the best first.
  ///
  /// Without a query all entries come in the table's order. Those that cannot be done now are
  /// listed too, with the reason, behind equally good ones that can.
  package func entries(
    matching query: String = "", whyDisabled: (Command) -> String? = { _ in nil }
  ) -> [CommandEntry<Command>] {
    let ranked = bindings.enumerated().compactMap { order, binding -> Ranked? in
      guard let rank = rank(of: binding, for: query) else { return nil }
      let entry = CommandEntry(
        binding: binding, whyDisabled: whyDisabled(binding.command))
      let late = !query.isEmpty && entry.whyDisabled != nil
      return Ranked(key: [rank, late ? 1 : 0, order], entry: entry)
    }
    return ranked.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.entry)
  }

  /// The table for a manual, in Markdown: keys, name, help.
  package var markdown: String {
    bindings.reduce(into: "| key | command | does |\n|---|---|---|\n") { text, binding in
      let keys = binding.keys.map { "`\($0.name)`" }.joined(separator: " ")
      text += "| \(keys) | `\(binding.name)` | \(binding.help) |\n"
    }
  }

  private struct Ranked {
    let key: [Int]
    let entry: CommandEntry<Command>
  }

  private func rank(of binding: KeyBinding<Command>, for query: String) -> Int? {
    let label = PartMatch.rank(of: query, in: binding.label)
    let name = PartMatch.rank(of: query, in: binding.name)
    // A word of the explanation counts less than one of the name, a scattering of its letters
    // means nothing.
    let help = PartMatch.rank(of: query, in: binding.help)
      .flatMap { $0 < PartMatch.scattered ? $0 + 10 : nil }
    let key = binding.keys.contains { $0.name == query.lowercased() } ? 0 : nil
    return [label, name, help, key].compactMap(\.self).min()
  }
}
