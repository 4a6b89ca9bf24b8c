package import LoyaltyModel

/// What a list shows of one customer, as of a date.
package struct CustomerSummary: Sendable, Hashable {
  /// The row in the table of all customers.
  package var row: Int
  /// The identifier given by the source.
  package var id: String
  /// The name; empty when unknown.
  package var name: String
  /// The e-mail address; empty when unknown.
  package var email: String
  /// The lifecycle stage.
  package var stage: LifecycleStage
  /// The first day of the present stage, where it can be told.
  package var stageSince: Day?
  /// The value cohort.
  package var cohort: ValueCohort
  /// The RFM segment; nil before the first purchase.
  package var segment: RFMSegment?
  /// The RFM scores; nil before the first purchase.
  package var scores: RFMScore?
  /// Days with a purchase.
  package var purchaseDays: Int
  /// The first purchase day.
  package var firstPurchase: Day?
  /// The last purchase day.
  package var lastPurchase: Day?
  /// Days since the last purchase.
  package var recencyDays: Int?
  /// Net value of the trailing twelve months, in minor units.
  package var value12Months: Int64
  /// Net value of all purchases, in minor units.
  package var valueTotal: Int64
  /// P(alive), from 0 to 1; nil before the first purchase or where no model is trusted.
  package var alive: Double?
  /// The discounted value expected of the next twelve months, in minor units; nil likewise.
  package var lifetimeValue12Months: Int64?

  /// The name, or the identifier where there is none.
  package var shownName: String { name.isEmpty ? id : name }
}

/// Which column a list of customers is sorted by; ties by identifier.
///
/// Who has no value in it comes last, whichever way it is sorted.
package enum CustomerSortKey: String, Sendable, CaseIterable {
  case id, name, stage
  case stageSince = "stage_since"
  case cohort, segment
  case recencyScore = "r_score"
  case frequencyScore = "f_score"
  case monetaryScore = "m_score"
  case purchaseDays = "purchase_days"
  case repeats = "repeat"
  case lastRepeat = "t_x"
  case observed = "T"
  case recencyDays = "recency_days"
  case alive = "p_alive"
  case expectedPurchases = "expected_purchases_12m"
  case expectedValue = "expected_value"
  case lifetimeValue = "clv_12m"
  case value12Months = "value_12m"
  case valueTotal = "value_total"
  case valueAtRisk = "value_at_risk"
  case loyaltyScore = "loyalty_score"
}

/// The order of a list of customers.
package struct CustomerSort: Sendable, Hashable {
  /// The column.
  package var key: CustomerSortKey
  /// Whether the greatest comes first.
  package var descending: Bool

  /// An order.
  package init(_ key: CustomerSortKey, descending: Bool = false) {
    (self.key, self.descending) = (key, descending)
  }
}

/// Everything that is shown about one customer.
package struct CustomerCard: Sendable {
  /// The figures of the lists.
  package var summary: CustomerSummary
  /// The full record.
  package var customer: Customer
  /// Each figure with its value and how it came about, in the order in which it is shown.
  package var figures: [Figure]
  /// The chance of still being a customer with how it was computed, or with why it is unknown; nil
  /// before the first purchase.
  package var chance: Figure?
  /// The degree of loyalty with how it was computed; nil before the first purchase.
  package var loyaltyFigure: Figure?
  /// Purchases, newest first.
  package var purchases: [PurchaseLine]
  /// Net value by month, oldest first, for the 24 months that end with the as-of date's month.
  package var monthlyValue: [Int64]
  /// P(alive) at the end of each of the last 24 months, oldest first, then on the as-of date; from
  /// the first purchase on, and empty where no model is trusted.
  package var aliveByMonth: [AlivePoint]
  /// The degree of loyalty with its parts; nil before the first purchase.
  package var loyalty: LoyaltyScore?
  /// The offers of this customer, newest first.
  package var offers: [Offer]
}

/// P(alive) on a day, by the purchases up to it and the model as fitted on the as-of date.
package struct AlivePoint: Sendable, Hashable {
  /// The day.
  package var day: Day
  /// P(alive), from 0 to 1.
  package var alive: Double
}

/// A figure, its value in words, and how it was computed.
package struct Figure: Sendable, Hashable {
  /// The name on screen.
  package var label: String
  /// The value in words.
  package var value: String
  /// How it was computed: definition, inputs and as-of date, in a sentence or two.
  package var why: String

  /// A figure.
  package init(_ label: String, _ value: String, why: String) {
    (self.label, self.value, self.why) = (label, value, why)
  }
}

/// One purchase as a card lists it.
package struct PurchaseLine: Sendable, Hashable {
  /// The lasting identifier.
  package var id: PurchaseID
  /// The day.
  package var day: Day
  /// The amount in minor units; negative for a refund.
  package var amount: Int64
  /// Units.
  package var units: Int
  /// The product's name or number; empty when unknown.
  package var product: String
  /// The product's category; empty when unknown.
  package var category: String
  /// The branch; empty when unknown.
  package var branch: String
  /// The channel; empty when unknown.
  package var channel: String
}

/// Everything that is shown about one offer while it is decided.
package struct OfferCard: Sendable {
  /// The offer.
  package var offer: Offer
  /// The customer as they are now.
  package var customer: CustomerSummary
  /// What the customer reads, line by line.
  package var message: [String]
  /// Why this customer, in one sentence.
  package var why: String
  /// The conditions that decided, each with the value seen then.
  package var evidence: [String]
  /// What it costs and is worth, each with how it was computed.
  package var money: [Figure]
  /// What else was possible and why it was not chosen.
  package var alternatives: [String]
  /// What the customer and the business get from it.
  package var benefits: [Figure]
  /// The campaign that it belongs to, with its dates and what is left of its budget; nil for none.
  package var campaign: Figure?
  /// What changed since it was suggested and should be known before deciding; mostly empty.
  package var cautions: [String]
}

/// One line of the log: an action.
package struct LogEntry: Sendable, Hashable {
  /// The first event of the action.
  package var event: Event
  /// How many events it has.
  package var size: Int
  /// What was done, in words.
  package var text: String
}

/// The first screen: the programme at a glance.
package struct Overview: Sendable {
  /// The date that every figure is as of.
  package var asOf: Day
  /// The number of customers.
  package var customers: Int
  /// The number of purchases that belong to customers.
  package var purchases: Int
  /// Sales lines without a customer.
  package var anonymousLines: Int
  /// Each stage with its people, in the order of the ladder.
  package var stages: [StageCount]
  /// Each cohort with its people and value.
  package var cohorts: [CohortLine]
  /// The measured curve; nil before the first purchase.
  package var pareto: ParetoReport?
  /// Offers by state, in the order of their lives; states without any are left out.
  package var offers: [OfferCount]
  /// Of the offers not decided against: how many give, and how many ask.
  package var give: Int
  /// See ``give``.
  package var get: Int
  /// The newest actions.
  package var recent: [RecentAction]
  /// What cannot be estimated, so that stages go by rhythm alone, a sentence each; mostly empty.
  package var findings: [String]
}

/// What somebody did lately.
package struct RecentAction: Sendable, Hashable {
  /// When.
  package var at: Timestamp
  /// Who: a login name.
  package var by: String
  /// What, in words.
  package var text: String
}

/// A stage and its people.
package struct StageCount: Sendable, Hashable {
  /// The stage.
  package var stage: LifecycleStage
  /// How many are in it.
  package var count: Int
}

/// Offers in one state.
package struct OfferCount: Sendable, Hashable {
  /// The state.
  package var state: OfferState
  /// How many are in it.
  package var count: Int
}

/// A cohort with its people and their value.
package struct CohortLine: Sendable, Hashable {
  /// The cohort.
  package var cohort: ValueCohort
  /// How many are in it.
  package var customers: Int
  /// Their net value by the measure, in minor units.
  package var value: Int64
  /// The least value that belongs to it, in minor units; nil where it has no lower bound.
  package var atLeast: Int64?
}

/// What is known and true of the whole programme right now: the status line.
package struct WorkspaceStatus: Sendable, Hashable {
  /// The folder of the store.
  package var path: String
  /// The currency of every amount.
  package var currency: Currency
  /// The date that figures are as of.
  package var asOf: Day
  /// The last day that the imported sources cover; nil before the first import.
  package var dataCompleteTo: Day?
  /// The number of customers.
  package var customers: Int
  /// Offers that wait for a decision.
  package var waiting: Int
  /// Why nothing can be changed, where that is so.
  package var readOnlyReason: String?
  /// Who is working.
  package var user: String
  /// Who has taken offers to decide on, and how many are left; the user's own first.
  package var batches: [BatchStatus]
  /// The filters that were given a name.
  package var segments: [SavedSegment]
  /// The names of the campaigns that are kept or that rules name, ascending.
  package var campaigns: [String]
  /// Whether it is a demo: its people are invented.
  package var isDemo = false
}

/// Offers that somebody has taken to decide on.
package struct BatchStatus: Sendable, Hashable {
  /// Who: a login name.
  package var user: String
  /// How many of them still wait.
  package var left: Int
  /// Until when they are theirs.
  package var until: Timestamp
}

/// How far a long piece of work has come.
package struct WorkProgress: Sendable, Hashable {
  /// What is being done, such as `Reading CDNOW_master.txt`.
  package var activity: String
  /// From 0 to 1; nil while it cannot be told.
  package var fraction: Double?

  /// An activity and how far it is.
  package init(_ activity: String, fraction: Double? = nil) {
    (self.activity, self.fraction) = (activity, fraction)
  }
}

/// Is told how far work has come and answers whether to go on.
package typealias ProgressHandler = @Sendable (WorkProgress) -> Bool
