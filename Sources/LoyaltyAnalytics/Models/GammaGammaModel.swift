import RealModule
import Statistics

/// The Gamma-Gamma model of what a customer spends on a purchase day (Fader & Hardie 2013).
///
/// A customer's amounts are Gamma(p, ν), ν being Gamma(q, v) over the customers; independent of how often
/// they buy. v is an amount of money; the unit (euro or cent) is the data's.
package struct GammaGammaModel: Sendable, Equatable {
  /// The shape of one customer's amounts.
  package let p: Double
  /// The shape of the spread over the customers.
  package let q: Double
  /// The inverse scale of the spread over the customers, an amount.
  package let v: Double

  /// A model of given parameters, all positive.
  package init(p: Double, q: Double, v: Double) {
    (self.p, self.q, self.v) = (p, q, v)
  }

  /// The expected mean amount of a customer: p(v + x·m)/(p·x + q − 1).
  /// - Parameters:
  ///   - repeats: x, the number of repeat purchase days seen, at least 0.
  ///   - mean: m, the mean amount of those days; of no account when x is 0.
  /// - Returns: The expectation; nothing where there is none (p·x + q ≤ 1).
  package func expectedMean(repeats: Int, mean: Double) -> Double? {
    let x = Double(repeats)
    let denominator = p * x + q - 1
    guard denominator > 0 else { return nil }
    return p * (v + (repeats == 0 ? 0 : x * mean)) / denominator
  }

  /// The log-likelihood of the parameters over all customers of a sample.
  package func logLikelihood(_ sample: SpendSample) -> Double {
    var gradient = [0.0, 0, 0]
    return GammaGammaLikelihood(sample: sample).value(parameters: [p, q, v], gradient: &gradient)
  }

  /// Fits the model by maximum likelihood, invariant to the unit of money.
  /// - Parameter sample: The customers.
  /// - Returns: The fitted model and its log-likelihood.
  /// - Throws: `CannotEstimate` where the data do not determine the model.
  package static func fit(_ sample: SpendSample) throws(CannotEstimate) -> ModelFit<Self> {
    try fit(sample, isStopped: { false })
  }

  /// As ``fit(_:)``; stopped in its middle when asked to, and then of no use.
  static func fit(
    _ sample: SpendSample, isStopped: @escaping @Sendable () -> Bool
  ) throws(CannotEstimate) -> ModelFit<Self> {
    guard sample.customers > 0 else { throw .noPositiveAmounts }
    guard sample.customers >= Fitting.neededRepeatCustomers else {
      throw .tooFewRepeatCustomers(found: sample.customers, needed: Fitting.neededRepeatCustomers)
    }
    guard !sample.isConstant else { throw .amountsAllEqual }
    let unit = sample.meanOfMeans
    let likelihood = GammaGammaLikelihood(sample: sample.scaled(by: unit))
    let found = Fitting.maximise(
      from: [1, 2, 1], customers: sample.customers, isStopped: isStopped,
      likelihood.value(parameters:gradient:))
    try Fitting.requireMaximum(found.optimum, [.p, .q, .v])
    let (p, q, v) = (found.parameters[0], found.parameters[1], found.parameters[2])
    guard q > 1 else { throw .meanSpendInfinite(q: q) }
    let model = Self(p: p, q: q, v: v * unit)
    return ModelFit(
      model: model, logLikelihood: model.logLikelihood(sample), customers: sample.customers,
      repeatCustomers: sample.customers, iterations: found.optimum.iterations)
  }
}

/// The log-likelihood of the Gamma-Gamma model over a sample, with its gradient.
///
/// Per customer: −ln B(px, q) − ln m − px·ln(1 + v/(xm)) − q·ln(1 + xm/v), which is the literature's
/// lnΓ(px+q) − lnΓ(px) − lnΓ(q) + q·ln v + (px−1)·ln m + px·ln x − (px+q)·ln(v+xm) without its cancellation.
private struct GammaGammaLikelihood {
  let sample: SpendSample

  /// The log-likelihood of (p, q, v), and its derivatives by each of them.
  func value(parameters: [Double], gradient: inout [Double]) -> Double {
    let (p, q, v) = (parameters[0], parameters[1], parameters[2])
    var sum = CompensatedSum()
    gradient = [0, 0, 0]
    var x = 0.0
    var (constant, slopeP, slopeQ) = (0.0, 0.0, 0.0)
    for entry in sample.entries {
      if Double(entry.repeats) != x {
        x = Double(entry.repeats)
        constant = -logBeta(p * x, q)
        slopeP = digamma(p * x + q) - digamma(p * x)
        slopeQ = digamma(p * x + q) - digamma(q)
      }
      let customers = Double(entry.customers)
      let spent = x * entry.mean
      let (logV, logSpent) = (Double.log(onePlus: v / spent), Double.log(onePlus: spent / v))
      sum.add(customers * (constant - entry.logMean - p * x * logV - q * logSpent))
      gradient[0] += customers * x * (slopeP - logV)
      gradient[1] += customers * (slopeQ - logSpent)
      gradient[2] += customers * (q * spent / v - p * x) / (v + spent)
    }
    return sum.value
  }
}
