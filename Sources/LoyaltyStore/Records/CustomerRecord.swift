import LoyaltyModel
import TextFormats

/// The line of a customer: every key, in canonical order.
enum CustomerRecord {
  static let keys: [StaticString] = [
    "id", "name", "email", "phone", "city", "country", "branch", "kind", "tags", "consents",
    "do_not_contact", "interests", "consumers", "feedback", "stated_orders", "from",
  ]

  /// The same with the keys of the objects in it.
  static let known = KnownKeys(
    keys,
    [
      "consents": KnownKeys(["channel", "given", "date", "source"]),
      "interests": KnownKeys(["what", "date"]),
      "consumers": KnownKeys(["name", "birth_year", "needs"]),
      "feedback": KnownKeys(["kind", "date", "score", "text", "settled"]),
    ])

  /// Reads the line that a scanner for ``keys`` has found.
  ///
  /// - Parameters:
  ///   - scanner: The scanner.
  ///   - bytes: What it scans.
  ///   - isWhollyKnown: Set to false when an object within has members that are not known.
  /// - Returns: The customer.
  /// - Throws: The first member that makes no sense.
  static func read(
    _ scanner: NDJSONScanner, in bytes: RawSpan, _ isWhollyKnown: inout Bool
  ) throws(LineFlaw) -> Customer {
    var customer = Customer(id: try scanner.text(0, bytes))
    if customer.id.isEmpty { throw scanner.flaw(0, keys[0]) }
    customer.name = try scanner.text(1, bytes)
    customer.email = try scanner.text(2, bytes)
    customer.phone = try scanner.text(3, bytes)
    customer.city = try scanner.text(4, bytes)
    customer.country = try scanner.text(5, bytes)
    customer.branch = try scanner.text(6, bytes)
    if scanner.has(7) {
      guard let kind = PartyKind(rawValue: try scanner.text(7, bytes)) else {
        throw scanner.flaw(7, keys[7])
      }
      customer.kind = kind
    }
    if scanner.has(8) || (10...14).contains(where: { scanner.has($0) }) {
      try readDetails(scanner, in: bytes, into: &customer, &isWhollyKnown)
    }
    if scanner.has(9) { customer.consents = try consents(scanner, in: bytes, &isWhollyKnown) }
    return customer
  }

  /// Reads the lists that few customers have by the general reader.
  private static func readDetails(
    _ scanner: NDJSONScanner, in bytes: RawSpan, into customer: inout Customer,
    _ isWhollyKnown: inout Bool
  ) throws(LineFlaw) {
    var members: [JSONMember] = []
    for index in [8, 10, 11, 12, 13, 14] where scanner.has(index) {
      let value = scanner.values[index]
      let range =
        value.isString ? value.range.lowerBound - 1..<value.range.upperBound + 1 : value.range
      guard let document = try? JSONDocument(parsing: bytes.array(range)) else { continue }
      members.append(
        JSONMember(key: keys[index].description, keyRange: 0..<0, value: document.root))
    }
    let found = RecordReader(JSONNode(range: 0..<0, value: .object(members)))
    if !found.others(than: known).isEmpty { isWhollyKnown = false }
    if (try? readDetails(found, into: &customer)) != nil { return }
    // What is wrong is told by reading the whole line, where the places are right.
    do throws(RecordFlaw) {
      try readDetails(RecordReader(json: bytes.array(scanner.line)), into: &customer)
    } catch { throw scanner.flaw(error, from: scanner.line.lowerBound) }
  }

  private static let consentScanner = NDJSONScanner(
    keys: ["channel", "given", "date", "source"])

  /// Reads consents, which most customers have, without the general reader.
  private static func consents(
    _ scanner: NDJSONScanner, in bytes: RawSpan, _ isWhollyKnown: inout Bool
  ) throws(LineFlaw) -> [Consent] {
    guard scanner.values[9].kind == .array else { throw scanner.flaw(9, keys[9]) }
    let range = scanner.values[9].range
    var consents: [Consent] = []
    var offset = range.lowerBound + 1
    while offset < range.upperBound - 1 {
      // The scanner has checked that the array is one: between its elements stand commas, and
      // blanks after an edit by hand.
      if [0x2C, 0x20, 0x09, 0x0D].contains(bytes.byte(at: offset)) {
        offset += 1
        continue
      }
      guard bytes.byte(at: offset) == UInt8(ascii: "{"),
        let end = try? JSONLexer.skipValue(bytes, at: offset, depth: 32),
        let consent = try? consent(bytes.extracting(offset..<end), &isWhollyKnown)
      else { throw scanner.flaw(RecordFlaw(key: "consents"), from: offset) }
      consents.append(consent)
      offset = end
    }
    return consents
  }

  private static func consent(
    _ bytes: RawSpan, _ isWhollyKnown: inout Bool
  ) throws(NDJSONError) -> Consent? {
    var scanner = consentScanner
    guard try scanner.next(in: bytes),
      let channel = ContactChannel(rawValue: try scanner.string(0, in: bytes))
    else { return nil }
    if !scanner.others.isEmpty { isWhollyKnown = false }
    return Consent(
      channel: channel, given: try scanner.bool(1),
      day: Day(number: try scanner.days(2, in: bytes)),
      source: scanner.has(3) ? try scanner.string(3, in: bytes) : "")
  }

  /// Reads a customer from an object.
  static func read(_ reader: RecordReader) throws(RecordFlaw) -> Customer {
    var customer = Customer(id: try reader.requiredText("id"))
    customer.name = try reader.text("name")
    customer.email = try reader.text("email")
    customer.phone = try reader.text("phone")
    customer.city = try reader.text("city")
    customer.country = try reader.text("country")
    customer.branch = try reader.text("branch")
    customer.kind = try reader.optionalChoice("kind") ?? .person
    try readDetails(reader, into: &customer)
    return customer
  }

  private static func readDetails(
    _ reader: RecordReader, into customer: inout Customer
  ) throws(RecordFlaw) {
    customer.tags = try reader.texts("tags")
    customer.consents = try reader.list("consents", consent)
    customer.doNotContactSince = try reader.optionalDay("do_not_contact")
    customer.interests = try reader.list("interests") { (reader) throws(RecordFlaw) in
      Interest(what: try reader.text("what"), day: try reader.day("date"))
    }
    customer.consumers = try reader.list("consumers") { (reader) throws(RecordFlaw) in
      Consumer(
        name: try reader.text("name"), birthYear: try reader.optionalInt("birth_year"),
        needs: try reader.texts("needs"))
    }
    customer.feedback = try reader.list("feedback") { (reader) throws(RecordFlaw) in
      Feedback(
        kind: try reader.choice("kind"), day: try reader.day("date"),
        score: try reader.optionalInt("score"), text: try reader.text("text"),
        settled: try reader.optionalDay("settled"))
    }
    customer.statedOrders = try reader.optionalInt("stated_orders")
  }

  private static func consent(_ reader: RecordReader) throws(RecordFlaw) -> Consent {
    guard let given = try reader.optionalBool("given") else { throw reader.flaw("given") }
    return Consent(
      channel: try reader.choice("channel"), given: given, day: try reader.day("date"),
      source: try reader.text("source"))
  }

  /// Writes a customer as an object.
  ///
  /// - Parameters:
  ///   - customer: The record.
  ///   - earlier: The record that it replaces, where an import's line keeps that.
  ///   - others: Members that are not known here.
  ///   - writer: Takes the object.
  static func write(
    _ customer: Customer, replacing earlier: Customer? = nil, others: [JSONMember] = [],
    to writer: inout JSONWriter
  ) {
    writer.object(with: others, of: known) { write(customer, replacing: earlier, &$0) }
  }

  private static func write(
    _ customer: Customer, replacing earlier: Customer?, _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.key("id")
    writer.string(customer.id)
    writer.member("name", customer.name)
    writer.member("email", customer.email)
    writer.member("phone", customer.phone)
    writer.member("city", customer.city)
    writer.member("country", customer.country)
    writer.member("branch", customer.branch)
    if customer.kind != .person { writer.member("kind", customer.kind.rawValue) }
    writer.member("tags", customer.tags)
    writer.list("consents", customer.consents, writeConsent)
    writer.member("do_not_contact", customer.doNotContactSince)
    writer.list("interests", customer.interests) { writer, interest in
      writer.object {
        $0.member("what", interest.what)
        $0.member("date", interest.day)
      }
    }
    writer.list("consumers", customer.consumers) { writer, consumer in
      writer.object {
        $0.member("name", consumer.name)
        $0.member("birth_year", consumer.birthYear)
        $0.member("needs", consumer.needs)
      }
    }
    writer.list("feedback", customer.feedback, writeFeedback)
    writer.member("stated_orders", customer.statedOrders)
    if let earlier {
      writer.key("from")
      write(earlier, to: &writer)
    }
    writer.endObject()
  }

  private static func writeConsent(_ writer: inout JSONWriter, _ consent: Consent) {
    writer.object {
      $0.member("channel", consent.channel.rawValue)
      $0.key("given")
      $0.bool(consent.given)
      $0.member("date", consent.day)
      $0.member("source", consent.source)
    }
  }

  private static func writeFeedback(_ writer: inout JSONWriter, _ feedback: Feedback) {
    writer.object {
      $0.member("kind", feedback.kind.rawValue)
      $0.member("date", feedback.day)
      $0.member("score", feedback.score)
      $0.member("text", feedback.text)
      $0.member("settled", feedback.settled)
    }
  }
}
