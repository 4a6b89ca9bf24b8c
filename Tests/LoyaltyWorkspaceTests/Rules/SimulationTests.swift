import LoyaltyModel
import LoyaltyRules
import Testing

@testable import LoyaltyWorkspace

@Suite("What-if and backtest")
struct SimulationTests {
  @Test("only the value changes; everything else stays byte for byte")
  func edits() {
    var edit = RuleEdit(#"{ "a": [1, {"b": "x"}],  "c": 2 }"#)
    let first = edit.set("/a/1/b", to: "18.50")
    let second = edit.set("c", to: "15")
    #expect(edit.text == #"{ "a": [1, {"b": "18.50"}],  "c": 15 }"#)
    let third = edit.set("/a/7", to: "1")
    #expect(first && second && !third)
  }

  @Test("who enters and leaves is told, and nothing is saved")
  func whatIf() throws {
    let shop = try TestShop(customers: 120, seed: 3)
    let workspace = try shop.open()
    let revision = workspace.revision
    let rule = "low-mid.bigger-basket"
    let same = try workspace.whatIf(rule: rule, set: [("offer.percent", "10")])
    #expect(same.entering.isEmpty && same.leaving.isEmpty && same.before == same.after)
    #expect(same.before.matched > 0)
    let other = try workspace.whatIf(
      rule: rule, set: [("/move/from/0", "mid"), ("/move/to", "high")])
    #expect(other.entering.count == other.after.matched)
    #expect(other.leaving.count == other.before.matched)
    let dearer = try workspace.whatIf(rule: rule, set: [("offer.percent", "20")])
    #expect(dearer.after.cost > dearer.before.cost)
    #expect(dearer.after.totalValue <= dearer.before.totalValue)
    #expect(workspace.revision == revision)
    #expect(throws: WorkspaceError.noSuchValue(rule: rule, path: "offer.rate")) {
      try workspace.whatIf(rule: rule, set: [("offer.rate", "1")])
    }
    #expect(throws: WorkspaceError.self) {
      try workspace.whatIf(rule: rule, set: [("offer.percent", "900")])
    }
  }

  @Test("a replay sees nothing of what came later, and counts add up")
  func backtest() throws {
    let shop = try TestShop(customers: 150, seed: 4)
    let workspace = try shop.open()
    let day = workspace.asOf - 120
    let report = try workspace.backtest(at: day, days: 90)
    let then = try shop.open(asOf: day)
    var options = SuggestOptions()
    options.dryRun = true
    let run = try then.suggest(options, progress: { _ in true })
    // The stored cut is later than the day, so both cut by shares as of the day.
    for line in report.rules {
      let funnel = try #require(run.funnel.rules.first { $0.rule == line.rule })
      #expect(line.offered == funnel.suggested + funnel.withheld)
      #expect(line.offered + line.others == line.matched)
      #expect(line.rose + line.fell <= line.offered && line.bought <= line.offered)
    }
    #expect(report.reached > 0 && report.total.offered == report.reached)
    #expect(report.transitions.reduce(0) { $0 + $1.customers } == report.reached)
    let risen = report.transitions.filter { $0.to > $0.from }.reduce(0) { $0 + $1.customers }
    #expect(risen == report.total.rose)
    #expect(report.uplift.isEmpty)
    #expect(throws: WorkspaceError.horizonNotOver(workspace.asOf + 1, asOf: workspace.asOf)) {
      try workspace.backtest(at: workspace.asOf, days: 1)
    }
  }

  @Test("an explanation tells what became of every rule that matches")
  func explains() throws {
    let workspace = try TestShop(customers: 120, seed: 3).open()
    let lines = try workspace.explainRule("low-mid.bigger-basket", customer: "C0000001")
    #expect(
      lines.contains("Rules that match this customer:")
        || lines.contains("No rule matches this customer."))
  }

  @Test("the manual names every fact, field and comparison")
  func manual() {
    let text = LoyaltyWorkspace.ruleManual().joined(separator: "\n")
    for fact in FactCatalogue.customers.facts {
      #expect(text.contains("\n  \(fact.id): "), "\(fact.id)")
    }
    for list in FactCatalogue.customers.lists {
      #expect(text.contains("FIELDS OF \(list.name.uppercased())"))
    }
    for comparator in Comparator.allCases { #expect(text.contains("\"\(comparator.rawValue)\"")) }
  }
}
