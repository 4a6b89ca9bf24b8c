import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension RulesCommand {
  /// Makes a rule from its parts, without JSON; or changes one that fits the form.
  struct New: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a rule from its parts, or change one; say whom it reaches.",
      discussion: """
        ladder rules new --id spring.tea --title "Spring: tea" --from low --to mid \\
          --stages repeat,loyal --facts "favourite_category = Tea" --percent 15 --save

        Without --save nothing is written: the rule is printed as JSON, with its sentence and the \
        number of people whom it reaches now. --of RULE begins from a rule of the store.
        """)
    @ParentCommand var parent: RulesCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions

    @Option(help: "A rule of the store to begin from; it is changed.") var of: String?
    @Option(help: "The identifier, such as spring.tea.") var id: String?
    @Option(help: "One line that says what it does.") var title: String?
    @Option(help: "The campaign that it belongs to.") var campaign: String?
    @Option(help: "The cohorts that it is for, such as low,mid; empty for all.") var from: String?
    @Option(help: "The cohort that it is to lead to; empty for none.") var to: String?
    @Option(help: "The lifecycle stages that it is for; empty for all.") var stages: String?
    @Option(help: "What else must hold, as a filter: recency_days > 30.") var facts: String?
    @Option(
      help: """
        How much they bought: at least 2 purchases of Tea within 90 days; or at most 50.00 spent on \
        product T-100 within 12 months. Several by semicolons.
        """)
    var purchases: String?
    @Option(help: "Whom it leaves out, as a filter.") var except: String?
    @Option(help: "discount, voucher, gift, free-delivery, trial, content, service, early-access.")
    var kind: String?
    @Option(help: "The discount in percent.") var percent: String?
    @Option(help: "The discount or voucher as an amount.") var amount: String?
    @Option(help: "A category, next-best-category or favourite-category.") var category: String?
    @Option(help: "From how many times their usual basket it holds.") var threshold: String?
    @Option(help: "How long it holds, such as 21 days.") var valid: String?
    @Option(help: "The text that it is written with.") var template: String?
    @Option(help: "The first day.") var begins: String?
    @Option(help: "The last day.") var ends: String?
    @Option(help: "How many percent will respond, we think.") var response: String?
    @Option(help: "At most once in this time, such as 60 days.") var every: String?
    @Option(help: "Its group; of a group a customer gets one.") var group: String?
    @Option(help: "0 to 1000; higher goes first.") var priority: String?
    @Option(help: "The percentage kept back as comparison group.") var holdOut: String?
    @Option(help: "Why a customer is offered this.") var why: String?
    @Option(help: "What the customer has from it.") var customerBenefit: String?
    @Option(help: "What the business has from it.") var businessBenefit: String?
    @Flag(help: "Save it as a rule of the store.") var save = false

    private var given: [(RuleDraft.Field, String?)] {
      [
        (.id, id), (.title, title), (.campaign, campaign), (.from, from), (.to, to),
        (.stages, stages), (.facts, facts), (.purchases, purchases), (.except, except),
        (.kind, kind), (.percent, percent), (.amount, amount), (.category, category),
        (.threshold, threshold), (.valid, valid),
        (.template, template), (.begins, begins), (.ends, ends), (.response, response),
        (.every, every), (.group, group), (.priority, priority), (.holdOut, holdOut), (.why, why),
        (.customerBenefit, customerBenefit), (.businessBenefit, businessBenefit),
      ]
    }

    func run() throws {
      let workspace = try openWorkspace()
      var draft = try of.map { try workspace.ruleDraft(of: $0) } ?? workspace.newRuleDraft()
      for case (let field, let text?) in given { draft[field] = text }
      let report = try withProgress { try workspace.check(draft, progress: $0) }
      let printer = Printer(format: .table)
      guard report.mistakes.isEmpty else {
        throw CallError(
          message: report.mistakes.map { mistake in
            (mistake.field.map { "--\($0.option): " } ?? "") + mistake.text
          }.joined(separator: "\n"))
      }
      for line in report.json.split(separator: "\n") { printer.line(String(line)) }
      printer.line("")
      for line in report.sentences { printer.line(line) }
      for line in report.kept { printer.line("Kept as the file has it: \(line)") }
      if let matched = report.matched {
        printer.line("\(printer.counted(matched, "customer")) match now.")
      }
      if let power = report.power { printer.line("If all get it: \(power)") }
      printer.line(
        save ? try workspace.save(draft).text : "Nothing is saved; add --save to keep it.")
    }
  }
}

extension RuleDraft.Field {
  /// The option of the command line that fills the field.
  fileprivate var option: String {
    var name = ""
    for character in rawValue {
      name += character.isUppercase ? "-" + character.lowercased() : String(character)
    }
    return name
  }
}
