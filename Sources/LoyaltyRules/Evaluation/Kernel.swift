import LoyaltyModel

/// One comparison over a column.
enum Kernel: Sendable {
  /// Within a range of whole numbers; or outside it.
  case int32(Column<Int32>, low: Int32, high: Int32, negated: Bool)
  case int64(Column<Int64>, low: Int64, high: Int64, negated: Bool)
  /// Within a range of numbers; or outside it.
  case double(Column<Double>, low: Double, high: Double, negated: Bool)
  /// One of a few whole numbers; or none of them.
  case int32List(Column<Int32>, [Int32], negated: Bool)
  case yesNo(Column<UInt8>, wanted: UInt8)
  /// By label number: 1 where it fits; one entry more than there are labels, for unknown ones.
  case choice(Column<UInt16>, fits: [UInt8])
  case set(SetColumn, wanted: [UInt16], SetTest)
  case text(TextTest)
  case search(IndexedSearch)
  /// Whether the value is known, or unknown.
  case known(FactColumn, wanted: Bool)
  /// The same for everybody.
  case constant(Truth)

  enum SetTest: Sendable { case any, all, none, impossible }

  /// The rows of a set column.
  struct SetColumn: Sendable {
    let offsets: Column<UInt32>
    let members: Column<UInt16>
  }

  var cost: Int {
    switch self {
    case .constant: 0
    case .int32, .int64, .double, .yesNo, .choice, .known: 1
    case .int32List: 2
    case .set: 10
    case .search: 200
    case .text: 500
    }
  }

  typealias Words = UnsafeMutablePointer<UInt64>

  /// Sets the bits of a range of rows, from the range's first row on; bits past its end are 0.
  func fill(_ rows: Range<Int>, _ holds: Words, _ unknown: Words) {
    switch self {
    case .int32(let values, let low, let high, let negated):
      let width = UInt32(bitPattern: high &- low)
      let flip: UInt64 = negated ? 1 : 0
      Kernel.pack(values, rows, holds, unknown) { value in
        let isUnknown = value == FactColumn.unknownInt32
        let fits: UInt64 = UInt32(bitPattern: value &- low) <= width ? 1 : 0
        return (isUnknown ? 0 : fits ^ flip, isUnknown ? 1 : 0)
      }
    case .int64(let values, let low, let high, let negated):
      let width = UInt64(bitPattern: high &- low)
      let flip: UInt64 = negated ? 1 : 0
      Kernel.pack(values, rows, holds, unknown) { value in
        let isUnknown = value == FactColumn.unknownInt64
        let fits: UInt64 = UInt64(bitPattern: value &- low) <= width ? 1 : 0
        return (isUnknown ? 0 : fits ^ flip, isUnknown ? 1 : 0)
      }
    case .double(let values, let low, let high, let negated):
      let flip: UInt64 = negated ? 1 : 0
      Kernel.pack(values, rows, holds, unknown) { value in
        let isUnknown = value.isNaN
        let fits: UInt64 = value >= low && value <= high ? 1 : 0
        return (isUnknown ? 0 : fits ^ flip, isUnknown ? 1 : 0)
      }
    case .yesNo(let values, let wanted):
      Kernel.pack(values, rows, holds, unknown) { value in
        (value == wanted ? 1 : 0, value > 1 ? 1 : 0)
      }
    case .choice(let values, let fits): fillChoice(values, fits, rows, holds, unknown)
    default: fillOther(rows, holds, unknown)
    }
  }

  /// The answer for one row.
  func answer(_ row: Int) -> Truth {
    var (holds, unknown) = (UInt64(0), UInt64(0))
    fill(row..<(row + 1), &holds, &unknown)
    return holds != 0 ? .yes : unknown != 0 ? .unknown : .no
  }

  private func fillChoice(
    _ values: Column<UInt16>, _ fits: [UInt8], _ rows: Range<Int>, _ holds: Words, _ unknown: Words
  ) {
    let last = UInt16(clamping: fits.count - 1)
    fits.withUnsafeBufferPointer { fits in
      Kernel.pack(values, rows, holds, unknown) { value in
        (
          UInt64(fits[Int(min(value, last))]),
          value == FactColumn.unknownChoice ? 1 : 0
        )
      }
    }
  }

  private func fillOther(_ rows: Range<Int>, _ holds: Words, _ unknown: Words) {
    switch self {
    case .int32List(let values, let wanted, let negated):
      Kernel.pack(values, rows, holds, unknown) { value in
        let isUnknown = value == FactColumn.unknownInt32
        return (!isUnknown && wanted.contains(value) != negated ? 1 : 0, isUnknown ? 1 : 0)
      }
    case .set(let column, let wanted, let test):
      Kernel.each(rows, holds, unknown) { row in
        Truth(Kernel.set(column, row, wanted, test))
      }
    case .text(let test): Kernel.each(rows, holds, unknown) { test.answer($0) }
    case .search(let search):
      for word in 0..<(rows.count + 63) / 64 { unknown[word] = 0 }
      search.fill(rows, holds)
    case .known(let column, let wanted):
      Kernel.each(rows, holds, unknown) { Truth(column.isKnown($0) == wanted) }
    case .constant(let truth): Kernel.each(rows, holds, unknown) { _ in truth }
    default: break
    }
  }

  private static func set(
    _ column: SetColumn, _ row: Int, _ wanted: [UInt16], _ test: SetTest
  ) -> Bool {
    let members = column.members[Int(column.offsets[row])..<Int(column.offsets[row + 1])]
    switch test {
    case .any: return members.contains(where: wanted.contains)
    case .none: return !members.contains(where: wanted.contains)
    case .all: return wanted.allSatisfy(members.contains)
    case .impossible: return false
    }
  }

  /// Packs a comparison of each value into words.
  @inline(__always)
  private static func pack<Value: BitwiseCopyable & Sendable>(
    _ values: Column<Value>, _ rows: Range<Int>, _ holds: Words, _ unknown: Words,
    _ test: (Value) -> (holds: UInt64, unknown: UInt64)
  ) {
    precondition(rows.upperBound <= values.count, "every column has a row for each customer")
    values.withElements { values in
      var row = rows.lowerBound
      var word = 0
      while row < rows.upperBound {
        let count = min(64, rows.upperBound - row)
        var (holdBits, unknownBits) = (UInt64(0), UInt64(0))
        for bit in 0..<count {
          let answer = test(values[row &+ bit])
          holdBits |= answer.holds << UInt64(truncatingIfNeeded: bit)
          unknownBits |= answer.unknown << UInt64(truncatingIfNeeded: bit)
        }
        (holds[word], unknown[word]) = (holdBits, unknownBits)
        row += count
        word += 1
      }
    }
  }

  /// Packs an answer for each row into words.
  private static func each(
    _ rows: Range<Int>, _ holds: Words, _ unknown: Words, _ answer: (Int) -> Truth
  ) {
    for word in 0..<(rows.count + 63) / 64 { (holds[word], unknown[word]) = (0, 0) }
    for (index, row) in rows.enumerated() {
      let bit = UInt64(1) << UInt64(index & 63)
      switch answer(row) {
      case .yes: holds[index >> 6] |= bit
      case .unknown: unknown[index >> 6] |= bit
      case .no: break
      }
    }
  }
}

extension FactColumn {
  /// Whether the value of a row is known.
  func isKnown(_ row: Int) -> Bool {
    switch self {
    case .int32(let values): values[row] != FactColumn.unknownInt32
    case .int64(let values): values[row] != FactColumn.unknownInt64
    case .double(let values): !values[row].isNaN
    case .yesNo(let values): values[row] < FactColumn.unknownYesNo
    case .choice(let values, _): values[row] != FactColumn.unknownChoice
    case .set: true
    case .text(let texts): !texts.isEmpty(row)
    }
  }

  /// The value of a row, for people.
  func value(_ row: Int) -> FactValue {
    guard isKnown(row) else { return .unknown }
    switch self {
    case .int32(let values): return .integer(Int64(values[row]))
    case .int64(let values): return .integer(values[row])
    case .double(let values): return .decimal(values[row])
    case .yesNo(let values): return .answer(values[row] == 1)
    case .choice(let values, let labels): return .label(labels.labels[Int(values[row])])
    case .set(let offsets, let members, let labels):
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      return .labels(members[range].map { labels.labels[Int($0)] })
    case .text(let texts): return .label(texts[row])
    }
  }
}
