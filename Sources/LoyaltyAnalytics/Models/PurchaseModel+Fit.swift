import RealModule
import Statistics

extension PurchaseModel {
  /// Twice the gain in log-likelihood that dropout must bring to count as seen in the data.
  ///
  /// The 95 % point of the likelihood-ratio test at the boundary of the parameters, where the statistic is
  /// half the time 0 and half the time χ² with one degree of freedom (Self & Liang 1987).
  static var neededGain: Double { 2.705543454095 }

  /// Fits the model by maximum likelihood.
  ///
  /// Sought in log-parameters with times scaled by the mean T, so that the unit of time does not matter;
  /// on sorted distinct summaries, so that the order of the customers does not matter.
  /// - Parameter sample: The customers.
  /// - Returns: The fitted model and its log-likelihood.
  /// - Throws: `CannotEstimate` where the data do not determine the model.
  package static func fit(_ sample: BuyingSample) throws(CannotEstimate) -> ModelFit<Self> {
    var without: Fitting.Maximum?
    return try fit(sample, sharing: &without)
  }

  /// As ``fit(_:)``, for several models of the same sample: the maximum without dropout, which is
  /// the same for all, is found once.
  static func fit(
    _ sample: BuyingSample, sharing without: inout Fitting.Maximum?,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(CannotEstimate) -> ModelFit<Self> {
    try requireEnough(sample)
    let unit = sample.meanObserved
    let scaled = sample.scaled(by: unit)
    let nobodyLeaves = without ?? maximumWithoutDropout(scaled, isStopped)
    without = nobodyLeaves
    let found = try maximumWithDropout(scaled, sample, nobodyLeaves, isStopped)
    try Fitting.requireMaximum(found.optimum, [.r, .alpha, .a, .b])
    let model = Self(
      r: found.parameters[0], alpha: found.parameters[1] * unit, a: found.parameters[2],
      b: found.parameters[3])
    return ModelFit(
      model: model, logLikelihood: model.logLikelihood(sample), customers: sample.customers,
      repeatCustomers: sample.repeatCustomers, iterations: found.optimum.iterations)
  }

  /// The maximum where nobody drops out: the NBD model's.
  private static func maximumWithoutDropout(
    _ scaled: BuyingSample, _ isStopped: @escaping @Sendable () -> Bool
  ) -> Fitting.Maximum {
    Fitting.maximise(
      from: [1, 1], customers: scaled.customers, isStopped: isStopped,
      NegativeBinomialLikelihood(sample: scaled).value(parameters:gradient:))
  }

  /// Checks that there is enough to learn from.
  private static func requireEnough(_ sample: BuyingSample) throws(CannotEstimate) {
    guard sample.customers > 0 else { throw .noCustomers }
    guard sample.meanObserved > 0 else { throw .nobodyObserved }
    guard sample.repeatCustomers > 0 else { throw .noRepeatPurchases }
    guard sample.repeatCustomers >= Fitting.neededRepeatCustomers else {
      throw .tooFewRepeatCustomers(
        found: sample.repeatCustomers, needed: Fitting.neededRepeatCustomers)
    }
    guard sample.entries.count > 1 else { throw .identicalCustomers }
  }

  /// The maximum, where the data look better with dropout than without.
  private static func maximumWithDropout(
    _ scaled: BuyingSample, _ sample: BuyingSample, _ without: Fitting.Maximum,
    _ isStopped: @escaping @Sendable () -> Bool
  ) throws(CannotEstimate) -> Fitting.Maximum {
    let likelihood = BetaGeometricLikelihood(sample: scaled, extraChances: extraChances)
    // The second start is for data in which the first runs off to where nobody drops out.
    let starts = [[1, 1, 1, 1], without.parameters + [0.5, 2]]
    var best = without.logLikelihood
    for start in starts {
      let found = Fitting.maximise(
        from: start, customers: sample.customers, isStopped: isStopped,
        likelihood.value(parameters:gradient:))
      if 2 * (found.logLikelihood - without.logLikelihood) >= neededGain { return found }
      best = max(best, found.logLikelihood)
    }
    // The scaled data's likelihood is a density per scaled unit of time, once for each repeat purchase.
    let shift = sample.scaleShift
    throw .dropoutNotIdentified(
      logLikelihood: best - shift, withoutDropout: without.logLikelihood - shift)
  }
}

extension BuyingSample {
  /// What the log-likelihood gains when times are divided by the mean T.
  fileprivate var scaleShift: Double {
    var repeats = 0
    for entry in entries { repeats += entry.summary.repeats * entry.customers }
    return Double(repeats) * Double.log(meanObserved)
  }
}
