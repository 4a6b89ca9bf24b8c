import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Deciding together: batches, groups, impact, edits, summaries")
struct BatchTests {
  let disk: MemoryDisk
  let anna: LoyaltyWorkspace
  let ben: LoyaltyWorkspace

  init() throws {
    disk = try Shop.demo()
    anna = try Shop.open(disk)
    ben = try Shop.open(disk, user: "ben")
  }

  private func batch(_ workspace: LoyaltyWorkspace) throws -> [Int] {
    try workspace.offerNumbers(in: .batch)
  }

  @Test("two people never get the same offers, and neither is shown the other's")
  func disjoint() throws {
    let waiting = try anna.offerNumbers(in: .waiting)
    _ = try anna.takeBatch(20)
    // Ben has not looked at the programme since.
    _ = try ben.takeBatch(20)
    _ = try anna.refresh()
    let (first, second) = (try batch(anna), try batch(ben))
    #expect(first == Array(waiting.prefix(20)))
    #expect(second == Array(waiting.dropFirst(20).prefix(20)))
    #expect(try anna.offerNumbers(in: .waiting) == waiting.filter { !second.contains($0) })
    #expect(try ben.offerNumbers(in: .waiting) == waiting.filter { !first.contains($0) })
    #expect(anna.status().batches.map(\.user) == ["anna", "ben"])
    #expect(ben.status().batches.map(\.left) == [20, 20])
    let id = try #require(second.first)
    #expect(throws: WorkspaceError.takenByColleague(id, user: "ben")) {
      try anna.decide([id], .approve)
    }
    #expect(throws: WorkspaceError.takenByColleague(id, user: "ben")) { try anna.editing(id) }
  }

  @Test("taking more adds to what is left, within a filter")
  func more() throws {
    _ = try anna.takeBatch(5)
    let first = try batch(anna)
    _ = try anna.decide(Array(first.prefix(3)), .approve)
    _ = try anna.takeBatch(4, matching: "cohort = low")
    let all = try batch(anna)
    #expect(all.count == 6)
    #expect(Set(first.suffix(2)).isSubset(of: all))
    let low = try anna.offerNumbers(matching: "cohort = low", in: .batch)
    #expect(low.count >= 4)
    _ = try ben.refresh()
    #expect(ben.status().batches == [BatchStatus(user: "anna", left: 6, until: Shop.now + 7_200)])
  }

  @Test("given back, expired and undone batches are everybody's again")
  func over() throws {
    let waiting = try anna.offerNumbers(in: .waiting)
    _ = try anna.takeBatch(10)
    _ = try anna.giveBatchBack()
    _ = try ben.refresh()
    #expect(try ben.offerNumbers(in: .waiting) == waiting)
    _ = try anna.takeBatch(10)
    _ = try anna.undo()
    _ = try ben.refresh()
    #expect(try ben.offerNumbers(in: .waiting) == waiting)
    _ = try anna.takeBatch(10)
    var environment = Shop.environment(disk, user: "ben")
    environment.now = { Shop.now + 7_199 }
    let before = try LoyaltyWorkspace.open(at: Shop.path, environment: environment)
    #expect(try before.offerNumbers(in: .waiting).count == waiting.count - 10)
    environment.now = { Shop.now + 7_200 }
    let after = try LoyaltyWorkspace.open(at: Shop.path, environment: environment)
    #expect(try after.offerNumbers(in: .waiting) == waiting)
    #expect(after.status().batches.isEmpty)
  }

  @Test("nothing left to take says who has it")
  func nothingLeft() throws {
    let count = try anna.offerNumbers(in: .waiting).count
    _ = try anna.takeBatch(count)
    #expect(throws: WorkspaceError.nothingToTake(others: count)) { try ben.takeBatch() }
  }

  @Test("an undo of settings leaves alone what a colleague set since")
  func undoBeside() throws {
    _ = try anna.saveSegment("low ones", filter: "cohort = low")
    _ = try ben.takeBatch(3)
    _ = try anna.refresh()
    _ = try anna.undo()
    #expect(anna.segments.isEmpty)
    #expect(anna.status().batches.map(\.user) == ["ben"])
    _ = try anna.redo()
    #expect(anna.segments.map(\.name) == ["low ones"])
    // The very same name, set anew by a colleague, is not taken away from them.
    _ = try ben.refresh()
    _ = try ben.saveSegment("low ones", filter: "cohort = low and stage = new")
    _ = try anna.refresh()
    #expect(throws: WorkspaceError.self) { try anna.undo() }
    #expect(anna.segments.map(\.filter) == ["cohort = low and stage = new"])
  }

  @Test("groups hold the queue by rule, in its order, each with a sample from first to last")
  func groups() throws {
    let groups = try anna.offerGroups()
    #expect(groups.flatMap(\.offers) == (try anna.offerNumbers(in: .waiting)))
    #expect(Set(groups.map(\.rule)).count == groups.count)
    for group in groups {
      let offers = try group.offers.map { try anna.offer($0) }
      #expect(offers.allSatisfy { $0.rule.id == group.rule })
      #expect(group.cost == offers.reduce(0) { $0 + $1.expectedCost })
      #expect(group.value == offers.reduce(0) { $0 + $1.expectedValue })
      #expect(group.sample.count == min(5, offers.count))
      #expect(group.sample.first == group.offers.first && group.sample.last == group.offers.last)
    }
  }

  @Test("the impact of many decisions: people, money, moves, what is left of budgets")
  func impact() throws {
    // No rule that comes with the program has a budget of its own.
    let path = Shop.path + "/rules/at-risk.keep-valuable.json"
    let text = try disk.text(path).replacing(
      #""limits": {"#, with: #""limits": { "budget": "1.00","#
    ).replacing(#""version": 1"#, with: #""version": 2"#)
    disk.put(path, Array(text.utf8))
    let anna = try Shop.open(disk)
    let offers = try anna.offers(matching: "state = suggested")
    let impact = anna.impact(of: offers.map(\.id) + [999_999])
    #expect(impact.offers == offers.count)
    #expect(impact.customers == Set(offers.map(\.customer)).count)
    #expect(impact.cost == offers.reduce(0) { $0 + $1.expectedCost })
    #expect(impact.value == offers.reduce(0) { $0 + $1.expectedValue })
    let moving = offers.filter { $0.target != nil }
    #expect(impact.moves.reduce(0) { $0 + $1.count } == moving.count)
    for move in impact.moves {
      #expect(move.count == moving.count { $0.cohort == move.from && $0.target == move.to })
    }
    let rules = anna.readRules().compactMap(\.reading.rule)
    let limited = impact.budgets.filter { budget in rules.contains { $0.title == budget.rule } }
    #expect(limited.count == 1 && impact.budgets.count == 2, "the other is the campaign's")
    for budget in limited {
      let rule = try #require(rules.first { $0.title == budget.rule })
      let cost = offers.filter { $0.rule.id == rule.id }.reduce(0) { $0 + $1.expectedCost }
      #expect(budget.left == 1_00 - cost)
    }
  }

  @Test("an edit is recorded, undone, and kept when the rules run again")
  func edit() throws {
    let offer = try #require(
      try anna.offers(matching: "state = suggested").first {
        $0.terms.percent.map { $0 > 3 } == true && $0.terms.threshold != nil
      })
    let editing = try anna.editing(offer.id)
    #expect(editing.fields == [.percent, .threshold, .validUntil, .text])
    var draft = OfferDraft()
    draft.percent = "3 %"
    draft.validUntil = (offer.validUntil + 1).description
    draft.text = "Dear {{name}}, {{percent}} off."
    let receipt = try anna.edit(offer.id, draft)
    let name = try anna.card(ofCustomer: offer.customer).customer.name
    #expect(receipt.text.hasPrefix("Edited offer \(offer.id) (\(name)): discount"))
    let edited = try anna.offer(offer.id)
    #expect(edited.terms.percent == 3)
    #expect(edited.validUntil == offer.validUntil + 1)
    #expect(edited.editedBy == "anna")
    #expect(try anna.offerCard(offer.id).message.joined().contains("3 % off."))
    // What the customer brings does not change, only what it costs.
    #expect(
      edited.expectedValue + edited.expectedCost == offer.expectedValue + offer.expectedCost)
    #expect(edited.expectedCost <= offer.expectedCost)
    _ = try ben.refresh()
    #expect(try ben.offer(offer.id) == edited)
    #expect(try ben.log(limit: 1).first?.text.contains("edited offer") == true)
    _ = try anna.suggest()
    #expect(try anna.offer(offer.id) == edited)
    _ = try Shop.open(disk).undo(event: try #require(receipt.events.first))
    #expect(try Shop.open(disk).offer(offer.id) == offer)
  }

  @Test(
    "terms that the rule does not allow, or that cannot be read",
    arguments: [
      ("percent", "99"), ("percent", "0"), ("percent", "ten"), ("threshold", "0.01"),
      ("threshold", "x"), ("until", "2020-01-01"), ("until", "soon"), ("until", "2999-01-01"),
      ("text", "{{surname}}"), ("text", "Hi {name}"), ("text", "{{name"),
      ("text", String(repeating: "x", count: 601)),
    ])
  func refused(field: String, text: String) throws {
    let offer = try #require(
      try anna.offers(matching: "state = suggested").first {
        $0.terms.percent != nil && $0.terms.threshold != nil
      })
    var draft = OfferDraft()
    switch field {
    case "percent": draft.percent = text
    case "threshold": draft.threshold = text
    case "until": draft.validUntil = text
    default: draft.text = text
    }
    let error = #expect(throws: WorkspaceError.self) { try anna.edit(offer.id, draft) }
    #expect(error?.exitCode == 2)
    #expect(error?.message(.english).isEmpty == false)
    #expect(try anna.offer(offer.id) == offer)
  }

  @Test(
    "a percentage is a whole number, and the range is named with what was written",
    arguments: ["7.5", "12,5", "ten"])
  func wholePercent(text: String) throws {
    let offer = try #require(
      try anna.offers(matching: "state = suggested").first { $0.terms.percent != nil })
    let most = try anna.editing(offer.id).percents.upperBound
    var draft = OfferDraft()
    draft.percent = text
    let error = #expect(throws: WorkspaceError.self) { try anna.edit(offer.id, draft) }
    let said = try #require(error?.message(.english))
    #expect(said.contains("whole number from 1 % to \(most) %") && said.contains("\"\(text)\""))
  }

  @Test("an offer without a percentage has none to change")
  func notOffered() throws {
    let offer = try #require(
      try anna.offers(matching: "state = suggested").first { $0.terms.percent == nil })
    var draft = OfferDraft()
    draft.percent = "5"
    #expect(throws: WorkspaceError.badEdit([.init(field: .percent, kind: .notOffered)])) {
      try anna.edit(offer.id, draft)
    }
    #expect(try anna.editing(offer.id).allowed(.text) == nil)
  }

  @Test(
    "a text with a place that no offer has is refused with those there are",
    arguments: ["Hi {{name}}, {{foo}}", "Hi {{name}}, {foo}"])
  func unknownPlace(text: String) throws {
    let offer = try #require(try anna.offers(matching: "state = suggested").first)
    var draft = OfferDraft()
    draft.text = text
    let error = #expect(throws: WorkspaceError.self) { try anna.edit(offer.id, draft) }
    let said = try #require(error?.message(.english))
    #expect(said.contains(String(text.suffix(from: text.lastIndex(of: " ") ?? text.startIndex))))
    #expect(said.contains("{{name}}, {{percent}}, {{amount}}") && said.contains("{{valid_until}}"))
  }

  @Test("a summary counts what stands, and not what was taken back")
  func summary() throws {
    let ids = try anna.offerNumbers(in: .waiting)
    let offers = try ids.map { try anna.offer($0) }
    _ = try anna.decide(Array(ids[0..<4]), .approve)
    _ = try anna.decide(Array(ids[4..<6]), .reject(reason: "too expensive"))
    _ = try anna.decide([ids[6]], .reject(reason: "bad timing"))
    _ = try anna.decide([ids[7]], .snooze(until: anna.asOf + 7))
    _ = try anna.decide([ids[8]], .approve)
    _ = try anna.undo()
    let summary = anna.reviewSummary(of: Array(ids[0...8]))
    #expect(summary.approved.offers == 4)
    #expect(summary.approved.cost == offers[0..<4].reduce(0) { $0 + $1.expectedCost })
    #expect(summary.approved.value == offers[0..<4].reduce(0) { $0 + $1.expectedValue })
    #expect(
      summary.rejected == [
        ReviewSummary.Rejected(reason: "too expensive", offers: 2),
        ReviewSummary.Rejected(reason: "bad timing", offers: 1),
      ])
    #expect(summary.snoozed == 1)
    #expect(summary.rules.reduce(0) { $0 + $1.approved } == 4)
    #expect(summary.rules.reduce(0) { $0 + $1.rejected } == 3)
  }

  @Test("saved filters work in every filter, for colleagues too, and within each other")
  func segments() throws {
    _ = try anna.saveSegment("Low ones", filter: "cohort = low")
    _ = try anna.saveSegment("new low", filter: "saved:\"low ones\" and stage = new")
    _ = try ben.refresh()
    #expect(ben.segments.map(\.name) == ["Low ones", "new low"])
    #expect(
      try ben.customers(matching: "saved:\"new low\"")
        == ben.customers(matching: "cohort = low and stage = new"))
    #expect(
      try ben.customers(matching: "not saved:\"low ones\" an")
        == ben.customers(matching: "not cohort = low and an"))
    #expect(
      try ben.offerNumbers(matching: "saved:\"low ones\"")
        == ben.offerNumbers(matching: "cohort = low"))
    let unknown = #expect(throws: WorkspaceError.self) {
      try ben.customers(matching: "saved:\"low one\"")
    }
    #expect(unknown?.message(.english).contains("Low ones") == true)
    #expect(throws: WorkspaceError.self) { try anna.saveSegment("x", filter: "cohort =") }
    #expect(throws: WorkspaceError.badName("")) { try anna.saveSegment(" ", filter: "") }
    #expect(throws: WorkspaceError.blankFilter) { try anna.saveSegment("all", filter: " ") }
    // None may lead back to itself, neither at once nor by way of others.
    for filter in ["saved:\"low ones\"", "saved:\"new low\" or stage = new"] {
      let revision = anna.revision
      #expect(throws: WorkspaceError.self) { try anna.saveSegment("LOW ONES", filter: filter) }
      #expect(anna.revision == revision)
    }
    #expect(try anna.customers(matching: "saved:\"low ones\"").count > 0)
    _ = try anna.removeSegment("new low")
    #expect(throws: WorkspaceError.noSuchSegment("new low")) {
      try anna.removeSegment("new low")
    }
  }
}

extension Timestamp {
  fileprivate static func + (time: Timestamp, seconds: Int64) -> Timestamp {
    Timestamp(seconds: time.seconds + seconds)
  }
}
