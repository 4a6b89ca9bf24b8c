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
  /// It depends on doubtful entries whether there is a value.
  case doubtful
  case unknown

  /// The value, where there is no doubt.
  var value: FactValue {
    switch self {
    case .whole(let low, let high): low == high ? .integer(low) : .unknown
    case .decimal(let low, let high): low == high ? .decimal(low) : .unknown
    case .answer(.yes): .answer(true)
    case .answer(.no): .answer(false)
    case .answer(.unknown), .doubtful, .unknown: .unknown
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
    case (.doubtful, _): .unknown
    case (_, .known(let wanted)): Truth((measured != .unknown) == wanted)
    case (.whole(let low, let high), .whole(let range)):
      Truth.within(low, high, range.low, range.high, negated: range.isNegated)
    case (.decimal(let low, let high), .decimal(let range)):
      Truth.within(low, high, range.low, range.high, negated: range.isNegated)
    case (.whole(let low, let high), .wholeList(let values, let negated)):
      Truth.listed(low, high, values, negated: negated)
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
    switch column {
    case .int32(let values):
      return values.withElements { values in
        wholeSum(entries, bits) { entry in
          values[entry] == FactColumn.unknownInt32 ? nil : Int64(values[entry])
        }
      }
    case .int64(let values):
      return values.withElements { values in
        wholeSum(entries, bits) { entry in
          values[entry] == FactColumn.unknownInt64 ? nil : values[entry]
        }
      }
    case .double(let values): return decimalSum(entries, bits, values)
    default:
      if bits.countedCount(entries) > 0 { return .unknown }
      return bits.doubtfulCount(entries) > 0 ? .doubtful : zero
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
    var (low, high, isUnknown, isDoubtful) = (Int64(0), Int64(0), false, false)
    bits.forEachCounted(entries) { entry in
      if let amount = value(entry) {
        (low, high) = (low &+ amount, high &+ amount)
      } else {
        isUnknown = true
      }
    }
    bits.forEachDoubtful(entries) { entry in
      if let amount = value(entry) {
        if amount < 0 { low = low &+ amount } else { high = high &+ amount }
      } else {
        isDoubtful = true
      }
    }
    return isUnknown ? .unknown : isDoubtful ? .doubtful : .whole(low, high)
  }

  private func decimalSum(
    _ entries: Range<Int>, _ bits: EntryBits, _ values: Column<Double>
  ) -> Measured {
    var (certain, down, up) = (0.0, 0.0, 0.0)
    bits.forEachCounted(entries) { certain += values[$0] }
    bits.forEachDoubtful(entries) { entry in
      if values[entry] < 0 { down += values[entry] } else { up += values[entry] }
    }
    if certain.isNaN { return .unknown }
    return up.isNaN ? .doubtful : .decimal(certain + down, certain + up)
  }

  private func extreme(_ entries: Range<Int>, _ bits: EntryBits, least: Bool) -> Measured {
    guard let column else { return .unknown }
    var settled: Measured?
    var (isUnknown, isDoubtful) = (false, false)
    func take(_ entry: Int, into best: inout Measured?) -> Bool {
      switch column.value(entry) {
      case .integer(let value): best = Self.better(best, .whole(value, value), least)
      case .decimal(let value): best = Self.better(best, .decimal(value, value), least)
      default: return false
      }
      return true
    }
    bits.forEachCounted(entries) { isUnknown = !take($0, into: &settled) || isUnknown }
    var possible = settled
    bits.forEachDoubtful(entries) { isDoubtful = !take($0, into: &possible) || isDoubtful }
    if isUnknown { return .unknown }
    guard let settled else { return possible == nil ? .unknown : .doubtful }
    switch (settled, possible) {
    case (_, _) where isDoubtful: return .doubtful
    case (.whole(let first, _), .whole(let second, _)?):
      return .whole(min(first, second), max(first, second))
    case (.decimal(let first, _), .decimal(let second, _)?):
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
  /// Whether a value that lies between two bounds is one of a few, or none of them.
  static func listed(_ low: Int64, _ high: Int64, _ values: [Int64], negated: Bool) -> Truth {
    let within = Set(values.filter { low <= $0 && $0 <= high })
    if within.isEmpty { return Truth(negated) }
    return within.count > high - low ? Truth(!negated) : .unknown
  }

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
