import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// How a figure came about: definition, inputs, parameters and as-of date.
  ///
  /// The one place where this is put into words for whole screens; a single customer's figures
  /// say it themselves, see ``CustomerCard/figures``.
  package func explanation(of topic: FigureTopic) throws(WorkspaceError) -> FigureExplanation {
    let analysis = analysis()
    return FigureExplainer(
      analysis: analysis, display: display,
      sources: state.batches.filter { $0.lastDay != nil }.count, offers: state.offers.count
    ).explanation(of: topic)
  }
}

/// Puts into words how the figures of an analysis came about.
struct FigureExplainer {
  let analysis: Analysis
  let display: DisplayFormat
  /// How many imports brought purchases.
  let sources: Int
  /// How many offers there are.
  let offers: Int

  func explanation(of topic: FigureTopic) -> FigureExplanation {
    switch topic {
    case .stages: stages
    case .flows(let period): flows(period)
    case .cohorts: cohorts
    case .curve: curve
    case .migration(let period): migration(period)
    case .retention: retention
    case .attrition(let cohort): attrition(cohort)
    case .offers: offerStates
    case .column(let key): column(key)
    case .alive: alive
    case .loyalty: loyalty
    case .rules: rules
    case .reach: reach
    case .whatIf: whatIf
    case .backtest: backtest
    case .closest: closest
    }
  }

  // MARK: Whole tables

  private var stages: FigureExplanation {
    make(
      "Lifecycle stages",
      """
      Everybody is in exactly one stage, by facts as of the date: days since the last purchase, \
      days with a purchase, and the usual gap between them. The first that fits of: prospect, \
      lapsed, at risk, won back, new, advocate, loyal, repeat. Where a fitted model is trusted, \
      the chance of still being a customer may only worsen the stage.
      """, parameters: stageParameters, notes: findings + ["Rhythm ignores the season."])
  }

  private func flows(_ period: Period) -> FigureExplanation {
    make(
      "Who moved between stages",
      """
      The stage of everybody as it was known on \(period.from) beside the one on \(period.to). \
      Came in: in the stage at the end but not at the beginning. Went out: the other way round. \
      Who went and came back in between counts as neither.
      """, parameters: stageParameters, notes: findings, asOf: period.to)
  }

  private var cohorts: FigureExplanation {
    let measure = analysis.figures.cohorts.measure
    return make(
      "Value cohorts",
      """
      Customers by \(measure.words(.english)), cut into high, mid and low at amounts that are \
      kept, so that nobody changes cohort because others moved. Equal values share a cohort. Who has not bought \
      yet is in none.
      """, parameters: cutParameters)
  }

  private var curve: FigureExplanation {
    make(
      "Who brings the value",
      """
      Buyers in order of \(analysis.figures.cohorts.measure.words(.english)), the greatest first; \
      the curve \
      shows which share of all value each share of them holds. It is measured, never assumed: \
      80 to 20 need not come out. Where 20 % is no whole number of customers the last one counts \
      in part.
      """,
      parameters: ["Value: \(analysis.figures.cohorts.measure.words(.english))."])
  }

  private func migration(_ period: Period) -> FigureExplanation {
    make(
      "Who moved between cohorts",
      """
      Rows: the cohort by what was known on \(period.from). Columns: the cohort on \(period.to). \
      Each row adds up to how many the cohort had then. One cut, that of the later date, holds on \
      both days, so that nobody moves because others did.
      """, parameters: cutParameters, asOf: period.to)
  }

  private var retention: FigureExplanation {
    make(
      "Who came back",
      """
      Rows: the calendar month of the first purchase. Columns: the months since; month 0 is the \
      first itself, when everybody bought. A cell is the share of those won in the month who \
      bought in that later month, whatever they did in between.
      """,
      notes: ["The last figure of each row is of a month that may still be running."])
  }

  private func attrition(_ cohort: ValueCohort) -> FigureExplanation {
    let settings = analysis.programme.stages
    return make(
      "Slipping away",
      """
      Customers of the \(cohort.rawValue) cohort who are overdue against their own rhythm: more \
      than \(settings.atRiskGaps) of their usual gaps and \(settings.atRiskDays) days since the \
      last purchase. Yearly sales we may lose: the chance that they have left, times the value \
      of twelve months predicted were they still customers. The greatest comes first.
      """, parameters: stageParameters + modelParameters + valueParameters,
      notes: findings + ["Rhythm ignores the season."])
  }

  private var offerStates: FigureExplanation {
    make(
      "Offers",
      """
      Every offer that the rules suggested, by where it stands now: waiting, approved, rejected, \
      put off, sent. Those of the comparison group are kept back on purpose. Give and ask: how \
      many of the waiting, approved and sent ones give something, and how many ask for something.
      """, inputs: ["\(display.number(offers)) offers, with all decisions up to now."])
  }

  // MARK: Parts

  func make(
    _ title: String, _ definition: String, inputs: [String]? = nil, parameters: [String] = [],
    notes: [String] = [], asOf: Day? = nil
  ) -> FigureExplanation {
    FigureExplanation(
      title: title, definition: definition, inputs: inputs ?? purchaseInputs,
      parameters: parameters, notes: notes, asOf: asOf ?? analysis.asOf)
  }

  private var purchaseInputs: [String] {
    let figures = analysis.figures.figures
    var lines = [
      """
      \(display.number(analysis.purchases.count)) sales lines of \
      \(display.number(analysis.customers.count)) customers, of whom \
      \(display.number(figures.buyers)) have bought; refunds are taken off what they refund, and \
      several purchases on one day count once.
      """
    ]
    if sources > 0 { lines.append("Imports with sales: \(display.number(sources)).") }
    return lines
  }

  /// What the models cannot tell, and what is done instead.
  var findings: [String] { analysis.figures.fits.warnings }

  private var stageParameters: [String] {
    let settings = analysis.programme.stages
    let gap = analysis.figures.figures.commonGap.days
    return [
      """
      Usual gap: the middle one of the own gaps from \(settings.loyalDays) days with a purchase \
      on, else \(display.number(Int(gap.rounded()))) days, at least \(settings.leastGap).
      """,
      """
      At risk: more than \(settings.atRiskGaps) gaps and \(settings.atRiskDays) days, once-only \
      buyers after \(settings.onceAtRiskDays) days. Lapsed: more than \(settings.lapsedGaps) gaps \
      and \(settings.lapsedDays) days.
      """,
      """
      Chance of still being a customer below \(settings.atRiskChance) %: at risk; below \
      \(settings.lapsedChance) %: lapsed (from the second purchase day on).
      """,
    ]
  }

  var cutParameters: [String] {
    let cohorts = analysis.figures.cohorts
    guard let cut = cohorts.cut else { return ["Nobody has bought yet, so there is no cut."] }
    let currency = analysis.programme.currency
    return [
      """
      High from \(display.money(cut.high, currency)), mid from \
      \(display.money(cut.mid, currency)), by \(cohorts.measure.words(.english)), as cut on \
      \(cut.day).
      """
    ]
  }

  var modelParameters: [String] {
    let kind = analysis.figures.predictions.kind
    guard let model = analysis.figures.fits.purchases(kind) else { return [] }
    return [
      """
      \(kind.name): r \(display.decimal(model.r, 4)), α \(display.decimal(model.alpha, 4)) weeks, \
      a \(display.decimal(model.a, 4)), b \(display.decimal(model.b, 4)); fitted to \
      \(display.number(analysis.figures.fits.customers)) buyers by maximum likelihood.
      """
    ]
  }

  var valueParameters: [String] {
    let (fits, terms) = (analysis.figures.fits, analysis.figures.predictions.terms)
    guard let model = fits.spending else { return [] }
    let margin = analysis.programme.margin.map { "a margin of \(display.percent($0))" }
    return [
      """
      Gamma-Gamma: p \(display.decimal(model.p, 4)), q \(display.decimal(model.q, 4)), v \
      \(display.decimal(model.v, 4)) \(analysis.programme.currency.code); fitted to \
      \(display.number(fits.repeatCustomers - fits.withoutAmounts)) repeat customers.
      """,
      """
      Horizon \(terms.months) months of 30.4375 days, discounted by \
      \(display.percent(terms.monthlyDiscount)) a month, \(margin ?? "no margin set").
      """,
    ]
  }
}
