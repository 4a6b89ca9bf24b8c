import LoyaltyModel
import Statistics
import Testing

@testable import LoyaltyRules

@Suite("Searching and ordering texts")
struct SearchTests {
  /// Pieces that make names with accents, other alphabets, marks, and words across the borders of
  /// rows.
  private static let pieces = [
    "an", "na", "Anna", "MÜLLER", "müller", "ß", "Æsa", "Жанна", "李雷", " ", "-", "@", "`", "[",
    "e\u{301}", "Zoë", "o", "x", "A", "z", "İ", "example.com", "Łódź", "_", "\u{7F}", "0", "42",
  ]

  private func text(_ random: inout RandomFacts) -> String {
    (0..<random.int(0...6)).map { _ in Self.pieces[random.int(0...(Self.pieces.count - 1))] }
      .joined()
  }

  private func column(_ random: inout RandomFacts, rows: Int) -> TextColumn {
    var column = TextColumn()
    for _ in 0..<rows { column.append(text(&random)) }
    return column
  }

  private func table(_ random: inout RandomFacts, rows: Int) -> FactTable {
    var table = FactTable(asOf: RandomFacts.asOf, count: rows)
    for name in ["id", "name", "email"] {
      table.columns[name] = .text(column(&random, rows: rows))
    }
    return table
  }

  @Test("an index finds whom a look at every row finds", arguments: 0..<30)
  func findsTheSame(seed: Int) {
    var random = RandomFacts(seed: UInt64(seed))
    let table = table(&random, rows: [1, 15, 63, 64, 65, 300, 4_096, 4_100][seed % 8])
    let plain = Evaluator(facts: table)
    let indexed = Evaluator(facts: table, index: SearchIndex(table))
    for _ in 0..<40 {
      let condition = Condition.search(text(&random))
      #expect(indexed.answer(condition) == plain.answer(condition), "\(condition)")
    }
  }

  @Test("among others than all, and joined with other conditions", arguments: 0..<10)
  func findsTheSameAmongSome(seed: Int) {
    var random = RandomFacts(seed: 100 + UInt64(seed))
    var table = random.table(rows: 5_000)
    for name in ["id", "name", "email"] {
      table.columns[name] = .text(column(&random, rows: 5_000))
    }
    let plain = Evaluator(facts: table)
    let indexed = Evaluator(facts: table, index: SearchIndex(table))
    for share in [2, 90, 3_000] {
      var some = RowSet(count: table.count)
      for row in 0..<table.count where random.chance(share) { some[row] = true }
      let condition = Condition.all([
        .search(text(&random)), .noneOf([.search("müller")]), random.condition(depth: 1),
      ])
      #expect(indexed.answer(condition, among: some) == plain.answer(condition, among: some))
    }
  }

  @Test("what implies another never finds anybody whom the other does not", arguments: 0..<20)
  func implication(seed: Int) {
    var random = RandomFacts(seed: 200 + UInt64(seed))
    var table = random.table(rows: 400)
    for name in ["id", "name", "email"] {
      table.columns[name] = .text(column(&random, rows: 400))
    }
    let evaluator = Evaluator(facts: table, index: SearchIndex(table))
    var implied = 0
    for _ in 0..<60 {
      let shorter = text(&random)
      let first: Condition = random.chance(2) ? .search(shorter) : random.condition(depth: 2)
      let other = random.condition(depth: 1)
      let second: Condition =
        switch random.int(0...5) {
        case 0: .search(shorter + text(&random))
        case 1: .all([first, other])
        case 2: .all([other, .search(shorter + "n")])
        case 3: .any([first, .all([first, other])])
        case 4: .noneOf([first])
        default: random.condition(depth: 2)
        }
      guard second.implies(first) else { continue }
      implied += 1
      var outside = evaluator.answer(second).holds
      outside.subtract(evaluator.answer(first).holds)
      #expect(outside.population == 0, "\(second) does not imply \(first)")
    }
    #expect(implied > 10)
  }

  @Test(
    "implication follows from the form",
    arguments: [
      ("anna", "ann", true), ("ann", "anna", false), ("joanna", "ann", true),
      ("anna and value_12m >= 10", "anna", true), ("anna", "anna or value_12m >= 10", true),
      ("anna or berg", "anna", false), ("not anna", "not ann", false), ("MÜLLER", "mull", true),
      ("value_12m >= 10", "value_12m >= 1", false), ("stage = new an", "an stage = new", true),
    ])
  func implicationOfFilters(longer: String, shorter: String, expected: Bool) throws {
    let read = { (text: String) throws in
      try #require(
        try Filter.read(text, catalogue: .customers, currency: Fixtures.euro))
    }
    #expect(try read(longer).implies(try read(shorter)) == expected)
  }

  @Test("ranks are the places among the different folded texts", arguments: 0..<12)
  func ranks(seed: Int) {
    var random = RandomFacts(seed: 300 + UInt64(seed))
    let column = column(&random, rows: [1, 2, 50, 255, 256, 257, 3_000][seed % 7])
    let folded = (0..<column.count).map { Folding.fold(column.utf8($0)) }
    let different = Set(folded).sorted { $0.lexicographicallyPrecedes($1) }
    let expected = folded.map { text in UInt32(different.firstIndex(of: text) ?? -1) }
    #expect(FoldedColumn(column).ranks == expected)
  }

  /// However long the texts are that agree, the stack does not grow.
  @Test("ranks of texts of half a megabyte that agree almost to their end")
  func ranksOfLongTexts() {
    let long = String(repeating: "Anna ", count: 100_000)
    var column = TextColumn()
    for text in [long + "b", "Zoë", long + "A"] {
      column.append(text)
    }
    #expect(FoldedColumn(column).ranks == [1, 2, 0])
  }
}
