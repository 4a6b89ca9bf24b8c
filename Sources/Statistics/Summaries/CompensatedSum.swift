/// A running sum that carries the rounding error along (Neumaier's variant of Kahan's method).
///
/// Accurate to about one unit in the last place whatever the number of terms; the order of the terms may
/// still show in the last bit, so add in a fixed order, and add money as integers.
package struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var compensation = 0.0

  /// An empty sum.
  package init() {}

  /// The sum so far.
  package var value: Double { compensation.isFinite ? sum + compensation : sum }

  /// Adds one term.
  package mutating func add(_ term: Double) {
    let next = sum + term
    compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}

extension Sequence<Double> {
  /// The compensated sum of all elements.
  package var compensatedSum: Double {
    var sum = CompensatedSum()
    for element in self { sum.add(element) }
    return sum.value
  }
}
