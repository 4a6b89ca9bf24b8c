/// What the rules would have offered on an earlier day by what was known then, and what happened to
/// those customers afterwards, whatever the reason.
package struct BacktestReport: Sendable, Hashable {
  /// One rule, or all.
  package struct Line: Sendable, Hashable {
    /// The rule's identifier; empty for all.
    package var rule: String
    /// The rule's title; empty for all.
    package var title: String
    /// The version that was replayed; 0 for all.
    package var version = 0
    /// Whether the day knew no such rule, so that the present text was tried, as was asked for.
    package var isPresentText = false
    /// The version that is in force now, where it says something else; nil where the rule is the same,
    /// or is in force no more.
    package var presentVersion: Int?
    /// Customers who matched.
    package var matched: Int
    /// Customers who would have been offered something.
    package var offered: Int
    /// What the offers were expected to cost, in minor units.
    package var cost: Int64
    /// Of those offered, who bought by the end of the horizon.
    package var bought: Int
    /// Of those offered, who were in a higher value cohort at the end: they rose without the offer.
    package var rose: Int
    /// Of those offered, who were in a lower one.
    package var fell: Int
    /// What the offers to those who rose were expected to cost, in minor units: spent for nothing.
    package var wasted: Int64
    /// Of those who matched and were not offered this, who rose.
    package var othersRose: Int
    /// Those who matched and were not offered this.
    package var others: Int
    /// The share that would have been kept back to compare with, from 0 to 1.
    package var holdOut: Double
    /// The least difference of shares that this comparison group could have shown, at the share of
    /// buyers seen here; nil without a comparison group, where nobody or everybody bought, and where
    /// no difference would be large enough.
    package var leastDetectable: Double?

    /// A line.
    package init(
      rule: String, title: String, matched: Int, offered: Int, cost: Int64, bought: Int, rose: Int,
      fell: Int, wasted: Int64, othersRose: Int, others: Int, holdOut: Double,
      leastDetectable: Double?
    ) {
      (self.rule, self.title, self.matched, self.offered) = (rule, title, matched, offered)
      (self.cost, self.bought, self.rose, self.fell) = (cost, bought, rose, fell)
      self.wasted = wasted
      (self.othersRose, self.others) = (othersRose, others)
      (self.holdOut, self.leastDetectable) = (holdOut, leastDetectable)
    }

    /// The share of those offered who rose without it, from 0 to 1; nil where nobody was offered.
    package var roseAnyway: Double? { offered > 0 ? Double(rose) / Double(offered) : nil }
  }

  /// A rule of today that was not in force on the day and so was not replayed.
  package struct Absence: Sendable, Hashable {
    /// Why it was not.
    package enum Reason: Sendable, Hashable {
      /// There was no such rule; it came to be on a day, where that is known.
      case unknown(since: Day?)
      /// It was switched off.
      case off
      /// Its text of the day cannot be read.
      case unreadable
    }

    /// The rule's identifier.
    package var rule: String
    /// The rule's title.
    package var title: String
    /// Why it was not in force.
    package var reason: Reason

    /// A rule that was not in force.
    package init(rule: String, title: String, reason: Reason) {
      (self.rule, self.title, self.reason) = (rule, title, reason)
    }
  }

  /// Offers and comparison group of one rule that were really made, and who bought within the
  /// horizon after the offers went out.
  ///
  /// By intention to treat: all whom the rule chose count on their side, whether staff let the offer
  /// go, declined it or left it lying.
  package struct Uplift: Sendable, Hashable {
    /// The rule's identifier.
    package var rule: String
    /// Customers with offers that were not kept back, and of these the buyers.
    package var offered: Int
    /// See ``offered``.
    package var offeredBought: Int
    /// Customers in the comparison group, and of these the buyers.
    package var withheld: Int
    /// See ``withheld``.
    package var withheldBought: Int
    /// The difference of the shares of buyers.
    package var difference: Double
    /// The limits of its interval of 95 %.
    package var low: Double
    /// See ``low``.
    package var high: Double
    /// The same in sales; nil where a side has fewer than two customers, or nobody bought anything.
    package var sales: Sales?

    /// Net sales within the horizon for each customer on a side, buyers or not, in minor units.
    package struct Sales: Sendable, Hashable {
      /// The mean of those who were to get it.
      package var offered: Double
      /// The mean of the comparison group.
      package var withheld: Double
      /// The difference of the means.
      package var difference: Double
      /// The limits of its interval of 95 %, by Welch.
      package var low: Double
      /// See ``low``.
      package var high: Double

      /// A measured difference.
      package init(
        offered: Double, withheld: Double, difference: Double, low: Double, high: Double
      ) {
        (self.offered, self.withheld) = (offered, withheld)
        (self.difference, self.low, self.high) = (difference, low, high)
      }
    }

    /// A measured difference.
    package init(
      rule: String, offered: Int, offeredBought: Int, withheld: Int, withheldBought: Int,
      difference: Double, low: Double, high: Double
    ) {
      (self.rule, self.offered, self.offeredBought) = (rule, offered, offeredBought)
      (self.withheld, self.withheldBought) = (withheld, withheldBought)
      (self.difference, self.low, self.high) = (difference, low, high)
    }
  }

  /// The day that is replayed.
  package var at: Day
  /// The day on which the outcome is read.
  package var until: Day
  /// All customers on the day.
  package var customers: Int
  /// Customers who would have been offered anything.
  package var reached: Int
  /// Customers who match two rules or more.
  package var overlapping: Int
  /// Offers a reached customer on average.
  package var pressure: Double
  /// All rules together; a customer counts once.
  package var total: Line
  /// Each rule, by priority, in the version of the day.
  package var rules: [Line]
  /// The rules of today that were not in force on the day, by priority.
  package var absent: [Absence] = []
  /// Whether the day knew no rule at all, so that the present rules and settings were tried as if they
  /// had been in force.
  package var isBeforeAllRules = false
  /// The value cohorts of those who would have been offered something, then and at the end.
  package var transitions: [CohortTransition]
  /// What was measured where there are comparison groups and results.
  package var uplift: [Uplift]
  /// What to keep in mind.
  package var notes: [String]

  /// A report.
  package init(
    at: Day, until: Day, customers: Int, reached: Int, overlapping: Int, pressure: Double,
    total: Line, rules: [Line], transitions: [CohortTransition], uplift: [Uplift], notes: [String]
  ) {
    (self.at, self.until, self.customers, self.reached) = (at, until, customers, reached)
    (self.overlapping, self.pressure, self.total, self.rules) = (
      overlapping, pressure, total, rules
    )
    (self.transitions, self.uplift, self.notes) = (transitions, uplift, notes)
  }
}

/// How many were in one cohort and then in another.
package struct CohortTransition: Sendable, Hashable {
  /// The cohort on the earlier day.
  package var from: ValueCohort
  /// The cohort on the later day, by the same cut.
  package var to: ValueCohort
  /// How many.
  package var customers: Int

  /// A count.
  package init(from: ValueCohort, to: ValueCohort, customers: Int) {
    (self.from, self.to, self.customers) = (from, to, customers)
  }
}
