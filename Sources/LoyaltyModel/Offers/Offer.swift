/// A personalised offer to one customer: suggested by a rule, decided by staff.
package struct Offer: Hashable, Sendable {
  /// The number of the offer, from 1, given once.
  package var id: Int
  /// The identifier of the customer who receives it.
  package var customer: String
  /// The rule that suggested it.
  package var rule: RuleReference
  /// The date whose facts it rests on.
  package var asOf: Day
  /// Where it stands between suggestion and result.
  package var state: OfferState
  /// What the customer is offered.
  package var terms: OfferTerms
  /// How it reaches the customer.
  package var channel: ContactChannel
  /// The last day on which it can be redeemed.
  package var validUntil: Day
  /// What it is expected to cost, in minor units: contact, and redemption by its probability.
  package var expectedCost: Int64
  /// What it is expected to bring after cost, in minor units.
  package var expectedValue: Int64
  /// The customer's lifecycle stage on the as-of date.
  package var stage: LifecycleStage
  /// The customer's cohort on the as-of date.
  package var cohort: ValueCohort
  /// The cohort that the offer wants to lead to, where it is one of a move.
  package var target: ValueCohort?
  /// What the suggestion rests on.
  package var evidence: Evidence
  /// Why it was rejected, withheld or withdrawn, or which file said what came of it; empty otherwise.
  package var reason = ""
  /// Until when it is put off, in state `snoozed`.
  package var snoozedUntil: Day?
  /// The day of its export, once exported; it counts as a contact.
  package var exported: Day?
  /// The day on which the customer used it, in state `redeemed`.
  package var redeemed: Day?
  /// What the customer spent when using it, in minor units, where that is known.
  package var spent: Int64?
  /// Who changed its terms by hand, a login name; empty when they are as the rule made them.
  package var editedBy = ""

  /// A suggestion.
  package init(
    id: Int, customer: String, rule: RuleReference, asOf: Day, state: OfferState = .suggested,
    terms: OfferTerms, channel: ContactChannel, validUntil: Day, expectedCost: Int64,
    expectedValue: Int64, stage: LifecycleStage, cohort: ValueCohort, target: ValueCohort?,
    evidence: Evidence
  ) {
    (self.id, self.customer, self.rule, self.asOf, self.state) = (id, customer, rule, asOf, state)
    (self.terms, self.channel, self.validUntil) = (terms, channel, validUntil)
    (self.expectedCost, self.expectedValue) = (expectedCost, expectedValue)
    (self.stage, self.cohort, self.target, self.evidence) = (stage, cohort, target, evidence)
  }
}

/// The very version of a rule that an offer came from.
package struct RuleReference: Hashable, Sendable {
  /// The rule's identifier, such as `low-mid.second-category`.
  package var id: String
  /// The rule's version number, from 1.
  package var version: Int
  /// The hash of the rule's content: 16 hexadecimal digits.
  package var hash: String
  /// The title as it was then.
  package var title: String
  /// The campaign that it belonged to then; empty for none, or where it was not recorded.
  package var campaign: String

  /// A reference to a version of a rule.
  package init(id: String, version: Int, hash: String, title: String, campaign: String = "") {
    (self.id, self.version, self.hash) = (id, version, hash)
    (self.title, self.campaign) = (title, campaign)
  }
}

/// Where an offer stands.
package enum OfferState: String, Sendable, CaseIterable {
  /// Waits for a decision.
  case suggested
  /// Accepted by staff, not yet sent.
  case approved
  /// Declined by staff, with a reason.
  case rejected
  /// Put off until a day.
  case snoozed
  /// Written to a list that went out.
  case exported
  /// Used by the customer.
  case redeemed
  /// Its validity ended unused.
  case expired
  /// Taken back by hand after its export.
  case recalled
  /// Kept back as part of the comparison group.
  case withheld
  /// No longer holds; left the queue with a reason.
  case withdrawn
}

/// What a customer is offered.
package struct OfferTerms: Hashable, Sendable {
  /// The text template that it is written with.
  package var template: String
  /// What kind of offer it is.
  package var kind: OfferKind
  /// The discount in percent, where it is one.
  package var percent: Int?
  /// The discount or voucher in minor units, where it is one.
  package var amount: Int64?
  /// The basket from which it holds, in minor units.
  package var threshold: Int64?
  /// The category that it is about; empty when none.
  package var category = ""
  /// The product that it is about; empty when none.
  package var product = ""
  /// What the customer reads in place of the template, where staff wrote it; empty otherwise.
  package var text = ""

  /// Terms without price or subject.
  package init(template: String, kind: OfferKind) {
    (self.template, self.kind) = (template, kind)
  }
}

/// What kind of offer it is; the kinds after `freeDelivery` have no price.
package enum OfferKind: String, Sendable, CaseIterable {
  case discount, voucher, gift
  case freeDelivery = "free-delivery"
  case trial, content, service
  case earlyAccess = "early-access"

  /// Whether the offer lowers a price.
  package var isDiscount: Bool { self == .discount || self == .voucher }
}

/// What a suggestion rests on, kept with it; the words are made when it is shown.
package struct Evidence: Hashable, Sendable {
  /// The facts that decided, as they were seen.
  package var facts: [EvidenceFact]
  /// The purchases that were counted, at most ``mostPurchases`` of the newest.
  package var purchases: [PurchaseID]
  /// How many purchases were counted in all.
  package var purchasesCounted: Int
  /// The rules that matched too and lost, and why.
  package var lost: [LostRule]

  /// The most purchases that a card lists.
  package static let mostPurchases = 6

  /// Evidence of facts, purchases and the rules that lost.
  package init(
    facts: [EvidenceFact] = [], purchases: [PurchaseID] = [], purchasesCounted: Int = 0,
    lost: [LostRule] = []
  ) {
    (self.facts, self.purchases, self.purchasesCounted, self.lost) =
      (facts, purchases, purchasesCounted, lost)
  }
}

/// One fact as a rule saw it.
package struct EvidenceFact: Hashable, Sendable {
  /// The fact or aggregate, such as `recency_days` or `count purchases`.
  package var fact: String
  /// The value seen, in the plain form of files: `low`, `45`, `36.53`, `2026-07-01`.
  package var seen: String
  /// Where the condition stands in the rule: a JSON pointer such as `/when/all/1`.
  package var pointer: String

  /// A fact as it was seen by the condition at a pointer.
  package init(fact: String, seen: String, pointer: String) {
    (self.fact, self.seen, self.pointer) = (fact, seen, pointer)
  }
}

/// A rule that matched but was not chosen.
package struct LostRule: Hashable, Sendable {
  /// The rule's identifier.
  package var rule: String
  /// At which gate it lost.
  package var gate: Gate

  /// A rule that lost at a gate.
  package init(rule: String, gate: Gate) { (self.rule, self.gate) = (rule, gate) }
}

/// The gates between a rule and an offer, in their fixed order; each drops with its own reason.
package enum Gate: String, Sendable, CaseIterable {
  /// Outside the rule's dates.
  case window
  /// Outside the dates of the rule's campaign.
  case campaignDates = "campaign-dates"
  /// The conditions do not hold.
  case when
  /// A condition is unknown, so nobody can say that it holds.
  case unknown
  /// An exception applies, or cannot be ruled out.
  case unless
  /// The customer's branch is none of the campaign's, or is not known.
  case campaignBranches = "campaign-branches"
  /// No permitted channel.
  case consent
  /// Contacted too often already.
  case contacts
  /// Had this offer too recently, or has it in the queue decided.
  case repeated
  /// Another rule of the same group came first.
  case group
  /// The customer has as many offers as allowed.
  case perCustomer = "per-customer"
  /// The rule's own limit of offers or money is used up.
  case cap
  /// The budget of the rule's campaign is used up.
  case campaignBudget = "campaign-budget"
  /// The budget is used up.
  case budget
  /// Kept back as part of the comparison group.
  case holdOut = "hold-out"
}
