import RealModule
import Statistics

/// The log-likelihood of BG/NBD and MBG/NBD over a sample, with its gradient.
///
/// Per customer, with b′ = b + 1 for MBG/NBD and b for BG/NBD:
/// ln (r)ₓ − x·ln α + ln B(a, b′+x) − ln B(a, b)
/// + ln[(1+T/α)^−(r+x) + a/(b′+x−1)·(1+t_x/α)^−(r+x)], the second term of the bracket missing for x = 0 in
/// BG/NBD. The bracket's terms, over their sum, are P(alive) and 1 − P(alive). This is the literature's
/// formula with α drawn out of the bracket, which keeps all digits however large r and α are.
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
        logGammaIncrease(from: r, by: x) - x * Double.log(alpha)
        + logGammaIncrease(from: b, by: survived) - logGammaIncrease(from: a + b, by: survived)
      let canHaveDroppedOut = survived > 0
      logOdds = canHaveDroppedOut ? Double.log(a / (b + survived - 1)) : -.infinity
      oddsSlopes = canHaveDroppedOut ? [1 / a, -1 / (b + survived - 1)] : [0, 0]
      let total = digamma(a + b) - digamma(a + b + survived)
      slopes = [
        digamma(r + x) - digamma(r), -x / alpha, total, total + digamma(b + survived) - digamma(b),
      ]
    }

    /// The log-likelihood of one customer; adds the derivatives of all `customers` alike.
    func value(
      _ summary: BuyingSummary, customers: Double, _ gradient: inout [Double]
    ) -> Double {
      let (observed, last) = (summary.observed, summary.lastRepeat)
      let logObserved = Double.log(onePlus: observed / alpha)
      let logLast = Double.log(onePlus: last / alpha)
      let alive = -shape * logObserved
      let dropped = logOdds - shape * logLast
      let dead = 1 / (1 + Double.exp(alive - dropped))
      let elapsed = (1 - dead) * observed / (alpha + observed) + dead * last / (alpha + last)
      gradient[0] += customers * (slopes[0] - (1 - dead) * logObserved - dead * logLast)
      gradient[1] += customers * (slopes[1] + shape * elapsed / alpha)
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
    var (constant, slope) = (0.0, 0.0)
    for entry in sample.entries {
      if Double(entry.summary.repeats) != x {
        x = Double(entry.summary.repeats)
        constant = logGammaIncrease(from: r, by: x) - x * Double.log(alpha)
        slope = digamma(r + x) - digamma(r)
      }
      let customers = Double(entry.customers)
      let observed = entry.summary.observed
      let logObserved = Double.log(onePlus: observed / alpha)
      sum.add(customers * (constant - (r + x) * logObserved))
      gradient[0] += customers * (slope - logObserved)
      gradient[1] += customers * ((r + x) * observed / (alpha + observed) - x) / alpha
    }
    return sum.value
  }
}
