package import LoyaltyModel

/// Answers conditions for all customers at once, over the columns of a ``FactTable``.
///
/// A fact without a column is unknown for everybody; a list that the table lacks has no entries.
/// Comparisons with an unknown fact are unknown, and groups follow Kleene's strong logic. An entry of
/// a list for which `where` is unknown may count or not: a count, sum or other measure is then known
/// only as a range, and the answer is unknown where the range does not settle it.
package struct Evaluator: Sendable {
  /// The rows for which a condition holds, and those for which nobody can say.
  package struct Answer: Sendable, Hashable {
    /// The rows for which it holds.
    package var holds: RowSet
    /// The rows for which it is unknown.
    package var unknown: RowSet

    /// The answer for one row.
    package subscript(row: Int) -> Truth {
      holds[row] ? .yes : unknown[row] ? .unknown : .no
    }
  }

  /// The facts.
  package let facts: FactTable
  /// The text columns of the facts made ready for searching, where they are.
  package let index: SearchIndex?

  /// An evaluator over facts; with an index, bare words are found at once.
  package init(facts: FactTable, index: SearchIndex? = nil) {
    (self.facts, self.index) = (facts, index)
  }

  /// Answers a condition for everybody who was known on the date of the facts.
  package func answer(_ condition: Condition) -> Answer {
    answer(condition, among: facts.known)
  }

  /// Answers a condition for some rows; all others are in neither set.
  ///
  /// - Throws: What `pace` does, which is asked every few thousand rows.
  package func answer<Failure: Error>(
    _ condition: Condition, among candidates: RowSet, pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) -> Answer {
    precondition(candidates.count == facts.count, "candidates are rows of the same table")
    try facts.make(condition, pace)
    let program = Program(condition, facts: facts, index: index)
    var answer = Answer(
      holds: RowSet(count: facts.count), unknown: RowSet(count: facts.count))
    let words = candidates.words.count
    for start in stride(from: 0, to: words, by: Block.words) {
      try pace.look(Double(start) / Double(words))
      let block = Block(
        firstWord: start, wordCount: min(Block.words, words - start), rowCount: facts.count)
      program.run(block, among: candidates, into: &answer)
    }
    return answer
  }

  /// Answers a condition for one row.
  package func answer(_ condition: Condition, row: Int) -> Truth {
    precondition(row < facts.count, "the row is one of the table")
    let program = Program(condition, facts: facts)
    let bit = UInt64(1) << UInt64(row & 63)
    var (wanted, holds, unknown) = (bit, UInt64(0), UInt64(0))
    let block = Block(firstWord: row >> 6, wordCount: 1, rowCount: facts.count)
    program.run(block, wanted: &wanted, into: &holds, &unknown)
    return holds & bit != 0 ? .yes : unknown & bit != 0 ? .unknown : .no
  }
}

extension FactTable {
  /// Makes the columns that a condition reads, one after the other, where nobody did yet.
  fileprivate func make<Failure: Error>(
    _ condition: Condition, _ pace: Pace<Failure>
  ) throws(Failure) {
    try pace.look()
    switch condition {
    case .fact(let test): _ = columns[test.fact.id]
    case .list(let test):
      let entries = lists[test.list]
      for field in [test.measure.field].compactMap(\.self) + (test.filter?.facts ?? []) {
        try pace.look()
        _ = entries?.columns[field.id]
      }
    case .all, .any, .noneOf: for part in condition.parts { try make(part, pace) }
    case .search: break
    }
  }
}

extension Program {
  /// Answers for those of a block's rows who are candidates.
  fileprivate func run(
    _ block: Block, among candidates: RowSet, into answer: inout Evaluator.Answer
  ) {
    let words = block.firstWord..<block.firstWord + block.wordCount
    guard candidates.words[words].contains(where: { $0 != 0 }) else { return }
    candidates.words.withUnsafeBufferPointer { wanted in
      answer.holds.words.withUnsafeMutableBufferPointer { holds in
        answer.unknown.words.withUnsafeMutableBufferPointer { unknown in
          guard let wanted = wanted.baseAddress, let holds = holds.baseAddress,
            let unknown = unknown.baseAddress
          else { return }
          let first = block.firstWord
          run(block, wanted: wanted + first, into: holds + first, unknown + first)
        }
      }
    }
  }
}

/// A run of 64-row words of a table that is worked on at once: small enough for the cache, large
/// enough that choosing what to do costs nothing.
struct Block {
  static let words = 64
  let firstWord: Int
  let wordCount: Int
  let rowCount: Int

  var rows: Range<Int> {
    firstWord << 6..<min(rowCount, (firstWord + wordCount) << 6)
  }
}
