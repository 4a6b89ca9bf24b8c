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
      convention: convention, cut: cut, checkpoint: {}, fitting: fitting)
  }

  /// As the other one, and can be ended on the way by an error.
  /// - Parameters:
  ///   - purchases: All purchases, by customer row and day.
  ///   - customers: All customers.
  ///   - programme: The settings of stages and cohorts.
  ///   - asOf: The date that nothing later may influence.
  ///   - convention: How RFM scores are made.
  ///   - cut: The amounts that divide the cohorts; without them those in force by the programme.
  ///   - checkpoint: Called between the steps, each of which takes about a second for ten million
  ///     purchases.
  ///   - fitting: Gives the models of these figures.
  /// - Throws: What `checkpoint` or `fitting` does.
  package init<Failure: Error>(
    purchases: PurchaseTable, customers: CustomerTable, programme: Programme, asOf: Day,
    convention: RFMConvention = .tieSafe, cut: CohortCut? = nil,
    checkpoint: () throws(Failure) -> Void,
    fitting: (CustomerFigures, Currency) throws(Failure) -> ModelFits
  ) throws(Failure) {
    let history = PurchaseHistory(purchases, customers: customers.count, asOf: asOf)
    try checkpoint()
    var figures = CustomerFigures(history, settings: programme.stages)
    try checkpoint()
    fits = try fitting(figures, programme.currency)
    predictions = CustomerPredictions(
      figures, fits: fits, kind: StageFigures.model, programme: programme)
    try checkpoint()
    margin = MarginColumn(history, purchases: purchases, programme: programme)
    figures.add(margin: margin, predictions: predictions)
    settings = programme.stages
    loyalty = LoyaltyScores(
      history, figures: figures, purchases: purchases, settings: programme.stages)
    try checkpoint()
    self.asOf = asOf
    keptHistory = Later(made: history)
    self.figures = figures
    rfm = RFMScores(RFMInput(figures), convention: convention)
    cohorts = ValueCohorts(
      figures, cut: cut ?? .inForce(programme.cohorts, of: figures),
      measure: programme.cohorts.measure)
    stages = StageFigures(
      history, figures: figures, customers: customers, settings: programme.stages, fits: fits)
  }
}
