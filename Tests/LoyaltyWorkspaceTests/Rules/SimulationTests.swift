import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
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
    // A replay tries the rules of a campaign on any day; so does a run of one without dates.
    for campaign in workspace.state.programme.campaigns {
      var draft = workspace.campaignDraft(campaign.name)
      (draft[.from], draft[.until]) = ("", "")
      _ = try workspace.save(draft)
    }
    let day = workspace.asOf - 120
    let report = try workspace.backtest(at: day, days: 90, takesPresent: true)
    let then = try shop.open(asOf: day)
    // A replay tries the rules of a campaign on any day.
    let dated = then.state.programme
    var undated = dated
    (undated.campaigns[0].from, undated.campaigns[0].until) = (nil, nil)
    _ = try then.commit([.settings(from: dated, to: undated)])
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

  @Test("a difference is claimed from the comparison group alone, by intention to treat")
  func uplift() throws {
    let shop = try TestShop(customers: 600, seed: 9)
    let day = try shop.open().asOf - 100
    let then = try shop.open(asOf: day, today: day)
    _ = try then.suggest(SuggestOptions(), progress: { _ in true })
    let offers = then.state.offers.filter { _ in true }
    #expect(offers.count { $0.state == .withheld } > 10)
    // Some are declined: they count on the side of those who were to get it.
    let waiting = offers.filter { $0.state == .suggested }
    _ = try then.decide(waiting.prefix(20).map(\.id), .reject(reason: "test"))
    _ = try then.decide(waiting.dropFirst(20).map(\.id), .approve)
    _ = try then.exportOffers(ExportOptions(file: "/disk/list.csv", format: .csv))
    let sent = Set(then.state.offers.filter { $0.state == .exported }.map(\.rule.id))
    let workspace = try shop.open(asOf: day + 30)
    let history = workspace.analysis().figures.history.purchaseDays
    func buyers(_ offers: [Offer]) -> Int {
      offers.count { offer in
        guard let row = workspace.state.customers.row(of: offer.customer) else { return false }
        return history.days(ofCustomer: row).contains { $0 > day.number && $0 <= day.number + 30 }
      }
    }
    // Every purchase counts by its amount, refunds against it; who bought nothing counts with 0.
    let table = workspace.state.purchases
    func spent(_ offers: [Offer]) -> [Double] {
      offers.map { offer in
        guard let row = workspace.state.customers.row(of: offer.customer) else { return 0 }
        return table.rows(ofCustomer: row).reduce(0) { sum, place in
          let refunded = table.refundedRow[place]
          let paid = table.days[refunded ?? place]
          let counts = paid > day.number && paid <= day.number + 30
          return counts && table.days[place] <= workspace.asOf.number
            ? sum + Double(table.amounts[place]) : sum
        }
      }
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func variance(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + ($1 - mean(values)) * ($1 - mean(values)) } / Double(values.count - 1)
    }
    let lines = try workspace.uplift(days: 30)
    #expect(
      !lines.isEmpty
        && lines.contains { $0.buyers.offeredBought > 0 && $0.buyers.withheldBought > 0 })
    for line in lines {
      #expect(sent.contains(line.rule))
      let mine = offers.filter { $0.rule.id == line.rule }
      let kept = mine.filter { $0.state == .withheld }
      let meant = mine.filter { $0.state != .withheld }
      #expect((line.buyers.offered, line.buyers.withheld) == (meant.count, kept.count))
      #expect(
        (line.buyers.offeredBought, line.buyers.withheldBought) == (buyers(meant), buyers(kept)))
      #expect(
        line.buyers.low <= line.buyers.difference && line.buyers.difference <= line.buyers.high)
      let (means, others) = (spent(meant), spent(kept))
      guard let sales = line.sales else {
        #expect(means.count < 2 || others.count < 2 || Set(means + others) == [0])
        continue
      }
      #expect(abs(sales.offered - mean(means)) < 1e-6)
      #expect(abs(sales.withheld - mean(others)) < 1e-6)
      #expect(abs(sales.difference - (mean(means) - mean(others))) < 1e-6)
      // The standard error of Welch, and a t between that of many and that of one degree of freedom.
      let error = (variance(means) / Double(means.count) + variance(others) / Double(others.count))
        .squareRoot()
      let half = (sales.high - sales.low) / 2
      #expect(half >= 1.9599 * error && half <= 12.7063 * error)
    }
    #expect(lines.contains { ($0.sales?.difference ?? 0) != 0 })
    // Nothing is claimed before the time is over, nor after the list was taken back.
    #expect(try shop.open(asOf: day + 29).uplift(days: 30).isEmpty)
    _ = try then.undo()
    #expect(try shop.open(asOf: day + 30).uplift(days: 30).isEmpty)
  }

  @Test("a customer counts once a rule, at the first list; a list taken back counts for nothing")
  func trials() throws {
    var made: [Event] = []
    func add(_ change: Change, undoes: Int? = nil, transaction: Int? = nil) {
      made.append(
        Event(
          sequence: made.count + 1, at: Timestamp(seconds: 0), by: "anna", change: change,
          undoes: undoes, transaction: transaction))
    }
    func offer(_ id: Int, _ customer: String, _ state: OfferState) -> Offer {
      Offer(
        id: id, customer: customer,
        rule: RuleReference(id: "r", version: 1, hash: "h", title: "R"), asOf: Day(number: 1),
        state: state, terms: OfferTerms(template: "t", kind: .content), channel: .till,
        validUntil: Day(number: 99), expectedCost: 0, expectedValue: 0, stage: .new, cohort: .low,
        target: nil, evidence: Evidence())
    }
    func send(_ id: Int, on day: Int32, transaction: Int) -> Change {
      .decision(
        OfferDecision(
          offer: id, from: .init(state: .approved),
          to: .init(state: .exported, exported: Day(number: day))))
    }
    for (id, state) in [(1, OfferState.approved), (2, .withheld), (3, .rejected), (4, .withdrawn)] {
      add(.offer(from: nil, to: offer(id, "C\(id)", state)), transaction: 1)
    }
    add(send(1, on: 10, transaction: 2), transaction: 2)
    add(.offer(from: nil, to: offer(5, "C5", .withheld)))
    add(.offer(from: nil, to: offer(6, "C6", .approved)))
    add(send(6, on: 20, transaction: 3), transaction: 3)
    let members = try #require(Trials(reading: made).members["r"])
    #expect(
      members.map { "\($0.customer) \($0.day.number) \($0.isWithheld)" } == [
        "C1 10 false", "C2 10 true", "C3 10 false", "C5 20 true", "C6 20 false",
      ])
    add(
      .decision(
        OfferDecision(
          offer: 6, from: .init(state: .exported, exported: Day(number: 20)),
          to: .init(state: .approved))), undoes: 8)
    #expect(Trials(reading: made).members["r"]?.map(\.customer) == ["C1", "C2", "C3"])
  }

  @Test("an explanation tells what became of every rule that matches")
  func explains() throws {
    let workspace = try TestShop(customers: 120, seed: 3).open()
    let lines = try workspace.explainRule("low-mid.bigger-basket", customer: "C0000001").lines
    #expect(
      lines.contains("Rules that match this customer:")
        || lines.contains("No rule matches this customer."))
  }

  @Test("one customer asked alone fares as in a run over everybody")
  func fates() throws {
    let workspace = try TestShop(customers: 150, seed: 6).open()
    var options = SuggestOptions()
    options.budget = nil
    _ = try workspace.suggest(options, progress: { _ in true })
    // Decided offers take places and groups, and stand for a while.
    let waiting = workspace.state.offers.filter { $0.state == .suggested }.map(\.id)
    _ = try workspace.decide(Array(waiting.prefix(20)), .approve)
    _ = try workspace.decide(Array(waiting.dropFirst(20).prefix(10)), .reject(reason: "test"))
    let analysis = workspace.analysis()
    let run = try workspace.run(
      workspace.activeRules, workspace.factsWithOffers(analysis), analysis, options,
      keepsRows: true)
    var seen: Set<Gate?> = []
    for row in 0..<analysis.customers.count {
      let expected = run.funnel.rules.map { rule in
        zip(Gate.allCases, rule.droppedRows).first { $1[row] }?.0
      }
      let alone = try workspace.fates(ofRow: row)
      #expect(alone.map(\.gate) == expected, "\(analysis.customers.ids[row])")
      #expect(alone.map(\.rule) == run.funnel.rules.map(\.rule))
      seen.formUnion(expected)
    }
    #expect(seen.isSuperset(of: [nil, .when, .repeated, .holdOut]), "\(seen)")
  }

  @Test("cost and gain are those of the offers that a run makes, without the comparison group")
  func whatIfOfGiven() throws {
    let workspace = try TestShop(customers: 200, seed: 12).open()
    let rules = try workspace.rules().filter(\.isActive).map(\.id)
    let sides = try rules.map { try workspace.whatIf(rule: $0, set: []).after }
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    let offers = workspace.state.offers.filter { _ in true }
    #expect(offers.contains { $0.state == .withheld })
    let given = offers.filter { $0.state == .suggested }
    for (rule, side) in zip(rules, sides) {
      let own = given.filter { $0.rule.id == rule }
      #expect(side.suggested == own.count, "\(rule)")
      #expect(side.cost == own.reduce(0) { $0 + $1.expectedCost }, "\(rule)")
      #expect(side.value == own.reduce(0) { $0 + $1.expectedValue }, "\(rule)")
      #expect(side.totalValue == given.reduce(0) { $0 + $1.expectedValue }, "\(rule)")
    }
  }

  @Test("what others have or have waiting of a rule's own limit is gone")
  func sharedLimits() throws {
    let shop = try TestShop(customers: 150, seed: 6)
    let workspace = try shop.open()
    let rule = try #require(
      try workspace.rules().filter(\.isActive).first { rule in
        let run = try workspace.whatIf(rule: rule.id, set: [])
        return run.after.suggested > 3
      })
    let text = try #require(workspace.ruleText(rule.file))
    var edit = RuleEdit(text)
    edit.put(["limits", "total"], json: "2")
    edit.put(["holdout"], json: #"{ "share": 0, "salt": "x" }"#)
    _ = try workspace.saveRule(edit.text, file: rule.file)
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    let holders = Set(
      workspace.state.offers.filter {
        $0.rule.id == rule.id && ($0.state == .suggested || $0.state == .withheld)
      }.map(\.customer))
    #expect(holders.count == 2)
    let analysis = workspace.analysis()
    var capped = 0
    for row in 0..<analysis.customers.count {
      let id = analysis.customers.ids[row]
      let gate = try workspace.fates(ofRow: row).first { $0.rule.id == rule.id }?.gate
      if holders.contains(id) {
        #expect(gate == nil)
        let lines = try workspace.explainRule(rule.id, customer: id).lines
        #expect(lines.contains { $0.hasSuffix("✓, as far as its limit for all reaches") })
      }
      if gate == .cap { capped += 1 }
    }
    #expect(capped > 0)
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
