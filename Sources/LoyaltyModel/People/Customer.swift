/// Someone who buys: a person or an organisation, with what the programme knows about them.
///
/// This is the full record of one customer as it is stored; tables over many use ``CustomerTable``.
package struct Customer: Hashable, Sendable {
  /// The identifier given by the source, verbatim: `00001` stays `00001`.
  package var id: String
  /// The name as given; empty when unknown.
  package var name = ""
  /// The e-mail address; empty when unknown.
  package var email = ""
  /// The telephone number as given; empty when unknown.
  package var phone = ""
  /// The town; empty when unknown.
  package var city = ""
  /// The ISO 3166 country code or the country's name as given; empty when unknown.
  package var country = ""
  /// The branch that the customer belongs to; empty when unknown.
  package var branch = ""
  /// Whether this is a person or an organisation.
  package var kind = PartyKind.person
  /// Words that staff or the source attached.
  package var tags: [String] = []
  /// Permissions to be contacted, in the order in which they were recorded.
  package var consents: [Consent] = []
  /// The day since which the customer must not be contacted in any way.
  package var doNotContactSince: Day?
  /// Signs of interest from before, or beside, any purchase.
  package var interests: [Interest] = []
  /// The people who use what this customer buys.
  package var consumers: [Consumer] = []
  /// Ratings, complaints and wishes.
  package var feedback: [Feedback] = []
  /// The number of orders that the source says exist, where it says so.
  package var statedOrders: Int?

  /// A customer of whom only the identifier is known.
  package init(id: String) { self.id = id }
}

/// What kind of party a customer is.
package enum PartyKind: String, Sendable, CaseIterable {
  case person, organisation
}

/// A way to reach a customer.
package enum ContactChannel: String, Sendable, CaseIterable {
  case email, sms, phone, post, push
  /// Handed over or printed at the checkout; needs no consent.
  case till

  /// The channels that need the customer's consent.
  package static let needingConsent: [ContactChannel] = [.email, .sms, .phone, .post, .push]
}

/// A permission, or its withdrawal, to be contacted through one channel, from a day on.
package struct Consent: Hashable, Sendable {
  /// The channel that it covers.
  package var channel: ContactChannel
  /// True when given, false when refused or withdrawn.
  package var given: Bool
  /// The day from which it holds.
  package var day: Day
  /// Where it was recorded, such as a file's profile.
  package var source: String

  /// A consent from a day on.
  package init(channel: ContactChannel, given: Bool, day: Day, source: String = "") {
    (self.channel, self.given, self.day, self.source) = (channel, given, day, source)
  }
}

/// A sign of interest: what it was and when.
package struct Interest: Hashable, Sendable {
  /// What happened, such as `newsletter` or `trial lesson`.
  package var what: String
  /// When.
  package var day: Day

  /// A sign of interest on a day.
  package init(what: String, day: Day) { (self.what, self.day) = (what, day) }
}

/// Someone who uses what a customer buys.
package struct Consumer: Hashable, Sendable {
  /// The name as given.
  package var name: String
  /// The year of birth, where known.
  package var birthYear: Int?
  /// What they need, in staff's words.
  package var needs: [String] = []

  /// A consumer.
  package init(name: String, birthYear: Int? = nil, needs: [String] = []) {
    (self.name, self.birthYear, self.needs) = (name, birthYear, needs)
  }
}

/// A rating, a complaint or a wish.
package struct Feedback: Hashable, Sendable {
  /// What kind of feedback it is.
  package enum Kind: String, Sendable, CaseIterable { case rating, complaint, wish }
  /// What kind of feedback it is.
  package var kind: Kind
  /// When it was received.
  package var day: Day
  /// The rating from 0 to 10, where it is one.
  package var score: Int?
  /// The words.
  package var text: String
  /// The day on which a complaint was settled.
  package var settled: Day?

  /// Feedback received on a day.
  package init(kind: Kind, day: Day, score: Int? = nil, text: String = "", settled: Day? = nil) {
    (self.kind, self.day, self.score, self.text, self.settled) = (kind, day, score, text, settled)
  }
}
