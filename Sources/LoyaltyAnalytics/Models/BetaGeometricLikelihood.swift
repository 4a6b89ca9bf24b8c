import RealModule
import Statistics

/// The log-likelihood of BG/NBD and MBG/NBD over a sample, with its gradient.
///
/// Per customer, with b′ = b + 1 for MBG/NBD and b for BG/NBD:
/// lnΓ(r+x) − lnΓ(r) + r·ln α + ln B(a, b′+x) − ln B(a, b)
/// + ln[(α+T)^−(r+x) + a/(b′+x−1)·(α+t_x)^−(r+x)], the second term of the bracket missing for x = 0 in
/// BG/NBD. The bracket's terms, over their sum, are P(alive) and 1 − P(alive).
struct BetaGeometricLikelihood {
  let sample: BuyingSample
  /// 1 for MBG/NBD, 0 for BG/NBD.
  let extraChances: Double

  /// The log-likelihood of some parameters.
  func value(r: Double, alpha: Double, a: Double, b: Double) -> Double {
    var gradient = [0.0, 0, 0, 0]
    return value(parameters: [r, alpha, a, b], gradient: &gradient)
  }

  /// The log-likelihood of (r, α, a, b), and its derivatives by each of them.
  func value(parameters: [Double], gradient: inout [Double]) -> Double {
    let (r, alpha, a, b) = (parameters[0], parameters[1], parameters[2], parameters[3])
    var sum = CompensatedSum()
    gradient = [0, 0, 0, 0]
    var group = Group(x: 0, r: r, alpha: alpha, a: a, b: b, extraChances: extraChances)
    for entry in sample.entries {
      let x = Double(entry.summary.repeats)
      if x != group.x {
        group = Group(x: x, r: r, alpha: alpha, a: a, b: b, extraChances: extraChances)
      }
      let customers = Double(entry.customers)
      sum.add(customers * group.value(entry.summary, customers: customers, &gradient))
    }
    return sum.value
  }

  /// What all customers with the same x share: the gamma functions, the costly part.
  private struct Group {
    let x: Double
    let alpha: Double
    let shape: Double
    /// The terms without t_x and T.
    let constant: Double
    /// ln(a/(b′+x−1)), or −∞ where nobody can have dropped out.
    let logOdds: Double
    /// The derivatives of the constant.
    let slopes: SIMD4<Double>
    /// The derivatives of the log odds by a and b.
    let oddsSlopes: SIMD2<Double>

    init(x: Double, r: Double, alpha: Double, a: Double, b: Double, extraChances: Double) {
      self.x = x
      self.alpha = alpha
      shape = r + x
      let survived = x + extraChances
      constant =
        logGamma(r + x) - logGamma(r) + r * Double.log(alpha)
        + (logGamma(b + survived) - logGamma(b)) - (logGamma(a + b + survived) - logGamma(a + b))
      let canHaveDroppedOut = survived > 0
      logOdds = canHaveDroppedOut ? Double.log(a / (b + survived - 1)) : -.infinity
      oddsSlopes = canHaveDroppedOut ? [1 / a, -1 / (b + survived - 1)] : [0, 0]
      let total = digamma(a + b) - digamma(a + b + survived)
      slopes = [
        digamma(r + x) - digamma(r) + Double.log(alpha), r / alpha, total,
        total + digamma(b + survived) - digamma(b),
      ]
    }

    /// The log-likelihood of one customer; adds the derivatives of all `customers` alike.
    func value(
      _ summary: BuyingSummary, customers: Double, _ gradient: inout [Double]
    ) -> Double {
      let end = alpha + summary.observed
      let last = alpha + summary.lastRepeat
      let (logEnd, logLast) = (Double.log(end), Double.log(last))
      let alive = -shape * logEnd
      let dropped = logOdds - shape * logLast
      let dead = 1 / (1 + Double.exp(alive - dropped))
      gradient[0] += customers * (slopes[0] - (1 - dead) * logEnd - dead * logLast)
      gradient[1] += customers * (slopes[1] - shape * ((1 - dead) / end + dead / last))
      gradient[2] += customers * (slopes[2] + dead * oddsSlopes[0])
      gradient[3] += customers * (slopes[3] + dead * oddsSlopes[1])
      return constant + logSumExp(alive, dropped)
    }
  }
}

/// The log-likelihood of the NBD model, the limit of both models where nobody ever drops out.
struct NegativeBinomialLikelihood {
  let sample: BuyingSample

  /// The log-likelihood of (r, α), and its derivatives by each of them.
  func value(parameters: [Double], gradient: inout [Double]) -> Double {
    let (r, alpha) = (parameters[0], parameters[1])
    var sum = CompensatedSum()
    gradient = [0, 0]
    var x = 0.0
    var (constant, slope) = (r * Double.log(alpha), Double.log(alpha))
    for entry in sample.entries {
      if Double(entry.summary.repeats) != x {
        x = Double(entry.summary.repeats)
        constant = logGamma(r + x) - logGamma(r) + r * Double.log(alpha)
        slope = digamma(r + x) - digamma(r) + Double.log(alpha)
      }
      let customers = Double(entry.customers)
      let end = alpha + entry.summary.observed
      sum.add(customers * (constant - (r + x) * Double.log(end)))
      gradient[0] += customers * (slope - Double.log(end))
      gradient[1] += customers * (r / alpha - (r + x) / end)
    }
    return sum.value
  }
}
