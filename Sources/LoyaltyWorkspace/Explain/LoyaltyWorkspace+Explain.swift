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
    // The curve sorts all customers, so it is drawn only for those who ask for it.
    let isOfValue = topic == .cohorts || topic == .curve
    return FigureExplainer(
      analysis: analysis, wording: wording,
      sources: state.batches.filter { $0.lastDay != nil }.count, offers: state.offers.count,
      sums: isOfValue ? [sum(of: try pareto())].compactMap(\.self) : []
    ).explanation(of: topic)
  }
}

/// Puts into words how the figures of an analysis came about.
struct FigureExplainer {
  let analysis: Analysis
  let wording: Wording
  /// How many imports brought purchases.
  let sources: Int
  /// How many offers there are.
  let offers: Int
  /// How the value of those who bought adds up to that of all, where that is not the same.
  let sums: [String]

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
      "figure.stages", wording["figure.stages.meaning"], parameters: stageParameters,
      notes: findings + [wording["figure.season"]])
  }

  private func flows(_ period: Period) -> FigureExplanation {
    make(
      "figure.flows",
      wording(
        "figure.flows.meaning",
        ["from": wording.day(period.from), "to": wording.day(period.to)]),
      parameters: stageParameters, notes: findings, asOf: period.to)
  }

  private var cohorts: FigureExplanation {
    make(
      "figure.cohorts", wording("figure.cohorts.meaning", ["measure": measure]),
      parameters: cutParameters, notes: sums)
  }

  private var curve: FigureExplanation {
    make(
      "figure.curve", wording("figure.curve.meaning", ["measure": measure]),
      parameters: [wording("figure.curve.value", ["measure": measure])], notes: sums)
  }

  private func migration(_ period: Period) -> FigureExplanation {
    make(
      "figure.migration",
      wording(
        "figure.migration.meaning",
        ["from": wording.day(period.from), "to": wording.day(period.to)]),
      parameters: cutParameters, asOf: period.to)
  }

  private var retention: FigureExplanation {
    make(
      "figure.retention", wording["figure.retention.meaning"],
      notes: [wording["figure.retention.note"]])
  }

  private func attrition(_ cohort: ValueCohort) -> FigureExplanation {
    let settings = analysis.programme.stages
    return make(
      "figure.attrition",
      wording(
        "figure.attrition.meaning",
        [
          "cohort": wording.texts.value(cohort.rawValue), "gaps": "\(settings.atRiskGaps)",
          "days": "\(settings.atRiskDays)",
        ]), parameters: stageParameters + modelParameters + valueParameters,
      notes: findings + [wording["figure.season"]])
  }

  private var offerStates: FigureExplanation {
    make(
      "figure.offers", wording["figure.offers.meaning"],
      inputs: [wording("figure.offers.input", count: offers, ["n": display.number(offers)])])
  }

  // MARK: Parts

  /// An explanation whose title stands under a key.
  func make(
    _ title: String, _ definition: String, inputs: [String]? = nil, parameters: [String] = [],
    notes: [String] = [], asOf: Day? = nil
  ) -> FigureExplanation {
    FigureExplanation(
      title: wording[title], definition: definition, inputs: inputs ?? purchaseInputs,
      parameters: parameters, notes: notes, asOf: asOf ?? analysis.asOf)
  }

  private var display: DisplayFormat { wording.display }

  /// The measure that the cohorts go by, in words.
  private var measure: String { analysis.figures.cohorts.measure.words(wording.texts) }

  private var purchaseInputs: [String] {
    let known = analysis.facts.known.population
    var lines = [
      wording(
        "figure.lines", count: analysis.purchaseCount,
        [
          "lines": display.number(analysis.purchaseCount),
          "customers": wording("count.customers", count: known, ["n": display.number(known)]),
          "buyers": display.number(analysis.figures.figures.buyers),
        ])
    ]
    if sources > 0 { lines.append(wording("figure.imports", ["n": display.number(sources)])) }
    return lines
  }

  /// What the models cannot tell, and what is done instead.
  var findings: [String] { analysis.figures.fits.warnings(wording) }

  private var stageParameters: [String] {
    let settings = analysis.programme.stages
    let gap = analysis.figures.figures.commonGap.days
    return [
      wording(
        "figure.gap",
        [
          "days": "\(settings.loyalDays)", "gap": display.number(Int(gap.rounded())),
          "least": "\(settings.leastGap)",
        ]),
      wording(
        "figure.limits",
        [
          "gaps": "\(settings.atRiskGaps)", "days": "\(settings.atRiskDays)",
          "once": "\(settings.onceAtRiskDays)", "lapsedGaps": "\(settings.lapsedGaps)",
          "lapsedDays": "\(settings.lapsedDays)",
        ]),
      wording(
        "figure.chances",
        ["atRisk": "\(settings.atRiskChance)", "lapsed": "\(settings.lapsedChance)"]),
    ]
  }

  var cutParameters: [String] {
    guard let cut = analysis.figures.cohorts.cut else { return [wording["figure.no-cut"]] }
    let currency = analysis.programme.currency
    return [
      wording(
        "figure.cut",
        [
          "high": display.money(cut.high, currency), "mid": display.money(cut.mid, currency),
          "measure": measure, "day": wording.day(cut.day),
        ])
    ]
  }

  var modelParameters: [String] {
    let kind = analysis.figures.predictions.kind
    guard let model = analysis.figures.fits.purchases(kind) else { return [] }
    return [
      wording(
        "figure.model",
        [
          "model": kind.name, "r": display.decimal(model.r, 4),
          "alpha": display.decimal(model.alpha, 4), "a": display.decimal(model.a, 4),
          "b": display.decimal(model.b, 4),
          "n": display.number(analysis.figures.fits.customers),
        ])
    ]
  }

  var valueParameters: [String] {
    let fits = analysis.figures.fits
    guard let model = fits.spending else { return [] }
    return [
      wording(
        "figure.spending",
        [
          "p": display.decimal(model.p, 4), "q": display.decimal(model.q, 4),
          "v": display.decimal(model.v, 4), "currency": analysis.programme.currency.code,
          "n": display.number(fits.repeatCustomers - fits.withoutAmounts),
        ]),
      horizon,
    ]
  }

  private var horizon: String {
    let terms = analysis.figures.predictions.terms
    let months = String(terms.months)
    let discount = display.percent(terms.monthlyDiscount)
    guard let margin = analysis.programme.margin else {
      return wording("figure.horizon.no-margin", ["months": months, "discount": discount])
    }
    return wording(
      "figure.horizon",
      ["months": months, "discount": discount, "margin": display.percent(margin)])
  }
}
