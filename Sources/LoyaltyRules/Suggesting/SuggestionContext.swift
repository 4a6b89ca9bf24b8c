package import LoyaltyModel

/// What a run of the rules needs beside the facts.
package struct SuggestionContext: Sendable {
  /// The identifiers of the rows of the fact table, ascending by bytes.
  package var customers: TextColumn
  /// What the offers may be expected to cost together, in minor units; nil for no limit.
  package var budget: Int64?
  /// The most offers for one customer, those approved or put off already included.
  package var perCustomer = 1
  /// What groups of customers get at least; a group that is named twice goes by the last.
  package var floors: [OfferFloor] = []
  /// The campaigns that have dates, branches or a budget; rules name them.
  package var campaigns: [Campaign] = []
  /// The customers who may be reached through each channel.
  ///
  /// An address is known and consent was given. The till needs no entry: it reaches everybody.
  package var reachable: [ContactChannel: RowSet] = [:]
  /// The contacts of each row within the window of ``contactSettings``; empty for none at all.
  package var contacts: [UInt16] = []
  /// How often people may be contacted.
  package var contactSettings = ContactSettings()
  /// Every offer made so far, decided or not; see ``PastOffer``.
  package var past: [PastOffer] = []
  /// What customers who are not among the rows use up of limits that all share.
  package var elsewhere: [TakenOffers] = []
  /// What each cohort buys most; nil goes by the rows.
  package var rankings: CategoryRankings?
  /// The median value of each cohort, in minor units, by the measure of ``valueFact``.
  package var medians: [ValueCohort: Int64] = [:]
  /// The fact that holds a customer's value by the programme's measure.
  package var valueFact = Self.valueFact
  static let valueFact = "value_12m"
  /// Each row's value by the programme's measure, in minor units; empty where ``valueFact`` tells.
  package var values: [Int64] = []
  /// Whether ``medians`` and ``values`` are margin already, so that ``margin`` is not applied.
  package var valuesAreMargin = false
  /// The margin as a share of net value, from 0 to 1; 1 counts sales instead of margin.
  package var margin = 1.0
  /// What came of earlier offers, by rule.
  package var outcomes: [String: RuleResponses] = [:]
  /// The comparison group of the whole programme, beside those of the rules.
  package var holdOut = HoldOut.nobody
  /// Whether the funnel keeps the rows that each gate dropped.
  package var keepsRows = false
  /// Called with the share that is done, from 0 to 1.
  package var progress: (@Sendable (Double) -> Void)?
  /// Asked now and then; true ends the run with ``SuggestionError/cancelled``.
  package var isCancelled: @Sendable () -> Bool = { false }

  /// What long work of the run looks up to.
  var pace: Pace<SuggestionError> {
    let (progress, isCancelled) = (progress, isCancelled)
    return Pace { share throws(SuggestionError) in
      progress?(share)
      if isCancelled() { throw .cancelled }
    }
  }

  /// A context of customers without limits, contacts or history.
  package init(customers: TextColumn) { self.customers = customers }

  /// The limits of a rule's campaign; nil where it has none.
  func campaign(of rule: Rule) -> Campaign? {
    rule.campaign.isEmpty ? nil : campaigns.first { $0.name == rule.campaign }
  }
}

/// What offers to others use up of limits that all customers share: the rule's own and its
/// campaign's budget.
///
/// Offers that merely wait count, too, for their places are taken; those that are withheld count for
/// the rule, but cost no campaign anything.
package struct TakenOffers: Sendable, Hashable {
  /// The rule's identifier.
  package var rule: String
  /// The campaign of the offers; empty for none.
  package var campaign: String
  /// How many they are.
  package var offers = 0
  /// What they were expected to cost, in minor units.
  package var cost: Int64 = 0
  /// What those that are not withheld were expected to cost, in minor units.
  package var spent: Int64 = 0

  /// No offers yet.
  package init(rule: String, campaign: String) { (self.rule, self.campaign) = (rule, campaign) }

  /// Adds an offer, unless it takes nothing in the state in which it stands.
  package mutating func add(_ state: OfferState, cost: Int64) {
    guard state.usesUpLimits || state == .suggested || state == .withheld else { return }
    offers += 1
    self.cost += cost
    if state != .withheld { spent += cost }
  }
}

/// An offer of an earlier run, as far as it counts for this one.
///
/// - `approved` and `snoozed` ones are open: they take one of the customer's places and their group,
///   block their own rule, and use up budget and the rule's limits.
/// - `exported`, `redeemed`, `expired` and `rejected` ones count for "N times every so long"; without
///   such a limit, exported and rejected ones block their own rule while the offer is valid.
/// - `exported`, `redeemed` and `expired` ones use up the rule's own limits of number and money, and
///   the budget of its campaign, as open ones do.
/// - `suggested`, `withheld`, `withdrawn` and `recalled` ones count for nothing: they are decided anew.
///
/// Offers dated after the as-of date are ignored.
package struct PastOffer: Sendable, Hashable {
  /// The customer's row.
  package var row: Int
  /// The rule's identifier.
  package var rule: String
  /// Where the offer stands.
  package var state: OfferState
  /// The day on which it was sent, else decided, else suggested.
  package var day: Day
  /// What it was expected to cost, in minor units.
  package var cost: Int64
  /// The campaign of its rule as it was then; empty for none.
  package var campaign: String

  /// An earlier offer.
  package init(
    row: Int, rule: String, state: OfferState, day: Day, cost: Int64, campaign: String = ""
  ) {
    (self.row, self.rule, self.state, self.day, self.cost) = (row, rule, state, day, cost)
    self.campaign = campaign
  }
}

/// How many people a rule's offers went to, and how many responded.
package struct RuleResponses: Sendable, Hashable {
  /// Offers that went out and are settled.
  package var sent: Int
  /// Offers that were redeemed.
  package var responded: Int

  /// What came of a rule's offers.
  package init(sent: Int, responded: Int) { (self.sent, self.responded) = (sent, responded) }
}

/// Why a run ended without a result.
package enum SuggestionError: Error, Sendable, Hashable {
  /// It was cancelled.
  case cancelled
  /// The context names another number of customers than the facts have.
  case rowsDiffer(facts: Int, customers: Int)
}
