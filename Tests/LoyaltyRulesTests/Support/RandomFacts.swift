import LoyaltyModel
import Statistics

@testable import LoyaltyRules

/// Makes random tables and random conditions, the same for the same seed.
struct RandomFacts {
  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  static let asOf = Fixtures.day("2024-02-29")
  private static let stages = ["new", "repeat", "loyal", "at risk"]
  private static let tags = ["staff", "press", "club"]
  private static let categories = ["Tea", "Coffee", "Cake"]

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func chance(_ oneIn: Int) -> Bool { int(1...oneIn) == 1 }

  /// A table of customers with unknown values, and lists of up to four entries.
  mutating func table(rows: Int) -> FactTable {
    var table = FactTable(asOf: Self.asOf, count: rows)
    table.columns["stage"] = choice(rows, Self.stages)
    table.columns["recency_days"] = .int32(
      (0..<rows).map { _ in chance(6) ? .min : Int32(int(-2...9)) })
    table.columns["last_purchase"] = .int32((0..<rows).map { _ in day() })
    table.columns["value_12m"] = .int64(
      (0..<rows).map { _ in chance(6) ? .min : Int64(int(-300...900)) })
    table.columns["p_alive"] = .double(
      (0..<rows).map { _ in chance(6) ? .nan : Double(int(0...4)) / 4 })
    table.columns["complaint_open"] = .yesNo((0..<rows).map { _ in UInt8(int(0...2)) })
    table.columns["tag"] = set(rows)
    table.lists["purchases"] = purchases(rows)
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

  private mutating func purchases(_ rows: Int) -> RecordList {
    var offsets = [UInt32(0)]
    for _ in 0..<rows { offsets.append((offsets.last ?? 0) + UInt32(int(0...4))) }
    let count = Int(offsets.last ?? 0)
    let days = (0..<count).map { _ in day() }
    let amounts = (0..<count).map { _ in chance(8) ? Int64.min : Int64(int(-200...500)) }
    let ids = (0..<count).map { PurchaseID(batch: 1, row: UInt32($0 + 1)) }
    return RecordList(
      offsets: offsets,
      columns: [
        "date": .int32(days), "amount": .int64(amounts),
        "units": .int32((0..<count).map { _ in chance(8) ? .min : Int32(int(0...3)) }),
        "category": choice(count, Self.categories),
      ], ids: ids)
  }

  // MARK: Conditions

  mutating func condition(depth: Int) -> Condition {
    switch depth > 0 ? int(0...9) : int(3...9) {
    case 0: .all(parts(depth))
    case 1: .any(parts(depth))
    case 2: .noneOf(parts(depth))
    case 3...6: .fact(factTest(FactCatalogue.customers.facts.filter { Self.used.contains($0.id) }))
    default: list(depth)
    }
  }

  private static let used = [
    "stage", "recency_days", "last_purchase", "value_12m", "p_alive", "complaint_open", "tag",
    "segment",
  ]

  private mutating func parts(_ depth: Int) -> [Condition] {
    (0..<int(1...3)).map { _ in condition(depth: depth - 1) }
  }

  private mutating func factTest(_ facts: [Fact]) -> FactTest {
    let fact = facts[int(0...(facts.count - 1))]
    return FactTest(fact: fact, comparison: comparison(fact.type, of: fact.id))
  }

  private mutating func list(_ depth: Int) -> Condition {
    let fields = FactCatalogue.customers.fields(of: "purchases") ?? []
    func field(_ id: String) -> Fact {
      guard let field = fields.first(where: { $0.id == id }) else {
        preconditionFailure("no field \(id)")
      }
      return field
    }
    let measures: [ListMeasure] = [
      .count, .some, .every, .sum(field("amount")), .sum(field("units")), .least(field("date")),
      .least(field("amount")), .most(field("amount")), .most(field("units")),
      .distinct(field("category")), .distinct(field("units")),
    ]
    let measure = measures[int(0...(measures.count - 1))]
    let usable = fields.filter {
      ["date", "amount", "units", "category", "branch"].contains($0.id)
    }
    let filter: Condition? = chance(4) ? nil : entryCondition(usable, depth: min(depth, 1))
    switch measure {
    case .some, .every: return .list(ListTest(list: "purchases", measure: measure, filter: filter))
    default:
      let type = measure.type(ofList: "purchases")
      return .list(
        ListTest(
          list: chance(12) ? "feedback" : "purchases", measure: measure, filter: filter,
          comparison: comparison(type, of: measure.word)))
    }
  }

  private mutating func entryCondition(_ fields: [Fact], depth: Int) -> Condition {
    guard depth > 0, chance(3) else { return .fact(factTest(fields)) }
    let parts = (0..<int(1...3)).map { _ in Condition.fact(factTest(fields)) }
    return chance(2) ? .all(parts) : chance(2) ? .any(parts) : .noneOf(parts)
  }

  private mutating func comparison(_ type: FactType, of name: String) -> Comparison {
    let fitting = Comparator.fitting(type)
    let comparator = fitting[int(0...(fitting.count - 1))]
    return Comparison(comparator, operand(comparator, type, name))
  }

  private mutating func operand(
    _ comparator: Comparator, _ type: FactType, _ name: String
  ) -> Operand {
    if comparator.standsAlone { return .nothing }
    if comparator == .withinLast || comparator == .notWithinLast {
      return .span(TimeSpan(count: int(1...3), unit: TimeSpan.Unit.allCases[int(0...3)]))
    }
    switch type {
    case .choice, .set, .text: return labels(comparator, name)
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

  private mutating func labels(_ comparator: Comparator, _ name: String) -> Operand {
    let known: [String] =
      switch name {
      case "stage": Self.stages + ["lapsed"]
      case "tag": Self.tags + ["vip"]
      default: Self.categories + ["Bread"]
      }
    let isSingle = comparator == .equals || comparator == .differs
    return .labels((0..<(isSingle ? 1 : int(1...3))).map { _ in known[int(0...(known.count - 1))] })
  }
}
