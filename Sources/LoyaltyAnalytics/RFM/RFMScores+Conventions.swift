import LoyaltyModel
import Statistics

extension RFMScores {
  /// The scores of recency, frequency and money, each for values of which greater is better.
  static func parts<Failure: Error>(
    _ values: [[Int64]], _ convention: RFMConvention, _ pace: Pace<Failure>
  ) throws(Failure) -> [[UInt8]] {
    func each(_ score: ([Int64]) -> [UInt8]) throws(Failure) -> [[UInt8]] {
      try values.enumerated().map { index, values throws(Failure) in
        try pace.part(index, of: 3).look()
        return score(values)
      }
    }
    return switch convention {
    case .tieSafe: try each(tieSafe)
    case .ntile: try each(ntile)
    case .tutorial:
      [quantileCut(values[0], recency: true), rankCut(values[1]), quantileCut(values[2])]
    }
  }

  /// 1 + ⌊5 · (number strictly less) / n⌋ of each value.
  ///
  /// At least k/5 of all are less than v exactly when the value at rank ⌈k·n/5⌉ is.
  private static func tieSafe(_ values: [Int64]) -> [UInt8] {
    guard !values.isEmpty else { return [] }
    let sorted = values.sorted()
    let cuts = (1...4).map { sorted[($0 * values.count + 4) / 5 - 1] }
    return values.map { value in cuts.reduce(1) { $0 + ($1 < value ? 1 : 0) } }
  }

  /// The places of the values from the worst to the best; equal values stay in order.
  private static func order(_ values: [Int64]) -> [Int] {
    values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  }

  /// SQL's NTILE(5) over ascending values.
  private static func ntile(_ values: [Int64]) -> [UInt8] {
    let (size, larger) = values.count.quotientAndRemainder(dividingBy: 5)
    var scores = [UInt8](repeating: 0, count: values.count)
    for (rank, place) in order(values).enumerated() {
      // The first tiles are one larger.
      let inLarger = larger * (size + 1)
      let tile = rank < inLarger ? rank / (size + 1) : larger + (rank - inLarger) / max(size, 1)
      scores[place] = UInt8(tile + 1)
    }
    return scores
  }

  /// Fifths of the first-come ranks at their interpolated quantiles.
  private static func rankCut(_ values: [Int64]) -> [UInt8] {
    var ranks = [Double](repeating: 0, count: values.count)
    for (rank, place) in order(values).enumerated() { ranks[place] = Double(rank + 1) }
    return cut(ranks, edges: edges(ranks))
  }

  /// Fifths of the values at their interpolated quantiles, or of the ranks where these coincide.
  ///
  /// Intervals are closed at the greater raw value; for recency, which comes negated, that is the
  /// lesser one here.
  private static func quantileCut(_ values: [Int64], recency: Bool = false) -> [UInt8] {
    let raw = values.map { Double(recency ? -$0 : $0) }
    let edges = edges(raw)
    guard zip(edges, edges.dropFirst()).allSatisfy(<) else { return rankCut(values) }
    let scores = cut(raw, edges: edges)
    return recency ? scores.map { 6 - $0 } : scores
  }

  /// The quantiles at 0, 1/5 … 1 of values.
  private static func edges(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    return (0...5).compactMap { quantile(Double($0) / 5, ofSorted: sorted) }
  }

  /// The number of the interval between edges, closed above, that each value lies in.
  private static func cut(_ values: [Double], edges: [Double]) -> [UInt8] {
    values.map { value in edges.dropFirst().dropLast().reduce(1) { $0 + ($1 < value ? 1 : 0) } }
  }
}
