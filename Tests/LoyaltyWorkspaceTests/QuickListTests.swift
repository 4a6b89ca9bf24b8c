import LoyaltyModel
import LoyaltyStore
import Statistics
import Testing

@testable import LoyaltyRules
@testable import LoyaltyWorkspace

/// The lists that answer within a key give the same as the plain way: every row looked at, then
/// sorted by comparing.
@Suite("Quick lists are the plain ones")
struct QuickListTests {
  let workspace: LoyaltyWorkspace

  init() throws { workspace = try Shop.open(try Shop.demo()) }

  /// Filters as they grow under the keys, and back.
  private static let typed = [
    "anna", "müller", "example.com", "stage = new and an", "cohort = low ma",
    "value_12m >= 100 or ann", "not an", "\"a b\"", "000012",
  ]

  @Test("a filter typed key by key", arguments: typed)
  func typing(filter: String) throws {
    let lengths = Array(1...filter.count)
    for length in lengths + lengths.reversed() {
      let text = String(filter.prefix(length))
      guard let condition = try? workspace.condition(text, .customers) else { continue }
      let plain = Evaluator(facts: workspace.analysis().facts).answer(condition).holds.rows
      #expect(try workspace.customers(matching: text) == plain, "\(text)")
    }
  }

  @Test("every order of all and of some", arguments: CustomerSortKey.allCases)
  func orders(key: CustomerSortKey) throws {
    for filter in ["", "an", "stage = loyal", "anna"] {
      let rows = try workspace.customers(matching: filter)
      for descending in [false, true] {
        let sorted = try workspace.customers(
          matching: filter, sortedBy: CustomerSort(key, descending: descending))
        #expect(try sorted == plain(rows, key, descending), "\(filter) by \(key)")
      }
    }
  }

  /// Sorted one by one; who has no value comes last either way.
  private func plain(_ rows: [Int], _ key: CustomerSortKey, _ descending: Bool) throws -> [Int] {
    let numbers = try workspace.numbers(ofRows: rows)
    func ordered<Key: Comparable>(_ value: (CustomerNumbers) -> Key?) -> [Int] {
      let keyed = numbers.map { (key: value($0), row: $0.summary.row) }
      let known = keyed.compactMap { pair in pair.key.map { (key: $0, row: pair.row) } }
        .sorted { left, right in
          if left.key == right.key { return left.row < right.row }
          return descending ? left.key > right.key : left.key < right.key
        }
      return known.map(\.row) + keyed.filter { $0.key == nil }.map(\.row).sorted()
    }
    return switch key {
    case .id: ordered { $0.summary.row }
    case .name: ordered { String(decoding: Folding.fold($0.summary.name), as: UTF8.self) }
    case .stage: ordered { LifecycleStage.allCases.firstIndex(of: $0.summary.stage) }
    case .stageSince: ordered { $0.summary.stageSince }
    case .cohort: ordered { $0.summary.cohort }
    case .segment: ordered { $0.summary.segment?.rawValue }
    case .recencyScore: ordered { $0.summary.scores?.recency }
    case .frequencyScore: ordered { $0.summary.scores?.frequency }
    case .monetaryScore: ordered { $0.summary.scores?.monetary }
    case .purchaseDays, .repeats: ordered { $0.summary.purchaseDays }
    case .lastRepeat: ordered { $0.lastRepeat }
    case .observed: ordered { $0.observed }
    case .recencyDays: ordered { $0.summary.recencyDays }
    case .alive: ordered { $0.alive }
    case .expectedPurchases: ordered { $0.expectedPurchases12Months }
    case .expectedValue: ordered { $0.expectedValue }
    case .lifetimeValue: ordered { $0.lifetimeValue12Months }
    case .value12Months: ordered { $0.summary.value12Months }
    case .valueTotal: ordered { $0.summary.valueTotal }
    case .valueAtRisk: ordered { $0.valueAtRisk }
    case .loyaltyScore: ordered { $0.loyaltyScore }
    }
  }

  @Test("the queue after decisions, put off, undone, and suggested anew")
  func queue() throws {
    var random = SplitMix64(seed: 7)
    for round in 0..<12 {
      let offers = try workspace.offers()
      let some = offers.filter { _ in Int.random(in: 0..<9, using: &random) == 0 }.map(\.id)
      switch round % 6 {
      case 0: _ = try workspace.decide(some, .approve)
      case 1: _ = try workspace.decide(some, .reject(reason: "bad timing"))
      case 2: _ = try workspace.decide(some, .snooze(until: workspace.asOf + round))
      case 3: _ = try workspace.undo()
      case 4: _ = try workspace.decide(some, .reopen)
      default: try workspace.suggest()
      }
      try compareQueue()
    }
  }

  private func compareQueue() throws {
    let book = workspace.state.offers
    let priorities = workspace.rulePriorities
    let all = book.filter { _ in true }.sorted { left, right in
      let ranks = (priorities[left.rule.id] ?? 0, priorities[right.rule.id] ?? 0)
      if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
      if left.rule.id != right.rule.id { return left.rule.id < right.rule.id }
      if left.expectedValue != right.expectedValue {
        return left.expectedValue > right.expectedValue
      }
      return left.id < right.id
    }
    let plain = all.filter { $0.state != .withheld }
    #expect(try workspace.offers() == plain)
    let day = workspace.asOf
    #expect(
      try workspace.offerNumbers(in: .waiting)
        == plain.filter { $0.isWaiting(on: day) }.map(\.id))
    #expect(try workspace.offerNumbers(in: .batch).isEmpty)
    for scope in OfferScope.allCases where scope != .batch {
      let expected = all.filter {
        scope.contains($0.state, snoozedUntil: $0.snoozedUntil, on: day)
      }
      #expect(try workspace.offerNumbers(in: scope) == expected.map(\.id))
    }
  }

  @Test(
    "filters of offers: their own facts, their customers', and both",
    arguments: [
      ("state = suggested", ""), ("worth >= 3", ""), ("kind = discount", ""),
      ("valid_until >= 2026-01-01", ""), ("", "stage = new"), ("", "an"),
      ("", "not p_alive >= 0.5"), ("", "tag:staff"), ("cost >= 0.1", "cohort = low"),
      ("kind = gift", "an"), ("offer_channel = email", "email is known"),
    ])
  func offerFilters(own: String, customers: String) throws {
    let own = own.isEmpty ? nil : own
    let both = [own, customers.isEmpty ? nil : customers].compactMap { $0 }.joined(separator: " ")
    let rows = Set(try workspace.customers(matching: customers))
    let table = workspace.analysis().customers
    let expected = try workspace.offers().filter { offer in
      guard let row = table.row(of: offer.customer), rows.contains(row) else { return false }
      return own.map { Self.holds($0, offer) } ?? true
    }
    #expect(try workspace.offers(matching: both) == expected)
    #expect(!expected.isEmpty || both == "tag:staff")
    // Parts about offers and parts about customers in one alternative.
    if own != nil, !customers.isEmpty {
      let either = try workspace.offers().filter { offer in
        Self.holds(own ?? "", offer)
          || table.row(of: offer.customer).map(rows.contains) == true
      }
      #expect(try workspace.offers(matching: "\(own ?? "") or (\(customers))") == either)
    }
  }

  private static func holds(_ filter: String, _ offer: Offer) -> Bool {
    switch filter {
    case "state = suggested": offer.state == .suggested
    case "worth >= 3": offer.expectedValue >= 3_00
    case "cost >= 0.1": offer.expectedCost >= 10
    case "kind = discount": offer.terms.kind == .discount
    case "kind = gift": offer.terms.kind == .gift
    case "offer_channel = email": offer.channel == .email
    case "valid_until >= 2026-01-01": offer.validUntil >= Day(number: 20_454)
    default: false
    }
  }

  @Test("the offers of a customer, as the card lists them")
  func offersOfCustomers() throws {
    let table = workspace.analysis().customers
    for row in 0..<table.count {
      let id = table.ids[row]
      let expected = workspace.state.offers.filter {
        $0.customer == id && $0.state != .withheld
      }
      #expect(workspace.offers(ofRow: row, in: workspace.analysis()) == expected)
      if row % 29 == 0 {
        #expect(
          Set(try workspace.offers(matching: "customer = \"\(id)\"")) == Set(expected))
      }
    }
  }
}
