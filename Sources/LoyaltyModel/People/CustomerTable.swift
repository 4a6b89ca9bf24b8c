/// All customers as columns, sorted by the bytes of their identifiers.
///
/// The fields that every list shows are columns; what few customers have stands in ``details``.
package struct CustomerTable: Sendable {
  /// Identifiers, ascending by bytes, distinct.
  package internal(set) var ids = TextColumn()
  /// Names; empty when unknown.
  package internal(set) var names = TextColumn()
  /// E-mail addresses; empty when unknown.
  package internal(set) var emails = TextColumn()
  /// Telephone numbers; empty when unknown.
  package internal(set) var phones = TextColumn()
  /// The number of each customer's branch in ``branches``; `UInt16.max` when unknown.
  package internal(set) var branch: [UInt16] = []
  /// The branches' names.
  package internal(set) var branches = LabelList()
  /// Where each customer's consents begin in ``consents``; one more than there are customers.
  package internal(set) var consentOffsets: [UInt32] = [0]
  /// All consents, customer by customer, in the order in which they were recorded.
  package internal(set) var consents: [CompactConsent] = []
  /// Where consents were recorded.
  package internal(set) var consentSources = LabelList()
  /// Each row's records that only some customers have.
  package internal(set) var details = DetailsColumn()

  /// An empty table.
  package init() {}

  /// The number of customers.
  package var count: Int { ids.count }

  /// The row of an identifier, or nil.
  package func row(of id: String) -> Int? { ids.sortedRow(of: id.utf8) }

  /// The row of an identifier given by its bytes, or nil.
  package func row(ofUTF8 id: some Collection<UInt8>) -> Int? { ids.sortedRow(of: id) }

  /// The consents of a row.
  package func consents(_ row: Int) -> ArraySlice<CompactConsent> {
    consents[Int(consentOffsets[row])..<Int(consentOffsets[row + 1])]
  }

  /// Whether a customer may be contacted through a channel, as recorded up to a day: the newest
  /// record decides, and none means that it is not known.
  package func consent(_ row: Int, _ channel: ContactChannel, asOf day: Day) -> Bool? {
    var (newest, given): (Day?, Bool?) = (nil, nil)
    for consent in consents(row) where consent.channel == channel && consent.day <= day {
      if let newest, consent.day < newest { continue }
      (newest, given) = (consent.day, consent.given)
    }
    return given
  }

  /// Whether a customer must not be contacted at all on a day.
  package func isDoNotContact(_ row: Int, asOf day: Day) -> Bool {
    details.doNotContactSince(row).map { $0 <= day } ?? false
  }

  /// The full record of a row.
  package func customer(_ row: Int) -> Customer {
    var customer = Customer(id: ids[row])
    customer.name = names[row]
    customer.email = emails[row]
    customer.phone = phones[row]
    let number = Int(branch[row])
    customer.branch = number < branches.labels.count ? branches.labels[number] : ""
    customer.consents = consents(row).map {
      Consent(
        channel: $0.channel, given: $0.given, day: $0.day,
        source: consentSources.labels[Int($0.source)])
    }
    details[row]?.fill(&customer)
    return customer
  }

  /// Adds a customer, whose identifier must come after all that are there.
  package mutating func append(_ customer: Customer) {
    precondition(
      count == 0 || ids.utf8(count - 1).lexicographicallyPrecedes(customer.id.utf8),
      "customers are appended in the order of their identifiers")
    add(customer)
  }

  /// Adds a row.
  mutating func add(_ customer: Customer) {
    ids.append(customer.id)
    names.append(customer.name)
    emails.append(customer.email)
    phones.append(customer.phone)
    branch.append(
      customer.branch.isEmpty ? .max : UInt16(clamping: branches.number(adding: customer.branch)))
    for consent in customer.consents {
      consents.append(
        CompactConsent(
          day: consent.day, channel: consent.channel, given: consent.given,
          source: UInt16(clamping: consentSources.number(adding: consent.source))))
    }
    consentOffsets.append(UInt32(consents.count))
    details.append(CustomerDetails(customer))
  }
}

/// A consent as the table keeps it: eight bytes.
package struct CompactConsent: Sendable, Hashable {
  /// The day from which it holds.
  package let day: Day
  /// The channel that it covers.
  package let channel: ContactChannel
  /// True when given, false when refused or withdrawn.
  package let given: Bool
  /// The number of its source in ``CustomerTable/consentSources``.
  var source: UInt16

  /// A consent with the number of its source.
  package init(day: Day, channel: ContactChannel, given: Bool, source: UInt16) {
    (self.day, self.channel, self.given, self.source) = (day, channel, given, source)
  }
}

/// The records that only some customers have.
package struct CustomerDetails: Sendable, Hashable {
  /// The town.
  package var city: String
  /// The country.
  package var country: String
  /// Person or organisation.
  package var kind: PartyKind
  /// Words that staff or the source attached.
  package var tags: [String]
  /// Since when the customer must not be contacted.
  package var doNotContactSince: Day?
  /// Signs of interest.
  package var interests: [Interest]
  /// Who uses what the customer buys.
  package var consumers: [Consumer]
  /// Ratings, complaints and wishes.
  package var feedback: [Feedback]
  /// The orders that the source says exist.
  package var statedOrders: Int?

  /// Details.
  package init(
    city: String, country: String, kind: PartyKind, tags: [String], doNotContactSince: Day?,
    interests: [Interest], consumers: [Consumer], feedback: [Feedback], statedOrders: Int?
  ) {
    (self.city, self.country, self.kind, self.tags) = (city, country, kind, tags)
    (self.doNotContactSince, self.interests) = (doNotContactSince, interests)
    (self.consumers, self.feedback, self.statedOrders) = (consumers, feedback, statedOrders)
  }

  /// The details of a customer, or nil when there are none.
  init?(_ customer: Customer) {
    city = customer.city
    country = customer.country
    kind = customer.kind
    tags = customer.tags
    doNotContactSince = customer.doNotContactSince
    interests = customer.interests
    consumers = customer.consumers
    feedback = customer.feedback
    statedOrders = customer.statedOrders
    if self == CustomerDetails.none { return nil }
  }

  private init() {
    (city, country, kind, tags) = ("", "", .person, [])
    (interests, consumers, feedback) = ([], [], [])
  }

  private static let none = CustomerDetails()

  /// Puts the details into a record.
  func fill(_ customer: inout Customer) {
    customer.city = city
    customer.country = country
    customer.kind = kind
    customer.tags = tags
    customer.doNotContactSince = doNotContactSince
    customer.interests = interests
    customer.consumers = consumers
    customer.feedback = feedback
    customer.statedOrders = statedOrders
  }
}
