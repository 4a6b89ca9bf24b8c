import LoyaltyModel
import Statistics
import Testing

/// What is packed comes out as it went in.
struct PackedTests {
  @Test func numbersAndTextsComeBack() {
    var packed = PackedBytes()
    let numbers: [Int64] = [0, 1, -1, 63, 64, -64, -65, 127, 128, 16_383, 16_384, .max, .min]
    for number in numbers { packed.number(number) }
    let sizes: [UInt64] = [0, 127, 128, 1 << 35, .max]
    for size in sizes { packed.unsigned(size) }
    // The fourth looks like the first and is another text.
    let texts = ["caf\u{E9}", "", "caf\u{E9}", "cafe\u{301}", "名前", "a\u{0}b", ""]
    for text in texts {
      packed.shared(text)
      packed.own(text)
    }
    packed.optional(nil)
    packed.optional(-5)
    #expect(packed.texts.count == 5, "a text that comes again stands once")
    var reader = PackedReader(packed, at: 0)
    #expect(numbers.map { _ in reader.number() } == numbers)
    #expect(sizes.map { _ in reader.unsigned() } == sizes)
    for text in texts {
      #expect(Array(reader.shared().utf8) == Array(text.utf8))
      #expect(Array(reader.own().utf8) == Array(text.utf8))
    }
    #expect(reader.optional() == nil)
    #expect(reader.optional() == -5)
    #expect(!reader.isFlawed)
    _ = reader.byte()
    #expect(reader.isFlawed, "there is nothing more")
  }

  /// Goes on after bytes that were put together from their parts.
  @Test func textsGoOnFromThoseThatAreThere() {
    var first = PackedBytes()
    for text in ["a", "b"] { first.shared(text) }
    var second = PackedBytes(bytes: first.bytes, texts: first.texts)
    for text in ["b", "c"] { second.shared(text) }
    #expect(second.texts == ["a", "b", "c"])
    var reader = PackedReader(second, at: 0)
    #expect((0..<4).map { _ in reader.shared() } == ["a", "b", "b", "c"])
  }

  @Test(arguments: 0..<20) func offersComeBack(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (packed, offers) = (PackedOffers(), [Int: Offer]())
    for _ in 0..<200 {
      let offer = Offer.random(id: Int.random(in: 1...150, using: &random), &random)
      packed.append(offer)
      offers[offer.id] = offer
    }
    packed.reserve(through: 160)
    check(OfferBook(packed), offers)
    guard let again = PackedOffers(packed.packed, places: packed.places) else {
      Issue.record("the parts do not fit together")
      return
    }
    // What changes stands over what was read.
    var book = OfferBook(again)
    let before = book
    for _ in 0..<20 {
      let id = Int.random(in: 1...170, using: &random)
      let offer = Bool.random(using: &random) ? Offer.random(id: id, &random) : nil
      (book[id], offers[id]) = (offer, offer)
    }
    check(book, offers)
    check(OfferBook(book.packed), offers)
    for id in 1...150 where book[id] != before[id] {
      #expect(book.numbers(changedSince: before).contains { $0.contains(id) })
    }
    #expect(before.numbers(changedSince: OfferBook(again)).isEmpty)
    // Packed or not, it is the same; and what it was stays for whoever still has it.
    let unpacked = book
    book.pack()
    check(book, offers)
    for id in 150...200 { (book[id], offers[id]) = (nil, nil) }
    book.pack()
    check(book, offers)
    let changed = book.numbers(changedSince: unpacked)
    for id in 150...170 where unpacked[id] != nil {
      #expect(changed.contains { $0.contains(id) })
    }
  }

  private func check(_ book: OfferBook, _ offers: [Int: Offer]) {
    var counts: [OfferState: Int] = [:]
    for id in 1...max(book.lastID, 1) {
      #expect(book[id] == offers[id])
      #expect(book.has(id) == (offers[id] != nil))
      var summary = offers[id]
      summary?.evidence = Evidence()
      var found = book.summary(id)
      found?.evidence = Evidence()
      #expect(found == summary)
      #expect(book.customer(of: id) == offers[id]?.customer)
      if let offer = offers[id] { counts[offer.state, default: 0] += 1 }
    }
    #expect(book.counts == counts)
    #expect(book.snoozed == Set(offers.values.filter { $0.state == .snoozed }.map(\.id)))
    #expect(book.filter { _ in true } == offers.values.sorted { $0.id < $1.id })
    #expect(book.summaries.map(\.id) == offers.keys.sorted())
    let some = Set(offers.values.prefix(3).map(\.customer))
    #expect(
      book.offers(of: some)
        == Dictionary(
          grouping: offers.values.sorted { $0.id < $1.id }.filter { some.contains($0.customer) },
          by: \.customer))
  }

  @Test(arguments: 0..<20) func detailsComeBack(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (table, customers) = (CustomerTable(), [Customer]())
    for number in 100..<200 {
      let customer = Customer.random(id: "C\(number)", &random)
      table.append(customer)
      customers.append(customer)
    }
    #expect(customers.indices.map { table.customer($0) } == customers)
    let day = Day(number: 20_000)
    for (row, customer) in customers.enumerated() {
      #expect(
        table.isDoNotContact(row, asOf: day)
          == (customer.doNotContactSince.map { $0 <= day } ?? false))
      let details = table.details
      #expect(details.has(.tags, row) == !customer.tags.isEmpty)
      #expect(details.has(.interests, row) == !customer.interests.isEmpty)
      #expect(details.has(.consumers, row) == !customer.consumers.isEmpty)
      #expect(details.has(.feedback, row) == !customer.feedback.isEmpty)
      #expect(details.has(.statedOrders, row) == (customer.statedOrders != nil))
    }
    let details = table.details
    #expect(DetailsColumn(details.packed, offsets: details.offsets) != nil)
    #expect(DetailsColumn(details.packed, offsets: Column(details.offsets.reversed())) == nil)
    #expect(DetailsColumn(details.packed, offsets: Column(details.offsets.dropLast())) == nil)
  }

  /// Any bytes at all are read without a trap.
  @Test(arguments: 0..<50) func bytesThatAreNoneAreRead(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
    let packed = PackedBytes(bytes: Column(bytes), texts: ["a", "b"])
    let places = (0..<50).map { _ in UInt64.random(in: 0...400, using: &random) }
    if let offers = PackedOffers(packed, places: places) {
      let book = OfferBook(offers)
      #expect(book.filter { _ in true }.count == places.count { $0 > 0 })
    }
    let offsets = [0] + (0..<49).map { _ in UInt64.random(in: 0...400, using: &random) }.sorted()
    if let details = DetailsColumn(packed, offsets: Column(offsets + [400])) {
      for row in 0..<details.count {
        #expect((details[row] == nil) == (details.offsets[row] == details.offsets[row + 1]))
      }
    } else {
      Issue.record("ascending offsets are offsets")
    }
  }
}

extension Offer {
  fileprivate static func random(id: Int, _ random: inout SplitMix64) -> Offer {
    let labels = ["", "low-mid.second-category", "0123456789abcdef", "Cafe\u{301}", "Đỗ"]
    func label() -> String { labels.randomElement(using: &random) ?? "" }
    func number() -> Int64 { Int64.random(in: -1_000_000...1_000_000, using: &random) }
    func day() -> Day { Day(number: Int32.random(in: -1...40_000, using: &random)) }
    func isGiven() -> Bool { Bool.random(using: &random) }
    var terms = OfferTerms(
      template: label(), kind: OfferKind.allCases.randomElement(using: &random) ?? .gift)
    if isGiven() { terms.percent = Int(number()) }
    if isGiven() { terms.amount = number() }
    if isGiven() { terms.threshold = .max }
    (terms.category, terms.product, terms.text) = (label(), label(), label())
    let evidence = Evidence(
      facts: (0..<Int.random(in: 0...4, using: &random)).map { _ in
        EvidenceFact(fact: label(), seen: String(number()), pointer: label())
      },
      purchases: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        PurchaseID(batch: 65_535, row: UInt32.random(in: 0...UInt32.max, using: &random))
      }, purchasesCounted: Int.random(in: 0...400, using: &random),
      lost: Gate.allCases.filter { _ in isGiven() }.map { LostRule(rule: label(), gate: $0) })
    var offer = Offer(
      id: id, customer: "C\(number())",
      rule: RuleReference(
        id: label(), version: Int(number()), hash: label(), title: label(), campaign: label()),
      asOf: day(), state: OfferState.allCases.randomElement(using: &random) ?? .suggested,
      terms: terms, channel: ContactChannel.allCases.randomElement(using: &random) ?? .till,
      validUntil: day(), expectedCost: number(), expectedValue: .min,
      stage: LifecycleStage.allCases.randomElement(using: &random) ?? .new,
      cohort: ValueCohort.allCases.randomElement(using: &random) ?? .low,
      target: isGiven() ? ValueCohort.allCases.randomElement(using: &random) : nil,
      evidence: evidence)
    (offer.reason, offer.editedBy) = (label(), label())
    if isGiven() { offer.snoozedUntil = day() }
    if isGiven() { offer.exported = day() }
    if isGiven() { offer.redeemed = day() }
    if isGiven() { offer.spent = number() }
    return offer
  }
}

extension Customer {
  fileprivate static func random(id: String, _ random: inout SplitMix64) -> Customer {
    var customer = Customer(id: id)
    func isGiven() -> Bool { Bool.random(using: &random) }
    func day() -> Day { Day(number: Int32.random(in: 19_000...21_000, using: &random)) }
    if isGiven() { customer.city = "München" }
    if isGiven() { customer.country = "DE" }
    if isGiven() { customer.kind = .organisation }
    if isGiven() { customer.tags = ["club", "press"] }
    if isGiven() { customer.doNotContactSince = day() }
    if isGiven() { customer.statedOrders = Int.random(in: -5...5_000_000_000, using: &random) }
    if isGiven() { customer.interests = [Interest(what: "newsletter", day: day())] }
    if isGiven() {
      customer.consumers = [
        Consumer(name: "राहुल", birthYear: isGiven() ? 2_025 : nil, needs: ["reads in bed"]),
        Consumer(name: ""),
      ]
    }
    if isGiven() {
      customer.feedback = Feedback.Kind.allCases.map {
        Feedback(
          kind: $0, day: day(), score: isGiven() ? 10 : nil, text: isGiven() ? "Late" : "",
          settled: isGiven() ? day() : nil)
      }
    }
    return customer
  }
}
