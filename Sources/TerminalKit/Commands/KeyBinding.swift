/// What a key does: the one source of dispatch, footer, help, palette and manual.
package struct KeyBinding<Command: Hashable & Sendable>: Sendable {
  /// The keys that do it, the one to advertise first; none when only the palette offers it.
  package var keys: [Key]
  /// What is done.
  package var command: Command
  /// The command's stable name, as typed in scripts: `approve-marked`.
  package var name: String
  /// A word or two for the footer: `Approve marked`.
  package var label: String
  /// A sentence for help and manual.
  package var help: String
  /// How soon the hint gives way in a narrow footer; the highest stay longest, 0 is never shown.
  package var priority: Int

  /// A binding.
  package init(
    _ keys: [Key], _ command: Command, name: String, label: String, help: String,
    priority: Int = 1
  ) {
    self.keys = keys
    self.command = command
    self.name = name
    self.label = label
    self.help = help
    self.priority = priority
  }
}

/// A line of help or of the palette.
package struct CommandEntry<Command: Hashable & Sendable>: Sendable {
  /// The binding it stands for.
  package var binding: KeyBinding<Command>
  /// Why it cannot be done now; nil when it can.
  package var whyDisabled: String?

  /// The labels of its keys, for showing: `Space, v`.
  package func keyLabels(unicode: Bool = true) -> String {
    binding.keys.map { $0.label(unicode: unicode) }.joined(separator: ", ")
  }
}
