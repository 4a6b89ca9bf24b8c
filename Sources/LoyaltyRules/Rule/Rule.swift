package import LoyaltyModel

/// A rule: whom it looks for, what it offers them, and what both sides have from it.
///
/// Read from a file by ``RuleReader``, which lets nothing inconsistent through; money is in minor
/// units of ``currency``.
package struct Rule: Sendable, Hashable {
  /// The identifier, such as `low-mid.second-category`.
  package var id: String
  /// The version number, from 1; a change of content needs a new one.
  package var version: Int
  /// The hash of the content: 16 hexadecimal digits; see ``RuleHash``.
  package var hash: String
  /// Whether it takes part.
  package var status: RuleStatus
  /// One line that says what it does.
  package var title: String
  /// Whom it is for: who buys, or who uses.
  ///
  /// A minor consumer is never contacted; the customer is.
  package var audience: RuleAudience
  /// What it is meant to do.
  package var aim: RuleAim
  /// Whether it gives, or asks for, something.
  package var side: RuleSide
  /// The days on which it applies.
  package var window: RuleWindow
  /// The cohorts it leads from and to, where it is about a move.
  package var move: CohortMove?
  /// What must hold; nil when the move alone decides.
  package var when: Condition?
  /// What must not hold, and must be known not to.
  package var unless: Condition?
  /// What is offered.
  package var offer: RuleOffer
  /// How its worth is estimated.
  package var score: RuleScore
  /// Higher goes first within a group and a customer.
  package var priority: Int
  /// At most one offer of a group goes to a customer; empty when it belongs to none.
  package var group: String
  /// The campaign that it is a part of; empty when it belongs to none.
  package var campaign: String
  /// The channels that it may use, best first.
  package var channels: [ContactChannel]
  /// How often and how much.
  package var limits: RuleLimits
  /// Whom it leaves out to be compared with.
  package var holdOut: HoldOut
  /// Why a customer is offered this, with placeholders such as `{count purchases}`.
  package var why: String
  /// What the customer has from it.
  package var customerBenefit: String
  /// What the business has from it.
  package var businessBenefit: String
  /// The tests that it carries.
  package var tests: [RuleTest]
  /// The currency of every amount.
  package var currency: Currency
}

extension Rule {
  /// The reference that is stored with each offer.
  package var reference: RuleReference {
    RuleReference(id: id, version: version, hash: hash, title: title, campaign: campaign)
  }
}

/// Whether a rule takes part.
package enum RuleStatus: String, Sendable, CaseIterable {
  /// It takes part.
  case active
  /// It is written but not used yet.
  case draft
  /// It was switched off.
  case paused
}

/// Whom a rule is for.
package enum RuleAudience: String, Sendable, CaseIterable {
  /// Who buys.
  case customer
  /// Who uses what was bought.
  case consumer
}

/// What a rule is meant to do.
package enum RuleAim: String, Sendable, CaseIterable {
  /// Lead to a higher value cohort.
  case grow
  /// Keep someone who may leave.
  case keep
  /// Bring back someone who left.
  case winBack = "win-back"
  /// Begin well.
  case welcome
  /// Say thank you.
  case thank
  /// Help, without selling.
  case serve
}

/// Which side of the give-and-take a rule is on.
package enum RuleSide: String, Sendable, CaseIterable {
  /// The programme gives.
  case give
  /// The programme asks, for a review, a referral or a visit.
  case get
}

/// The days on which a rule applies, both included; open where nil.
package struct RuleWindow: Sendable, Hashable {
  /// The first day.
  package var from: Day?
  /// The last day.
  package var until: Day?

  /// A window; without days, always.
  package init(from: Day? = nil, until: Day? = nil) { (self.from, self.until) = (from, until) }

  /// Whether a day is within.
  package func contains(_ day: Day) -> Bool {
    (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
  }
}

/// The cohorts that a rule leads from and to.
package struct CohortMove: Sendable, Hashable {
  /// The cohorts that it starts from: a condition of its own.
  package var from: [ValueCohort]
  /// The cohort that it leads to.
  package var to: ValueCohort

  /// A move.
  package init(from: [ValueCohort], to: ValueCohort) { (self.from, self.to) = (from, to) }
}

/// How often and how much a rule may offer.
package struct RuleLimits: Sendable, Hashable {
  /// How often one customer may have it, within how long.
  package struct PerCustomer: Sendable, Hashable {
    /// The most times.
    package var times: Int
    /// The length of the sliding window; nil for ever.
    package var every: TimeSpan?

    /// A limit for each customer.
    package init(times: Int, every: TimeSpan? = nil) { (self.times, self.every) = (times, every) }
  }

  /// Whether all customers share a number of offers or an amount of money.
  package var areShared: Bool { total != nil || budget != nil }

  /// The limit for each customer.
  package var perCustomer: PerCustomer?
  /// The most offers in all.
  package var total: Int?
  /// The most that all its offers may be expected to cost, in minor units.
  package var budget: Int64?

  /// No limits.
  package init() {}
}
