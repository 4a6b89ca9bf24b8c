/// What a loyalty programme has set for itself: the contents of `store.json` and `settings/`.
package struct Programme: Hashable, Sendable {
  /// The currency of every amount.
  package var currency: Currency
  /// The IANA time zone in which days are counted, such as `Europe/Berlin`.
  package var timeZone: String
  /// The language of what customers read, whatever language the screens of the staff are in.
  package var language = Language.english
  /// How cohorts are cut.
  package var cohorts = CohortSettings()
  /// How stages are told apart.
  package var stages = StageSettings()
  /// How often people may be contacted.
  package var contacts = ContactSettings()
  /// The programme's margin as a share of net value, from 0 to 1, where it is set.
  package var margin: Double?
  /// The last day that the imported sources cover, where staff set it.
  package var dataCompleteTo: Day?
  /// What cohorts and stages get at least out of every run of the rules.
  package var floors: [OfferFloor] = []
  /// The share of all customers, from 0 to 1, who never get any offer, to be compared with.
  package var holdOutShare: Double?
  /// Filters that staff gave a name, ascending by it.
  package var segments: [SavedSegment] = []
  /// The campaigns that have dates, branches or a budget, ascending by name.
  package var campaigns: [Campaign] = []
  /// Who has taken which offers to decide on, ascending by who; ``ReviewBatch/until`` tells how
  /// long it counts.
  package var reviewing: [ReviewBatch] = []

  /// A programme with the default settings.
  package init(currency: Currency, timeZone: String, language: Language = .english) {
    (self.currency, self.timeZone, self.language) = (currency, timeZone, language)
  }

  /// The campaign of a name; nil where none is kept, so that it has no limits.
  package func campaign(_ name: String) -> Campaign? { campaigns.first { $0.name == name } }
}

/// A filter of customers that staff gave a name, so that colleagues have it too.
package struct SavedSegment: Hashable, Sendable {
  /// The name, as it stands in filters after `saved:`.
  package var name: String
  /// The filter.
  package var filter: String

  /// A filter and its name.
  package init(name: String, filter: String) { (self.name, self.filter) = (name, filter) }
}

/// Offers that one of the staff has taken to decide on; nobody else is shown them meanwhile.
package struct ReviewBatch: Hashable, Sendable {
  /// Who has them: a login name.
  package var user: String
  /// The numbers of the offers, in the order of review.
  package var offers: [Int]
  /// Until when they are theirs.
  package var until: Timestamp

  /// Offers taken by somebody.
  package init(user: String, offers: [Int], until: Timestamp) {
    (self.user, self.offers, self.until) = (user, offers, until)
  }
}

/// How value cohorts are cut.
package struct CohortSettings: Hashable, Sendable {
  /// Which amount decides.
  package var measure = ValueMeasure.twelveMonths
  /// The percentages of customers from the top: high, mid, low; they add up to 100.
  package var shares = [20, 30, 50]
  /// The amounts that are in force once cut, in minor units: at least this much is high, at least
  /// that much is mid.
  package var amounts: CohortCut?

  /// The defaults.
  package init() {}
}

/// The amounts that divide the cohorts, and the date on which they were cut.
package struct CohortCut: Hashable, Sendable {
  /// The measure that they were cut by.
  package var measure: ValueMeasure
  /// The least value of the high cohort, in minor units.
  package var high: Int64
  /// The least value of the mid cohort, in minor units.
  package var mid: Int64
  /// The as-of date on which they were cut.
  package var day: Day

  /// A cut by amounts.
  package init(measure: ValueMeasure, high: Int64, mid: Int64, day: Day) {
    (self.measure, self.high, self.mid, self.day) = (measure, high, mid, day)
  }
}

/// The thresholds that tell lifecycle stages apart: days, gaps and percentages.
package struct StageSettings: Hashable, Sendable {
  /// The rhythm assumed where fewer than ``fewestRhythms`` customers have their own.
  package var defaultGap = 90
  /// The shortest rhythm that is believed.
  package var leastGap = 14
  /// How many customers with a rhythm of their own the common median needs.
  package var fewestRhythms = 30
  /// Lapsed after this many gaps, and more days than ``lapsedDays``.
  package var lapsedGaps = 4
  /// See ``lapsedGaps``.
  package var lapsedDays = 60
  /// At risk after this many gaps, and more days than ``atRiskDays``.
  package var atRiskGaps = 2
  /// See ``atRiskGaps``.
  package var atRiskDays = 30
  /// A one-time buyer is at risk after more days than this.
  package var onceAtRiskDays = 60
  /// How long a return counts as won back.
  package var wonBackDays = 90
  /// Purchase days from which a customer is loyal, and has a rhythm of their own.
  package var loyalDays = 4
  /// Who has bought twice or more is at risk where P(alive) is below this percentage.
  package var atRiskChance = 50
  /// Who has bought twice or more is lapsed where P(alive) is below this percentage.
  package var lapsedChance = 20

  /// The defaults.
  package init() {}
}

/// How often people may be contacted: sliding windows over recorded contacts.
package struct ContactSettings: Hashable, Sendable {
  /// The length of the window in days.
  package var windowDays = 30
  /// The most contacts within the window.
  package var most = 2
  /// The most contacts within the window for the high cohort.
  package var mostForHigh = 1

  /// The defaults.
  package init() {}
}
