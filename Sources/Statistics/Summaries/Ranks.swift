/// For each value how many are strictly less: equal values rank alike, whatever their order.
///
/// Sorting takes n·log n; a value that is not a number ranks with −∞.
/// - Parameter values: The values, in any order.
/// - Returns: One count for each value, in the values' own order, in 0..<n.
package func countsStrictlyLess<Value: Comparable>(_ values: [Value]) -> [Int] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var counts = [Int](repeating: 0, count: values.count)
  var start = 0
  for position in order.indices {
    if values[order[start]] < values[order[position]] { start = position }
    counts[order[position]] = start
  }
  return counts
}

/// Tie-safe scores 1…levels, the greatest value best: 1 + ⌊levels · (number strictly less) / n⌋.
///
/// Equal values always score alike, and the order of the values does not matter.
/// - Parameters:
///   - values: The values, in any order.
///   - levels: The number of scores, at least 1.
/// - Returns: One score for each value, in the values' own order.
package func tieSafeScores<Value: Comparable>(_ values: [Value], levels: Int) -> [Int] {
  countsStrictlyLess(values).map { 1 + levels * $0 / values.count }
}

/// Ranks 1…n of which equal values share the mean (the ranks of Spearman's correlation).
package func meanRanks<Value: Comparable>(_ values: [Value]) -> [Double] {
  let less = countsStrictlyLess(values)
  var sharers = [Int](repeating: 0, count: values.count)
  for count in less { sharers[count] += 1 }
  return less.map { Double($0) + (Double(sharers[$0]) + 1) / 2 }
}
