import LoyaltyModel
import TextFormats

/// Reads the lines of customers in bulk: its scanners are made once and used for every line.
struct CustomerLineReader {
  /// Whether all members of the line that was read last are known, those of objects within too.
  private(set) var isWhollyKnown = true
  private var line = NDJSONScanner(keys: CustomerRecord.keys)
  private var consent = NDJSONScanner(keys: ["channel", "given", "date", "source"])
  private var interest = NDJSONScanner(keys: ["what", "date"])
  private var consumer = NDJSONScanner(keys: ["name", "birth_year", "needs"])
  private var feedback = NDJSONScanner(keys: ["kind", "date", "score", "text", "settled"])

  private typealias Key = CustomerRecord.Key

  /// Reads the first line of bytes.
  mutating func read(_ bytes: RawSpan) throws(LineFlaw) -> Customer {
    line.move(to: 0)
    do throws(NDJSONError) {
      _ = try line.next(in: bytes)
    } catch { throw LineFlaw(error) }
    isWhollyKnown = line.others.isEmpty
    var customer = Customer(id: try line.text(Key.id, bytes))
    if customer.id.isEmpty { throw line.flaw(Key.id, CustomerRecord.keys[Key.id]) }
    customer.name = try line.text(Key.name, bytes)
    customer.email = try line.text(Key.email, bytes)
    customer.phone = try line.text(Key.phone, bytes)
    customer.city = try line.text(Key.city, bytes)
    customer.country = try line.text(Key.country, bytes)
    customer.branch = try line.text(Key.branch, bytes)
    if line.has(Key.kind) {
      guard let kind = PartyKind(rawValue: try line.text(Key.kind, bytes)) else {
        throw line.flaw(Key.kind, CustomerRecord.keys[Key.kind])
      }
      customer.kind = kind
    }
    guard (Key.tags...Key.statedOrders).contains(where: { line.has($0) }) else { return customer }
    do throws(NDJSONError) {
      if try readDetails(bytes, into: &customer) { return customer }
    } catch {
      // Told below.
    }
    throw flaw(bytes)
  }

  /// What is wrong within a line, told by the general reader, which knows the place.
  private func flaw(_ bytes: RawSpan) -> LineFlaw {
    do throws(RecordFlaw) {
      _ = try CustomerRecord.read(RecordReader(json: bytes.array(line.line)))
    } catch { return line.flaw(error, from: line.line.lowerBound) }
    return line.flaw(RecordFlaw(key: ""), from: line.line.lowerBound)
  }

  /// Reads the lists; false where one of them is none.
  private mutating func readDetails(
    _ bytes: RawSpan, into customer: inout Customer
  ) throws(NDJSONError) -> Bool {
    if line.has(Key.tags) {
      guard let tags = Self.texts(line.values[Key.tags], bytes) else { return false }
      customer.tags = tags
    }
    if line.has(Key.doNotContact) {
      customer.doNotContactSince = Day(number: try line.days(Key.doNotContact, in: bytes))
    }
    if line.has(Key.statedOrders) {
      customer.statedOrders = Int(try line.int64(Key.statedOrders, in: bytes))
    }
    guard try readConsents(bytes, into: &customer) else { return false }
    guard try readInterests(bytes, into: &customer) else { return false }
    guard try readConsumers(bytes, into: &customer) else { return false }
    return try readFeedback(bytes, into: &customer)
  }

  private mutating func readConsents(
    _ bytes: RawSpan, into customer: inout Customer
  ) throws(NDJSONError) -> Bool {
    let value = line.values[Key.consents]
    return try Self.objects(value, bytes, &consent, &isWhollyKnown) {
      (scanner, bytes) throws(NDJSONError) in
      guard let channel = ContactChannel(rawValue: try scanner.string(0, in: bytes)) else {
        return false
      }
      customer.consents.append(
        Consent(
          channel: channel, given: try scanner.bool(1),
          day: Day(number: try scanner.days(2, in: bytes)),
          source: scanner.has(3) ? try scanner.string(3, in: bytes) : ""))
      return true
    }
  }

  private mutating func readInterests(
    _ bytes: RawSpan, into customer: inout Customer
  ) throws(NDJSONError) -> Bool {
    let value = line.values[Key.interests]
    return try Self.objects(value, bytes, &interest, &isWhollyKnown) {
      (scanner, bytes) throws(NDJSONError) in
      customer.interests.append(
        Interest(
          what: scanner.has(0) ? try scanner.string(0, in: bytes) : "",
          day: Day(number: try scanner.days(1, in: bytes))))
      return true
    }
  }

  private mutating func readConsumers(
    _ bytes: RawSpan, into customer: inout Customer
  ) throws(NDJSONError) -> Bool {
    let value = line.values[Key.consumers]
    return try Self.objects(value, bytes, &consumer, &isWhollyKnown) {
      (scanner, bytes) throws(NDJSONError) in
      guard let needs = scanner.has(2) ? Self.texts(scanner.values[2], bytes) : [] else {
        return false
      }
      customer.consumers.append(
        Consumer(
          name: scanner.has(0) ? try scanner.string(0, in: bytes) : "",
          birthYear: scanner.has(1) ? Int(try scanner.int64(1, in: bytes)) : nil, needs: needs))
      return true
    }
  }

  private mutating func readFeedback(
    _ bytes: RawSpan, into customer: inout Customer
  ) throws(NDJSONError) -> Bool {
    let value = line.values[Key.feedback]
    return try Self.objects(value, bytes, &feedback, &isWhollyKnown) {
      (scanner, bytes) throws(NDJSONError) in
      guard let kind = Feedback.Kind(rawValue: try scanner.string(0, in: bytes)) else {
        return false
      }
      customer.feedback.append(
        Feedback(
          kind: kind, day: Day(number: try scanner.days(1, in: bytes)),
          score: scanner.has(2) ? Int(try scanner.int64(2, in: bytes)) : nil,
          text: scanner.has(3) ? try scanner.string(3, in: bytes) : "",
          settled: scanner.has(4) ? Day(number: try scanner.days(4, in: bytes)) : nil))
      return true
    }
  }

  // MARK: Lists

  /// Hands over the objects of an array; false where it is none, or the body says so.
  ///
  /// The scanner of the line has checked that the array is one: between its elements stand commas,
  /// and blanks after an edit by hand.
  private static func objects(
    _ value: NDJSONValue, _ bytes: RawSpan, _ scanner: inout NDJSONScanner,
    _ isWhollyKnown: inout Bool,
    _ body: (inout NDJSONScanner, RawSpan) throws(NDJSONError) -> Bool
  ) throws(NDJSONError) -> Bool {
    guard value.isPresent, value.kind != .null else { return true }
    guard value.kind == .array else { return false }
    var offset = value.range.lowerBound + 1
    while offset < value.range.upperBound - 1 {
      guard bytes.byte(at: offset) == UInt8(ascii: "{") else {
        guard isBetween(bytes.byte(at: offset)) else { return false }
        offset += 1
        continue
      }
      guard let end = try? JSONLexer.skipValue(bytes, at: offset, depth: 32) else { return false }
      let element = bytes.extracting(offset..<end)
      scanner.move(to: 0)
      guard try scanner.next(in: element), try body(&scanner, element) else { return false }
      if !scanner.others.isEmpty { isWhollyKnown = false }
      offset = end
    }
    return true
  }

  /// The texts of an array; nil where it is none.
  private static func texts(_ value: NDJSONValue, _ bytes: RawSpan) -> [String]? {
    guard value.kind == .array else { return nil }
    var texts: [String] = []
    var offset = value.range.lowerBound + 1
    while offset < value.range.upperBound - 1 {
      guard bytes.byte(at: offset) == UInt8(ascii: "\"") else {
        guard isBetween(bytes.byte(at: offset)) else { return nil }
        offset += 1
        continue
      }
      guard let end = try? JSONLexer.skipValue(bytes, at: offset, depth: 1) else { return nil }
      let inside = offset + 1..<end - 1
      var text: [UInt8] = []
      JSONLexer.unescape(bytes, inside, into: &text)
      texts.append(String(decoding: text, as: UTF8.self))
      offset = end
    }
    return texts
  }

  @inline(__always)
  private static func isBetween(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
