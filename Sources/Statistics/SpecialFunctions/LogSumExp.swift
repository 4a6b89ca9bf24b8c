import RealModule

/// ln(eᵃ + eᵇ) without overflow; −∞ stands for a term that is not there.
package func logSumExp(_ a: Double, _ b: Double) -> Double {
  let (low, high) = a < b ? (a, b) : (b, a)
  guard low > -.infinity, high < .infinity else { return high }
  return high + Double.log(onePlus: Double.exp(low - high))
}

/// ln Σ eˣ over all elements without overflow; −∞ for none.
package func logSumExp(_ terms: some Collection<Double>) -> Double {
  guard let high = terms.max(), high > -.infinity, high < .infinity else {
    return terms.max() ?? -.infinity
  }
  var sum = CompensatedSum()
  for term in terms { sum.add(Double.exp(term - high)) }
  return high + Double.log(sum.value)
}
