import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// What came of offers that went out: A a thank-you until 14 July, B a gift from 60.00 until 30
/// July, C 10 % from 40.00 until 21 July, D tips until 30 July; all sent on 10 July.
@Suite("What came of offers")
struct OutcomeTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  /// The store on a disk on a day, with the figures as of the last sales.
  static func open(_ disk: MemoryDisk, on today: String) throws -> LoyaltyWorkspace {
    let day = day(today)
    let environment = WorkspaceEnvironment(
      disk: disk, user: "anna", now: { Shop.now }, today: { _ in day })
    return try LoyaltyWorkspace.open(at: Shop.path, asOf: nil, environment: environment)
  }

  init() throws {
    disk = try Shop.small()
    let sender = try Self.open(disk, on: "2026-07-10")
    try sender.take(
      "customer,channel,given,date\nB,email,yes,2026-01-31\n", as: "consents.csv", on: disk)
    try sender.suggest()
    _ = try sender.decide(
      try sender.ids("state = suggested and not customer = E"), .approve)
    let report = try sender.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv))
    try #require(report.moved == 4)
    workspace = try Self.open(disk, on: "2026-08-31")
  }

  private func bring(_ sales: String) throws {
    try workspace.take(
      "customer,date,receipt,amount\n" + sales, as: "later.csv", on: disk)
  }

  private func states() throws -> [OfferState] {
    try (1...4).map { try workspace.offer($0).state }
  }

  @Test(
    "an offer is used by the first basket that meets its terms while it holds",
    arguments: [
      // A has no terms: any purchase from the day it went out to its last.
      ("A,2026-07-09,20,9.00\n", 1, nil, nil), ("A,2026-07-10,20,9.00\n", 1, "2026-07-10", 900),
      ("A,2026-07-14,20,9.00\n", 1, "2026-07-14", 900), ("A,2026-07-15,20,9.00\n", 1, nil, nil),
      // B from 60.00: the whole day's basket counts.
      ("B,2026-07-12,20,59.99\n", 2, nil, nil),
      ("B,2026-07-12,20,30.00\nB,2026-07-12,21,30.00\n", 2, "2026-07-12", 6000),
      ("B,2026-07-12,20,30.00\nB,2026-07-13,21,30.00\n", 2, nil, nil),
      ("B,2026-07-12,20,70.00\nB,2026-07-12,21,-20.00\n", 2, nil, nil),
      ("B,2026-07-12,20,30.00\nB,2026-07-30,21,75.00\n", 2, "2026-07-30", 7500),
    ] as [(String, Int, String?, Int64?)])
  func use(sales: String, offer: Int, on: String?, spent: Int64?) throws {
    // The data go on for long, so that what was not used has run out.
    try bring(sales + "E,2026-08-31,99,1.00\n")
    let report = try workspace.recordOutcomes()
    let found = try workspace.offer(offer)
    #expect(found.state == (on == nil ? .expired : .redeemed))
    #expect(found.redeemed == on.map { day($0) })
    #expect(found.spent == spent)
    #expect(found.exported == day("2026-07-10"))
    #expect(report.redeemed == (on == nil ? 0 : 1))
    #expect(report.expired == (on == nil ? 4 : 3))
  }

  @Test("an offer of a category is used by a basket with something of it")
  func category() throws {
    var offer = try workspace.offer(4)
    offer.terms.category = "Tea"
    _ = try workspace.commit([.offer(from: try workspace.offer(4), to: offer)])
    try workspace.take(
      "sku,name,category\nT,Green,Tea\nK,Cake,Cake\n", as: "products.csv", on: disk)
    try workspace.take(
      """
      customer,date,receipt,product,amount
      D,2026-07-12,20,K,9.00
      D,2026-07-20,21,K,9.00
      D,2026-07-20,22,T,3.00

      """, as: "later.csv", on: disk)
    _ = try workspace.recordOutcomes()
    #expect(try workspace.offer(4).redeemed == day("2026-07-20"))
    #expect(try workspace.offer(4).spent == 1200)
  }

  @Test("nothing is told before the data cover it, and nothing is said twice")
  func open() throws {
    #expect(try workspace.recordOutcomes().rules.map(\.open) == [1, 1, 1, 1])
    try bring("A,2026-07-11,20,9.00\nE,2026-07-21,99,1.00\n")
    let dry = try workspace.recordOutcomes(dryRun: true)
    #expect((dry.redeemed, dry.expired) == (1, 0))
    #expect(try states() == [.exported, .exported, .exported, .exported])
    _ = try workspace.recordOutcomes()
    #expect(try states() == [.redeemed, .exported, .exported, .exported])
    let revision = workspace.revision
    #expect(try workspace.recordOutcomes().redeemed == 0)
    #expect(workspace.revision == revision)
    // One day later C's has run out; late sales of another branch still tell that it was used.
    try bring("E,2026-07-22,98,1.00\n")
    _ = try workspace.recordOutcomes()
    #expect(try states() == [.redeemed, .exported, .expired, .exported])
    try bring("C,2026-07-20,97,44.00\n")
    _ = try workspace.recordOutcomes()
    #expect(try states() == [.redeemed, .exported, .redeemed, .exported])
  }

  @Test("it is one action in the log, and one undo takes it back")
  func undo() throws {
    try bring("A,2026-07-11,20,9.00\nE,2026-08-31,99,1.00\n")
    let before = try (1...4).map { try workspace.offer($0) }
    _ = try workspace.recordOutcomes()
    #expect(try workspace.log(limit: 1).map(\.text) == ["recorded what came of 4 offers"])
    let found = try Shop.open(disk.crashed())
    #expect(try found.offer(1).redeemed == day("2026-07-11"))
    #expect(try found.offer(1).spent == 900)
    _ = try workspace.undo()
    #expect(try (1...4).map { try workspace.offer($0) } == before)
    _ = try workspace.redo()
    #expect(try states() == [.redeemed, .expired, .expired, .expired])
  }

  @Test("a list of what was used and what ran out can be taken out, and marks nothing as sent")
  func export() throws {
    try bring("A,2026-07-11,20,9.00\nE,2026-08-31,99,1.00\n")
    _ = try workspace.recordOutcomes()
    var options = ExportOptions(file: "/disk/r.csv", format: .csv)
    options.filter = "state in (redeemed, expired)"
    let report = try workspace.exportOffers(options)
    #expect((report.written, report.moved, report.hasRunOut) == (4, 0, false))
    let lines = try disk.text("/disk/r.csv").split(separator: "\r\n")
    #expect(lines[1].hasSuffix(",redeemed,2026-07-11,9.00"))
    #expect(lines[2].hasSuffix(",expired,,"))
  }

  @Test("what was used counts back to the chance of its rule")
  func responses() throws {
    let rule = try workspace.offer(3).rule.id
    #expect(workspace.state.offers.responses.isEmpty)
    try bring("C,2026-07-20,20,44.00\nE,2026-08-31,99,1.00\n")
    _ = try workspace.recordOutcomes()
    let responses = workspace.state.offers.responses
    #expect(responses.count == 4)
    #expect((responses[rule]?.sent, responses[rule]?.responded) == (1, 1))
    #expect(responses.values.reduce(0) { $0 + $1.responded } == 1)
    // (0.06 · 200 + 1) / (200 + 1) or the like: the card says what it is now, and why.
    let known = try #require(workspace.state.offers[3].flatMap(workspace.rule(of:)))
    let share = known.score.probability(responses[rule])
    #expect(share > known.score.prior)
    let why = try #require(try workspace.offerCard(3).money.first?.why)
    #expect(why.contains("of 1 such offers with a result 1 were used"), "\(why)")
  }

  /// What a file says, and what becomes of it.
  @Test("a file tells what came of offers, each row with its reason where it cannot be used")
  func file() throws {
    let early = try Self.open(disk, on: "2026-07-25")
    let text = """
      offer,customer,rule,redeemed,date,amount
      1,,,yes,2026-07-12,9.50
      ,C,new.second-purchase,no,,
      2,,,no,,
      2,,,yes,2026-07-09,
      2,D,,yes,2026-07-12,
      99,,,yes,2026-07-12,
      5,,,yes,2026-07-12,
      ,E,new.second-purchase,yes,2026-07-12,
      4,,,perhaps,,
      4,,,yes,,
      1,,,no,,
      4,,,yes,2026-07-12,-3.00
      ,,,yes,2026-07-12,

      """
    #expect(try early.offer(5).state == .suggested)
    let report = try early.take(text, as: "results.csv", on: disk)
    #expect(report.profile == "ladder-results")
    #expect((report.counts.read, report.counts.changed, report.counts.rejected) == (13, 2, 11))
    #expect(report.notes.contains("Of 2 offers 1 were used and 1 were not."))
    let reasons = try disk.text("/disk/results.csv.rejected.csv").split(separator: "\r\n")
      .dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.dropFirst(7).joined(separator: ",") }
    #expect(
      reasons == [
        "offer 2 can be used until 2026-07-30; say that it was not once that is over",
        "date: 2026-07-09 is before the offer went out on 2026-07-10",
        "\"offer 2 is not for the customer \"\"D\"\"\"", "there is no offer 99",
        "offer 5 never went out: it is suggested",
        "\"no offer of the rule \"\"new.second-purchase\"\" went out to the customer \"\"E\"\"\"",
        "\"redeemed: \"\"perhaps\"\" is none of yes, no, true, false, 1, 0, ja, nein, ya, tidak\"",
        "date is empty",
        "an earlier line says something else of offer 1",
        "\"amount: \"\"-3.00\"\" is below zero\"", "offer is empty",
      ])
    let used = try early.offer(1)
    #expect((used.state, used.redeemed, used.spent) == (.redeemed, day("2026-07-12"), 950))
    #expect((used.reason, used.exported) == ("results.csv", day("2026-07-10")))
    #expect(try early.offer(3).state == .expired)
    #expect(
      try early.log(limit: 1).map(\.text) == ["recorded what came of 2 offers, from results.csv"])
    let again = try early.take(text, as: "results.csv", on: disk)
    #expect((again.counts.changed, again.counts.unchanged) == (0, 2))
    // What staff said stays, whatever the purchases say.
    try early.take("customer,date,receipt,amount\nC,2026-07-20,20,44.00\n", as: "l.csv", on: disk)
    _ = try early.recordOutcomes()
    #expect(try early.offer(3).state == .expired)
    _ = try early.undo()
    _ = try early.undo()
    #expect(try early.offer(1).state == .exported)
    #expect(try early.offer(1).reason.isEmpty)
  }

  @Test("a dry run of a file says the same and writes nothing; what is known can be kept")
  func fileChoices() throws {
    var request = ImportRequest()
    (request.profile, request.dryRun) = ("results", true)
    let revision = workspace.revision
    let text = "offer,redeemed,date,amount\n1,yes,2026-07-12,9.50\n"
    let dry = try workspace.take(text, as: "r.csv", on: disk, request)
    #expect((dry.counts.changed, workspace.revision) == (1, revision))
    request.dryRun = false
    try workspace.take(text, as: "r.csv", on: disk, request)
    request.replacesKnown = false
    let other = "offer,redeemed,date,amount\n1,yes,2026-07-13,20.00\n"
    #expect(try workspace.take(other, as: "s.csv", on: disk, request).counts.changed == 0)
    request.replacesKnown = true
    #expect(try workspace.take(other, as: "s.csv", on: disk, request).counts.changed == 1)
    #expect(try workspace.offer(1).spent == 2000)
  }

  @Test("offers that were sent after they had run out, as in a demo, count from their figures on")
  func sentLate() throws {
    let disk = try Shop.small()
    let late = try Self.open(disk, on: "2026-11-22")
    try late.suggest()
    _ = try late.decide(try late.ids("state = suggested and customer = A"), .approve)
    #expect(try late.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv)).hasRunOut)
    try late.take(
      "customer,date,receipt,amount\nA,2026-07-01,20,9.00\nE,2026-07-31,21,9.00\n",
      as: "later.csv", on: disk)
    _ = try late.recordOutcomes()
    #expect(try late.offers(matching: "customer = A").map(\.redeemed) == [day("2026-07-01")])
  }
}
