import LoyaltyModel

/// A measure over each customer's entries of one list, and what it is compared with.
struct ListKernel: Sendable {
  /// Where each customer's entries begin; nil when there is no such list.
  let offsets: Column<UInt32>?
  /// Which entries count; nil when all do.
  let filter: Program?
  let measure: ListMeasure
  /// The measured field's column; nil when there is none.
  let column: FactColumn?
  let target: Target
  /// The number of entries over all customers.
  let entryCount: Int

  /// What a measure is compared with.
  enum Target: Sendable {
    case whole(WholeRange)
    case wholeList([Int64], negated: Bool)
    case decimal(DecimalRange)
    case known(Bool)
    case answer
  }

  init(_ test: ListTest, compiler: Compiler) {
    let list = compiler.facts.lists[test.list]
    offsets = list?.offsets
    measure = test.measure
    column = test.measure.field.flatMap { list?.columns[$0.id] }
    entryCount = Int(list?.offsets.last ?? 0)
    let inner = Compiler(
      asOf: compiler.asOf, columns: list?.columns ?? [:], facts: compiler.facts)
    filter = test.filter.map { inner.program($0) }
    target = Target(test.comparison, asOf: compiler.asOf)
  }

  // MARK: A block of customers

  func run(
    _ block: Block, wanted: UnsafePointer<UInt64>, into holds: Program.Words,
    _ unknown: Program.Words
  ) {
    for word in 0..<block.wordCount { (holds[word], unknown[word]) = (0, 0) }
    guard let offsets else {
      runWithoutList(block, wanted, holds, unknown)
      return
    }
    offsets.withElements { offsets in
      var word = 0
      while word < block.wordCount {
        guard wanted[word] != 0 else {
          word += 1
          continue
        }
        // Neighbouring words with wanted rows share one pass over their entries.
        var end = word + 1
        while end < block.wordCount, end - word < 8, wanted[end] != 0 { end += 1 }
        run(block, words: word..<end, offsets, wanted, holds, unknown)
        word = end
      }
    }
  }

  private func runWithoutList(
    _ block: Block, _ wanted: UnsafePointer<UInt64>, _ holds: Program.Words,
    _ unknown: Program.Words
  ) {
    let truth = answer(entries: 0..<0, EntryBits(base: 0, counted: nil, doubtful: nil))
    for word in 0..<block.wordCount {
      if truth == .yes { holds[word] = wanted[word] }
      if truth == .unknown { unknown[word] = wanted[word] }
    }
  }

  private func run(
    _ block: Block, words: Range<Int>, _ offsets: UnsafeBufferPointer<UInt32>,
    _ wanted: UnsafePointer<UInt64>, _ holds: Program.Words, _ unknown: Program.Words
  ) {
    let firstRow = (block.firstWord + words.lowerBound) << 6
    let endRow = min(block.rowCount, (block.firstWord + words.upperBound) << 6)
    withEntryBits(Int(offsets[firstRow])..<Int(offsets[endRow])) { bits in
      for word in words {
        let start = (block.firstWord + word) << 6
        var rest = wanted[word]
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          rest &= rest - 1
          let row = start + bit
          switch answer(entries: Int(offsets[row])..<Int(offsets[row + 1]), bits) {
          case .yes: holds[word] |= 1 << UInt64(bit)
          case .unknown: unknown[word] |= 1 << UInt64(bit)
          case .no: break
          }
        }
      }
    }
  }

  /// Asks `where` for a range of entries.
  func withEntryBits<Result>(_ entries: Range<Int>, _ body: (EntryBits) -> Result) -> Result {
    guard let filter, !entries.isEmpty else {
      return body(EntryBits(base: 0, counted: nil, doubtful: nil))
    }
    let first = entries.lowerBound >> 6
    let count = (entries.upperBound + 63) >> 6 - first
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count * 3) { scratch in
      let words = scratch.baseAddress.unsafelyUnwrapped
      let (counted, doubtful) = (words + count, words + 2 * count)
      scratch.update(repeating: .max)
      let block = Block(firstWord: first, wordCount: count, rowCount: entryCount)
      filter.run(block, wanted: words, into: counted, doubtful)
      var doubt: UInt64 = 0
      for word in 0..<count { doubt |= doubtful[word] }
      return body(
        EntryBits(base: first << 6, counted: counted, doubtful: doubt == 0 ? nil : doubtful))
    }
  }
}

/// Which entries of a list count, and for which that is unknown.
struct EntryBits {
  /// The entry of the lowest bit.
  let base: Int
  /// Nil when every entry counts.
  let counted: UnsafeMutablePointer<UInt64>?
  /// Nil when no entry is doubtful.
  let doubtful: UnsafeMutablePointer<UInt64>?

  /// How many entries count.
  func countedCount(_ entries: Range<Int>) -> Int {
    counted.map { Self.population($0, entries, base) } ?? entries.count
  }

  /// For how many entries it is unknown whether they count.
  func doubtfulCount(_ entries: Range<Int>) -> Int {
    doubtful.map { Self.population($0, entries, base) } ?? 0
  }

  /// Calls a function with each entry that counts.
  @inline(__always)
  func forEachCounted(_ entries: Range<Int>, _ body: (Int) -> Void) {
    guard let counted else {
      for entry in entries { body(entry) }
      return
    }
    Self.forEach(counted, entries, base, body)
  }

  /// Calls a function with each doubtful entry.
  @inline(__always)
  func forEachDoubtful(_ entries: Range<Int>, _ body: (Int) -> Void) {
    if let doubtful { Self.forEach(doubtful, entries, base, body) }
  }

  private static func population(
    _ words: UnsafeMutablePointer<UInt64>, _ entries: Range<Int>, _ base: Int
  ) -> Int {
    guard !entries.isEmpty else { return 0 }
    let (low, high) = (entries.lowerBound - base, entries.upperBound - 1 - base)
    let (first, last) = (low >> 6, high >> 6)
    let head = UInt64.max << UInt64(low & 63)
    let tail = UInt64.max >> UInt64(63 - high & 63)
    if first == last { return (words[first] & head & tail).nonzeroBitCount }
    var count = (words[first] & head).nonzeroBitCount + (words[last] & tail).nonzeroBitCount
    for word in (first + 1)..<last { count += words[word].nonzeroBitCount }
    return count
  }

  @inline(__always)
  private static func forEach(
    _ words: UnsafeMutablePointer<UInt64>, _ entries: Range<Int>, _ base: Int,
    _ body: (Int) -> Void
  ) {
    guard !entries.isEmpty else { return }
    let (low, high) = (entries.lowerBound - base, entries.upperBound - 1 - base)
    for word in (low >> 6)...(high >> 6) {
      var bits = words[word]
      if word == low >> 6 { bits &= .max << UInt64(low & 63) }
      if word == high >> 6 { bits &= .max >> UInt64(63 - high & 63) }
      while bits != 0 {
        body(base + word << 6 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}
