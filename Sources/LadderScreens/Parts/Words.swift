import LoyaltyModel

extension LifecycleStage {
  /// The name on screen.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// Who is in it, in a sentence.
  var meaning: String {
    switch self {
    case .contact: "Known by an address alone."
    case .historyMissing: "A source says that orders exist which are not known here."
    case .prospect: "Showed interest, but has bought nothing yet."
    case .new: "Bought on one day so far."
    case .repeat: "Bought on two or three days."
    case .loyal: "Bought on four days or more, and is within their usual rhythm."
    case .advocate: "Loyal, and recommends us to others."
    case .wonBack: "Came back after a long gap."
    case .atRisk: "Overdue against their own rhythm of buying: slipping away."
    case .lapsed: "Long overdue: most likely lost unless won back."
    }
  }

  /// What would lead up from it, in a sentence.
  var next: String {
    switch self {
    case .contact, .prospect: "A welcome leads to the first purchase."
    case .historyMissing: "Import the missing orders to see where they stand."
    case .new: "The second purchase within their first weeks counts most."
    case .repeat: "A third and fourth purchase make the habit."
    case .loyal: "Thanks and early access keep them; discounts are not needed."
    case .advocate: "Thank them; ask for a recommendation."
    case .wonBack: "One more purchase within the usual gap keeps them."
    case .atRisk: "Win them back before the habit is gone, the valuable ones first."
    case .lapsed: "A last reason to come back; then let them rest."
    }
  }
}

extension ValueCohort {
  /// The name on screen.
  var title: String {
    switch self {
    case .none: "None yet"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}

extension OfferState {
  /// The name on screen.
  var title: String {
    switch self {
    case .suggested: "waiting"
    case .snoozed: "put off"
    case .withheld: "comparison group"
    default: rawValue
    }
  }

  /// A sign that tells it without colour.
  var sign: String {
    switch self {
    case .suggested: "?"
    case .approved: "+"
    case .rejected: "x"
    case .snoozed: "z"
    case .exported: ">"
    default: "."
    }
  }
}

extension ContactChannel {
  /// How the customer is reached, in words.
  var title: String {
    switch self {
    case .email: "by e-mail"
    case .sms: "by SMS"
    case .phone: "by telephone"
    case .post: "by post"
    case .push: "by app message"
    case .till: "at the till"
    }
  }
}

extension Texts {
  /// The name of a lifecycle stage: `At risk`.
  func title(_ stage: LifecycleStage) -> String { self["stage.\(Self.key(stage.rawValue))"] }

  /// The name of a value cohort: `High`.
  func title(_ cohort: ValueCohort) -> String { self["cohort.\(cohort.rawValue)"] }

  /// Where an offer stands: `waiting`.
  func title(_ state: OfferState) -> String { self["state.\(state.rawValue)"] }

  /// How a customer is reached: `by e-mail`.
  func title(_ channel: ContactChannel) -> String { self["channel.\(channel.rawValue)"] }

  /// The name of an RFM segment.
  func title(_ segment: RFMSegment) -> String { self["segment.\(Self.key(segment.rawValue))"] }

  /// A reason for rejecting an offer; one of somebody's own stays as it was written.
  func reason(_ reason: String) -> String {
    let key = "reason.\(Self.key(reason))"
    return entry(key) == nil ? reason : self[key]
  }

  /// A name of the data as a part of a key: `at risk` becomes `at-risk`.
  private static func key(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " ? "-" : $0 }.filter { $0 != "'" })
  }
}

extension Int {
  /// The number with the noun in its right form.
  func counted(_ one: String, _ many: String, _ written: String) -> String {
    "\(written) \(self == 1 ? one : many)"
  }
}

extension ProgrammeFacts {
  /// A count with its noun, a text that has a place `n`: `1 offer`, `1,204 offers`.
  func count(_ value: Int, _ text: String) -> String {
    texts(text, count: value, ["n": number(value)])
  }

  /// The place of a row, counted from 0, in a list: `3 of 57`.
  func place(_ row: Int, of count: Int) -> String {
    texts("list.place", ["n": number(row + 1), "all": number(count)])
  }

  /// A count with its noun: `1 offer`, `1,204 offers`.
  func count(_ value: Int, _ one: String, _ many: String) -> String {
    value.counted(one, many, number(value))
  }
}
