import LoyaltyModel
import TextFormats

/// The line of a customer: every key, in canonical order.
enum CustomerRecord {
  static let keys: [StaticString] = [
    "id", "name", "email", "phone", "city", "country", "branch", "kind", "tags", "consents",
    "do_not_contact", "interests", "consumers", "feedback", "stated_orders", "from",
  ]

  static let consentKeys: [StaticString] = ["channel", "given", "date", "source"]
  static let interestKeys: [StaticString] = ["what", "date"]
  static let consumerKeys: [StaticString] = ["name", "birth_year", "needs"]
  static let feedbackKeys: [StaticString] = ["kind", "date", "score", "text", "settled"]

  /// The same with the keys of the objects in it.
  static let known = KnownKeys(
    keys,
    [
      "consents": KnownKeys(consentKeys), "interests": KnownKeys(interestKeys),
      "consumers": KnownKeys(consumerKeys), "feedback": KnownKeys(feedbackKeys),
    ])

  /// The places of the keys.
  enum Key {
    static let id = 0
    static let name = 1
    static let email = 2
    static let phone = 3
    static let city = 4
    static let country = 5
    static let branch = 6
    static let kind = 7
    static let tags = 8
    static let consents = 9
    static let doNotContact = 10
    static let interests = 11
    static let consumers = 12
    static let feedback = 13
    static let statedOrders = 14
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
