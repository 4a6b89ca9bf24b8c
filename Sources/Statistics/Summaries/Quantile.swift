/// The quantile of ascending values by linear interpolation (Hyndman & Fan's type 7, R's default).
/// - Parameters:
///   - probability: In 0…1; 0 is the least value, 1 the greatest.
///   - sorted: The values, ascending.
/// - Returns: The quantile, or nothing for no values or a probability outside its range.
package func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double? {
  guard let last = sorted.last, probability >= 0, probability <= 1 else { return nil }
  let position = probability * Double(sorted.count - 1)
  let index = Int(position)
  guard index + 1 < sorted.count else { return last }
  let (low, high) = (sorted[index], sorted[index + 1])
  return low + (position - Double(index)) * (high - low)
}

/// The median of values in any order, or nothing for none.
package func median(_ values: some Sequence<Double>) -> Double? {
  quantile(0.5, ofSorted: values.sorted())
}

/// The median of integers in any order: the mean of the middle two for an even count; nothing for none.
package func median(_ values: some Sequence<Int>) -> Double? {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return nil }
  let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
  return Double(low) + (Double(high) - Double(low)) / 2
}
