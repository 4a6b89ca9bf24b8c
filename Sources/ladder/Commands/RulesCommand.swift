import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// The rules: what they are, whether they are right, and why they say what they say.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, check, test and explain the rules.",
    subcommands: [
      List.self, Check.self, Test.self, Show.self, Explain.self, Near.self,
      WhatIf.self, New.self, Manual.self,
    ],
    defaultSubcommand: List.self)

  @ParentCommand var root: Ladder

  /// Lists them.
  struct List: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "List the rules (the default).")
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions

    func run() throws {
      let records = try openWorkspace().rules().map { rule in
        Record([
          ("rule", .text(rule.id)), ("version", .integer(rule.version)),
          ("status", .text(rule.status)), ("title", .text(rule.title)),
          ("priority", .integer(rule.priority)), ("offers", .integer(rule.offers)),
          ("problems", .integer(rule.problems)),
        ])
      }
      print.printer.print(records, empty: "There are no rules in the store's folder rules.")
    }
  }
}
