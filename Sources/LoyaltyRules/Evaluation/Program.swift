import LoyaltyModel

/// A condition made ready for one table: facts looked up, labels turned into numbers, days and
/// amounts into ranges.
indirect enum Program: Sendable {
  case all([Program])
  case any([Program])
  case noneOf([Program])
  case leaf(Kernel)
  case list(ListKernel)

  typealias Words = UnsafeMutablePointer<UInt64>

  init(_ condition: Condition, facts: FactTable, index: SearchIndex? = nil) {
    let compiler = Compiler(
      asOf: facts.asOf, columns: facts.columns, facts: facts, index: index)
    self = compiler.program(condition)
  }

  /// Rough cost: cheap parts are asked first and spare the dear ones rows.
  var cost: Int {
    switch self {
    case .leaf(let kernel): kernel.cost
    case .list: 100
    case .all(let parts), .any(let parts), .noneOf(let parts):
      parts.reduce(1) { $0 + $1.cost }
    }
  }

  /// Answers for the wanted rows of a block; rows that are not wanted get neither bit.
  func run(
    _ block: Block, wanted: UnsafePointer<UInt64>, into holds: Words, _ unknown: Words
  ) {
    let count = block.wordCount
    switch self {
    case .leaf(let kernel) where kernel.cost >= Program.dear:
      Program.runDear(kernel, block, wanted, holds, unknown)
    case .leaf(let kernel):
      kernel.fill(block.rows, holds, unknown)
      for word in 0..<count {
        holds[word] &= wanted[word]
        unknown[word] &= wanted[word]
      }
    case .list(let kernel): kernel.run(block, wanted: wanted, into: holds, unknown)
    case .all(let parts): Program.runAll(parts, block, wanted, holds, unknown)
    case .any(let parts): Program.runAny(parts, block, wanted, holds, unknown)
    case .noneOf(let parts):
      Program.runAny(parts, block, wanted, holds, unknown)
      for word in 0..<count { holds[word] = wanted[word] & ~holds[word] & ~unknown[word] }
    }
  }

  /// From this cost on, rows that are not wanted are worth passing over.
  private static let dear = 100

  /// Answers a dear comparison for the words in which any row is wanted.
  private static func runDear(
    _ kernel: Kernel, _ block: Block, _ wanted: UnsafePointer<UInt64>, _ holds: Words,
    _ unknown: Words
  ) {
    var word = 0
    while word < block.wordCount {
      guard wanted[word] != 0 else {
        (holds[word], unknown[word]) = (0, 0)
        word += 1
        continue
      }
      var end = word + 1
      while end < block.wordCount, wanted[end] != 0 { end += 1 }
      let rows =
        (block.firstWord + word) << 6..<min(block.rowCount, (block.firstWord + end) << 6)
      kernel.fill(rows, holds + word, unknown + word)
      for word in word..<end {
        holds[word] &= wanted[word]
        unknown[word] &= wanted[word]
      }
      word = end
    }
  }

  private static func runAll(
    _ parts: [Program], _ block: Block, _ wanted: UnsafePointer<UInt64>, _ holds: Words,
    _ unknown: Words
  ) {
    let count = block.wordCount
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count * 3) { scratch in
      guard let possible = scratch.baseAddress else { return }
      let (partHolds, partUnknown) = (possible + count, possible + 2 * count)
      for word in 0..<count { (holds[word], possible[word]) = (wanted[word], wanted[word]) }
      for part in parts {
        // Only rows that are not refuted yet are asked on.
        part.run(block, wanted: possible, into: partHolds, partUnknown)
        var any: UInt64 = 0
        for word in 0..<count {
          holds[word] &= partHolds[word]
          possible[word] &= partHolds[word] | partUnknown[word]
          any |= possible[word]
        }
        if any == 0 { break }
      }
      for word in 0..<count {
        holds[word] &= possible[word]
        unknown[word] = possible[word] & ~holds[word]
      }
    }
  }

  private static func runAny(
    _ parts: [Program], _ block: Block, _ wanted: UnsafePointer<UInt64>, _ holds: Words,
    _ unknown: Words
  ) {
    let count = block.wordCount
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count * 3) { scratch in
      guard let open = scratch.baseAddress else { return }
      let (partHolds, partUnknown) = (open + count, open + 2 * count)
      for word in 0..<count { (holds[word], unknown[word], open[word]) = (0, 0, wanted[word]) }
      for part in parts {
        part.run(block, wanted: open, into: partHolds, partUnknown)
        var any: UInt64 = 0
        for word in 0..<count {
          holds[word] |= partHolds[word]
          unknown[word] |= partUnknown[word]
          open[word] &= ~partHolds[word]
          any |= open[word]
        }
        if any == 0 { break }
      }
      for word in 0..<count { unknown[word] &= ~holds[word] }
    }
  }
}
