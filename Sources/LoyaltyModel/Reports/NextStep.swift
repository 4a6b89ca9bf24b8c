/// What would have to happen for a customer to match a rule, or to reach the next cohort.
///
/// Purchases are thought of one a day, the first on the day after the as-of date, like the customer's
/// last one but for the amount and, where one is named, the category.
package struct NextStep: Sendable, Hashable {
  /// How many more purchases.
  package var purchases: Int
  /// The least amount of each, in minor units; 0 where any will do.
  package var amount: Int64
  /// The category that they must be of; empty where any will do.
  package var category: String
  /// How many days must pass; 0 where none need to.
  package var wait: Int
  /// The channels that the customer would have to permit.
  package var consents: [ContactChannel]
  /// Whether the open complaint would have to be settled.
  package var settlesComplaint: Bool
  /// The last day on which the last purchase still does it; nil where that is not near.
  package var deadline: Day?

  /// A step; without arguments nothing at all.
  package init(
    purchases: Int = 0, amount: Int64 = 0, category: String = "", wait: Int = 0,
    consents: [ContactChannel] = [], settlesComplaint: Bool = false, deadline: Day? = nil
  ) {
    (self.purchases, self.amount, self.category) = (purchases, amount, category)
    (self.wait, self.consents) = (wait, consents)
    (self.settlesComplaint, self.deadline) = (settlesComplaint, deadline)
  }

  /// How many days after the as-of date everything has happened.
  package var days: Int { max(purchases, wait) }

  /// Whether nothing needs to happen.
  package var isNothing: Bool {
    purchases == 0 && wait == 0 && consents.isEmpty && !settlesComplaint
  }

  /// Both steps as one, where one purchase may serve both; nil where they want different things.
  package func combined(with other: NextStep) -> NextStep? {
    guard category.isEmpty || other.category.isEmpty || category == other.category else {
      return nil
    }
    return NextStep(
      purchases: max(purchases, other.purchases), amount: max(amount, other.amount),
      category: category.isEmpty ? other.category : category, wait: max(wait, other.wait),
      consents: ContactChannel.allCases.filter {
        consents.contains($0) || other.consents.contains($0)
      },
      settlesComplaint: settlesComplaint || other.settlesComplaint)
  }
}

/// A rule that a customer does not match yet, and what would make it match; confirmed by replay.
package struct NearMiss: Sendable, Hashable {
  /// The rule's identifier.
  package var rule: String
  /// The rule's title.
  package var title: String
  /// The customer's identifier.
  package var customer: String
  /// The customer's name, or the identifier where there is none.
  package var name: String
  /// What would have to happen.
  package var step: NextStep
  /// The same in words.
  package var text: String

  /// A near-miss.
  package init(
    rule: String, title: String, customer: String, name: String, step: NextStep, text: String
  ) {
    (self.rule, self.title, self.customer, self.name) = (rule, title, customer, name)
    (self.step, self.text) = (step, text)
  }
}

/// A customer who is near the next value cohort: one purchase of an amount by a day; confirmed by
/// replay.
package struct CohortStep: Sendable, Hashable {
  /// The customer's row.
  package var row: Int
  /// The customer's identifier.
  package var customer: String
  /// The customer's name, or the identifier where there is none.
  package var name: String
  /// The stage.
  package var stage: LifecycleStage
  /// The cohort.
  package var cohort: ValueCohort
  /// The cohort that is reached.
  package var target: ValueCohort
  /// The least amount of one purchase, in minor units.
  package var amount: Int64
  /// The last day on which this amount is enough; nil where nothing expires within the horizon.
  package var deadline: Day?
  /// The amount that one purchase needs after the deadline, in minor units; nil without one.
  package var amountLater: Int64?
  /// All that in words.
  package var text: String

  /// A customer near the next cohort.
  package init(
    row: Int, customer: String, name: String, stage: LifecycleStage, cohort: ValueCohort,
    target: ValueCohort, amount: Int64, deadline: Day?, amountLater: Int64?, text: String
  ) {
    (self.row, self.customer, self.name, self.stage) = (row, customer, name, stage)
    (self.cohort, self.target, self.amount) = (cohort, target, amount)
    (self.deadline, self.amountLater, self.text) = (deadline, amountLater, text)
  }
}
