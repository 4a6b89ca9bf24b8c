import LoyaltyModel
import Testing

@testable import LoyaltyRules

struct ConditionWriterTests {
  /// What is written and read again is the same condition.
  @Test(arguments: 0..<20)
  func whatIsWrittenIsReadAgain(seed: Int) throws {
    var random = RandomFacts(seed: 5_000 + UInt64(seed))
    let writer = ConditionWriter(Fixtures.euro)
    for _ in 0..<40 {
      let condition = random.condition(depth: 3)
      let json = writer.json(condition)
      let reading = RuleReader.readCondition(
        Array(json.utf8), catalogue: .customers, currency: Fixtures.euro)
      // Labels that a fact never has are refused by the reader.
      if reading.issues.contains(where: { if case .unknownLabel = $0.cause { true } else { false } }
      ) {
        continue
      }
      #expect(reading.condition == condition, "\(json) \(reading.issues)")
    }
  }

  /// A filter means the same as the condition that it was written from.
  @Test(arguments: 0..<20)
  func aFilterMeansTheSame(seed: Int) throws {
    var random = RandomFacts(seed: 6_000 + UInt64(seed))
    let table = random.table(rows: 130)
    let evaluator = Evaluator(facts: table)
    let writer = ConditionWriter(Fixtures.euro)
    var written = 0
    for _ in 0..<60 {
      let condition = random.condition(depth: 3)
      guard let text = writer.filter(condition) else { continue }
      let again = try Filter.read(text, catalogue: .customers, currency: Fixtures.euro)
      #expect(again.map { evaluator.answer($0) } == evaluator.answer(condition), "\(text)")
      written += 1
    }
    #expect(written > 5)
  }

  /// A filter that was written is read as the same condition, but for nesting that says nothing.
  @Test(arguments: 0..<40)
  func aFilterIsReadAsTheSameCondition(seed: Int) throws {
    var random = RandomFacts(seed: 7_000 + UInt64(seed))
    let writer = ConditionWriter(Fixtures.euro)
    var written = 0
    for turn in 0..<60 {
      let condition = turn % 2 == 0 ? random.condition(depth: 4) : random.nest(depth: 4)
      guard let text = writer.filter(condition) else { continue }
      let again = try Filter.read(text, catalogue: .customers, currency: Fixtures.euro)
      #expect(again?.plain == condition.plain, "\(text)")
      written += 1
    }
    #expect(written > 5)
  }

  /// Groups of one part need the parentheses of what they hold.
  @Test(arguments: [
    Condition.all([.any([.any([.search("a"), .search("b")])]), .search("c")]),
    .all([.all([.any([.search("a"), .search("b")])]), .search("c")]),
    .noneOf([.any([.all([.search("a"), .search("b")])])]),
    .noneOf([.all([.noneOf([.any([.search("a"), .search("b")])])])]),
    .any([.all([.any([.search("a"), .search("b")]), .search("c")]), .search("d")]),
  ])
  func groupsOfOnePart(condition: Condition) throws {
    let text = try #require(ConditionWriter(Fixtures.euro).filter(condition))
    let again = try Filter.read(text, catalogue: .customers, currency: Fixtures.euro)
    #expect(again?.plain == condition.plain, "\(text)")
  }

  /// Any text can be written, and is read as what it was.
  @Test(arguments: [
    "anna", "anna müller", "tag", "cohort", "saved", "and", "OR", "not", "", "say \"hi\"", "\"",
    "it's", "'", "\"it's\"", "a\"\"b", "(", "a,b", "x=1", "<>", "2\n3", "o\u{2019}neil",
  ])
  func textsOfAnyKind(text: String) throws {
    let writer = ConditionWriter(Fixtures.euro)
    let tag = try #require(FactCatalogue.customers.fact("tag"))
    let name = try #require(FactCatalogue.customers.fact("name"))
    for condition in [
      Condition.search(text),
      .all([.search(text), .search("b")]),
      .fact(FactTest(fact: tag, comparison: Comparison(.hasAllOf, .labels([text, "b"])))),
      .fact(FactTest(fact: name, comparison: Comparison(.equals, .labels([text])))),
    ] {
      let written = try #require(writer.filter(condition))
      let again = try Filter.read(written, catalogue: .customers, currency: Fixtures.euro)
      #expect(again == condition, "\(written)")
    }
  }

  @Test func countsOverListsAreNoFilter() throws {
    let condition = try Fixtures.condition(
      #"{ "count": "purchases", "is": "at least", "value": 2 }"#)
    #expect(ConditionWriter(Fixtures.euro).filter(condition) == nil)
  }
}

extension Condition {
  /// The same condition without groups of one part, and without groups within their like.
  fileprivate var plain: Condition {
    switch self {
    case .all(let parts):
      let inner = parts.map(\.plain).flatMap { part in
        if case .all(let own) = part { own } else { [part] }
      }
      return .allOf(inner)
    case .any(let parts):
      let inner = parts.map(\.plain).flatMap { part in
        if case .any(let own) = part { own } else { [part] }
      }
      return inner.count == 1 ? inner[0] : .any(inner)
    case .noneOf(let parts): return .noneOf([Condition.any(parts).plain])
    case .fact(let test): return .fact(FactTest(fact: test.fact, comparison: test.comparison.plain))
    case .list, .search: return self
    }
  }
}

extension RandomFacts {
  /// Groups in groups, many of them of one part.
  fileprivate mutating func nest(depth: Int) -> Condition {
    guard depth > 0, !chance(4) else { return .search(["a", "b", "c"][int(0...2)]) }
    let parts = (0..<int(1...2)).map { _ in nest(depth: depth - 1) }
    return chance(3) ? .all(parts) : chance(2) ? .any(parts) : .noneOf(parts)
  }
}

extension Comparison {
  /// What the filter language says with one sign: "exactly" is "is".
  fileprivate var plain: Comparison {
    comparator == .exactly ? Comparison(.equals, operand) : self
  }
}
