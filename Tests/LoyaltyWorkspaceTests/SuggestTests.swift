import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Suggesting offers")
struct SuggestTests {
  /// The sales of the demo's first people as lines of a file, without its header.
  static func saleLines(_ customers: Int) throws -> [String] {
    let currency = try #require(Currency(code: "EUR"))
    let people = DemoPopulation(customers: customers, seed: 7, currency: currency)
    return people.flatMap(\.purchases).enumerated().map { number, sale in
      "\(sale.customer),\(sale.day),R\(number),\(currency.decimalText(minorUnits: sale.amount))\n"
    }
  }

  static func shop(_ lines: [String]) throws -> (disk: MemoryDisk, workspace: LoyaltyWorkspace) {
    let disk = try Shop.empty()
    let workspace = try Shop.open(disk)
    try workspace.take(
      "customer,date,receipt,amount\n" + lines.joined(), as: "sales.csv", on: disk)
    return (disk, workspace)
  }

  /// An offer without the numbers of the import's rows, which differ by their order.
  static func content(_ offer: Offer) -> Offer {
    var offer = offer
    offer.evidence.purchases = []
    return offer
  }

  @Test("offers that end before today are told at once, not only when they are to go out")
  func endBeforeToday() throws {
    let (disk, workspace) = try Self.shop(try Self.saleLines(40))
    #expect(try workspace.suggest().notes == [])
    var years = Shop.environment(disk)
    years.today = { _ in day("2030-01-01") }
    let late = try LoyaltyWorkspace.open(at: Shop.path, environment: years)
    let note = try #require(try late.suggest().notes.first)
    #expect(
      note.hasSuffix(
        "your sales reach \(late.asOf) only. Bring in newer sales before you send any."))
  }

  @Test("the same sales in another order give the same offers under the same numbers")
  func orderOfRows() throws {
    let lines = try Self.saleLines(150)
    let shuffled = lines.indices.map { lines[($0 * 7919 + 13) % lines.count] }
    #expect(Set(shuffled) == Set(lines))
    let (first, second) = (try Self.shop(lines).workspace, try Self.shop(shuffled).workspace)
    let reports = (try first.suggest(), try second.suggest())
    #expect(reports.0 == reports.1)
    #expect(reports.0.new > 30)
    #expect(
      first.state.offers.filter { _ in true }.map(Self.content)
        == second.state.offers.filter { _ in true }.map(Self.content))
  }

  @Test(
    "the default rules suggest in every currency, whatever decimals it has",
    arguments: ["JPY", "KRW", "EUR", "IDR", "KWD"])
  func everyCurrency(code: String) throws {
    let disk = try Shop.empty(currency: code)
    let workspace = try Shop.open(disk)
    let sales = Shop.sales.replacing(".00\n", with: "\n")
    #expect(try workspace.take(sales, as: "sales.csv", on: disk).counts.new == 10)
    #expect(try workspace.checkRules().reduce(0) { $0 + $1.errors } == 0)
    #expect(try workspace.testRules().filter { !$0.passed }.map(\.text) == [])
    #expect(try workspace.suggest().new > 0)
  }

  @Test("the same store and date give the same bytes; a second run changes nothing")
  func sameBytes() throws {
    let (first, second) = (try Shop.small(), try Shop.small())
    try Shop.open(first).suggest()
    try Shop.open(second).suggest()
    let bytes = try first.storeFiles()
    #expect(try second.storeFiles() == bytes)
    let again = try Shop.open(first).suggest()
    #expect((again.new, again.withdrawn) == (0, 0))
    #expect(again.kept > 0)
    #expect(try first.storeFiles() == bytes)
  }

  @Test("a dry run says the same and writes nothing")
  func dryRun() throws {
    let disk = try Shop.small()
    let before = try disk.storeFiles()
    let workspace = try Shop.open(disk)
    var options = SuggestOptions()
    options.dryRun = true
    var dry = try workspace.suggest(options)
    #expect(try disk.storeFiles() == before)
    #expect(try workspace.offers().isEmpty)
    dry.dryRun = false
    let real = try workspace.suggest()
    // Before anything goes out, it is also said what the comparison groups could show.
    #expect(dry.notes.starts(with: real.notes) && dry.notes.count > real.notes.count)
    dry.notes = real.notes
    #expect(real == dry)
  }

  @Test("the funnel adds up: who enters is dropped at a gate, kept back or suggested")
  func funnel() throws {
    let (_, workspace) = try Self.shop(try Self.saleLines(150))
    let report = try workspace.suggest()
    #expect(report.funnel.rules.count == Resources.paths(under: "rules").count)
    for line in report.funnel.rules + [report.funnel.total] {
      #expect(
        line.entered == line.dropped.map(\.count).reduce(0, +) + line.withheld + line.suggested,
        "\(line.rule)")
      #expect(line.dropped.allSatisfy { !$0.reason.isEmpty })
      #expect(line.dropped.map(\.gate) == Gate.allCases.filter { $0 != .holdOut })
    }
    let rules = report.funnel.rules
    #expect(rules.map(\.suggested).reduce(0, +) == report.new)
    #expect(try workspace.offers().count == report.new)
    #expect(report.funnel.chosenValue <= report.funnel.bound)
    // What is told is what the queue adds up to; the comparison group costs nothing.
    let offers = try workspace.offers()
    #expect(report.funnel.cost == offers.map(\.expectedCost).reduce(0, +))
    #expect(report.funnel.value == offers.map(\.expectedValue).reduce(0, +))
    let withheld = workspace.state.offers.filter { $0.state == .withheld }
    #expect(report.withheld == withheld.count && report.withheld > 0)
    #expect(
      report.funnel.chosenCost
        == report.funnel.cost + withheld.map(\.expectedCost).reduce(0, +))
  }

  @Test("the budget holds, and what it dropped is counted", arguments: [0, 150, 1000, 1_000_000])
  func budget(limit: Int64) throws {
    let (_, workspace) = try Self.shop(try Self.saleLines(150))
    var options = SuggestOptions()
    options.budget = limit
    let report = try workspace.suggest(options)
    let cost = try workspace.offers().map(\.expectedCost).reduce(0, +)
    #expect(cost <= limit)
    #expect(report.funnel.cost == cost && report.funnel.chosenCost <= limit)
    let dropped = try #require(report.funnel.total.dropped.first { $0.gate == .budget })
    #expect((dropped.count > 0) == (limit < 1_000_000))
  }

  @Test("approved offers count against the budget of the next run")
  func budgetLeft() throws {
    let (_, workspace) = try Self.shop(try Self.saleLines(150))
    var options = SuggestOptions()
    options.budget = 1000
    try workspace.suggest(options)
    let approved = Array(try workspace.ids("state = suggested").prefix(5))
    _ = try workspace.decide(approved, .approve)
    try workspace.suggest(options)
    let cost = try workspace.offers(matching: "state in (suggested, approved)")
      .map(\.expectedCost).reduce(0, +)
    #expect(cost <= 1000)
  }

  @Test("nobody gets more offers than asked for", arguments: [1, 2])
  func perCustomer(most: Int) throws {
    let (_, workspace) = try Self.shop(try Self.saleLines(150))
    var options = SuggestOptions()
    options.perCustomer = most
    try workspace.suggest(options)
    let counts = Dictionary(grouping: try workspace.offers(), by: \.customer).mapValues(\.count)
    #expect(counts.values.max() == most)
  }

  @Test("a refresh keeps numbers and decided offers, and withdraws with a reason")
  func refresh() throws {
    let (disk, workspace) = try Self.shop(try Self.saleLines(150))
    try workspace.suggest()
    let ids = try workspace.ids("")
    _ = try workspace.decide(Array(ids[0..<3]), .approve)
    _ = try workspace.decide(Array(ids[3..<5]), .reject(reason: "too expensive"))
    _ = try workspace.decide([ids[5]], .snooze(until: day("2026-08-01")))
    let before = try workspace.offers()
    // Everybody of the second half of the queue buys again, so that some stages change.
    let waiting = before.filter { $0.state == .suggested }
    let buyers = Set(waiting.suffix(waiting.count / 2).map(\.customer)).sorted()
    let lines = buyers.enumerated().map { "\($1),2026-07-05,N\($0),999.00\n" }
    try workspace.take(
      "customer,date,receipt,amount\n" + lines.joined(), as: "july.csv", on: disk)
    let report = try workspace.suggest()
    #expect(report.withdrawn > 0 && report.kept > 0)
    let after = try workspace.offers()
    for offer in before where offer.state != .suggested {
      #expect(after.first { $0.id == offer.id } == offer)
    }
    for offer in waiting {
      let now = try #require(after.first { $0.id == offer.id })
      #expect((now.customer, now.rule.id) == (offer.customer, offer.rule.id))
      #expect(now.state == .suggested || now.state == .withdrawn)
      #expect(now.reason == (now.state == .withdrawn ? "no longer holds as of 2026-07-05" : ""))
    }
    let shown = Set(waiting.map(\.id))
    #expect(after.count { $0.state == .withdrawn && shown.contains($0.id) } == report.withdrawn)
    let places = try workspace.ids("state = suggested").filter(waiting.map(\.id).contains)
    #expect(places.count == report.kept)
    let new = after.filter { $0.state == .suggested && !waiting.map(\.id).contains($0.id) }
    #expect(new.count == report.new)
    #expect(new.allSatisfy { $0.id > before.map(\.id).max() ?? 0 })
  }

  @Test("of two waiting offers of one rule and customer, the newer one stays")
  func putBackBesideANewer() throws {
    let (_, workspace) = try Self.shop(try Self.saleLines(150))
    try workspace.suggest()
    let id = try #require(try workspace.ids("state = suggested").first)
    let first = try #require(try workspace.offers().first { $0.id == id })
    _ = try workspace.decide([id], .reject(reason: "not now"))
    // Made by hand: the rules themselves wait before they suggest the same again.
    var newer = first
    newer.id = (try workspace.offers().map(\.id).max() ?? 0) + 1
    try workspace.store.commit(
      [.offer(from: nil, to: newer)], at: Timestamp(seconds: 1_782_900_000))
    _ = try workspace.decide([id], .reopen)
    try workspace.suggest()
    let same = try workspace.offers().filter {
      $0.customer == first.customer && $0.rule.id == first.rule.id && $0.state == .suggested
    }
    #expect(same.map(\.id) == [newer.id])
    let old = try workspace.offers().first { $0.id == id }
    #expect(old?.state == .withdrawn && old?.reason == "replaced by offer \(newer.id)")
  }

  @Test("an offer that was kept back is never listed, nor when it no longer holds")
  func keptBackStaysHidden() throws {
    let (disk, workspace) = try Self.shop(try Self.saleLines(150))
    try workspace.suggest()
    let shown = Set(try workspace.offers().map(\.id))
    let hidden = workspace.state.offers.filter { $0.state == .withheld }
    try #require(!hidden.isEmpty)
    let lines = hidden.map { "\($0.customer),2026-07-05,K\($0.id),999.00\n" }
    try workspace.take(
      "customer,date,receipt,amount\n" + lines.joined(), as: "july.csv", on: disk)
    try workspace.suggest()
    let ids = Set(hidden.map(\.id)).subtracting(shown)
    #expect(try workspace.offers().allSatisfy { !ids.contains($0.id) })
  }

  @Test("no second offer of a rule is made while one was decided")
  func noRepetition() throws {
    let (_, workspace) = try Self.shop(try Self.saleLines(150))
    try workspace.suggest()
    _ = try workspace.decide(try workspace.ids("state = suggested"), .approve)
    let again = try workspace.suggest()
    let offers = try workspace.offers()
    let pairs = offers.filter { $0.state != .withdrawn }.map { $0.customer + " " + $0.rule.id }
    #expect(Set(pairs).count == pairs.count)
    #expect(again.withdrawn == 0)
  }

  @Test("a rule with a mistake stops the run and is named with its place")
  func brokenRule() throws {
    let disk = try Shop.small()
    let file = Shop.path + "/rules/new.second-purchase.json"
    let text = try disk.text(file)
    disk.put(file, Array(text.replacing("\"stage\"", with: "\"stagee\"").utf8))
    let workspace = try Shop.open(disk)
    let error = #expect(throws: WorkspaceError.self) { try workspace.suggest() }
    let message = try #require(error?.message(.english))
    #expect(message.hasPrefix("rules/new.second-purchase.json has mistakes, so nothing"))
    #expect(
      message.contains(
        "rules/new.second-purchase.json:10:15 /when/all/0/fact  No fact \"stagee\". Nearest: stage.\n"
      ))
    #expect(message.hasSuffix("Mend it, or see all with: ladder rules check"))
    #expect(error?.exitCode == 1)
    #expect(try workspace.offers().isEmpty)
  }

  @Test("a rule that is not active takes no part")
  func pausedRule() throws {
    let disk = try Shop.small()
    for name in try disk.list(Shop.path + "/rules") where name.hasSuffix(".json") {
      let file = Shop.path + "/rules/" + name
      let text = try disk.text(file)
      disk.put(
        file,
        Array(
          text.replacing("\"version\": 1,", with: "\"version\": 1, \"status\": \"paused\",").utf8))
    }
    let workspace = try Shop.open(disk)
    #expect(try workspace.rules().allSatisfy { !$0.isActive && $0.problems == 0 })
    let report = try workspace.suggest()
    #expect(report.funnel.rules.isEmpty)
    #expect(try workspace.offers().isEmpty)
  }

  @Test("a run that is stopped changes nothing")
  func cancelled() throws {
    let (disk, workspace) = try Self.shop(try Self.saleLines(150))
    let before = try disk.storeFiles()
    #expect(throws: WorkspaceError.cancelled) {
      try workspace.suggest(SuggestOptions(), progress: StopAfter(1).handler)
    }
    #expect(try disk.storeFiles() == before)
  }

  @Test("without customers there is nothing to suggest from, and the next step is said")
  func nobody() throws {
    let workspace = try Shop.open(Shop.empty())
    let error = #expect(throws: WorkspaceError.self) { try workspace.suggest() }
    #expect(error?.message(.english) == "There are no purchases yet. Next: ladder import FILE")
  }

  @Test("consent decides the channel, and who may not be contacted gets nothing")
  func consent() throws {
    let disk = try Shop.small()
    let workspace = try Shop.open(disk)
    try workspace.take(
      "customer,channel,given,date\nB,email,yes,2026-01-31\nA,email,no,2026-01-31\n",
      as: "consents.csv", on: disk)
    try workspace.suggest()
    func channels(_ id: String) throws -> [ContactChannel] {
      try workspace.offers().filter { $0.customer == id && $0.state == .suggested }.map(\.channel)
    }
    #expect(try channels("B") == [.email])
    #expect(try channels("A") == [.till])
  }

  @Test("floors and the comparison group of the programme stand in its settings and hold in a run")
  func programmeSettings() throws {
    let disk = try Shop.small()
    let workspace = try Shop.open(disk)
    let floors = [
      OfferFloor(.cohort(.low), least: 3), OfferFloor(.stage(.new), least: 250, isSpend: true),
    ]
    let receipt = try workspace.keepFloors(floors)
    #expect(receipt.text == "Floors kept: 2.")
    // Read anew from the files.
    let again = try Shop.open(disk)
    #expect(again.state.programme.floors == floors)
    var options = SuggestOptions()
    options.dryRun = true
    #expect(try again.suggest(options).funnel.floors.map(\.floor) == floors)
    // Those of a call go before.
    options.floors = []
    #expect(try again.suggest(options).funnel.floors.isEmpty)
    _ = try again.undo()
    #expect(again.state.programme.floors.isEmpty)
    // Everybody is kept back.
    var settings = again.state.programme
    settings.holdOutShare = 1
    _ = try again.commit([.settings(from: again.state.programme, to: settings)])
    let report = try Shop.open(disk).suggest()
    #expect(report.withheld > 0 && report.new == 0)
  }
}
