import ArgumentParser
import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace

/// Lists what the keys of the screens do.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List what the keys of the screens do.",
    discussion: """
      What works everywhere comes first, then each screen's own. On the screens ? shows those that \
      work there and now. Fields: screen, keys, label, help.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var print: PrintOptions
  @Option(
    help: ArgumentHelp(
      "The language: en or id.", discussion: "Default: by LANG, else English.",
      valueName: "code"),
    transform: Language.read)
  var lang: Language?

  func run() throws {
    let texts = Texts(embedded: lang ?? root.global.lang ?? System.language)
    let records = KeyManual(texts).lines.map {
      Record([
        ("screen", .text($0.screen)), ("keys", .text($0.keys)), ("label", .text($0.label)),
        ("help", .text($0.help)),
      ])
    }
    print.printer.print(records, empty: "")
  }
}
