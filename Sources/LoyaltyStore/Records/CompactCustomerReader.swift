import LoyaltyModel
import TextFormats

/// Reads the lines of customers as this program writes them; every other line is left to
/// ``CustomerLineReader``.
struct CompactCustomerReader {
  private var customer = CompactCustomer()
  private var texts = SharedTexts()
  private var branches = TextMemo(bits: 8)
  private var sources = TextMemo(bits: 8)
  private var channels = ChoiceMemo<ContactChannel>()
  private var kinds = ChoiceMemo<PartyKind>()
  private var feedbackKinds = ChoiceMemo<Feedback.Kind>()

  private let id: ByteLiteral = #"{"id":""#
  private let name: ByteLiteral = #","name":""#
  private let email: ByteLiteral = #","email":""#
  private let phone: ByteLiteral = #","phone":""#
  private let city: ByteLiteral = #","city":""#
  private let country: ByteLiteral = #","country":""#
  private let branch: ByteLiteral = #","branch":""#
  private let kind: ByteLiteral = #","kind":""#
  private let tags: ByteLiteral = #","tags":["#
  private let consents: ByteLiteral = #","consents":["#
  private let consentChannel: ByteLiteral = #"{"channel":""#
  private let given: ByteLiteral = #","given":true,"date":""#
  private let refused: ByteLiteral = #","given":false,"date":""#
  private let source: ByteLiteral = #","source":""#
  private let doNotContact: ByteLiteral = #","do_not_contact":""#
  private let interests: ByteLiteral = #","interests":["#
  private let what: ByteLiteral = #"{"what":""#
  private let date: ByteLiteral = #","date":""#
  private let consumers: ByteLiteral = #","consumers":["#
  private let consumer: ByteLiteral = #"{"name":""#
  private let birthYear: ByteLiteral = #","birth_year":"#
  private let needs: ByteLiteral = #","needs":["#
  private let feedback: ByteLiteral = #","feedback":["#
  private let feedbackKind: ByteLiteral = #"{"kind":""#
  private let score: ByteLiteral = #","score":"#
  private let text: ByteLiteral = #","text":""#
  private let settled: ByteLiteral = #","settled":""#
  private let statedOrders: ByteLiteral = #","stated_orders":"#

  /// Adds the customer of the line at an offset.
  ///
  /// - Parameters:
  ///   - bytes: What the line stands in.
  ///   - offset: Where it begins.
  ///   - rows: Takes the customer.
  /// - Returns: The place of its line feed; nil, and nobody is added, where another reader has to
  ///   look.
  mutating func read(_ bytes: RawSpan, at offset: Int, into rows: inout CustomerRows) -> Int? {
    var cursor = LineCursor(offset)
    customer.clear()
    guard readTexts(bytes, &cursor, &rows), readLists(bytes, &cursor, &rows),
      let end = cursor.lineEnd(bytes)
    else { return nil }
    rows.append(customer, in: bytes)
    return end
  }

  /// Reads what every list shows.
  private mutating func readTexts(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> Bool {
    guard cursor.take(id, bytes), let text = cursor.text(bytes), !text.isEmpty else {
      return false
    }
    customer.id = text
    if cursor.take(name, bytes) {
      guard let text = cursor.text(bytes) else { return false }
      customer.name = text
    }
    if cursor.take(email, bytes) {
      guard let text = cursor.text(bytes) else { return false }
      customer.email = text
    }
    if cursor.take(phone, bytes) {
      guard let text = cursor.text(bytes) else { return false }
      customer.phone = text
    }
    if cursor.take(city, bytes) {
      guard let city = texts.number(&cursor, bytes, in: &rows) else { return false }
      customer.details.city = city
    }
    if cursor.take(country, bytes) {
      guard let country = texts.number(&cursor, bytes, in: &rows) else { return false }
      customer.details.country = country
    }
    if cursor.take(branch, bytes) {
      guard let number = branchNumber(bytes, &cursor, &rows) else { return false }
      customer.branch = number
    }
    if cursor.take(kind, bytes) {
      guard let kind = kinds.choice(&cursor, bytes) else { return false }
      customer.details.kind = kind
    }
    return true
  }

  /// Reads what only some customers have.
  private mutating func readLists(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> Bool {
    if cursor.take(tags, bytes) {
      guard texts.list(&cursor, bytes, into: &customer.details.tags, in: &rows) else {
        return false
      }
    }
    if cursor.take(consents, bytes), !readConsents(bytes, &cursor, &rows) { return false }
    if cursor.take(doNotContact, bytes) {
      guard let day = cursor.day(bytes) else { return false }
      customer.details.doNotContactSince = day
    }
    if cursor.take(interests, bytes), !readInterests(bytes, &cursor, &rows) { return false }
    if cursor.take(consumers, bytes), !readConsumers(bytes, &cursor, &rows) { return false }
    if cursor.take(feedback, bytes), !readFeedback(bytes, &cursor, &rows) { return false }
    if cursor.take(statedOrders, bytes) {
      guard let orders = cursor.integer(bytes) else { return false }
      customer.details.statedOrders = Int(orders)
    }
    return true
  }

  private mutating func readConsents(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> Bool {
    repeat {
      guard cursor.take(consentChannel, bytes),
        let channel = channels.choice(&cursor, bytes)
      else { return false }
      let isGiven = cursor.take(given, bytes)
      guard isGiven || cursor.take(refused, bytes), let day = cursor.day(bytes) else {
        return false
      }
      var origin: UInt16?
      if cursor.take(source, bytes) {
        origin = sourceNumber(bytes, &cursor, &rows)
      } else {
        origin = rows.consentSource(adding: "")
      }
      guard let origin, cursor.take(UInt8(ascii: "}"), bytes) else { return false }
      customer.consents.append(
        CompactConsent(
          day: Day(number: day), channel: channel, given: isGiven, source: origin))
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  private mutating func readInterests(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> Bool {
    repeat {
      guard cursor.take(what, bytes), let sign = texts.number(&cursor, bytes, in: &rows),
        cursor.take(date, bytes), let day = cursor.day(bytes),
        cursor.take(UInt8(ascii: "}"), bytes)
      else { return false }
      customer.details.interests.append((sign, day))
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  private mutating func readConsumers(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> Bool {
    repeat {
      guard cursor.take(consumer, bytes), let name = cursor.text(bytes) else { return false }
      var year: Int?
      if cursor.take(birthYear, bytes) {
        guard let number = cursor.integer(bytes) else { return false }
        year = Int(number)
      }
      if cursor.take(needs, bytes) {
        guard texts.list(&cursor, bytes, into: &customer.details.needs, in: &rows) else {
          return false
        }
      }
      guard cursor.take(UInt8(ascii: "}"), bytes) else { return false }
      customer.details.addConsumer(name: bytes, name, birthYear: year)
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  private mutating func readFeedback(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> Bool {
    repeat {
      guard cursor.take(feedbackKind, bytes),
        let kind = feedbackKinds.choice(&cursor, bytes), cursor.take(date, bytes),
        let day = cursor.day(bytes)
      else { return false }
      var (points, words, end): (Int?, Int?, Int32?) = (nil, nil, nil)
      if cursor.take(score, bytes) {
        guard let number = cursor.integer(bytes) else { return false }
        points = Int(number)
      }
      if cursor.take(text, bytes) {
        words = texts.number(&cursor, bytes, in: &rows)
      } else {
        words = rows.number(sharing: "")
      }
      if cursor.take(settled, bytes) {
        guard let day = cursor.day(bytes) else { return false }
        end = day
      }
      guard let words, cursor.take(UInt8(ascii: "}"), bytes) else { return false }
      customer.details.feedback.append((kind, day, points, words, end))
    } while cursor.take(UInt8(ascii: ","), bytes)
    return cursor.take(UInt8(ascii: "]"), bytes)
  }

  private mutating func branchNumber(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> UInt16? {
    if let known = branches.number(&cursor, bytes) { return UInt16(known) }
    guard let range = cursor.text(bytes), !range.isEmpty else { return nil }
    let number = rows.branch(adding: bytes.string(range))
    branches.remember(range, Int(number), bytes)
    return number
  }

  private mutating func sourceNumber(
    _ bytes: RawSpan, _ cursor: inout LineCursor, _ rows: inout CustomerRows
  ) -> UInt16? {
    if let known = sources.number(&cursor, bytes) { return UInt16(known) }
    guard let range = cursor.text(bytes), !range.isEmpty else { return nil }
    let number = rows.consentSource(adding: bytes.string(range))
    sources.remember(range, Int(number), bytes)
    return number
  }
}
