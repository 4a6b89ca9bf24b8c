import LoyaltyAnalytics
import LoyaltyModel
import Testing

/// A shop with a handful of facts of every kind, as of day 100.
private enum Shop {
  static let asOf = Day(number: 100)

  static let customers = CustomerTable.of(3) { row, customer in
    if row == 0 {
      (customer.name, customer.email, customer.branch) = ("Anna", "anna@example.org", "North")
      (customer.city, customer.country) = ("Köln", "DE")
      customer.tags = ["staff", "choir", "staff"]
      customer.consents = [
        Consent(channel: .email, given: true, day: Day(number: 10)),
        Consent(channel: .email, given: false, day: Day(number: 101)),
        Consent(channel: .sms, given: false, day: Day(number: 20)),
      ]
      customer.consumers = [
        Consumer(name: "Mia", birthYear: 1963, needs: ["small", "green"]), Consumer(name: "Jo"),
      ]
      customer.feedback = [
        Feedback(kind: .complaint, day: Day(number: 90), settled: Day(number: 101)),
        Feedback(kind: .rating, day: Day(number: 80), score: 9),
        Feedback(kind: .wish, day: Day(number: 101)),
      ]
    }
    if row == 1 {
      customer.branch = "East"
      customer.doNotContactSince = asOf
      customer.country = "AT"
      customer.feedback = [
        Feedback(kind: .complaint, day: Day(number: 90), settled: Day(number: 100))
      ]
    }
    if row == 2 { customer.doNotContactSince = asOf + 1 }
  }

  static let purchases = PurchaseTable.of(
    [
      Sale(0, 40, 1000, product: "tea/green", channel: "web", branch: "North"),
      Sale(0, 40, 500, product: "tea/black", channel: "shop", branch: "East"),
      Sale(0, 60, 2000, units: 2, product: "cup/blue", channel: "Online"),
      Sale(0, 70, -250, product: "tea/green", refunds: 0), Sale(0, 101, 100),
      Sale(1, 90, 300, product: "bare"),
    ], customers: 3)

  static func offer(_ id: Int, to customer: String, asOf day: Int32, exported: Int32?) -> Offer {
    var offer = Offer(
      id: id, customer: customer,
      rule: RuleReference(id: "rule-\(id % 2)", version: 1, hash: "", title: ""),
      asOf: Day(number: day), state: exported == nil ? .rejected : .exported,
      terms: OfferTerms(template: "t", kind: .content), channel: .till,
      validUntil: Day(number: day + 14), expectedCost: 0, expectedValue: 0, stage: .new,
      cohort: .low, target: nil, evidence: Evidence())
    offer.exported = exported.map { Day(number: $0) }
    return offer
  }

  static func table() -> FactTable {
    let analysis = CustomerAnalysis(
      purchases: purchases, customers: customers, programme: .euros, asOf: asOf)
    let offers = [
      offer(4, to: "c00001", asOf: 50, exported: nil),
      offer(2, to: "c00001", asOf: 40, exported: 45),
      offer(3, to: "c00000", asOf: 99, exported: 101),
      offer(5, to: "c00000", asOf: 101, exported: nil),
      offer(6, to: "nobody", asOf: 50, exported: nil),
    ]
    return FactColumnsBuilder(
      analysis, customers: customers, purchases: purchases, offers: offers
    ).build()
  }
}

/// The values of a column in plain words; `?` is unknown.
private func words(_ column: FactColumn?) -> [String] {
  switch column {
  case .int32(let values): values.map { $0 == FactColumn.unknownInt32 ? "?" : "\($0)" }
  case .int64(let values): values.map { $0 == FactColumn.unknownInt64 ? "?" : "\($0)" }
  case .double(let values): values.map { $0.isNaN ? "?" : "\($0)" }
  case .yesNo(let values): values.map { $0 == 2 ? "?" : $0 == 1 ? "yes" : "no" }
  case .choice(let values, let labels):
    values.map { $0 == FactColumn.unknownChoice ? "?" : labels.labels[Int($0)] }
  case .set(let offsets, let members, let labels):
    offsets.indices.dropLast().map { row in
      members[Int(offsets[row])..<Int(offsets[row + 1])].map { labels.labels[Int($0)] }
        .joined(separator: "+")
    }
  case .text(let column): (0..<column.count).map { column[$0] }
  case nil: ["no column"]
  }
}

@Suite struct FactColumnsTests {
  @Test(arguments: [
    ("id", ["c00000", "c00001", "c00002"]), ("name", ["Anna", "", ""]),
    ("email", ["anna@example.org", "", ""]), ("phone", ["", "", ""]),
    ("city", ["Köln", "", ""]), ("country", ["DE", "AT", ""]),
    ("branch", ["North", "East", "?"]), ("tag", ["choir+staff", "", ""]),
    ("stage", ["repeat", "new", "contact"]), ("stage_since", ["60", "90", "?"]),
    ("cohort", ["high", "low", "none"]), ("r_score", ["1", "3", "?"]),
    ("f_score", ["3", "1", "?"]), ("m_score", ["3", "1", "?"]),
    ("segment", ["At Risk", "About to Sleep", "?"]), ("purchase_days", ["2", "1", "0"]),
    ("repeat", ["1", "0", "0"]), ("recency_days", ["40", "10", "?"]),
    ("tenure_days", ["60", "10", "?"]), ("first_purchase", ["40", "90", "?"]),
    ("last_purchase", ["60", "90", "?"]), ("gap_days", ["90", "90", "?"]),
    ("value_total", ["3250", "300", "0"]), ("value_12m", ["3250", "300", "0"]),
    ("average_basket", ["1625", "300", "?"]), ("to_next_cohort", ["?", "2950", "?"]),
    ("favourite_category", ["tea", "?", "?"]), ("categories", ["2", "0", "0"]),
    ("web_share", ["0.6666666666666666", "?", "?"]), ("consent_email", ["yes", "?", "?"]),
    ("consent_sms", ["no", "?", "?"]), ("consent_phone", ["?", "?", "?"]),
    ("consent_post", ["?", "?", "?"]), ("do_not_contact", ["no", "yes", "no"]),
    ("complaint_open", ["yes", "no", "no"]), ("p_alive", ["?", "?", "?"]),
    ("expected_purchases_12m", ["?", "?", "?"]), ("expected_value", ["?", "?", "?"]),
    ("clv_12m", ["?", "?", "?"]), ("value_at_risk", ["?", "?", "?"]),
    // (40 + 25/2 + 15·60/730 + 20) of 100; (40 + 15·10/730) of 80: no category is known.
    ("loyalty_score", ["74", "50", "?"]),
  ])
  func facts(fact: String, expected: [String]) {
    #expect(words(Shop.table().columns[fact]) == expected)
  }

  @Test(arguments: [
    ("purchases", "date", ["40", "40", "60", "90"]),
    ("purchases", "amount", ["750", "500", "2000", "300"]),
    ("purchases", "units", ["1", "1", "2", "1"]),
    ("purchases", "category", ["tea", "tea", "cup", "?"]),
    ("purchases", "product", ["tea/green", "tea/black", "cup/blue", "bare"]),
    ("purchases", "branch", ["North", "East", "?", "?"]),
    ("purchases", "channel", ["web", "shop", "Online", "?"]),
    ("consumers", "age", ["7", "?"]), ("consumers", "need", ["green+small", ""]),
    ("offers", "sent", ["?", "45", "?"]), ("offers", "rule", ["rule-1", "rule-0", "rule-0"]),
    ("offers", "state", ["exported", "exported", "rejected"]),
    ("feedback", "date", ["80", "90", "90"]),
    ("feedback", "kind", ["rating", "complaint", "complaint"]),
    ("feedback", "score", ["9", "?", "?"]),
  ])
  func entries(list: String, field: String, expected: [String]) {
    #expect(words(Shop.table().lists[list]?.columns[field]) == expected)
  }

  @Test(
    arguments: [
      ("purchases", [0, 3, 4, 4]), ("consumers", [0, 2, 2, 2]), ("offers", [0, 1, 3, 3]),
      ("feedback", [0, 2, 3, 3]),
    ] as [(String, [UInt32])])
  func offsets(list: String, expected: [UInt32]) {
    #expect(Shop.table().lists[list]?.offsets.array == expected)
  }

  @Test func purchasesKeepTheirIdentifiers() {
    let ids = Shop.table().lists["purchases"]?.ids
    #expect(ids?.map(\.description) == ["1-1", "1-2", "1-3", "1-6"])
  }

  @Test func theCatalogueIsCovered() {
    let table = Shop.table()
    #expect(Set(table.columns.names) == Set(FactCatalogue.customers.facts.map(\.id)))
    #expect(Set(table.lists.names) == Set(FactCatalogue.customers.lists.map(\.name)))
    for (name, fields) in FactCatalogue.customers.lists {
      #expect(Set(table.lists[name]?.columns.names ?? []) == Set(fields.map(\.id)))
    }
    for fact in FactCatalogue.customers.facts {
      #expect(isColumn(table.columns[fact.id], of: fact.type), "\(fact.id)")
    }
  }

  private func isColumn(_ column: FactColumn?, of type: FactType) -> Bool {
    switch (type, column) {
    case (.count, .int32), (.date, .int32), (.money, .int64), (.number, .double),
      (.probability, .double), (.yesNo, .yesNo), (.choice, .choice), (.set, .set), (.text, .text):
      true
    default: false
    }
  }

  @Test func labelsDoNotTellTheOrderOfRows() {
    let sales = randomSales(200, customers: 5, days: 60, seed: 7)
    let tables = [sales, shuffled(sales, seed: 8)].map { rows -> FactTable in
      let purchases = PurchaseTable.of(rows, customers: 5)
      let customers = CustomerTable.of(5)
      let analysis = CustomerAnalysis(
        purchases: purchases, customers: customers, programme: .euros, asOf: Day(number: 50))
      return FactColumnsBuilder(analysis, customers: customers, purchases: purchases).build()
    }
    for fact in FactCatalogue.customers.facts {
      #expect(words(tables[0].columns[fact.id]) == words(tables[1].columns[fact.id]), "\(fact.id)")
    }
    guard case .choice(_, let first)? = tables[0].lists["purchases"]?.columns["product"],
      case .choice(_, let second)? = tables[1].lists["purchases"]?.columns["product"]
    else {
      Issue.record("no product column")
      return
    }
    #expect(first == second)
  }
}
