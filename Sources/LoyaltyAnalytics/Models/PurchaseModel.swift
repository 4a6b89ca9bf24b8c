import RealModule
import Statistics

/// A model of how often customers buy and when they drop out for good: BG/NBD or MBG/NBD.
///
/// While alive a customer buys as a Poisson process whose rate is Gamma(r, α) over the customers, and drops
/// out with a chance that is Beta(a, b) over the customers. The two models differ in when the dropout may
/// happen, see `dropsOutAtFirst`. All times are in the unit of α.
package protocol PurchaseModel: Sendable, Equatable {
  /// Whether a customer may drop out already after the first purchase, not only after a repeat purchase.
  static var dropsOutAtFirst: Bool { get }
  /// The shape of the purchase rates' gamma distribution.
  var r: Double { get }
  /// The inverse scale of the purchase rates' gamma distribution, a time.
  var alpha: Double { get }
  /// The first shape of the dropout chances' beta distribution.
  var a: Double { get }
  /// The second shape of the dropout chances' beta distribution.
  var b: Double { get }
  /// A model of given parameters, all positive.
  init(r: Double, alpha: Double, a: Double, b: Double)
}

/// The BG/NBD model of Fader, Hardie & Lee (2005): dropout only after a repeat purchase.
package struct BGNBDModel: PurchaseModel {
  package static let dropsOutAtFirst = false
  package let r: Double
  package let alpha: Double
  package let a: Double
  package let b: Double

  package init(r: Double, alpha: Double, a: Double, b: Double) {
    (self.r, self.alpha, self.a, self.b) = (r, alpha, a, b)
  }
}

/// The MBG/NBD model of Batislam, Denizel & Filiztekin (2007): dropout after any purchase.
///
/// One-time buyers may have dropped out too, whom BG/NBD holds to be alive for ever.
package struct MBGNBDModel: PurchaseModel {
  package static let dropsOutAtFirst = true
  package let r: Double
  package let alpha: Double
  package let a: Double
  package let b: Double

  package init(r: Double, alpha: Double, a: Double, b: Double) {
    (self.r, self.alpha, self.a, self.b) = (r, alpha, a, b)
  }
}

extension PurchaseModel {
  /// The chances to drop out that a customer with x repeat purchases has met and survived, less x.
  static var extraChances: Double { dropsOutAtFirst ? 1 : 0 }

  /// The chance that a customer has not dropped out, in 0…1.
  ///
  /// BG/NBD: 1/(1 + 1{x>0}·a/(b+x−1)·((α+T)/(α+t_x))^(r+x)); MBG/NBD has b+x instead and counts x = 0 too.
  package func probabilityAlive(_ summary: BuyingSummary) -> Double {
    let x = Double(summary.repeats)
    guard Self.dropsOutAtFirst || x > 0 else { return 1 }
    let logOdds =
      Double.log(a / (b + x - 1 + Self.extraChances))
      + (r + x) * (Double.log(alpha + summary.observed) - Double.log(alpha + summary.lastRepeat))
    return 1 / (1 + Double.exp(logOdds))
  }

  /// The expected number of purchases within some time from now, for a customer who may have dropped out.
  /// - Parameters:
  ///   - time: How far to look ahead, at least 0, in the unit of α.
  ///   - summary: What is known of the customer.
  /// - Returns: The expectation E[Y(t) | x, t_x, T].
  package func expectedPurchases(within time: Double, _ summary: BuyingSummary) -> Double {
    probabilityAlive(summary) * expectedPurchasesGivenAlive(within: time, summary)
  }

  /// The expected number of purchases within some time from now, were the customer known to be alive.
  /// - Parameters:
  ///   - time: How far to look ahead, at least 0, in the unit of α.
  ///   - summary: What is known of the customer.
  /// - Returns: The expectation E[Y(t) | x, t_x, T, alive].
  package func expectedPurchasesGivenAlive(
    within time: Double, _ summary: BuyingSummary
  ) -> Double {
    let x = Double(summary.repeats)
    return expectedEventsUntilDropout(
      shape: r + x, span: time / (alpha + summary.observed), a: a, b: b + x + Self.extraChances)
  }

  /// The log-likelihood of the parameters over all customers of a sample.
  package func logLikelihood(_ sample: BuyingSample) -> Double {
    BetaGeometricLikelihood(sample: sample, extraChances: Self.extraChances)
      .value(r: r, alpha: alpha, a: a, b: b)
  }
}
