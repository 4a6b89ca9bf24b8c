import LoyaltyAnalytics
import LoyaltyModel

// What the models expect of one customer, each figure with how it was computed.
extension CardFigures {
  private var predictions: CustomerPredictions { analysis.figures.predictions }
  private var fits: ModelFits { analysis.figures.fits }

  /// What is expected of the customer; where it cannot be estimated, why.
  var predicted: [Figure] {
    guard let summary = analysis.figures.figures.buyingSummary(row) else { return [] }
    return [
      chance(summary), purchases(summary), meanValue(summary), lifetimeValue, valueAtRisk,
    ]
  }

  /// The chance of still being a customer; nil before the first purchase.
  var chance: Figure? { analysis.figures.figures.buyingSummary(row).map(chance) }

  /// The degree of loyalty and its parts.
  var loyalty: [Figure] {
    guard let score = analysis.figures.loyalty.score(row) else { return [] }
    let parts = score.parts.map { part in
      texts(
        "loyalty.part",
        [
          "part": texts["outlook.part.\(part.kind.rawValue)"],
          "value": display.decimal(part.value, 2), "weight": String(part.kind.weight),
          "why": part.grounds.words(wording),
        ])
    }
    return [
      Figure(
        texts["card.loyalty"], texts("card.loyalty.points", ["n": String(score.points)]),
        why: texts(
          "card.loyalty.why", ["parts": parts.joined(separator: ", "), "asOf": asOf]))
    ]
  }

  // MARK: The figures

  private func chance(_ summary: BuyingSummary) -> Figure {
    let label = texts["card.chance"]
    guard let chance = Double(known: predictions.alive[row]) else {
      return unknown(
        label, fits.finding(predictions.kind)?.sentence(predictions.kind.name, wording))
    }
    return Figure(
      label, display.percent(chance),
      why: texts(
        "card.chance.why",
        [
          "model": predictions.kind.name, "n": String(Int((100 * chance).rounded())),
          "inputs": inputs(summary), "parameters": parameters, "asOf": asOf,
        ]))
  }

  private func purchases(_ summary: BuyingSummary) -> Figure {
    let label = texts["card.expected"]
    guard let expected = Double(known: predictions.purchases[row]) else {
      return unknown(
        label, fits.finding(predictions.kind)?.sentence(predictions.kind.name, wording))
    }
    return Figure(
      label, display.decimal(expected, 2),
      why: texts(
        "card.expected.why",
        [
          "model": predictions.kind.name, "inputs": inputs(summary), "parameters": parameters,
          "asOf": asOf,
        ]))
  }

  private func meanValue(_ summary: BuyingSummary) -> Figure {
    let label = texts["card.day-value"]
    guard let expected = Int64(known: predictions.meanValue[row]), let model = fits.spending else {
      return unknown(label, spendingFinding)
    }
    let mean = analysis.figures.figures.repeatMean(row).map {
      texts("card.day-value.mean", ["amount": display.money(Int64($0.rounded()), currency)])
    }
    return Figure(
      label, display.money(expected, currency),
      why: texts(
        "card.day-value.why",
        [
          "x": repeats(summary), "mean": mean.map { ", \($0)" } ?? "",
          "p": display.decimal(model.p, 4), "q": display.decimal(model.q, 4),
          "v": display.decimal(model.v, 4), "currency": currency.code,
          "n": display.number(fits.repeatCustomers - fits.withoutAmounts), "asOf": asOf,
        ]))
  }

  private var lifetimeValue: Figure {
    let label = texts["card.lifetime"]
    guard let value = Int64(known: predictions.value[row]) else {
      return unknown(label, valueFinding)
    }
    return Figure(
      label, display.money(value, currency),
      why: texts(
        "card.lifetime.why",
        [
          "months": String(terms.months), "discount": display.percent(terms.monthlyDiscount),
          "margin": margin, "asOf": asOf,
        ]))
  }

  private var valueAtRisk: Figure {
    let label = texts["card.at-risk"]
    guard let value = Int64(known: predictions.valueAtRisk[row]),
      let given = Int64(known: predictions.valueGivenAlive[row])
    else { return unknown(label, valueFinding) }
    return Figure(
      label, display.money(value, currency),
      why: texts(
        "card.at-risk.why",
        [
          "chance": display.percent(1 - predictions.alive[row]),
          "value": display.money(given, currency), "asOf": asOf,
        ]))
  }

  // MARK: Words

  private var terms: LifetimeValueTerms { predictions.terms }

  private var margin: String {
    analysis.programme.margin.map { texts("card.margin", ["share": display.percent($0)]) }
      ?? texts["card.margin.none"]
  }

  private func inputs(_ summary: BuyingSummary) -> String {
    texts(
      "card.inputs",
      [
        "x": repeats(summary), "tx": display.decimal(summary.lastRepeat, 2),
        "T": display.decimal(summary.observed, 2),
      ])
  }

  /// The days with a purchase after the first, as the models count them.
  private func repeats(_ summary: BuyingSummary) -> String {
    texts("card.inputs.repeats", count: summary.repeats, ["n": String(summary.repeats)])
  }

  private var parameters: String {
    guard let model = fits.purchases(predictions.kind) else { return "" }
    return texts(
      "card.parameters",
      [
        "r": display.decimal(model.r, 4), "alpha": display.decimal(model.alpha, 4),
        "a": display.decimal(model.a, 4), "b": display.decimal(model.b, 4),
        "n": display.number(fits.customers),
      ])
  }

  private var spendingFinding: String {
    fits.gammaGamma.finding?.sentence("Gamma-Gamma", wording)
      ?? texts["finding.no-own-amounts"]
  }

  private var valueFinding: String {
    fits.finding(predictions.kind)?.sentence(predictions.kind.name, wording) ?? spendingFinding
  }

  private func unknown(_ label: String, _ reason: String?) -> Figure {
    Figure(
      label, texts["figure.unknown"], why: [reason, asOf].compactMap(\.self).joined(separator: " "))
  }
}

extension Analysis {
  /// P(alive) at the ends of the last 24 months and on the as-of date.
  func aliveByMonth(_ row: Int) -> [AlivePoint] {
    let days = figures.history.purchaseDays.days(ofCustomer: row)
    guard let first = days.first, let model = figures.fits.purchases(figures.predictions.kind)
    else { return [] }
    let (year, month, _) = asOf.components
    guard let start = Day(year: year, month: month, day: 1) else { return [] }
    let ends = (0..<24).reversed().map { start.adding(months: -$0) + -1 } + [asOf]
    return ends.compactMap { day in
      let known = days.prefix { $0 <= day.number }
      guard let last = known.last else { return nil }
      let summary = BuyingSummary(
        repeats: known.count - 1, lastRepeat: Double(last - first) / BuyingSummary.daysInWeek,
        observed: Double(day.number - first) / BuyingSummary.daysInWeek)
      return AlivePoint(day: day, alive: model.probabilityAlive(summary))
    }
  }
}

extension LoyaltyScore.Grounds {
  /// The numbers as a phrase.
  fileprivate func words(_ wording: Wording) -> String {
    switch self {
    case .rhythm(let days, let gap, let after):
      wording(
        "loyalty.rhythm.why",
        ["ago": wording.ago(days), "gap": String(gap), "after": String(after)])
    case .frequency(let days): wording("loyalty.frequency.why", ["days": wording.days(days)])
    case .tenure(let days): wording("loyalty.tenure.why", ["ago": wording.ago(days)])
    case .breadth(let categories, let all):
      wording("loyalty.breadth.why", ["n": String(categories), "all": String(all)])
    }
  }
}
