import LoyaltyModel
import Testing

@Suite("Columns, sets, books")
struct TableTests {
  @Test func aColumnGivesBackItsTextsAndFindsThem() {
    let texts = ["", "00001", "00002", "Ana", "Жанна", "李雷"]
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var column = TextColumn()
    for text in texts { column.append(text) }
    #expect((0..<column.count).map { column[$0] } == texts)
    for (row, text) in texts.enumerated() { #expect(column.sortedRow(of: text) == row) }
    #expect(column.sortedRow(of: "nobody") == nil)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func aSetOfRowsIsASetOfNumbers(count: Int) {
    let chosen = Set((0..<count).filter { $0 % 3 == 0 })
    var set = RowSet(count: count)
    for row in chosen { set[row] = true }
    #expect(set.rows == chosen.sorted())
    #expect(set.population == chosen.count)
    var rest = RowSet(count: count, all: true)
    rest.subtract(set)
    #expect(Set(rest.rows) == Set(0..<count).subtracting(chosen))
    rest.formUnion(set)
    #expect(rest == RowSet(count: count, all: true))
  }

  @Test func theNewestConsentUpToTheDayDecides() throws {
    let (first, second) = (try #require(Day("2025-01-01")), try #require(Day("2025-06-01")))
    var customer = Customer(id: "7")
    customer.consents = [
      Consent(channel: .email, given: false, day: second, source: "web"),
      Consent(channel: .email, given: true, day: first, source: "till"),
    ]
    var table = CustomerTable()
    table.append(customer)
    #expect(table.consent(0, .email, asOf: first - 1) == nil)
    #expect(table.consent(0, .email, asOf: second - 1) == true)
    #expect(table.consent(0, .email, asOf: second) == false)
    #expect(table.consent(0, .sms, asOf: second) == nil)
    #expect(table.customer(0) == customer)
  }

  @Test func aTableGivesBackWholeRecords() throws {
    let day = try #require(Day("2025-01-01"))
    var full = Customer(id: "2")
    full.name = "Ana"
    full.branch = "North"
    full.tags = ["staff"]
    full.doNotContactSince = day
    full.consumers = [Consumer(name: "Leo", birthYear: 2019, needs: ["toys"])]
    full.feedback = [Feedback(kind: .complaint, day: day, text: "late")]
    full.statedOrders = 3
    var table = CustomerTable()
    for customer in [Customer(id: "1"), full, Customer(id: "3")] { table.append(customer) }
    #expect((0..<3).map(table.customer) == [Customer(id: "1"), full, Customer(id: "3")])
    #expect(table.isDoNotContact(1, asOf: day))
    #expect(!table.isDoNotContact(1, asOf: day - 1))
    #expect(table.row(of: "2") == 1)
  }

  @Test func aBookKeepsOffersByNumber() throws {
    var book = OfferBook()
    for id in [3, 1, 700] { book[id] = try offer(id) }
    #expect(book.count == 3)
    #expect(book.lastID == 700)
    #expect(book.filter { _ in true }.map(\.id) == [1, 3, 700])
    let before = book
    book[3] = nil
    #expect(book.count == 2)
    #expect(book[3] == nil)
    #expect(before[3] != nil, "a copy keeps what it had")
    #expect(book[0] == nil)
    #expect(book[9_999] == nil)
  }

  private func offer(_ id: Int) throws -> Offer {
    Offer(
      id: id, customer: "1", rule: RuleReference(id: "r", version: 1, hash: "0", title: "R"),
      asOf: try #require(Day("2026-01-01")), terms: OfferTerms(template: "t", kind: .content),
      channel: .till, validUntil: try #require(Day("2026-02-01")), expectedCost: 0,
      expectedValue: 0, stage: .new, cohort: .low, target: nil, evidence: Evidence())
  }

  @Test(arguments: [0, 1, 255, 256, 257, 5_000])
  func rowsInTheOrderOfTheirNumbersKeepTheirOrderWhereThoseAreEqual(count: Int) {
    var generator = SystemRandomNumberGenerator()
    for bits in [0, 1, 7, 11, 12, 33, 63] {
      let keys = (0..<count).map { _ in generator.next() >> UInt64(63 - bits) &+ 1_000 }
      var rows = keys.indices.map { KeyedRow(key: keys[$0], row: UInt32($0)) }
      RowOrder.sort(&rows)
      #expect(rows.map { Int($0.row) } == keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) })
    }
    let signed: [Int64] = [.min, -5, -1, 0, 1, 9, .max]
    #expect(signed.map(\.orderKey) == signed.map(\.orderKey).sorted())
  }

  @Test func aBookTellsWhichOfItsOffersMayHaveChanged() {
    var book = OfferBook()
    for id in 1...1_300 { book[id] = .suggestion(id) }
    #expect(OfferBook().numbers(changedSince: book).isEmpty)
    #expect(book.numbers(changedSince: OfferBook()) == [1..<1_301])
    let before = book
    #expect(book.numbers(changedSince: before).isEmpty)
    book[700]?.state = .approved
    book[1_301] = .suggestion(1_301)
    // How many neighbours come along is the book's business; that most offers do not is the point.
    var changed = book.numbers(changedSince: before)
    #expect(changed.contains { $0.contains(700) } && changed.contains { $0.contains(1_301) })
    #expect(changed.reduce(0) { $0 + $1.count } < 1_000 && !changed.contains { $0.contains(1) })
    book = before
    book[1] = nil
    changed = book.numbers(changedSince: before)
    #expect(changed.contains { $0.contains(1) } && !changed.contains { $0.contains(1_000) })
  }
}

extension Offer {
  fileprivate static func suggestion(_ id: Int) -> Offer {
    Offer(
      id: id, customer: "\(id)",
      rule: RuleReference(id: "a", version: 1, hash: "0", title: "A"), asOf: Day(number: 1),
      terms: OfferTerms(template: "t", kind: .gift), channel: .till,
      validUntil: Day(number: 9), expectedCost: 1, expectedValue: 2, stage: .new, cohort: .low,
      target: nil, evidence: Evidence())
  }
}
