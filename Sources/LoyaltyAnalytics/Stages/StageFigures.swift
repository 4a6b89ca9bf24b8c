package import LoyaltyModel

/// The lifecycle stage of every customer as of a date, and since when.
///
/// Definitions, first match wins, with d the days since the last purchase day, n the purchase days
/// and g the own median gap (n ≥ 4), else the common one, at least 14 days:
/// - `historyMissing`: n = 0, a source states orders, and no row of theirs is known at all
/// - `prospect`: n = 0 and interest was shown; `contact`: n = 0 and none was
/// - `lapsed`: d > 4g and d > 60
/// - `atRisk`: d > 2g and d > 30; or n = 1 and d > 60
/// - `wonBack`: a purchase within the last 90 days, (as-of − 90, as-of], ended a gap that was > 4g
///   and > 60 days by the g of the purchases before it
/// - `new`: n = 1; `repeat`: n = 2–3
/// - `advocate`: n ≥ 4 and a rating of 9–10 less than twelve months ago; `loyal`: n ≥ 4
///
/// Where a fitted model of purchases is given, who bought twice or more is also `lapsed` where
/// P(alive) is below 20 %, and `atRisk` where it is below 50 %. The model makes a stage worse,
/// never better, and has no say in what counts as won back: that goes by gaps alone.
///
/// **Since** is the first day of the present stage: the earliest day from which on the stage would
/// have been the same on every day up to the as-of date. Each day is judged by the purchase
/// days up to it (refunds netted as known on the as-of date), the own rhythm by those same days,
/// and the common rhythm and the model as measured on the as-of date. P(alive) falls from one
/// purchase to the next, so the day on which it crossed a limit is solved for. For a prospect it is the day of the
/// first interest.
package struct StageFigures: Sendable {
  /// The date that the stages are as of.
  package let asOf: Day
  /// The stage of each customer.
  package private(set) var stages: ChoiceColumn<LifecycleStage>
  /// The day number on which each customer's present stage began; unknown where no date is.
  package private(set) var since: Column<Int32>

  private var inputs: StageInputs

  /// The model of purchases that may make stages worse.
  package static let model = PurchaseModelKind.mbgNBD

  /// Whether a fitted model had a say; else stages go by the rhythm alone.
  package var usesModel: Bool { inputs.fading != nil }

  /// The stages of all customers.
  /// - Parameters:
  ///   - history: The purchases as known on the as-of date.
  ///   - figures: The figures of that history, for the common rhythm.
  ///   - customers: The customers, for interest, stated orders and ratings.
  ///   - settings: The thresholds.
  ///   - fits: The fitted models; where ``model`` is not among them, the rhythm alone decides.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ history: PurchaseHistory, figures: CustomerFigures, customers: CustomerTable,
    settings: StageSettings = StageSettings(), fits: ModelFits? = nil,
    pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    let inputs = StageInputs(
      Later(made: history), figures, customers.details, settings, fits)
    var walk = inputs.walk
    var stages: [LifecycleStage] = []
    var since: [Int32] = []
    stages.reserveCapacity(history.customers)
    since.reserveCapacity(history.customers)
    for row in 0..<history.customers {
      try pace.look(row: row, of: history.customers)
      let days = history.purchaseDays.days(ofCustomer: row)
      if days.isEmpty {
        let figure = inputs.figureWithoutPurchase(row)
        stages.append(figure.stage)
        since.append(figure.since?.number ?? FactColumn.unknownInt32)
      } else {
        let end = walk.end(days, praise: inputs.praise(row))
        stages.append(end.stage)
        since.append(end.since)
      }
    }
    asOf = history.asOf
    (self.stages, self.since, self.inputs) = (ChoiceColumn(stages), Column(since), inputs)
  }

  /// Visits the columns.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try stages.visitColumns(&visitor)
    try visitor.visit(&since)
  }

  /// Takes in what the reasons are made from.
  mutating func take(_ inputs: StageInputs) { self.inputs = inputs }

  /// The stage of a customer with the reason, made on demand.
  package func figure(_ row: Int) -> StageFigure { inputs.figure(row) }

  /// How many customers are at each stage, in the order of the stages' declaration.
  package var counts: [(stage: LifecycleStage, customers: Int)] {
    stages.counts.map { ($0.choice, $0.count) }
  }

  /// As ``counts``, of some customers.
  package func counts(among rows: RowSet) -> [(stage: LifecycleStage, customers: Int)] {
    stages.counts(among: rows).map { ($0.choice, $0.count) }
  }
}
