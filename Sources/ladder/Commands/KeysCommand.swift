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
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  func run() throws {
    let texts = Texts(embedded: global.look(root.global).language)
    let records = KeyManual(texts).lines.map {
      Record([
        ("screen", .text($0.screen)), ("keys", .text($0.keys)), ("label", .text($0.label)),
        ("help", .text($0.help)),
      ])
    }
    print.printer.print(records, empty: "")
  }
}
