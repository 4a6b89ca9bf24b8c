import LoyaltyModel
import Testing
import TextFormats

@testable import LoyaltyStore

/// What the tests put into stores.
enum Fixture {
  static let path = "/disk/store"
  static let euro = Currency(code: "EUR") ?? Currency.none
  static let time = Timestamp("2026-07-01T09:30:00Z") ?? Timestamp(seconds: 0)
  static let sipHash = SipHash(low: 1, high: 2)
  static let rule = RuleFile(file: "second.json", text: "{\n  \"id\": \"second\"\n}\n")

  static var programme: Programme { Programme(currency: euro, timeZone: "Europe/Berlin") }

  static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  /// A store in memory with one rule.
  static func store(
    on disk: any Disk = MemoryDisk(), at path: String = path, by user: String = "anna"
  ) throws -> JSONStore {
    try JSONStore.create(
      at: path, programme: programme, rules: [rule], disk: disk, by: user, at: time)
  }

  static func reopen(
    _ disk: any Disk, at path: String = path, by user: String = "anna"
  ) throws -> JSONStore { try JSONStore.open(at: path, disk: disk, by: user) }

  /// An offer that uses every field.
  static func offer(_ id: Int, customer: String = "00001") -> Offer {
    var terms = OfferTerms(template: "second", kind: .voucher)
    terms.percent = 10
    terms.amount = 500
    terms.threshold = 4_999
    terms.category = "Bücher \"alt\""
    terms.product = "A\\B"
    return Offer(
      id: id, customer: customer,
      rule: RuleReference(
        id: "low-mid.second", version: 2, hash: "00ff00ff00ff00ff", title: "Zweiter Kauf 🎁"),
      asOf: day("2026-06-30"), terms: terms, channel: .email, validUntil: day("2026-08-31"),
      expectedCost: 55, expectedValue: -120, stage: .atRisk, cohort: .low, target: .mid,
      evidence: Evidence(
        facts: [EvidenceFact(fact: "recency_days", seen: "45", pointer: "/when/all/1")],
        purchases: [PurchaseID(batch: 3, row: 1207)], purchasesCounted: 9,
        lost: [LostRule(rule: "thanks", gate: .perCustomer)]))
  }

  /// A decision on an offer as it stands.
  static func decision(
    _ store: JSONStore, _ id: Int, _ state: OfferState, reason: String = "", until: Day? = nil
  ) throws -> Change {
    let offer = try #require(store.state.offers[id])
    return .decision(
      OfferDecision(
        offer: id, from: offer.standing,
        to: OfferDecision.Standing(state: state, reason: reason, snoozedUntil: until)))
  }

  /// A customer that uses every field, with names that need care.
  static var customer: Customer {
    var customer = Customer(id: "00001")
    customer.name = "Ada \"the\" Żółć\\ 👩‍👧 \u{1B}[31m\t"
    customer.email = "ada@example.org"
    customer.phone = "+49 30 1234"
    customer.city = "Berlin"
    customer.country = "DE"
    customer.branch = "Mitte"
    customer.kind = .organisation
    customer.tags = ["vip", "a,b"]
    customer.consents = [
      Consent(channel: .email, given: true, day: day("2026-01-01"), source: "shop"),
      Consent(channel: .email, given: false, day: day("2026-02-01")),
    ]
    customer.doNotContactSince = day("2026-03-01")
    customer.interests = [Interest(what: "newsletter", day: day("2025-12-24"))]
    customer.consumers = [Consumer(name: "Björn", birthYear: 2015, needs: ["size 34"])]
    customer.feedback = [
      Feedback(kind: .complaint, day: day("2026-04-01"), text: "late", settled: day("2026-04-02")),
      Feedback(kind: .rating, day: day("2026-04-03"), score: 0),
    ]
    customer.statedOrders = 0
    return customer
  }

  static var product: Product {
    var product = Product(sku: "A\\B")
    product.name = "Бочка"
    product.category = "Fässer"
    product.margin = 0.1
    product.role = .profit
    return product
  }

  static func purchase(
    _ customer: String, _ day: String, _ amount: Int64, _ more: (inout Purchase) -> Void = { _ in }
  ) -> Purchase {
    var purchase = Purchase(customer: customer, day: Self.day(day), amount: amount)
    more(&purchase)
    return purchase
  }

  /// An import of a customer, a product and some purchases over two months.
  @discardableResult
  static func importSome(
    into store: JSONStore, customers: [Customer] = [customer], shift: Int64 = 0
  ) throws -> Event {
    let writer = try store.beginImport(source: "a.csv", profile: "mapped")
    for customer in customers { try writer.add(customer) }
    try writer.add(product)
    try writer.add(purchase("00002", "2026-02-03", 1_177 + shift), row: 2)
    try writer.add(
      purchase("00001", "2026-01-31", 250) { ($0.receipt, $0.product) = ("R1", "A\\B") }, row: 3)
    try writer.add(
      purchase("00001", "2026-02-01", -250) { purchase in
        (purchase.units, purchase.refunds, purchase.product) = (-1, "R1", "A\\B")
      }, row: 4)
    try writer.add(purchase("", "2026-01-15", 99), row: 5)
    var counts = ImportCounts()
    (counts.read, counts.new, counts.anonymous) = (4, 4, 1)
    return try writer.commit(counts: counts, at: time)
  }
}

extension Currency {
  /// Stands in where a code is wrong, which a test would show.
  fileprivate static var none: Currency { Money.unknown.currency }
}

extension Money {
  fileprivate static var unknown: Money { fatalError("a currency code of three letters") }
}

/// All of a state, as values that can be compared.
struct Snapshot: Equatable {
  var programme: Programme
  var sequence: Int
  var customers: [Customer]
  var purchases: [String]
  var products: [Product]
  var offers: [Offer]
  var lastOffer: Int
  var batches: [ImportBatch]
  var lastBatch: Int
  var rules: [RuleFile]

  init(_ state: StoreState) {
    (programme, sequence) = (state.programme, state.sequence)
    customers = (0..<state.customers.count).map { state.customers.customer($0) }
    let table = state.purchases
    purchases = (0..<customers.count).flatMap { customer in
      table.rows(ofCustomer: customer).map { row in
        let branch = Int(table.branch[row]), channel = Int(table.channel[row])
        return [
          "\(state.customers.ids[customer])", "\(Day(number: table.days[row]))",
          "\(table.amounts[row])", "\(table.units[row])", "\(table.product(row)?.sku ?? "-")",
          branch < 65_535 ? table.branches.labels[branch] : "-",
          channel < 255 ? table.channels.labels[channel] : "-", "\(table.id(row))",
          table.refundedRow[row].map { "\(table.id($0))" } ?? "-",
        ].joined(separator: " ")
      }
    }
    purchases.append("anonymous \(table.anonymous.lines) \(table.anonymous.amount)")
    products = state.products
    offers = state.offers.filter { _ in true }
    lastOffer = state.offers.lastID
    (batches, lastBatch, rules) = (state.batches, state.lastBatch, state.rules)
  }
}

extension JSONStore {
  var snapshot: Snapshot { Snapshot(state) }
}

extension MemoryDisk {
  func text(_ path: String) throws -> String {
    String(decoding: try readWhole(Fixture.path + "/" + path), as: UTF8.self)
  }
}
