/// The models fitted to all purchases as of a date, with what could not be estimated in words.
package struct ModelReport: Sendable, Hashable {
  /// The parameters of a model of purchases; alpha in ``ModelReport/unit``.
  package struct Purchases: Sendable, Hashable {
    /// Which model it is.
    package let kind: PurchaseModelKind
    /// The shape of the purchase rates' gamma distribution.
    package let r: Double
    /// Its inverse scale, in weeks.
    package let alpha: Double
    /// The first shape of the dropout chances' beta distribution.
    package let a: Double
    /// Its second shape.
    package let b: Double
    /// The log-likelihood at the maximum, times in weeks.
    package let logLikelihood: Double

    /// The parameters of a model.
    package init(
      kind: PurchaseModelKind, r: Double, alpha: Double, a: Double, b: Double,
      logLikelihood: Double
    ) {
      (self.kind, self.r, self.alpha, self.a, self.b) = (kind, r, alpha, a, b)
      self.logLikelihood = logLikelihood
    }
  }

  /// The parameters of the model of amounts.
  package struct Spending: Sendable, Hashable {
    /// The shape of one customer's amounts.
    package let p: Double
    /// The shape of the spread over the customers.
    package let q: Double
    /// The inverse scale of that spread, in the currency's major unit.
    package let v: Double
    /// The log-likelihood at the maximum, amounts in the currency's major unit.
    package let logLikelihood: Double

    /// The parameters of the model.
    package init(p: Double, q: Double, v: Double, logLikelihood: Double) {
      (self.p, self.q, self.v, self.logLikelihood) = (p, q, v, logLikelihood)
    }
  }

  /// The unit of all times: weeks.
  package static let unit = "weeks"

  /// The date that the models are as of; nil for a table that was given.
  package let asOf: Day?
  /// How many customers bought.
  package let customers: Int
  /// How many of them bought on a second day.
  package let repeatCustomers: Int
  /// The fitted BG/NBD, or nil where the data do not determine it.
  package let bgNBD: Purchases?
  /// The fitted MBG/NBD, or nil where the data do not determine it.
  package let mbgNBD: Purchases?
  /// The fitted Gamma-Gamma, or nil where the data do not determine it.
  package let gammaGamma: Spending?
  /// What cannot be estimated and what to keep in mind, a sentence each.
  package let warnings: [String]
  /// How the models fare on the time after a day that they were not shown, where that was asked.
  package var holdOut: HoldOutReport?

  /// A report of fitted models.
  package init(
    asOf: Day?, customers: Int, repeatCustomers: Int, bgNBD: Purchases?, mbgNBD: Purchases?,
    gammaGamma: Spending?, warnings: [String], holdOut: HoldOutReport? = nil
  ) {
    (self.asOf, self.customers, self.repeatCustomers) = (asOf, customers, repeatCustomers)
    (self.bgNBD, self.mbgNBD, self.gammaGamma) = (bgNBD, mbgNBD, gammaGamma)
    (self.warnings, self.holdOut) = (warnings, holdOut)
  }

  /// Whether the model of a kind was fitted, so that P(alive) means something.
  package func isTrusted(_ kind: PurchaseModelKind) -> Bool {
    switch kind {
    case .mbgNBD: mbgNBD != nil
    case .bgNBD: bgNBD != nil
    }
  }
}
