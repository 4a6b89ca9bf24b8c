import LoyaltyModel
import Statistics

@testable import LoyaltyRules

/// Makes random tables and random conditions, the same for the same seed.
struct RandomFacts {
  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  static let asOf = Fixtures.day("2024-02-29")
  private static let tags = ["staff", "press", "club"]
  private static let categories = ["Tea", "Coffee", "Cake"]

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func chance(_ oneIn: Int) -> Bool { int(1...oneIn) == 1 }

  /// A table of customers with unknown values, and lists of up to four entries; of a fact and of a
  /// list there is nothing at all.
  mutating func table(rows: Int) -> FactTable {
    var table = FactTable(asOf: Self.asOf, count: rows)
    for fact in Self.facts where fact.id != "segment" {
      table.columns[fact.id] = column(fact, rows)
    }
    for (name, fields) in FactCatalogue.customers.lists where name != "feedback" {
      table.lists[name] = list(rows, fields, hasIDs: name == "purchases")
    }
    return table
  }

  private mutating func day() -> Int32 { chance(6) ? .min : Self.asOf.number - Int32(int(-3...40)) }

  private mutating func choice(_ rows: Int, _ labels: [String]) -> FactColumn {
    .choices((0..<rows).map { _ in chance(6) ? "" : labels[int(0...(labels.count - 1))] })
  }

  private mutating func set(_ rows: Int) -> FactColumn {
    var (offsets, members) = ([UInt32(0)], [UInt16]())
    for _ in 0..<rows {
      for tag in 0..<UInt16(Self.tags.count) where chance(3) { members.append(tag) }
      offsets.append(UInt32(members.count))
    }
    return .set(offsets: offsets, members: members, labels: LabelList(Self.tags))
  }

  private mutating func column(_ fact: Fact, _ rows: Int) -> FactColumn {
    switch fact.type {
    case .count: .int32((0..<rows).map { _ in chance(6) ? .min : Int32(int(-2...9)) })
    case .date: .int32((0..<rows).map { _ in day() })
    case .money: .int64((0..<rows).map { _ in chance(6) ? .min : Int64(int(-300...900)) })
    case .number, .probability:
      .double((0..<rows).map { _ in chance(6) ? .nan : Double(int(0...4)) / 4 })
    case .yesNo: .yesNo((0..<rows).map { _ in UInt8(int(0...2)) })
    case .set: set(rows)
    case .choice, .text: choice(rows, Self.known(fact).map { $0 })
    }
  }

  /// The labels that occur.
  private static func known(_ fact: Fact) -> [String] {
    if case .choice(let labels) = fact.type, !labels.isEmpty { return Array(labels.prefix(4)) }
    return fact.type == .set ? tags : categories
  }

  private mutating func list(_ rows: Int, _ fields: [Fact], hasIDs: Bool) -> RecordList {
    var offsets = [UInt32(0)]
    for _ in 0..<rows { offsets.append((offsets.last ?? 0) + UInt32(int(0...4))) }
    let count = Int(offsets.last ?? 0)
    var columns: LaterValues<FactColumn> = [:]
    // One field is never given.
    for field in fields where field.id != "branch" { columns[field.id] = column(field, count) }
    return RecordList(
      offsets: Column(offsets), columns: columns,
      ids: PurchaseIDs(
        hasIDs ? (0..<count).map { PurchaseID(batch: 1, row: UInt32($0 + 1)) } : []))
  }

  // MARK: Conditions

  mutating func condition(depth: Int) -> Condition {
    switch depth > 0 ? int(0...9) : int(3...9) {
    case 0: .all(parts(depth))
    case 1: .any(parts(depth))
    case 2: .noneOf(parts(depth))
    case 3...6: .fact(factTest(Self.facts))
    default: list(depth)
    }
  }

  /// Every fact that rules may use.
  private static let facts = FactCatalogue.customers.facts.filter { $0.type != .text }

  private mutating func parts(_ depth: Int) -> [Condition] {
    (0..<int(1...3)).map { _ in condition(depth: depth - 1) }
  }

  private mutating func factTest(_ facts: [Fact]) -> FactTest {
    let fact = facts[int(0...(facts.count - 1))]
    return FactTest(fact: fact, comparison: comparison(fact.type, of: fact))
  }

  private mutating func list(_ depth: Int) -> Condition {
    let lists = FactCatalogue.customers.lists
    // Purchases are asked most.
    let (name, fields) = chance(2) ? lists[0] : lists[int(0...(lists.count - 1))]
    var measures: [ListMeasure] = [.count, .some, .every]
    for field in fields {
      for measure in [ListMeasure.sum(field), .least(field), .most(field), .distinct(field)]
      where RuleReader.canMeasure(measure.word, field.type) { measures.append(measure) }
    }
    let measure = measures[int(0...(measures.count - 1))]
    let filter: Condition? = chance(4) ? nil : entryCondition(fields, depth: min(depth, 1))
    switch measure {
    case .some, .every: return .list(ListTest(list: name, measure: measure, filter: filter))
    default:
      return .list(
        ListTest(
          list: name, measure: measure, filter: filter,
          comparison: comparison(measure.type(ofList: name), of: measure.field)))
    }
  }

  private mutating func entryCondition(_ fields: [Fact], depth: Int) -> Condition {
    guard depth > 0, chance(3) else { return .fact(factTest(fields)) }
    let parts = (0..<int(1...3)).map { _ in Condition.fact(factTest(fields)) }
    return chance(2) ? .all(parts) : chance(2) ? .any(parts) : .noneOf(parts)
  }

  private mutating func comparison(_ type: FactType, of fact: Fact?) -> Comparison {
    let fitting = Comparator.fitting(type)
    let comparator = fitting[int(0...(fitting.count - 1))]
    return Comparison(comparator, operand(comparator, type, fact))
  }

  private mutating func operand(
    _ comparator: Comparator, _ type: FactType, _ fact: Fact?
  ) -> Operand {
    if comparator.standsAlone { return .nothing }
    if comparator == .withinLast || comparator == .notWithinLast {
      return .span(TimeSpan(count: int(1...3), unit: TimeSpan.Unit.allCases[int(0...3)]))
    }
    switch type {
    case .choice, .set, .text: return labels(comparator, fact)
    case .yesNo: return .answer(chance(2))
    case .probability, .number:
      let (low, high) = (Double(int(0...4)) / 4, Double(int(0...4)) / 4)
      return comparator == .between
        ? .decimals(min(low, high), max(low, high)) : .decimal(low)
    case .count, .money, .date:
      if comparator == .oneOf || comparator == .noneOf {
        return .integerList((0..<int(1...3)).map { _ in Int64(int(0...5)) })
      }
      let (low, high) = (whole(type), whole(type))
      return comparator == .between
        ? .integers(min(low, high), max(low, high)) : .integer(low)
    }
  }

  private mutating func whole(_ type: FactType) -> Int64 {
    switch type {
    case .money: Int64(int(-300...1_200))
    case .date: Int64(Self.asOf.number) - Int64(int(-3...40))
    default: Int64(int(-1...9))
    }
  }

  private mutating func labels(_ comparator: Comparator, _ fact: Fact?) -> Operand {
    var known = fact.map(Self.known) ?? []
    // One that does not occur.
    if let fact, case .choice(let labels) = fact.type, !labels.isEmpty {
      known.append(labels.last ?? "")
    } else {
      known.append("Bread")
    }
    let isSingle = comparator == .equals || comparator == .differs
    return .labels((0..<(isSingle ? 1 : int(1...3))).map { _ in known[int(0...(known.count - 1))] })
  }
}
