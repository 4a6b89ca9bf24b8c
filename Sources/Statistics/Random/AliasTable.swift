/// A table that draws an index in proportion to its weight in constant time (Walker's alias method, Vose 1991).
package struct AliasTable: Sendable {
  private let thresholds: [Double]
  private let aliases: [Int]

  /// The table of some weights, each at least 0; nothing when none is positive or one is not finite.
  package init?(_ weights: [Double]) {
    let total = weights.compensatedSum
    guard total > 0, total < .infinity, weights.allSatisfy({ $0 >= 0 }) else { return nil }
    var scaled = weights.map { $0 / total * Double(weights.count) }
    var aliases = Array(weights.indices)
    var small = weights.indices.filter { scaled[$0] < 1 }
    var large = weights.indices.filter { scaled[$0] >= 1 }
    while let low = small.last, let high = large.last {
      small.removeLast()
      aliases[low] = high
      scaled[high] -= 1 - scaled[low]
      if scaled[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    // What is left over is 1 but for rounding; a weight of nothing must never be drawn even so.
    let fallback = weights.firstIndex { $0 > 0 } ?? 0
    for index in small + large {
      if weights[index] > 0 { scaled[index] = 1 } else { aliases[index] = fallback }
    }
    thresholds = scaled
    self.aliases = aliases
  }

  /// Draws an index.
  package func draw(using generator: inout SeededGenerator) -> Int {
    let index = generator.uniform(below: thresholds.count)
    return generator.uniform() < thresholds[index] ? index : aliases[index]
  }
}
