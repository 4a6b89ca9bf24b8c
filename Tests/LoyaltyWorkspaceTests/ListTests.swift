import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Lists and cards")
struct ListTests {
  let disk: MemoryDisk
  let workspace: LoyaltyWorkspace

  init() throws {
    disk = try Shop.small()
    workspace = try Shop.open(disk)
  }

  @Test(
    "customers that match a filter",
    arguments: [
      ("", "ABCDEF"), ("stage = new", "C"), ("stage in (repeat, loyal)", "AB"),
      ("value_12m >= 40 and value_12m < 100", "BC"), ("not cohort = low", "ABCF"),
      ("recency_days > 60", "DE"), ("ana", "A"), ("example.com", "ABF"), ("fuchs", "F"),
      ("stage = prospect", ""),
    ])
  func filter(expression: String, ids: String) throws {
    let rows = try workspace.customers(matching: expression)
    #expect(try rows.map { try workspace.summary(ofRow: $0).id }.joined() == ids)
  }

  @Test("a filter with a mistake says where, and is a wrong call")
  func brokenFilter() throws {
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.customers(matching: "cohort = low and valu_12m > 3")
    }
    #expect(error?.exitCode == 2)
    #expect(error?.message(.english).contains("value_12m") == true)
  }

  @Test(
    "customers in every order; equal ones by number",
    arguments: [
      (CustomerSortKey.id, false, "ABCDEF"), (.id, true, "FEDCBA"),
      (.valueTotal, true, "ABCDEF"), (.value12Months, false, "EFDCBA"),
      (.purchaseDays, true, "ABECDF"), (.recencyDays, false, "ABCDEF"),
      (.cohort, true, "ABCDEF"), (.stage, false, "FCBADE"),
    ])
  func sort(key: CustomerSortKey, descending: Bool, ids: String) throws {
    let rows = try workspace.customers(
      matching: "", sortedBy: CustomerSort(key, descending: descending))
    #expect(try rows.map { try workspace.summary(ofRow: $0).id }.joined() == ids)
  }

  @Test("a card shows each figure with how it came about")
  func card() throws {
    let card = try workspace.card(ofCustomer: "B")
    #expect(card.customer.email == "bo@example.com")
    #expect(
      card.figures.map { "\($0.label): \($0.value)" } == [
        "Stage: repeat", "Value cohort: mid", "RFM segment: Potential Loyalists",
        "Value, 12 months: 80.00 EUR", "Value, all time: 80.00 EUR", "Days with a purchase: 2",
        "Average basket: 40.00 EUR", "Last purchase: 2026-06-20, 10 days ago",
        "Usual gap of others: 90 days", "Chance still a customer: unknown",
        "Purchases expected, 12 months: unknown", "Value of a purchase day, expected: unknown",
        "Predicted value, 12 months: unknown", "Value at risk: unknown",
        // (40 + 25/2 + 15·60/730) of 80: nothing bought has a category.
        "Degree of loyalty: 67 of 100",
      ])
    #expect(card.figures.allSatisfy { $0.why.contains("2026-06-30") })
    let cohort = try #require(card.figures.first { $0.label == "Value cohort" })
    #expect(cohort.why.contains("320.00 EUR short of the next cohort"))
    #expect(
      card.purchases.map { "\($0.day) \($0.amount)" } == ["2026-06-20 5000", "2026-05-01 3000"])
    #expect(card.monthlyValue.count == 24)
    #expect(card.monthlyValue.suffix(2) == [30_00, 50_00])
    #expect(card.monthlyValue.reduce(0, +) == 80_00)
    for (day, ago) in [("2026-06-21", "1 day ago"), ("2026-06-20", "today")] {
      let figures = try Shop.open(disk, asOf: day).card(ofCustomer: "B").figures
      #expect(figures.first { $0.label == "Last purchase" }?.value == "2026-06-20, \(ago)")
    }
    let contact = try workspace.card(ofCustomer: "F")
    #expect(contact.figures.map(\.label) == ["Stage", "Value cohort"])
    #expect(throws: WorkspaceError.noSuchCustomer("Z")) { try workspace.card(ofCustomer: "Z") }
  }

  @Test("a card as of a day shows nothing that came later")
  func cardInThePast() throws {
    let card = try Shop.open(disk, asOf: "2026-05-15").card(ofCustomer: "B")
    #expect(card.purchases.map(\.amount) == [30_00])
    #expect(card.summary.valueTotal == 30_00)
    #expect(card.monthlyValue.suffix(2) == [0, 30_00])
  }

  @Test("the queue goes by priority, then gain, and filters by offer and customer")
  func offers() throws {
    let workspace = try Shop.open(try Shop.demo())
    let priorities = Dictionary(
      uniqueKeysWithValues: try workspace.rules().map { ($0.id, $0.priority) })
    let offers = try workspace.offers()
    #expect(offers.count > 50)
    for (first, second) in zip(offers, offers.dropFirst()) {
      let (left, right) = (try #require(priorities[first.rule.id]), priorities[second.rule.id] ?? 0)
      #expect(left >= right)
      if first.rule.id == second.rule.id {
        #expect(first.expectedValue >= second.expectedValue)
      }
    }
    let low = try workspace.offers(matching: "cohort = low and kind = discount")
    #expect(!low.isEmpty)
    #expect(low.allSatisfy { $0.cohort == .low && $0.terms.kind == .discount })
    #expect(low.count == offers.count { $0.cohort == .low && $0.terms.kind == .discount })
    let rule = try #require(offers.first?.rule.id)
    #expect(try workspace.ids("rule = \(rule)") == offers.filter { $0.rule.id == rule }.map(\.id))
    #expect(try workspace.ids("state = approved") == [])
  }

  @Test("offers of the comparison group are on no list")
  func withheld() throws {
    let workspace = try Shop.open(try Shop.demo())
    let withheld = workspace.state.offers.filter { $0.state == .withheld }
    #expect(!withheld.isEmpty)
    let listed = Set(try workspace.offers().map(\.id))
    #expect(withheld.allSatisfy { !listed.contains($0.id) })
    #expect(try workspace.ids("state = withheld") == [])
    for offer in withheld {
      #expect(
        try workspace.card(ofCustomer: offer.customer).offers.allSatisfy { $0.id != offer.id })
    }
  }

  @Test("an offer's card: message, why, evidence, money and what else was possible")
  func offerCard() throws {
    try workspace.suggest()
    let offer = try #require(
      try workspace.offers().first { $0.customer == "B" && $0.state == .suggested })
    #expect(offer.rule.id == "mid-high.gift-above-basket")
    let card = try workspace.offerCard(offer.id)
    #expect(
      card.message == [
        "Dear Bo Berg,", "",
        "Buy for 60.00 EUR or more by 30 Jul 2026 and a gift is waiting for you at the till.", "",
        "A small thank you for coming so often.",
      ])
    #expect(card.why == "Spent 80.00 EUR within twelve months; 320.00 EUR more reaches High.")
    #expect(card.evidence.contains("lifecycle stage: repeat"))
    #expect(card.evidence.contains("average basket: 40.00 EUR"))
    // 6 % respond and each takes a gift of 5.00: 0.30.
    #expect(card.money.map(\.label) == ["Expected cost", "Expected gain"])
    #expect(card.money.first?.value == "0.30 EUR")
    #expect(card.money.allSatisfy { $0.why.contains("6 %") })
    // The median of High is A's 400.00: 6 % of 320.00, less 0.30.
    #expect(card.money.last?.value == "18.90 EUR")
    #expect(
      card.money.last?.why.hasPrefix(
        """
        Chance of a response (6 %) times what it is worth (320.00 EUR), less the cost (0.30 EUR). \
        Worth: what the middle customer of the cohort High brings (400.00 EUR) less their own \
        value (80.00 EUR).
        """) == true)
    #expect(card.benefits.map(\.value).first == "a gift with their next large purchase")
    #expect(card.cautions.isEmpty)
    #expect(throws: WorkspaceError.noSuchOffer(999)) { try workspace.offerCard(999) }
  }

  @Test("where no open offer holds today any more, as in a demo, none is said to have run out")
  func allRanOut() throws {
    try workspace.suggest()
    let offers = try workspace.offers()
    let last = try #require(offers.map(\.validUntil).max())
    let first = try #require(offers.min { $0.validUntil < $1.validUntil })
    func cautions(today: Day) throws -> [String] {
      var environment = Shop.environment(disk)
      environment.today = { _ in today }
      return try LoyaltyWorkspace.open(at: Shop.path, environment: environment)
        .offerCard(first.id).cautions
    }
    #expect(first.validUntil < last)
    #expect(try cautions(today: last) == ["Ran out on \(first.validUntil)."])
    #expect(try cautions(today: last + 1) == [])
  }

  @Test("an offer's card tells of the purchases that were counted, by day and amount")
  func purchasesOfOffer() throws {
    try workspace.suggest()
    var offer = try #require(try workspace.offers().first)
    let row = try #require(workspace.state.customers.row(of: offer.customer))
    let table = workspace.state.purchases
    let place = try #require(table.rows(ofCustomer: row).last)
    let before = offer
    (offer.evidence.purchases, offer.evidence.purchasesCounted) = ([table.id(place)], 1)
    _ = try workspace.commit([.offer(from: before, to: offer)])
    let day = Day(number: table.days[place]).description
    let amount = workspace.display.money(table.amounts[place], workspace.currency)
    #expect(
      try workspace.offerCard(offer.id).evidence.contains("purchases counted: \(amount) on \(day)"))
  }

  @Test("an offer's card warns of what changed since")
  func cautions() throws {
    try workspace.suggest()
    let offer = try #require(try workspace.offers().first { $0.customer == "B" })
    try workspace.take(
      "customer,date,receipt,amount\nB,2026-07-10,77,900.00\nA,2026-07-14,78,1.00\n",
      as: "more.csv", on: disk)
    let cautions = try workspace.offerCard(offer.id).cautions
    #expect(cautions == ["The cohort was mid then, high now."])
  }
}
