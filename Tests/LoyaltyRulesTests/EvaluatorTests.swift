import LoyaltyModel
import TestSupport
import Testing

@testable import LoyaltyRules

struct EvaluatorTests {
  @Test(arguments: Sweep.seeds(40))
  func agreesWithThePlainReference(seed: Int) {
    var random = RandomFacts(seed: UInt64(seed))
    // 64 rows a word and 64 words a block: sizes at, above and below the borders.
    let rows = [1, 63, 64, 65, 130, 4_096, 4_100][seed % 7]
    let table = random.table(rows: rows)
    let evaluator = Evaluator(facts: table)
    let reference = Reference(facts: table)
    for _ in 0..<(rows > 1_000 ? 6 : 60) {
      let condition = random.condition(depth: 3)
      let answer = evaluator.answer(condition)
      let wrong = (0..<rows).first { answer[$0] != reference.answer(condition, row: $0) }
      #expect(wrong == nil, "row \(wrong ?? 0) of \(condition)")
      var both = answer.holds
      both.formIntersection(answer.unknown)
      #expect(both.population == 0)
    }
  }

  @Test(arguments: Sweep.seeds(12))
  func answersTheSameForSomeAsForAll(seed: Int) {
    var random = RandomFacts(seed: 1_000 + UInt64(seed))
    let table = random.table(rows: 5_000)
    let evaluator = Evaluator(facts: table)
    for share in [2, 9, 200] {
      let condition = random.condition(depth: 3)
      var some = RowSet(count: table.count)
      for row in 0..<table.count where random.chance(share) { some[row] = true }
      var all = evaluator.answer(condition)
      all.holds.formIntersection(some)
      all.unknown.formIntersection(some)
      #expect(evaluator.answer(condition, among: some) == all)
      for row in some.rows.prefix(20) {
        #expect(evaluator.answer(condition, row: row) == all[row])
      }
    }
  }

  @Test(arguments: [
    ("90 days", "2023-12-01", Truth.no), ("90 days", "2023-12-02", .yes),
    ("90 days", "2024-02-29", .yes), ("90 days", "2024-03-01", .no),
    ("2 weeks", "2024-02-15", .no), ("2 weeks", "2024-02-16", .yes),
    ("12 months", "2023-02-28", .no), ("12 months", "2023-03-01", .yes),
    ("1 month", "2024-01-29", .no), ("1 month", "2024-01-30", .yes),
    ("4 years", "2020-02-29", .no), ("4 years", "2020-03-01", .yes),
  ])
  func withinLastLeavesOutItsFirstDay(span: String, day: String, expected: Truth) throws {
    var table = FactTable(asOf: Fixtures.day("2024-02-29"), count: 1)
    table.columns["last_purchase"] = .int32([Fixtures.day(day).number])
    let condition = try Fixtures.condition(
      #"{ "fact": "last_purchase", "is": "within last", "value": "\#(span)" }"#)
    #expect(Evaluator(facts: table).answer(condition, row: 0) == expected)
    let opposite = try Fixtures.condition(
      #"{ "fact": "last_purchase", "is": "not within last", "value": "\#(span)" }"#)
    #expect(Evaluator(facts: table).answer(opposite, row: 0) == expected.negated)
  }

  /// Kleene's tables, where u stands for a fact that is not known.
  @Test(arguments: [
    ("all", "yy", Truth.yes), ("all", "yu", .unknown), ("all", "nu", .no), ("all", "uu", .unknown),
    ("any", "nn", .no), ("any", "yu", .yes), ("any", "nu", .unknown), ("any", "uu", .unknown),
    ("none", "nn", .yes), ("none", "yu", .no), ("none", "nu", .unknown), ("none", "yn", .no),
  ])
  func groupsFollowKleene(group: String, parts: String, expected: Truth) throws {
    let leaves = parts.map { part in
      switch part {
      case "y": #"{ "fact": "complaint_open", "is": "yes" }"#
      case "n": #"{ "fact": "complaint_open", "is": "no" }"#
      default: #"{ "fact": "p_alive", "is": "at least", "value": 0.5 }"#
      }
    }
    var table = FactTable(asOf: Fixtures.day("2024-02-29"), count: 1)
    table.columns["complaint_open"] = .yesNo([1])
    let condition = try Fixtures.condition(
      "{ \"\(group)\": [ \(leaves.joined(separator: ", ")) ] }")
    #expect(Evaluator(facts: table).answer(condition, row: 0) == expected)
  }

  @Test func anUnknownFactIsNeitherThisNorNotThis() throws {
    var table = FactTable(asOf: Fixtures.day("2024-02-29"), count: 2)
    table.columns["stage"] = .choices(["new", ""])
    let evaluator = Evaluator(facts: table)
    let isNew = try Fixtures.condition(#"{ "fact": "stage", "is": "is", "value": "new" }"#)
    let isNotNew = try Fixtures.condition(#"{ "fact": "stage", "is": "is not", "value": "new" }"#)
    let known = try Fixtures.condition(#"{ "fact": "stage", "is": "known" }"#)
    #expect([0, 1].map { evaluator.answer(isNew, row: $0) } == [.yes, .unknown])
    #expect([0, 1].map { evaluator.answer(isNotNew, row: $0) } == [.no, .unknown])
    #expect([0, 1].map { evaluator.answer(known, row: $0) } == [.yes, .no])
  }

  @Test func aListThatIsNotThereIsEmpty() throws {
    let evaluator = Evaluator(facts: FactTable(asOf: Fixtures.day("2024-02-29"), count: 1))
    let none = try Fixtures.condition(#"{ "count": "offers", "is": "exactly", "value": 0 }"#)
    let some = try Fixtures.condition(#"{ "some": "feedback" }"#)
    let sum = try Fixtures.condition(
      #"{ "sum": "purchases.amount", "is": "at most", "value": "0.00" }"#)
    #expect(evaluator.answer(none, row: 0) == .yes)
    #expect(evaluator.answer(some, row: 0) == .no)
    #expect(evaluator.answer(sum, row: 0) == .yes)
  }

  @Test func textsAndLabelsCompareWithoutCaseAndAccents() throws {
    var names = TextColumn()
    for name in ["Zoë Müller", "JOSÉ", "Łukasz Æble", "Straße", "Кирилл"] { names.append(name) }
    var table = FactTable(asOf: Fixtures.day("2024-02-29"), count: 5)
    table.columns["name"] = .text(names)
    let evaluator = Evaluator(facts: table)
    for (needle, rows) in [
      ("zoe m", [0]), ("Muller", [0]), ("jose", [1]), ("lukasz", [2]), ("aeble", [2]),
      ("STRASSE", [3]), ("кирилл", [4]), ("", [0, 1, 2, 3, 4]), ("nobody", []),
    ] {
      #expect(evaluator.answer(.search(needle)).holds.rows == rows, "\(needle)")
    }
  }
}
