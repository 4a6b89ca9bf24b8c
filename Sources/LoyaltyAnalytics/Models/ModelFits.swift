package import LoyaltyModel

/// The models of purchases and of amounts, each fitted or with the reason why it cannot be.
///
/// Times are in weeks and amounts in the currency's major unit, as in the literature; the fits
/// themselves do not depend on either.
package struct ModelFits: Sendable, Equatable {
  /// How many customers bought.
  package let customers: Int
  /// How many of them bought on a second day.
  package let repeatCustomers: Int
  /// How many repeat customers the model of amounts leaves out: what they spent is not positive.
  package let withoutAmounts: Int
  /// BG/NBD.
  package let bgNBD: Result<ModelFit<BGNBDModel>, CannotEstimate>
  /// MBG/NBD.
  package let mbgNBD: Result<ModelFit<MBGNBDModel>, CannotEstimate>
  /// Gamma-Gamma.
  package let gammaGamma: Result<ModelFit<GammaGammaModel>, CannotEstimate>

  /// Fits that are known already.
  package init(
    customers: Int, repeatCustomers: Int, withoutAmounts: Int,
    bgNBD: Result<ModelFit<BGNBDModel>, CannotEstimate>,
    mbgNBD: Result<ModelFit<MBGNBDModel>, CannotEstimate>,
    gammaGamma: Result<ModelFit<GammaGammaModel>, CannotEstimate>
  ) {
    (self.customers, self.repeatCustomers) = (customers, repeatCustomers)
    self.withoutAmounts = withoutAmounts
    (self.bgNBD, self.mbgNBD, self.gammaGamma) = (bgNBD, mbgNBD, gammaGamma)
  }

  /// Fits all models to customers in any order.
  /// - Parameters:
  ///   - buying: (x, t_x, T) of each customer, in weeks.
  ///   - spending: The repeat days and their mean amount of each customer, in major units; empty
  ///     where amounts are not known.
  package init(buying: [BuyingSummary], spending: [(repeats: Int, mean: Double)]) {
    self.init(buying: buying, spending: spending, isStopped: { false })
  }

  /// Fits all models, or what a stop left of them, which is of no use.
  private init(
    buying: [BuyingSummary], spending: [(repeats: Int, mean: Double)],
    isStopped: @escaping @Sendable () -> Bool
  ) {
    let sample = Result { () throws(CannotEstimate) in try BuyingSample(buying) }
    var without: Fitting.Maximum?
    bgNBD = sample.flatMap { sample in
      Result { () throws(CannotEstimate) in
        try BGNBDModel.fit(sample, sharing: &without, isStopped: isStopped)
      }
    }
    mbgNBD = sample.flatMap { sample in
      Result { () throws(CannotEstimate) in
        try MBGNBDModel.fit(sample, sharing: &without, isStopped: isStopped)
      }
    }
    gammaGamma = Result { () throws(CannotEstimate) in
      try GammaGammaModel.fit(SpendSample(spending), isStopped: isStopped)
    }
    customers = buying.count
    repeatCustomers = buying.reduce(0) { $0 + ($1.repeats > 0 ? 1 : 0) }
    withoutAmounts = spending.reduce(0) { $0 + ($1.repeats > 0 && !($1.mean > 0) ? 1 : 0) }
  }

  /// Fits all models to the customers who bought.
  /// - Parameters:
  ///   - figures: Their figures.
  ///   - currency: The currency of the figures' amounts.
  package init(_ figures: CustomerFigures, currency: Currency) {
    self.init(figures, currency, isStopped: { false })
  }

  /// Fits all models to the customers who bought, until told to stop.
  /// - Parameters:
  ///   - figures: Their figures.
  ///   - currency: The currency of the figures' amounts.
  ///   - isStopped: Asked before every evaluation of a likelihood; once it says yes it must go on to.
  /// - Returns: The fits.
  /// - Throws: `CancellationError` when it was stopped; what was found till then is thrown away.
  package static func fit(
    _ figures: CustomerFigures, currency: Currency, isStopped: @escaping @Sendable () -> Bool
  ) throws(CancellationError) -> ModelFits {
    let fits = ModelFits(figures, currency, isStopped: isStopped)
    guard !isStopped() else { throw CancellationError() }
    return fits
  }

  private init(
    _ figures: CustomerFigures, _ currency: Currency, isStopped: @escaping @Sendable () -> Bool
  ) {
    let unit = Double(currency.minorUnitsPerMajor)
    var buying: [BuyingSummary] = []
    var spending: [(repeats: Int, mean: Double)] = []
    for row in 0..<figures.count {
      guard let summary = figures.buyingSummary(row) else { continue }
      buying.append(summary)
      if let mean = figures.repeatMean(row) { spending.append((summary.repeats, mean / unit)) }
    }
    self.init(buying: buying, spending: spending, isStopped: isStopped)
  }

  /// The fitted model of a kind, or nil where the data do not determine it.
  ///
  /// A model that is here may be trusted: enough customers bought again, dropout shows in the
  /// data, and the search for the maximum ended at one.
  package func purchases(_ kind: PurchaseModelKind) -> (any PurchaseModel)? {
    switch kind {
    case .bgNBD: try? bgNBD.get().model
    case .mbgNBD: try? mbgNBD.get().model
    }
  }

  /// Why the model of a kind could not be fitted; nil where it was.
  package func finding(_ kind: PurchaseModelKind) -> CannotEstimate? {
    switch kind {
    case .bgNBD: bgNBD.finding
    case .mbgNBD: mbgNBD.finding
    }
  }

  /// The fitted model of amounts, or nil where the data do not determine it.
  package var spending: GammaGammaModel? { try? gammaGamma.get().model }
}

extension Result {
  /// The failure, or nil.
  package var finding: Failure? {
    switch self {
    case .success: nil
    case .failure(let finding): finding
    }
  }
}
