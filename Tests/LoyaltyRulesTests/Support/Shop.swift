import LoyaltyModel
import Statistics

@testable import LoyaltyRules

/// A made-up shop: customers with facts, and a context for suggesting.
struct Shop {
  var facts: FactTable
  var context: SuggestionContext
  var ids: TextColumn { context.customers }

  static let asOf = Fixtures.day("1998-06-30")

  /// A shop of so many customers, the same for the same seed.
  init(customers count: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    var ids = TextColumn()
    for row in 0..<count { ids.append("c\(100_000 + row)") }
    let stages = [
      "prospect", "new", "repeat", "loyal", "advocate", "won back", "at risk", "lapsed",
    ]
    let stage = (0..<count).map { _ in stages[int(0...7)] }
    let cohort = stage.map {
      $0 == "prospect" ? "none" : ["low", "low", "mid", "high"][int(0...3)]
    }
    facts = FactTable(asOf: Self.asOf, count: count)
    facts.columns["stage"] = .choices(stage)
    facts.columns["cohort"] = .choices(cohort)
    facts.columns["complaint_open"] = .yesNo((0..<count).map { _ in int(0...40) == 0 ? 1 : 0 })
    facts.columns["do_not_contact"] = .yesNo((0..<count).map { _ in int(0...50) == 0 ? 1 : 0 })
    facts.columns["recency_days"] = .int32((0..<count).map { _ in Int32(int(0...700)) })
    facts.columns["purchase_days"] = .int32((0..<count).map { _ in Int32(int(1...12)) })
    facts.columns["gap_days"] = .int32((0..<count).map { _ in Int32(int(14...120)) })
    facts.columns["average_basket"] = .int64(
      (0..<count).map { _ in int(0...30) == 0 ? .min : Int64(int(300...9_000)) })
    facts.columns["value_12m"] = .int64((0..<count).map { _ in Int64(int(0...40_000)) })
    context = SuggestionContext(customers: ids)
    context.medians = [.low: 3_000, .mid: 9_000, .high: 32_000]
    context.margin = 0.4
    context.contacts = (0..<count).map { _ in UInt16(int(0...9) == 0 ? 2 : int(0...5) == 0 ? 1 : 0)
    }
    var mailable = RowSet(count: count)
    for row in 0..<count where int(0...2) == 0 { mailable[row] = true }
    context.reachable[.email] = mailable
    facts.lists["purchases"] = purchases(count, &random)
  }

  private func purchases(_ count: Int, _ random: inout SplitMix64) -> RecordList {
    var (offsets, days, categories) = ([UInt32(0)], [Int32](), [String]())
    for _ in 0..<count {
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        days.append(Self.asOf.number - Int32.random(in: 0...500, using: &random))
        categories.append(["Tea", "Coffee", "Cake"][Int.random(in: 0...2, using: &random)])
      }
      offsets.append(UInt32(days.count))
    }
    return RecordList(
      offsets: Column(offsets), columns: ["date": .int32(days), "category": .choices(categories)],
      ids: PurchaseIDs(days.indices.map { PurchaseID(batch: 1, row: UInt32($0 + 1)) }))
  }

  /// The rules of a programme, the default ones.
  static func rules() throws -> [Rule] { try Fixtures.defaultRules().compactMap(\.reading.rule) }

  func run(_ rules: [Rule]) throws -> SuggestionRun {
    try Suggester.run(rules: rules, facts: facts, context: context)
  }
}
