import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Campaigns")
struct CampaignTests {
  private static let rules = [
    "low-mid.bigger-basket", "low-mid.return", "low-mid.second-category",
    "mid-high.gift-above-basket",
  ]

  private static func draft(
    _ workspace: LoyaltyWorkspace, _ name: String? = nil,
    _ values: [CampaignDraft.Field: String] = [:]
  ) -> CampaignDraft {
    var draft = workspace.campaignDraft(name)
    for (field, text) in values { draft[field] = text }
    return draft
  }

  @Test("the demo has one whose budget binds nobody yet; approving spends it")
  func demo() throws {
    let workspace = try Shop.open(try Shop.demo())
    let before = try workspace.campaign("Summer 2026")
    #expect(before.isKept && before.standing == .running && before.rules == Self.rules)
    let offers = try workspace.offers(matching: "campaign = \"Summer 2026\"")
    #expect(offers.count == before.waiting && !offers.isEmpty)
    #expect(Set(offers.map(\.rule.id)).isSubset(of: Self.rules))
    #expect(offers.allSatisfy { $0.rule.campaign == "Summer 2026" })
    #expect(before.waitingCost == offers.reduce(0) { $0 + $1.expectedCost })
    #expect(before.gain == offers.reduce(0) { $0 + $1.expectedValue })
    #expect(before.used == 0 && before.left == before.campaign.budget)
    let (first, second) = (offers[0], offers[1])
    _ = try workspace.decide([first.id], .approve)
    _ = try workspace.decide([second.id], .snooze(until: workspace.asOf + 9))
    let after = try workspace.campaign("Summer 2026")
    #expect(after.used == first.expectedCost + second.expectedCost)
    #expect(after.left == (before.campaign.budget ?? 0) - after.used)
    #expect(after.approved == 1 && after.waiting == before.waiting - 1)
    #expect(after.cost == before.cost && after.gain == before.gain)
    let impact = workspace.impact(of: [offers[2].id])
    #expect(
      impact.budgets.contains(
        OfferImpact.Budget(
          rule: "Summer 2026", left: (after.left ?? 0) - offers[2].expectedCost)))
  }

  /// Every run with another budget: the offers that count for it never cost more.
  @Test("a run keeps within what is left", arguments: [0, 200, 500, 900])
  func runs(budget: Int64) throws {
    let workspace = try Shop.open(try Shop.demo())
    let text = workspace.currency.decimalText(minorUnits: budget)
    _ = try workspace.save(Self.draft(workspace, "Summer 2026", [.budget: text]))
    let report = try workspace.suggest()
    let after = try workspace.campaign("Summer 2026")
    #expect(after.campaign.budget == budget)
    #expect(after.cost <= budget)
    let gate = report.funnel.total.dropped.first { $0.gate == .campaignBudget }
    #expect((gate?.count ?? 0) > 0)
    let rule = report.funnel.rules.first { $0.rule == "low-mid.return" }
    let reason = rule?.dropped.first { $0.gate == .campaignBudget }?.reason ?? ""
    #expect(reason.contains("Summer 2026") && reason.contains(text))
    // What is approved is spent; another run gives no more than the rest.
    let ids = try workspace.ids("campaign = \"Summer 2026\" and state = suggested")
    if !ids.isEmpty { _ = try workspace.decide(ids, .approve) }
    _ = try workspace.suggest()
    #expect(try workspace.campaign("Summer 2026").cost <= budget)
  }

  @Test("outside its dates, and for other branches, nothing is suggested")
  func limits() throws {
    let workspace = try Shop.open(try Shop.demo())
    let end = workspace.asOf + 18
    _ = try workspace.save(
      Self.draft(
        workspace, "Summer 2026", [.until: end.description, .branches: "web, Köln Ehrenfeld"]))
    _ = try workspace.suggest()
    let offers = try workspace.offers(
      matching: "campaign = \"Summer 2026\" and state = suggested")
    #expect(!offers.isEmpty && offers.allSatisfy { $0.validUntil <= end })
    for offer in offers {
      let row = try #require(workspace.state.customers.row(of: offer.customer))
      #expect(["Web", "Köln Ehrenfeld"].contains(workspace.state.customers.customer(row).branch))
    }
    let card = try workspace.offerCard(offers[0].id)
    #expect(card.campaign?.value == "Summer 2026")
    #expect(card.campaign?.why.contains("Köln Ehrenfeld, Web") == true)
    #expect(!card.cautions.contains { $0.contains("Summer 2026") })
    let editing = try workspace.editing(offers[0].id)
    #expect(editing.days.upperBound == end)
    _ = try workspace.save(
      Self.draft(workspace, "Summer 2026", [.until: (workspace.asOf - 1).description]))
    #expect(try workspace.campaign("Summer 2026").standing == .over)
    // What waits is told, and kept back where it was approved already.
    let cautions = try workspace.offerCard(offers[0].id).cautions
    #expect(cautions.count { $0.contains("Summer 2026") } == 1)
    _ = try workspace.decide([offers[0].id], .approve)
    let preview = try workspace.previewExport(
      ExportOptions(file: "/disk/o.csv", format: .csv), rows: 5)
    #expect(preview.total == 0 && preview.keptBack.map(\.offer) == [offers[0].id])
    #expect(preview.keptBack[0].reason.contains("Summer 2026 ended on"))
    _ = try workspace.suggest()
    #expect(try workspace.ids("campaign = \"Summer 2026\" and state = suggested").isEmpty)
    let lines = try workspace.explainRule("low-mid.return", customer: offers[0].customer).lines
    #expect(lines.contains { $0.hasPrefix("The campaign Summer 2026 runs") && $0.hasSuffix("✗") })
    #expect(lines.contains { $0.contains("is for customers of Köln Ehrenfeld, Web") })
    #expect(lines.contains { $0.contains("budget 20.00 EUR") })
  }

  @Test("the stamp on an offer outlasts changes of its rule and of the campaign")
  func stamp() throws {
    let workspace = try Shop.open(try Shop.demo())
    let id = try #require(try workspace.ids("campaign = \"Summer 2026\"").first)
    _ = try workspace.decide([id], .approve)
    for rule in Self.rules {
      let file = try #require(workspace.ruleFile(rule))
      var edit = RuleEdit(try #require(workspace.ruleText(file)))
      edit.put(["campaign"], json: "\"Other\"")
      _ = try workspace.saveRule(workspace.versioned(edit.text, file: file), file: file)
    }
    _ = try workspace.suggest()
    _ = try workspace.removeCampaign("Summer 2026")
    #expect(try workspace.ids("campaign = \"Summer 2026\" and state = approved") == [id])
    let summary = try workspace.campaign("Summer 2026")
    #expect(!summary.isKept && summary.rules.isEmpty && summary.approved == 1)
    let options = ExportOptions(file: "/disk/o.csv", format: .csv)
    let preview = try workspace.previewExport(options, rows: 1)
    let column = try #require(preview.columns.firstIndex(of: "campaign"))
    #expect(preview.rows.first?[column] == "Summer 2026")
  }

  /// Offers of before campaigns were recorded go by the version of their rule.
  @Test("an offer without a stamp belongs to the campaign of its rule's version")
  func withoutStamp() throws {
    let workspace = try Shop.open(try Shop.demo())
    let id = try #require(try workspace.ids("campaign = \"Summer 2026\"").first)
    let offer = try workspace.offer(id)
    var old = offer
    (old.rule.campaign, old.state) = ("", .approved)
    _ = try workspace.commit([.offer(from: offer, to: old)])
    #expect(workspace.campaign(of: old) == "Summer 2026")
    #expect(try workspace.ids("campaign = \"Summer 2026\"").contains(id))
    #expect(try workspace.campaign("Summer 2026").used == offer.expectedCost)
  }

  @Test("they are made, changed, undone and removed")
  func changes() throws {
    let disk = try Shop.small()
    let workspace = try Shop.open(disk)
    #expect(try workspace.campaigns().isEmpty)
    let values: [CampaignDraft.Field: String] = [
      .name: " Autumn ", .from: "2026-09-01", .until: "2026-11-30", .budget: "500", .note: "x",
    ]
    let made = try workspace.save(Self.draft(workspace, nil, values))
    #expect(made.text == "Made the campaign Autumn.")
    let campaign = Campaign(
      name: "Autumn", from: day("2026-09-01"), until: day("2026-11-30"), budget: 50_000, note: "x")
    #expect(try workspace.campaign("Autumn").campaign == campaign)
    #expect(try workspace.campaign("Autumn").standing == .ahead)
    _ = try workspace.save(Self.draft(workspace, nil, [.name: "Winter"]))
    _ = try workspace.save(Self.draft(workspace, "Autumn", [.budget: ""]))
    #expect(try workspace.campaign("Autumn").campaign.budget == nil)
    #expect(try workspace.undo()?.text == "Took back: changed the campaign Autumn")
    #expect(try workspace.campaign("Autumn").campaign == campaign)
    #expect(try workspace.removeCampaign("Winter").text == "Removed the campaign Winter.")
    // Another was removed since: its making can still be taken back.
    let event = try #require(made.events.first)
    _ = try workspace.undo(event: event)
    #expect(try workspace.campaigns().isEmpty)
    _ = try workspace.undo()
    #expect(try Shop.open(disk).campaigns().map(\.campaign.name) == ["Winter"])
    #expect(try workspace.save(Self.draft(workspace, "Winter")).events.isEmpty)
  }

  @Test(
    "mistakes are told by field",
    arguments: [
      ([CampaignDraft.Field.name: ""], "name"), ([.name: "a \"b\""], "name"),
      ([.name: String(repeating: "x", count: 41)], "name"),
      ([.name: "summer 2026"], "name"), ([.name: "A", .from: "soon"], "from"),
      ([.name: "A", .from: "2026-07-02", .until: "2026-07-01"], "until"),
      ([.name: "A", .branches: "Web, Nowhere"], "branches"),
      ([.name: "A", .budget: "-5"], "budget"),
      ([.name: "A", .budget: "much"], "budget"),
    ])
  func mistakes(values: [CampaignDraft.Field: String], field: String) throws {
    let workspace = try Shop.open(try Shop.demo())
    let draft = Self.draft(workspace, nil, values)
    let report = workspace.check(draft)
    #expect(report.mistakes.map(\.field.rawValue) == [field] && report.campaign == nil)
    for language in Language.allCases {
      let words = report.mistakes[0].words(Texts(embedded: language))
      #expect(words.count > 20 && !words.contains("{"))
    }
    let revision = workspace.revision
    #expect(throws: WorkspaceError.self) { try workspace.save(draft) }
    #expect(workspace.revision == revision)
  }

  @Test("one that rules name stays, and one that is not there is named")
  func removal() throws {
    let workspace = try Shop.open(try Shop.demo())
    #expect(throws: WorkspaceError.campaignInUse("Summer 2026", rules: Self.rules)) {
      try workspace.removeCampaign("Summer 2026")
    }
    #expect(throws: WorkspaceError.noSuchCampaign("X", known: ["Summer 2026"])) {
      try workspace.removeCampaign("X")
    }
  }

  /// Old stores stay valid: a name in a rule is enough.
  @Test("a name without a campaign has no limits, and the checker says how to make one")
  func unlimited() throws {
    let workspace = try Shop.open(try Shop.demo())
    let plain = try workspace.suggest()
    var draft = try workspace.ruleDraft(of: "high.thank-you")
    draft[.campaign] = "Thanks 2026"
    #expect(try workspace.check(draft).sentences.contains { $0.contains("has no dates") })
    _ = try workspace.save(draft)
    let report = try workspace.suggest()
    #expect(report.funnel.total == plain.funnel.total)
    let summary = try workspace.campaign("Thanks 2026")
    #expect(!summary.isKept && summary.rules == ["high.thank-you"] && summary.waiting > 0)
    #expect(workspace.status().campaigns == ["Summer 2026", "Thanks 2026"])
    let messages = try workspace.checkRules().flatMap(\.messages)
    #expect(messages.contains { $0.contains("ladder campaigns set \"Thanks 2026\"") })
    // Saving it as it is makes it one that is kept.
    _ = try workspace.save(Self.draft(workspace, "Thanks 2026"))
    #expect(try workspace.campaign("Thanks 2026").isKept)
    #expect(try workspace.checkRules().allSatisfy { $0.messages.isEmpty })
  }

  @Test("what the comparison groups of its rules showed is put together")
  func uplift() throws {
    let disk = try Shop.demo()
    let early = try Shop.open(disk, asOf: "2026-03-01")
    _ = try early.save(Self.draft(early, "Summer 2026", [.from: "", .budget: "9999"]))
    _ = try early.suggest()
    let ids = try early.ids("campaign = \"Summer 2026\" and state = suggested")
    try #require(!ids.isEmpty)
    _ = try early.decide(ids, .approve)
    #expect(try early.campaign("Summer 2026").uplift == nil)
    var options = ExportOptions(file: "/disk/o.csv", format: .csv)
    options.filter = "campaign = \"Summer 2026\" and state = approved"
    _ = try early.exportOffers(options)
    // Lists go out today, 15 July; nothing can be told before thirty days are over.
    #expect(try Shop.open(disk).campaign("Summer 2026").uplift == nil)
    let later = try Shop.open(disk, asOf: "2026-08-31")
    let uplift = try #require(try later.campaign("Summer 2026").uplift)
    let lines = try later.uplift(days: 30).filter { Self.rules.contains($0.rule) }
    #expect(uplift.days == 30 && uplift.buyers.offered > 0 && uplift.buyers.withheld > 0)
    #expect(uplift.buyers.offered <= lines.reduce(0) { $0 + $1.buyers.offered })
    #expect(
      uplift.buyers.low <= uplift.buyers.difference
        && uplift.buyers.difference <= uplift.buyers.high)
    let sent = try later.ids("campaign = \"Summer 2026\" and state = exported")
    #expect(try later.campaign("Summer 2026").sent == sent.count && !sent.isEmpty)
  }
}
