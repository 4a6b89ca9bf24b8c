import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

/// Campaigns: what rules that belong together may do together.
struct CampaignsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaigns", abstract: "List, make, change and remove campaigns.",
    discussion: """
      A campaign has dates, branches and a budget; rules belong to it by naming it ("campaign" in \
      their files). Outside its dates its rules offer nothing, no offer of it holds longer than it \
      runs, only customers of its branches get one, and all together cost no more than its budget. \
      Offers, exports and results bear its name: ladder offers --where 'campaign = "Summer 2026"'
      """,
    subcommands: [List.self, Show.self, Set.self, Remove.self], defaultSubcommand: List.self)

  @ParentCommand var root: Ladder

  /// Lists them.
  struct List: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the campaigns with what their offers come to (the default).",
      discussion: """
        Used is what approved, put off and sent offers are expected to cost; left is the budget less \
        that. The other formats say more: cost and gain expected of all that wait, are approved or \
        sent, and, where comparison groups were kept back, the extra buyers due to the campaign.
        """)
    @ParentCommand var parent: CampaignsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var horizon: CampaignHorizon

    func run() throws {
      let workspace = try openWorkspace()
      let days = try horizon.checked()
      let campaigns = try withProgress { try workspace.campaigns(days: days, progress: $0) }
      let printer = print.printer
      let records = campaigns.map { campaign in
        let record = campaignRecord(campaign, workspace.currency)
        return printer.format == .table ? record.only(CampaignsCommand.columns) : record
      }
      printer.print(
        records,
        empty:
          "No campaign yet. Next: ladder campaigns set NAME --from DAY --to DAY --budget AMOUNT")
      guard printer.format == .table else { return }
      for campaign in campaigns {
        if let uplift = campaign.uplift { printer.say(uplift, of: campaign.campaign.name) }
      }
    }
  }

  /// The columns of the table for people, which must fit a line.
  private static let columns: Swift.Set = [
    "name", "from", "until", "branches", "budget", "used", "left", "waiting", "approved", "sent",
    "bought",
  ]

  /// Shows one.
  struct Show: StoreCommand {
    static let configuration = CommandConfiguration(abstract: "Show one campaign whole.")
    @ParentCommand var parent: CampaignsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @OptionGroup var print: PrintOptions
    @Argument(help: "The name.") var name: String

    func run() throws {
      let workspace = try openWorkspace()
      let campaign = try withProgress { try workspace.campaign(name, progress: $0) }
      print.printer.print(campaignRecord(campaign, workspace.currency))
    }
  }

  /// Makes or changes one.
  struct Set: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a campaign, or change what is given of one.",
      discussion: """
        Example: ladder campaigns set "Summer 2026" --from 2026-07-01 --to 2026-09-30 --budget 1200.00
        """)
    @ParentCommand var parent: CampaignsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The name: 1 to 40 characters without quotes.") var name: String

    @Option(help: ArgumentHelp("The first day; none for open.", valueName: "yyyy-mm-dd"))
    var from: String?
    @Option(
      help: ArgumentHelp(
        "The last day, on which its offers end too; none for open.", valueName: "yyyy-mm-dd"))
    var to: String?
    @Option(
      help: ArgumentHelp(
        "The home branches of its customers, separated by commas; all for every customer.",
        valueName: "a,b"))
    var branches: String?
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What all its offers may be expected to cost; none for no limit.", valueName: "1200.00"))
    var budget: String?
    @Option(help: "What you want to remember of it.") var note: String?

    func run() throws {
      let workspace = try openWorkspace()
      var draft = workspace.campaignDraft(name)
      if let from { draft[.from] = try written(from, option: "--from") }
      if let to { draft[.until] = try written(to, option: "--to") }
      if let branches { draft[.branches] = branches == "all" ? "" : branches }
      if let budget, budget != "none" {
        _ = try minorUnits(budget, option: "--budget", currency: workspace.currency)
      }
      if let budget { draft[.budget] = budget == "none" ? "" : budget }
      if let note { draft[.note] = note }
      let receipt = try workspace.save(draft)
      let printer = Printer(format: .table)
      printer.line(receipt.text)
      let report = workspace.check(workspace.campaignDraft(name))
      if report.rules.isEmpty {
        printer.line(
          "No rule belongs to it yet: write \"campaign\": \"\(name)\" into one, or pick it in the form."
        )
      }
      if report.customers < report.allCustomers {
        printer.line(
          "It is for \(printer.display.number(report.customers)) of "
            + "\(printer.display.number(report.allCustomers)) customers.")
      }
    }

    private func written(_ text: String, option: String) throws -> String {
      text == "none" ? "" : try day(text, option: option)?.description ?? ""
    }
  }

  /// Removes one.
  struct Remove: StoreCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a campaign that no rule names any more.",
      discussion: "Offers that were made keep its name.")
    @ParentCommand var parent: CampaignsCommand
    var root: Ladder { parent.root }
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The name.") var name: String

    func run() throws {
      Printer(format: .table).line(try openWorkspace().removeCampaign(name).text)
    }
  }
}

/// Within how many days buyers count.
struct CampaignHorizon: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Within how many days after a list went out buyers count as due to it.", valueName: "n"))
  var days = LoyaltyWorkspace.campaignDays

  /// The days, which must be some.
  func checked() throws -> Int {
    guard (1...3_650).contains(days) else {
      throw CallError(message: "--days is \(days); write a number from 1 to 3650.")
    }
    return days
  }
}

/// A campaign as every format writes it.
func campaignRecord(_ summary: CampaignSummary, _ currency: Currency) -> Record {
  let campaign = summary.campaign
  return Record([
    ("name", .text(campaign.name)), ("kept", .flag(summary.isKept)),
    ("standing", .text(summary.standing.rawValue)),
    ("from", .day(campaign.from)), ("until", .day(campaign.until)),
    ("branches", .list(campaign.branches.map { .text($0) })),
    ("budget", .money(optional: campaign.budget, currency)),
    ("used", .money(summary.used, currency)),
    ("left", .money(optional: summary.left, currency)),
    ("waiting", .integer(summary.waiting)), ("approved", .integer(summary.approved)),
    ("sent", .integer(summary.sent)), ("bought", .integer(summary.bought)),
    ("withheld", .integer(summary.withheld)),
    ("waiting_cost", .money(summary.waitingCost, currency)),
    ("cost", .money(summary.cost, currency)), ("gain", .money(summary.gain, currency)),
    ("uplift", .number(optional: summary.uplift?.buyers.difference)),
    ("uplift_low", .number(optional: summary.uplift?.buyers.low)),
    ("uplift_high", .number(optional: summary.uplift?.buyers.high)),
    ("uplift_days", .integer(optional: summary.uplift?.days)),
    ("rules", .list(summary.rules.map { .text($0) })), ("note", .text(campaign.note)),
  ])
}

extension Record {
  /// The fields of some names only.
  fileprivate func only(_ names: Set<String>) -> Record {
    Record(fields.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
  }
}

extension Printer {
  /// What comparison groups showed of a campaign.
  fileprivate func say(_ uplift: CampaignUplift, of name: String) {
    say(uplift.buyers, of: name, something: "an offer", within: " within \(uplift.days) days")
  }
}
