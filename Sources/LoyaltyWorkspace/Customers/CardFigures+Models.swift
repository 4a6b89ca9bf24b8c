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
      "\(part.kind.rawValue) \(display.decimal(part.value, 2)) at weight \(part.kind.weight) "
        + "(\(part.why))"
    }
    return [
      Figure(
        "Degree of loyalty", "\(score.points) of 100",
        why: """
          100 times the weighted mean of \(parts.joined(separator: ", ")). Each part lies between 0 \
          and 1. \(asOf)
          """)
    ]
  }

  // MARK: The figures

  private func chance(_ summary: BuyingSummary) -> Figure {
    let label = "Chance still a customer"
    guard let chance = Double(known: predictions.alive[row]) else {
      return unknown(label, fits.finding(predictions.kind)?.sentence(predictions.kind.name))
    }
    return Figure(
      label, display.percent(chance),
      why: """
        P(alive) by the \(predictions.kind.name) model: of 100 customers with this history about \
        \(Int((100 * chance).rounded())) still buy here. 1/(1 + a/(b+x)·((α+T)/(α+t_x))^(r+x)) with \
        \(inputs(summary)); \(parameters). \(asOf)
        """)
  }

  private func purchases(_ summary: BuyingSummary) -> Figure {
    let label = "Purchases expected, 12 months"
    guard let expected = Double(known: predictions.purchases[row]) else {
      return unknown(label, fits.finding(predictions.kind)?.sentence(predictions.kind.name))
    }
    return Figure(
      label, display.decimal(expected, 2),
      why: """
        Days with a purchase expected in the next 365.25 days by the \(predictions.kind.name) \
        model, the chance to have left included, with \(inputs(summary)); \(parameters). \(asOf)
        """)
  }

  private func meanValue(_ summary: BuyingSummary) -> Figure {
    let label = "Value of a purchase day, expected"
    guard let expected = Int64(known: predictions.meanValue[row]), let model = fits.spending else {
      return unknown(label, spendingFinding)
    }
    let mean = analysis.figures.figures.repeatMean(row).map {
      "m = \(display.money(Int64($0.rounded()), currency)) on average on those days"
    }
    return Figure(
      label, display.money(expected, currency),
      why: """
        Gamma-Gamma model: p(v + x·m)/(p·x + q − 1) with x = \(summary.repeats) repeat days\
        \(mean.map { ", \($0)" } ?? ""); p \(display.decimal(model.p, 4)), q \
        \(display.decimal(model.q, 4)), v \(display.decimal(model.v, 4)) \(currency.code), fitted \
        to \(display.number(fits.repeatCustomers - fits.withoutAmounts)) repeat customers. Few days \
        lean on what others spend. \(asOf)
        """)
  }

  private var lifetimeValue: Figure {
    let label = "Predicted value, 12 months"
    guard let value = Int64(known: predictions.value[row]) else {
      return unknown(label, valueFinding)
    }
    return Figure(
      label, display.money(value, currency),
      why: """
        CLV: the sum over \(terms.months) months of 30.4375 days of the expected value of a \
        purchase day times the purchases expected in that month, discounted by \
        \(display.percent(terms.monthlyDiscount)) a month\(margin). \(asOf)
        """)
  }

  private var valueAtRisk: Figure {
    let label = "Value at risk"
    guard let value = Int64(known: predictions.valueAtRisk[row]),
      let given = Int64(known: predictions.valueGivenAlive[row])
    else { return unknown(label, valueFinding) }
    return Figure(
      label, display.money(value, currency),
      why: """
        The chance that they have left, \(display.percent(1 - predictions.alive[row])), times \
        \(display.money(given, currency)), the value of 12 months predicted were they still a \
        customer. \(asOf)
        """)
  }

  // MARK: Words

  private var terms: LifetimeValueTerms { predictions.terms }

  private var margin: String {
    analysis.programme.margin.map { ", times the programme's margin of \(display.percent($0))" }
      ?? "; no margin is set"
  }

  private func inputs(_ summary: BuyingSummary) -> String {
    """
    x = \(summary.repeats) repeat days, t_x = \(display.decimal(summary.lastRepeat, 2)) and T = \
    \(display.decimal(summary.observed, 2)) weeks
    """
  }

  private var parameters: String {
    guard let model = fits.purchases(predictions.kind) else { return "" }
    return """
      r \(display.decimal(model.r, 4)), α \(display.decimal(model.alpha, 4)) weeks, a \
      \(display.decimal(model.a, 4)), b \(display.decimal(model.b, 4)), fitted to \
      \(display.number(fits.customers)) customers
      """
  }

  private var spendingFinding: String {
    fits.gammaGamma.finding?.sentence("Gamma-Gamma")
      ?? "Their repeat purchases brought nothing, which the model of amounts does not know."
  }

  private var valueFinding: String {
    fits.finding(predictions.kind)?.sentence(predictions.kind.name) ?? spendingFinding
  }

  private func unknown(_ label: String, _ reason: String?) -> Figure {
    Figure(label, "unknown", why: [reason, asOf].compactMap(\.self).joined(separator: " "))
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

extension DisplayFormat {
  /// A number with so many decimals: `1,234.57`.
  func decimal(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    guard value.isFinite, let scaled = Int64(exactly: (abs(value) * scale).rounded()) else {
      return "–"
    }
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
    let fraction = String(rest)
    let padding = String(repeating: "0", count: max(0, digits - fraction.count))
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return sign + number(whole) + decimalSeparator + padding + fraction
  }
}
