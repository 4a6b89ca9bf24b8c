import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension RulesCommand {
  /// Checks rule files: those of the store, or others.
  struct Check: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check rule files; names line and column of each mistake.",
      discussion: """
        Files from elsewhere are seen as if they stood in the store, and it is told whom they would \
        reach. Ends with 1 when there are mistakes; warnings alone end with 0.

        Fields with --format: file, errors, warnings, matched (of files from elsewhere), issues: \
        severity (error or warning), line, column, at (a JSON pointer), message.
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(
      help: "Rule files; default: those of the store.", completion: .file(extensions: ["json"]))
    var files: [String] = []

    func run() throws {
      let workspace = try openWorkspace()
      let checks = try withProgress { try workspace.checkRules(files: files, progress: $0) }
      let printer = print.printer
      let errors = checks.reduce(0) { $0 + $1.errors }
      switch printer.format {
      case .table:
        for check in checks { for line in check.messages { printer.line(line) } }
        printer.line(
          "\(printer.counted(checks.count, "rule")) checked, \(printer.counted(errors, "error")).")
      default: printer.print(checks.map(record), empty: "")
      }
      if errors > 0 { throw ExitCode(1) }
    }

    private func record(_ check: RuleCheck) -> Record {
      Record([
        ("file", .text(check.file)), ("errors", .integer(check.errors)),
        ("warnings", .integer(check.issues.count - check.errors)),
        ("matched", .integer(optional: check.matched)),
        ("issues", .list(check.issues.map { .record(Record(fields(of: $0))) })),
      ])
    }

    private func fields(of issue: RuleCheck.Issue) -> [(String, Record.Value)] {
      [
        ("severity", .text(issue.isError ? "error" : "warning")),
        ("line", .integer(optional: issue.line)), ("column", .integer(optional: issue.column)),
        ("at", .text(issue.pointer)), ("message", .text(issue.message)),
      ]
    }
  }

  /// Runs the tests inside the rules.
  struct Test: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the tests inside the rules.",
      discussion: """
        Ends with 1 when one fails. Fields with --format: rule, test, passed, message (null where it \
        passed).
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(
      help: "Rule files; default: those of the store.", completion: .file(extensions: ["json"]))
    var files: [String] = []

    func run() throws {
      let results = try openWorkspace().testRules(files: files)
      let printer = print.printer
      let failed = results.count { !$0.passed }
      if printer.format == .table {
        for result in results where !result.passed { printer.line(result.text) }
        printer.line("\(results.count - failed) passed, \(failed) failed")
      } else {
        printer.print(
          results.map { result in
            Record([
              ("rule", .text(result.rule)), ("test", .text(result.test)),
              ("passed", .flag(result.passed)),
              ("message", result.passed ? .null : .text(result.text)),
            ])
          }, empty: "")
      }
      if failed > 0 { throw ExitCode(1) }
    }
  }

  /// Shows a rule in sentences.
  struct Show: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a rule in plain sentences.",
      discussion: """
        Fields with --format: rule, version, title, status, priority, as_of, matched (were it \
        active), lines.
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(help: "The rule, or a rule file.", completion: .file(extensions: ["json"]))
    var rule: String

    func run() throws {
      let workspace = try openWorkspace()
      let shown = try withProgress { try workspace.describeRule(rule, progress: $0) }
      let printer = print.printer
      guard printer.format != .table else { return shown.lines.forEach(printer.line) }
      printer.print(
        Record([
          ("rule", .text(shown.rule)), ("version", .integer(shown.version)),
          ("title", .text(shown.title)), ("status", .text(shown.status)),
          ("priority", .integer(shown.priority)), ("as_of", .day(shown.asOf)),
          ("matched", .integer(optional: shown.matched)),
          ("lines", .list(shown.lines.map { .text($0) })),
        ]))
    }
  }

  /// Explains why a rule does or does not match a customer.
  struct Explain: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say why a rule does, or does not, match a customer.",
      discussion: """
        Fields with --format: rule, customer, as_of, outcome (match, no match, excluded or unknown), \
        decided_by: at (a JSON pointer), holds (null where unknown), text; lines. CSV has a row for \
        each that decided.
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(help: "The rule, or a rule file.", completion: .file(extensions: ["json"]))
    var rule: String
    @Argument(help: "The customer's number.") var customer: String

    func run() throws {
      let answer = try openWithFigures().explainRule(rule, customer: customer)
      let printer = print.printer
      let head: [(String, Record.Value)] = [
        ("rule", .text(answer.rule)), ("customer", .text(answer.customer)),
        ("as_of", .day(answer.asOf)), ("outcome", .text(answer.outcome)),
      ]
      let grounds = answer.grounds.map { ground -> [(String, Record.Value)] in
        [
          ("at", .text(ground.pointer)), ("holds", ground.holds.map { .flag($0) } ?? .null),
          ("text", .text(ground.text)),
        ]
      }
      switch printer.format {
      case .table: answer.lines.forEach(printer.line)
      case .json, .ndjson:
        printer.print(
          Record(
            head + [
              ("decided_by", .list(grounds.map { .record(Record($0)) })),
              ("lines", .list(answer.lines.map { .text($0) })),
            ]))
      case .csv: printer.print(grounds.map { Record(head + $0) }, empty: "")
      }
    }
  }
}
