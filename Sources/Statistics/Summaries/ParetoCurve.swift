/// How a total is spread over its holders: the measured Pareto curve, from the greatest value down.
///
/// Values are whole numbers (money in minor units), so the order in which they come cannot matter.
/// Negative values are allowed and stand last; then the curve rises above 1 before it ends there.
package struct ParetoCurve: Sendable {
  /// The values, descending.
  package let values: [Int64]
  /// The sum of the greatest k values at index k; the first is 0, the last the total.
  package let cumulative: [Int64]

  /// The curve of some values in any order.
  ///
  /// Traps when the sum does not fit into 64 bits.
  package init(_ values: [Int64]) {
    self.values = values.sorted(by: >)
    var running: Int64 = 0
    var cumulative: [Int64] = [0]
    cumulative.reserveCapacity(values.count + 1)
    for value in self.values {
      running += value
      cumulative.append(running)
    }
    self.cumulative = cumulative
  }

  /// The number of holders.
  package var count: Int { values.count }

  /// The sum of all values.
  package var total: Int64 { cumulative.last ?? 0 }

  /// The share of the total that the top holders have, the last of them counted in part.
  /// - Parameter fraction: The share of holders, in 0…1.
  /// - Returns: The share of the total; nothing when the total is not positive.
  package func shareHeld(byTop fraction: Double) -> Double? {
    guard total > 0, fraction >= 0, fraction <= 1 else { return nil }
    let position = fraction * Double(count)
    let whole = min(Int(position), count)
    let part = whole < count ? (position - Double(whole)) * Double(values[whole]) : 0
    return (Double(cumulative[whole]) + part) / Double(total)
  }

  /// The least number of top holders who together have a share of the total.
  /// - Parameter share: The share of the total, in 0…1.
  /// - Returns: The number of holders; nothing when the total is not positive.
  package func holders(of share: Double) -> Int? {
    guard total > 0, share >= 0, share <= 1 else { return nil }
    let needed = share * Double(total)
    return cumulative.firstIndex { Double($0) >= needed }
  }

  /// The share of holders, from the top, who together have a share of the total.
  package func shareOfHolders(of share: Double) -> Double? {
    guard count > 0, let holders = holders(of: share) else { return nil }
    return Double(holders) / Double(count)
  }

  /// The least value that still belongs to the top share of holders, so that equal values stay together.
  /// - Parameter fraction: The share of holders, above 0 and at most 1.
  /// - Returns: The value at that rank, rounded up; nothing when there are no holders.
  package func leastValue(ofTop fraction: Double) -> Int64? {
    guard count > 0, fraction > 0, fraction <= 1 else { return nil }
    // A product such as 0.07 × 100 = 7.000000000000001 must not reach for the eighth.
    let rank = (fraction * Double(count) - 1e-9).rounded(.up)
    return values[min(max(Int(rank), 1), count) - 1]
  }

  /// Gini's coefficient: 0 when all hold the same, towards 1 when one holds everything.
  ///
  /// Nothing when a value is negative or the total is not positive, where it has no meaning.
  package var gini: Double? {
    guard total > 0, let least = values.last, least >= 0 else { return nil }
    var area = CompensatedSum()
    for sum in cumulative.dropFirst() { area.add(Double(sum)) }
    let n = Double(count)
    return (2 * area.value / Double(total) - (n + 1)) / n
  }
}
