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

  /// Checks rule files: those of the store, or others.
  struct Check: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check rule files; names line and column of each mistake.",
      discussion: """
        Files from elsewhere are seen as if they stood in the store, and it is told whom they would \
        reach. Ends with 1 when there are mistakes; warnings alone end with 0.
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(
      help: "Rule files; default: those of the store.", completion: .file(extensions: ["json"]))
    var files: [String] = []

    func run() throws {
      let checks = try openWorkspace().checkRules(files: files)
      let printer = Printer(format: .table)
      for check in checks { for line in check.messages { printer.line(line) } }
      let errors = checks.reduce(0) { $0 + $1.errors }
      printer.line(
        "\(printer.counted(checks.count, "rule")) checked, \(printer.counted(errors, "error")).")
      if errors > 0 { throw ExitCode(1) }
    }
  }

  /// Runs the tests inside the rules.
  struct Test: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "Run the tests inside the rules.")
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(
      help: "Rule files; default: those of the store.", completion: .file(extensions: ["json"]))
    var files: [String] = []

    func run() throws {
      let results = try openWorkspace().testRules(files: files)
      let printer = Printer(format: .table)
      for result in results where !result.passed { printer.line(result.text) }
      let failed = results.count { !$0.passed }
      printer.line("\(results.count - failed) passed, \(failed) failed")
      if failed > 0 { throw ExitCode(1) }
    }
  }

  /// Shows a rule in sentences.
  struct Show: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "Show a rule in plain sentences.")
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The rule, or a rule file.", completion: .file(extensions: ["json"]))
    var rule: String

    func run() throws {
      let printer = Printer(format: .table)
      for line in try openWorkspace().describeRule(rule) { printer.line(line) }
    }
  }

  /// Explains why a rule does or does not match a customer.
  struct Explain: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say why a rule does, or does not, match a customer.")
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The rule, or a rule file.", completion: .file(extensions: ["json"]))
    var rule: String
    @Argument(help: "The customer's number.") var customer: String

    func run() throws {
      let printer = Printer(format: .table)
      for line in try openWorkspace().explainRule(rule, customer: customer) { printer.line(line) }
    }
  }
}
