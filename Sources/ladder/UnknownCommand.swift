import ArgumentParser

/// A first word that is no command: without it the default command would complain of too many
/// arguments.
struct UnknownCommand {
  private let name: String
  private let known: [String]

  /// The first word of a call, unless it is a command or there is none.
  init?(arguments: [String]) {
    var rest = arguments[...]
    while let first = rest.first, first.hasPrefix("-") {
      // The options before a command that take a value stand in two words, unless joined by =.
      let hasValue = ["--store", "--as-of", "--lang", "--theme"].contains(first)
      rest = rest.dropFirst(hasValue ? 2 : 1)
    }
    known = Ladder.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let name = rest.first, name != "help", !known.contains(name) else { return nil }
    self.name = name
  }

  /// What is wrong, and what to do.
  var message: String {
    let alike = known.filter { $0.hasPrefix(name.prefix(3)) }
    let advice =
      alike.isEmpty
      ? "ladder --help lists all." : "Did you mean \(alike.joined(separator: " or "))?"
    return "There is no command \"\(name)\". \(advice)"
  }
}
