package import LoyaltyModel

/// Everything that is known about all customers as of a date: the whole chain from rows to stages.
///
/// A pure function of its inputs: rows in another order give the same figures.
package struct CustomerAnalysis: Sendable {
  /// The date that everything is as of.
  package let asOf: Day
  /// What was bought, net of refunds.
  package var history: PurchaseHistory { keptHistory.value }
  var keptHistory: Later<PurchaseHistory>
  /// Basic figures.
  package internal(set) var figures: CustomerFigures
  /// The fitted models, or why they cannot be.
  package let fits: ModelFits
  /// What the model behind the stages expects of each customer.
  package internal(set) var predictions: CustomerPredictions
  /// The margin of the last twelve months.
  package internal(set) var margin: MarginColumn
  /// RFM scores and segments over all history.
  package internal(set) var rfm: RFMScores
  /// Value cohorts.
  package internal(set) var cohorts: ValueCohorts
  /// Lifecycle stages.
  package internal(set) var stages: StageFigures
  /// Degrees of loyalty.
  package internal(set) var loyalty: LoyaltyScores
  /// Home branches.
  package internal(set) var homes: HomeBranches
  /// The thresholds that the stages went by.
  let settings: StageSettings

  /// Analyses all customers as of a date.
  /// - Parameters:
  ///   - purchases: All purchases, by customer row and day.
  ///   - customers: All customers.
  ///   - programme: The settings of stages and cohorts.
  ///   - asOf: The date that nothing later may influence.
  ///   - convention: How RFM scores are made.
  ///   - cut: The amounts that divide the cohorts; without them those in force by the programme.
  ///   - fitting: Gives the models of these figures; fits them unless another way is given, such as
  ///     one that looks into a cache first.
  package init(
    purchases: PurchaseTable, customers: CustomerTable, programme: Programme, asOf: Day,
    convention: RFMConvention = .tieSafe, cut: CohortCut? = nil,
    fitting: (CustomerFigures, Currency) -> ModelFits = { ModelFits($0, currency: $1) }
  ) {
    self.init(
      purchases: purchases, customers: customers, programme: programme, asOf: asOf,
      convention: convention, cut: cut, pace: Pace<Never>.free, fitting: fitting)
  }

  /// As the other one, and can be ended on the way by an error.
  /// - Parameters:
  ///   - purchases: All purchases, by customer row and day.
  ///   - customers: All customers.
  ///   - programme: The settings of stages and cohorts.
  ///   - asOf: The date that nothing later may influence.
  ///   - convention: How RFM scores are made.
  ///   - cut: The amounts that divide the cohorts; without them those in force by the programme.
  ///   - pace: Is told how far it is, and may end it.
  ///   - fitting: Gives the models of these figures.
  /// - Throws: What `pace` or `fitting` does.
  package init<Failure: Error>(
    purchases: PurchaseTable, customers: CustomerTable, programme: Programme, asOf: Day,
    convention: RFMConvention = .tieSafe, cut: CohortCut? = nil, pace: Pace<Failure>,
    fitting: (CustomerFigures, Currency) throws(Failure) -> ModelFits
  ) throws(Failure) {
    // The shares are those of ten million purchases of a million customers.
    let history = try PurchaseHistory(
      purchases, customers: customers.count, asOf: asOf, pace: pace.part(0, 0.2))
    var figures = try CustomerFigures(
      history, settings: programme.stages, pace: pace.part(0.2, 0.35))
    fits = try fitting(figures, programme.currency)
    predictions = try CustomerPredictions(
      figures, fits: fits, kind: StageFigures.model, programme: programme,
      pace: pace.part(0.35, 0.55))
    margin = try MarginColumn(
      history, purchases: purchases, programme: programme, pace: pace.part(0.55, 0.6))
    figures.add(margin: margin, predictions: predictions)
    settings = programme.stages
    loyalty = try LoyaltyScores(
      history, figures: figures, purchases: purchases, settings: programme.stages,
      pace: pace.part(0.6, 0.7))
    self.asOf = asOf
    keptHistory = Later(made: history)
    self.figures = figures
    try pace.look(0.7)
    rfm = try RFMScores(RFMInput(figures), convention: convention, pace: pace.part(0.7, 0.8))
    cohorts = ValueCohorts(
      figures, cut: cut ?? .inForce(programme.cohorts, of: figures),
      measure: programme.cohorts.measure)
    stages = try StageFigures(
      history, figures: figures, customers: customers, settings: programme.stages, fits: fits,
      pace: pace.part(0.8, 0.97))
    homes = try HomeBranches(
      history, purchases: purchases, customers: customers, pace: pace.part(0.97, 1))
  }
}
