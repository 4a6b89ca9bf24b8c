import LoyaltyModel
import TextFormats

/// Reads the lines of customers however they are written: its scanners are made once and used for
/// every line.
struct CustomerLineReader {
  /// Whether all members of the line that was read last are known, those of objects within too.
  private(set) var isWhollyKnown = true
  private var line = NDJSONScanner(keys: CustomerRecord.keys)
  private var consents = ObjectListReader(keys: CustomerRecord.consentKeys)
  private var interests = ObjectListReader(keys: CustomerRecord.interestKeys)
  private var consumers = ObjectListReader(keys: CustomerRecord.consumerKeys)
  private var feedback = ObjectListReader(keys: CustomerRecord.feedbackKeys)

  private typealias Key = CustomerRecord.Key

  /// Reads a line; nil where it is blank.
  mutating func read(_ bytes: RawSpan) throws(LineFlaw) -> Customer? {
    line.move(to: 0)
    var customer: Customer
    do throws(NDJSONError) {
      guard try line.next(in: bytes) else { return nil }
      customer = Customer(id: try line.string(Key.id, in: bytes))
    } catch { throw LineFlaw(error) }
    isWhollyKnown = line.others.isEmpty
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
      guard let tags = line.values[Key.tags].texts(bytes) else { return false }
      customer.tags = tags
    }
    if line.has(Key.doNotContact) {
      customer.doNotContactSince = Day(number: try line.days(Key.doNotContact, in: bytes))
    }
    if line.has(Key.statedOrders) {
      customer.statedOrders = Int(try line.int64(Key.statedOrders, in: bytes))
    }
    let values = line.values
    guard try consents.read(values[Key.consents], bytes, &customer.consents, Self.consent),
      try interests.read(values[Key.interests], bytes, &customer.interests, Self.interest),
      try consumers.read(values[Key.consumers], bytes, &customer.consumers, Self.consumer),
      try feedback.read(values[Key.feedback], bytes, &customer.feedback, Self.feedback)
    else { return false }
    isWhollyKnown =
      isWhollyKnown && consents.isWhollyKnown && interests.isWhollyKnown
      && consumers.isWhollyKnown && feedback.isWhollyKnown
    return true
  }

  // MARK: Objects within

  private static func consent(
    _ object: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> Consent? {
    guard let channel = ContactChannel(rawValue: try object.string(0, in: bytes)) else {
      return nil
    }
    return Consent(
      channel: channel, given: try object.bool(1), day: Day(number: try object.days(2, in: bytes)),
      source: object.has(3) ? try object.string(3, in: bytes) : "")
  }

  private static func interest(
    _ object: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> Interest? {
    Interest(
      what: object.has(0) ? try object.string(0, in: bytes) : "",
      day: Day(number: try object.days(1, in: bytes)))
  }

  private static func consumer(
    _ object: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> Consumer? {
    guard let needs = object.values[2].texts(bytes) else { return nil }
    return Consumer(
      name: object.has(0) ? try object.string(0, in: bytes) : "",
      birthYear: object.has(1) ? Int(try object.int64(1, in: bytes)) : nil, needs: needs)
  }

  private static func feedback(
    _ object: NDJSONScanner, _ bytes: RawSpan
  ) throws(NDJSONError) -> Feedback? {
    guard let kind = Feedback.Kind(rawValue: try object.string(0, in: bytes)) else { return nil }
    return Feedback(
      kind: kind, day: Day(number: try object.days(1, in: bytes)),
      score: object.has(2) ? Int(try object.int64(2, in: bytes)) : nil,
      text: object.has(3) ? try object.string(3, in: bytes) : "",
      settled: object.has(4) ? Day(number: try object.days(4, in: bytes)) : nil)
  }
}

/// Reads a list of objects within a line, by a scanner that is made once.
private struct ObjectListReader {
  /// Whether all members of the objects that were read last are known.
  private(set) var isWhollyKnown = true
  private var scanner: NDJSONScanner

  init(keys: [StaticString]) { scanner = NDJSONScanner(keys: keys) }

  /// Reads the objects of an array, if there is one.
  ///
  /// - Parameters:
  ///   - value: The array.
  ///   - bytes: What the line stands in.
  ///   - list: Takes the objects.
  ///   - convert: Reads an object; nil where it makes no sense.
  /// - Returns: False where it is no array, or an object makes no sense.
  /// - Throws: What is wrong with a value in an object.
  mutating func read<Element>(
    _ value: NDJSONValue, _ bytes: RawSpan, _ list: inout [Element],
    _ convert: (NDJSONScanner, RawSpan) throws(NDJSONError) -> Element?
  ) throws(NDJSONError) -> Bool {
    var isWhollyKnown = true
    let isList = try value.forEachObject(bytes, &scanner) { (object, bytes) throws(NDJSONError) in
      guard let element = try convert(object, bytes) else { return false }
      list.append(element)
      if !object.others.isEmpty { isWhollyKnown = false }
      return true
    }
    self.isWhollyKnown = isWhollyKnown
    return isList
  }
}
