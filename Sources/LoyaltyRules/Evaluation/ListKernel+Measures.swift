import LoyaltyModel

extension ListKernel.Target {
  init(_ comparison: Comparison?, asOf: Day) {
    guard let comparison else {
      self = .answer
      return
    }
    switch comparison.comparator {
    case .isKnown: self = .known(true)
    case .isUnknown: self = .known(false)
    default:
      if case .integerList(let values) = comparison.operand {
        self = .wholeList(values, negated: comparison.isNegated)
      } else if let range = WholeRange(comparison, asOf: asOf) {
        self = .whole(range)
      } else if let range = DecimalRange(comparison) {
        self = .decimal(range)
      } else {
        self = .answer
      }
    }
  }
}

/// What a measure may be: one value, or a range where it is doubtful which entries count.
enum Measured: Sendable, Hashable {
  case whole(Int64, Int64)
  case decimal(Double, Double)
  case answer(Truth)
  case unknown

  /// The value, where there is no doubt.
  var value: FactValue {
    switch self {
    case .whole(let low, let high): low == high ? .integer(low) : .unknown
    case .decimal(let low, let high): low == high ? .decimal(low) : .unknown
    case .answer(.yes): .answer(true)
    case .answer(.no): .answer(false)
    case .answer(.unknown), .unknown: .unknown
    }
  }
}

extension ListKernel {
  /// The answer for one customer's entries.
  func answer(entries: Range<Int>, _ bits: EntryBits) -> Truth {
    judge(measured(entries: entries, bits))
  }

  /// Compares a measure with what is asked.
  func judge(_ measured: Measured) -> Truth {
    switch (measured, target) {
    case (.answer(let truth), _): truth
    case (_, .known(let wanted)): Truth((measured != .unknown) == wanted)
    case (.whole(let low, let high), .whole(let range)):
      Truth.within(low, high, range.low, range.high, negated: range.isNegated)
    case (.decimal(let low, let high), .decimal(let range)):
      Truth.within(low, high, range.low, range.high, negated: range.isNegated)
    case (.whole(let low, let high), .wholeList(let values, let negated)):
      if low == high {
        Truth(values.contains(low) != negated)
      } else if values.contains(where: { low <= $0 && $0 <= high }) {
        Truth.unknown
      } else {
        Truth(negated)
      }
    default: .unknown
    }
  }

  /// The measure over one customer's entries.
  func measured(entries: Range<Int>, _ bits: EntryBits) -> Measured {
    switch measure {
    case .count:
      let count = Int64(bits.countedCount(entries))
      return .whole(count, count + Int64(bits.doubtfulCount(entries)))
    case .some:
      if bits.countedCount(entries) > 0 { return .answer(.yes) }
      return .answer(bits.doubtfulCount(entries) > 0 ? .unknown : .no)
    case .every:
      let missing = entries.count - bits.countedCount(entries)
      if missing == 0 { return .answer(.yes) }
      return .answer(missing == bits.doubtfulCount(entries) ? .unknown : .no)
    case .sum: return sum(entries, bits)
    case .least: return extreme(entries, bits, least: true)
    case .most: return extreme(entries, bits, least: false)
    case .distinct: return distinct(entries, bits)
    }
  }

  private func sum(_ entries: Range<Int>, _ bits: EntryBits) -> Measured {
    if bits.countedCount(entries) + bits.doubtfulCount(entries) == 0 { return zero }
    switch column {
    case .int32(let values):
      return values.withUnsafeBufferPointer { values in
        wholeSum(entries, bits) { entry in
          values[entry] == FactColumn.unknownInt32 ? nil : Int64(values[entry])
        }
      }
    case .int64(let values):
      return values.withUnsafeBufferPointer { values in
        wholeSum(entries, bits) { entry in
          values[entry] == FactColumn.unknownInt64 ? nil : values[entry]
        }
      }
    case .double(let values):
      var (low, high) = (0.0, 0.0)
      bits.forEachCounted(entries) { (low, high) = (low + values[$0], high + values[$0]) }
      bits.forEachDoubtful(entries) { (low, high) = (low + min(0, values[$0]), high + max(0, values[$0])) }
      return low.isNaN || high.isNaN ? .unknown : .decimal(low, high)
    default: return .unknown
    }
  }

  private var zero: Measured {
    switch measure.field?.type {
    case .number?, .probability?: .decimal(0, 0)
    default: .whole(0, 0)
    }
  }

  @inline(__always)
  private func wholeSum(
    _ entries: Range<Int>, _ bits: EntryBits, _ value: (Int) -> Int64?
  ) -> Measured {
    var (low, high, isUnknown) = (Int64(0), Int64(0), false)
    bits.forEachCounted(entries) { entry in
      guard let amount = value(entry) else {
        isUnknown = true
        return
      }
      (low, high) = (low &+ amount, high &+ amount)
    }
    bits.forEachDoubtful(entries) { entry in
      guard let amount = value(entry) else {
        isUnknown = true
        return
      }
      if amount < 0 { low = low &+ amount } else { high = high &+ amount }
    }
    return isUnknown ? .unknown : .whole(low, high)
  }

  private func extreme(_ entries: Range<Int>, _ bits: EntryBits, least: Bool) -> Measured {
    guard bits.countedCount(entries) > 0, let column else { return .unknown }
    var settled: Measured?
    var possible: Measured?
    var isUnknown = false
    func take(_ entry: Int, into best: inout Measured?) {
      switch column.value(entry) {
      case .integer(let value): best = Self.better(best, .whole(value, value), least)
      case .decimal(let value): best = Self.better(best, .decimal(value, value), least)
      default: isUnknown = true
      }
    }
    bits.forEachCounted(entries) { take($0, into: &settled) }
    possible = settled
    bits.forEachDoubtful(entries) { take($0, into: &possible) }
    guard !isUnknown, let settled, let possible else { return .unknown }
    switch (settled, possible) {
    case (.whole(let first, _), .whole(let second, _)):
      return .whole(min(first, second), max(first, second))
    case (.decimal(let first, _), .decimal(let second, _)):
      return .decimal(min(first, second), max(first, second))
    default: return .unknown
    }
  }

  private static func better(_ best: Measured?, _ new: Measured, _ least: Bool) -> Measured {
    switch (best, new) {
    case (.whole(let old, _)?, .whole(let value, _)):
      return (value < old) == least && value != old ? new : .whole(old, old)
    case (.decimal(let old, _)?, .decimal(let value, _)):
      return (value < old) == least && value != old ? new : .decimal(old, old)
    default: return new
    }
  }

  private func distinct(_ entries: Range<Int>, _ bits: EntryBits) -> Measured {
    var seen = Distinct()
    bits.forEachCounted(entries) { seen.take($0, column) }
    let certain = seen.count
    bits.forEachDoubtful(entries) { seen.take($0, column) }
    return .whole(Int64(certain), Int64(seen.count + seen.unknowns))
  }
}

/// Counts different values; small numbers, such as labels, without a set.
private struct Distinct {
  private var small: UInt64 = 0
  private var large: Set<Int64> = []
  private(set) var unknowns = 0

  var count: Int { small.nonzeroBitCount + large.count }

  mutating func take(_ entry: Int, _ column: FactColumn?) {
    switch column {
    case .choice(let values, _):
      let value = values[entry]
      if value == FactColumn.unknownChoice { unknowns += 1 } else { add(Int64(value)) }
    case .int32(let values):
      let value = values[entry]
      if value == FactColumn.unknownInt32 { unknowns += 1 } else { add(Int64(value)) }
    case .int64(let values):
      let value = values[entry]
      if value == FactColumn.unknownInt64 { unknowns += 1 } else { add(value) }
    default: unknowns += 1
    }
  }

  private mutating func add(_ value: Int64) {
    if (0..<64).contains(value) { small |= 1 << UInt64(value) } else { large.insert(value) }
  }
}

extension Truth {
  /// Whether a value that lies between two bounds is within a range, or outside it.
  static func within<Value: Comparable>(
    _ low: Value, _ high: Value, _ rangeLow: Value, _ rangeHigh: Value, negated: Bool
  ) -> Truth {
    let truth: Truth =
      if low >= rangeLow && high <= rangeHigh {
        .yes
      } else if high < rangeLow || low > rangeHigh {
        .no
      } else {
        .unknown
      }
    return negated ? truth.negated : truth
  }
}
