import LoyaltyModel
import Testing
import TextFormats

@testable import LoyaltyStore

/// The readers of lines as this program writes them find in any line what the general readers find,
/// or leave it to them.
///
/// A line that begins with a blank is none that this program writes, so the same lines with a blank
/// before each are what the general readers make of them.
struct LineReadingTests {
  /// What the lines of a file come to, or what is wrong with them.
  private typealias Outcome = Result<[String], LineFlaw>

  @Test(arguments: LineKind.allCases) func randomLinesGiveTheSameEitherWay(kind: LineKind) {
    for seed in 0..<150 {
      var random = SplitMix(UInt64(seed))
      var lines = (0..<20).map { kind.line(number: $0 + 1, &random) }
      if seed % 3 == 1 {
        for index in lines.indices where random.next(4) == 0 {
          lines[index] = reordered(lines[index], &random)
        }
      }
      if seed % 3 == 2 {
        let hit = random.next(lines.count)
        lines[hit] = damaged(lines[hit], &random)
      }
      expectSame(kind, lines, "seed \(seed)")
    }
  }

  @Test(arguments: LineKind.allCases)
  func aLineCutOrFlippedAtAnyByteGivesTheSameEitherWay(kind: LineKind) {
    var random = SplitMix(7)
    let (before, line) = (kind.line(number: 1, &random), kind.fullLine)
    for offset in line.indices {
      expectSame(kind, [before, Array(line[..<offset])], "cut at \(offset)")
      var flipped = line
      flipped[offset] ^= 1 << UInt8(random.next(8))
      expectSame(kind, [before, flipped, before], "flipped at \(offset)")
    }
  }

  /// Otherwise the tests above would compare the general readers with themselves.
  @Test(arguments: LineKind.allCases) func linesAsTheyAreWrittenAreReadAtOnce(kind: LineKind) {
    let bytes = contents(kind, [kind.fullLine])
    let (span, start) = (bytes.bytes.span.bytes, bytes.records.lowerBound)
    let end: Int?
    switch kind {
    case .purchase:
      var (reader, line, labels) = (
        PurchaseLineReader(digits: 2), PurchaseLine(), PurchaseLabels()
      )
      end = reader.read(&line, span, at: start, &labels)?.end
    case .customer:
      var (reader, rows) = (CompactCustomerReader(), CustomerRows())
      end = reader.read(span, at: start, into: &rows)
    case .offer:
      var (reader, offers) = (CompactOfferReader(Fixture.euro), PackedOffers())
      end = reader.read(span, at: start, into: &offers)
    }
    #expect(end == bytes.records.upperBound - 1)
  }

  private func expectSame(_ kind: LineKind, _ lines: [[UInt8]], _ what: String) {
    let plain = outcome(kind, contents(kind, lines))
    // What was flipped may be a line feed.
    let text = lines.reduce(into: [UInt8]()) { $0 += $1 + [10] }.dropLast()
    let all: [[UInt8]] = text.split(separator: 10, omittingEmptySubsequences: false).map {
      [0x20] + $0
    }
    let general = outcome(kind, contents(kind, all))
    switch (plain, general) {
    case (.success(let one), .success(let other)):
      #expect(one == other, "\(what)")
    case (.failure(let one), .failure(let other)):
      // Some flaws tell of another place, too.
      let flaws = [one, other].map { "\($0.flaw)".filter { !$0.isNumber } }
      #expect(one.line == other.line && flaws[0] == flaws[1], "\(what)")
      // A blank more for each line before, and perhaps the line's own.
      let blanks = other.byte - one.byte
      #expect(blanks == one.line - 1 || blanks == one.line - 2, "\(what)")
    default:
      Issue.record("\(what): \(plain) is not \(general)")
    }
  }

  private func contents(_ kind: LineKind, _ lines: [[UInt8]]) -> ShardFile.Contents {
    let records = lines.reduce(into: [UInt8]()) { $0 += $1 + [10] }
    let file = ShardFile.whole(ShardFile.Header("x"), rows: lines.count, records)
    guard let contents = try? ShardFile.read(file, file: "x", kind: "x") else {
      preconditionFailure("the file is whole")
    }
    return contents
  }

  private func outcome(_ kind: LineKind, _ contents: ShardFile.Contents) -> Outcome {
    do {
      switch kind {
      case .purchase: return .success(try purchases(contents))
      case .customer:
        var loader = CustomerLoader()
        try loader.add(contents)
        let people = loader.loaded()
        return .success(
          (0..<people.customers.count).map { "\(people.customers.customer($0))" }
            + people.others.keys.sorted().map { "\($0) \((people.others[$0] ?? []).map(\.key))" })
      case .offer:
        var loader = OfferLoader()
        var (compact, scanning) = (
          CompactOfferReader(Fixture.euro), OfferLineReader(Fixture.euro)
        )
        try loader.add(contents, &compact, &scanning, Fixture.euro)
        return .success(
          OfferBook(loader.offers).filter { _ in true }.map { "\($0)" }
            + loader.others.keys.sorted().map { "\($0) \((loader.others[$0] ?? []).map(\.key))" })
      }
    } catch let flaw as LineFlaw {
      return .failure(flaw)
    } catch StoreError.damaged(let damage) {
      return .failure(LineFlaw(line: damage.line ?? 0, byte: damage.byte ?? 0, damage.flaw))
    } catch {
      Issue.record("\(error)")
      return .success([])
    }
  }

  private func purchases(_ contents: ShardFile.Contents) throws -> [String] {
    var known = CustomerRows()
    for id in ["C1", "C2", "C4"] { known.append(Customer(id: id)) }
    let table = known.table().table
    var loader = PurchaseLoader(
      customers: ByteTable(distinct: table.ids), digits: 2, expectedRows: 0)
    try loader.add(contents, batch: 3)
    var people = LoadedPeople(customers: table, others: [:])
    let rows = people.add(namedBy: loader.customers)
    let sales = try loader.table(rows: rows) { _ in nil }
    let lines = (0..<people.customers.count).flatMap { person in
      sales.rows(ofCustomer: person).map { row in
        """
        \(people.customers.ids[person]) \(sales.days[row]) \(sales.amounts[row]) \
        \(sales.units[row]) \(sales.product(row)?.sku ?? "-") \(sales.branch[row]) \
        \(sales.channel[row]) \(sales.id(row)) \(sales.refundedRow[row] ?? -1)
        """
      }
    }
    return lines + sales.branches.labels + sales.channels.labels + ["\(sales.anonymous)"]
  }

  /// The members in another order, or with one that is not known, or with blanks.
  private func reordered(_ line: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    guard let members = try? JSONDocument(parsing: line).root.members, !members.isEmpty else {
      return line
    }
    var parts = members.map {
      "\"\($0.key)\":" + String(decoding: line[$0.value.range], as: UTF8.self)
    }
    switch random.next(4) {
    case 0: parts.shuffle(using: &random)
    case 1: parts.insert("\"shoe_size\":[1,{\"a\":null}]", at: random.next(parts.count + 1))
    case 2: parts.remove(at: random.next(parts.count))
    default: parts = parts.map { " " + $0 }
    }
    return Array("{\(parts.joined(separator: ","))}".utf8)
  }

  private func damaged(_ line: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var line = line
    let offset = random.next(line.count)
    switch random.next(3) {
    case 0: line.removeSubrange(offset...)
    case 1: line[offset] ^= 1 << UInt8(random.next(8))
    default: line[offset] = UInt8(random.next(256))
    }
    return line
  }
}

/// The kinds of lines of which there are millions.
enum LineKind: CaseIterable {
  case purchase, customer, offer

  private static let texts = [
    "", "a", "shop", "web", "Köln Ehrenfeld", "Köln Ehrenfeld West", "München Schwabing",
    "quote \" and \\", "tab\t", "高橋 大翔", "सोनिया", "first sixteen bytes the same: one",
    "first sixteen bytes the same: two", "12345678", "123456789012345", "1234567890123456", "🎁",
  ]

  private static func text(_ random: inout SplitMix) -> String {
    texts[random.next(texts.count)]
  }

  private static func day(_ random: inout SplitMix) -> Day {
    Day(number: Int32(19_700 + random.next(800)))
  }

  /// A line as this program writes it.
  func line(number: Int, _ random: inout SplitMix) -> [UInt8] {
    var writer = JSONWriter()
    switch self {
    case .purchase:
      PurchaseRecord.write(
        Self.purchase(&random), row: number, Fixture.euro, isErased: random.next(20) == 0,
        to: &writer)
    case .customer: CustomerRecord.write(Self.customer(&random), to: &writer)
    case .offer: OfferRecord.write(Self.offer(number, &random), Fixture.euro, to: &writer)
    }
    return writer.bytes
  }

  private static func purchase(_ random: inout SplitMix) -> Purchase {
    let people = ["", "C1", "C2", "C3", "C4", "Ж", "a long identifier of a customer"]
    var purchase = Purchase(
      customer: people[random.next(people.count)], day: day(&random),
      amount: Int64(random.next(20_000)) - 5_000)
    if random.next(3) == 0 { purchase.units = Int32(random.next(9)) - 3 }
    purchase.receipt = random.next(2) == 0 ? "r\(random.next(5))" : text(&random)
    (purchase.product, purchase.branch) = (text(&random), text(&random))
    purchase.channel = text(&random)
    if random.next(4) == 0 { purchase.refunds = "r\(random.next(5))" }
    return purchase
  }

  private static func customer(_ random: inout SplitMix) -> Customer {
    var customer = Customer(id: "C\(random.next(12))")
    (customer.name, customer.email) = (text(&random), text(&random))
    (customer.phone, customer.city) = (text(&random), text(&random))
    (customer.country, customer.branch) = (text(&random), text(&random))
    if random.next(4) == 0 { customer.kind = .organisation }
    for _ in 0..<random.next(3) { customer.tags.append(text(&random)) }
    for _ in 0..<random.next(3) {
      customer.consents.append(
        Consent(
          channel: ContactChannel.allCases[random.next(6)], given: random.next(2) == 0,
          day: day(&random), source: text(&random)))
    }
    if random.next(5) == 0 { customer.doNotContactSince = day(&random) }
    for _ in 0..<random.next(3) {
      customer.interests.append(Interest(what: text(&random), day: day(&random)))
    }
    for _ in 0..<random.next(3) {
      customer.consumers.append(
        Consumer(
          name: text(&random), birthYear: random.next(2) == 0 ? 2_000 + random.next(20) : nil,
          needs: (0..<random.next(3)).map { _ in text(&random) }))
    }
    for _ in 0..<random.next(3) {
      customer.feedback.append(
        Feedback(
          kind: Feedback.Kind.allCases[random.next(3)], day: day(&random),
          score: random.next(2) == 0 ? random.next(11) : nil, text: text(&random),
          settled: random.next(3) == 0 ? day(&random) : nil))
    }
    if random.next(5) == 0 { customer.statedOrders = random.next(100) }
    return customer
  }

  private static func offer(_ number: Int, _ random: inout SplitMix) -> Offer {
    var offer = Fixture.offer(number, customer: text(&random))
    offer.state = OfferState.allCases[random.next(OfferState.allCases.count)]
    if random.next(2) == 0 { offer.terms = OfferTerms(template: text(&random), kind: .gift) }
    if random.next(2) == 0 { offer.rule.campaign = text(&random) }
    if random.next(2) == 0 { offer.target = nil }
    if random.next(3) == 0 { offer.evidence = Evidence() }
    for _ in 0..<random.next(3) {
      offer.evidence.facts.append(
        EvidenceFact(fact: text(&random), seen: text(&random), pointer: text(&random)))
    }
    if random.next(3) == 0 { offer.evidence.lost = [] }
    if random.next(3) == 0 { offer.evidence.purchasesCounted = 0 }
    offer.reason = text(&random)
    if random.next(3) == 0 { offer.snoozedUntil = day(&random) }
    if random.next(3) == 0 { offer.exported = day(&random) }
    if random.next(3) == 0 { offer.redeemed = day(&random) }
    if random.next(3) == 0 { offer.spent = Int64(random.next(10_000)) }
    offer.editedBy = text(&random)
    return offer
  }

  /// A line that has every member, and no escapes.
  var fullLine: [UInt8] {
    let line =
      switch self {
      case .purchase:
        """
        {"customer":"C2","date":"2026-02-28","amount":"-12.05","units":-2,"receipt":"7-1R",\
        "product":"BUCH-01","branch":"Köln Ehrenfeld","channel":"shop","refunds":"7-1","row":9}
        """
      case .customer:
        """
        {"id":"C2","name":"高橋 大翔","email":"a@example.org","phone":"+49 30 1","city":"大阪",\
        "country":"JP","branch":"Web","kind":"organisation","tags":["club","vip"],\
        "consents":[{"channel":"email","given":true,"date":"2025-04-22","source":"form"},\
        {"channel":"sms","given":false,"date":"2025-04-23"}],"do_not_contact":"2026-01-01",\
        "interests":[{"what":"newsletter","date":"2024-08-04"}],"consumers":[{"name":"Greta",\
        "birth_year":2014,"needs":["chess"]}],"feedback":[{"kind":"rating",\
        "date":"2026-04-24","score":9,"text":"good","settled":"2026-05-01"}],"stated_orders":3}
        """
      case .offer:
        """
        {"id":14,"customer":"C2","rule":{"id":"second","version":1,"hash":"00ff","title":"T",\
        "campaign":"may"},"as_of":"2026-06-30","state":"approved","terms":{"template":"t",\
        "kind":"voucher","percent":10,"amount":"5.00","threshold":"49.99","category":"Tee",\
        "product":"T-1","text":"x"},"channel":"email","valid_until":"2026-07-14",\
        "expected_cost":"0.55","expected_value":"-1.20","stage":"at risk","cohort":"low",\
        "target":"mid","evidence":{"facts":[{"fact":"gap_days","seen":"28","at":"/why"}],\
        "purchases":["3-1207","3-9"],"purchases_counted":9,"lost":[{"rule":"thanks",\
        "gate":"per-customer"}]},"reason":"timing","snoozed_until":"2026-07-01",\
        "exported":"2026-07-02","redeemed":"2026-07-03","spent":"5.00","edited_by":"anna"}
        """
      }
    return Array(line.utf8)
  }
}
