import LoyaltyAnalytics
import LoyaltyModel
import Statistics
import Testing

@Suite("Home branches")
struct HomeBranchTests {
  private static let asOf = Day(number: 1000)

  private static func analysis(
    _ sales: [Sale], stated: [Int: String] = [:], customers: Int, asOf: Day = asOf
  ) -> (analysis: CustomerAnalysis, customers: CustomerTable, purchases: PurchaseTable) {
    let table = CustomerTable.of(customers) { row, customer in
      customer.branch = stated[row] ?? ""
    }
    let purchases = PurchaseTable.of(sales, customers: customers)
    let analysis = CustomerAnalysis(
      purchases: purchases, customers: table, programme: .euros, asOf: asOf)
    return (analysis, table, purchases)
  }

  @Test(
    "the branch with the most days, then the latest, then by name; a record goes before",
    arguments: [
      // Two days there against one, however much was bought on that one.
      (["North 900", "East 910", "North 920"], "", "North", 2, 3, true),
      (["North 900", "East 910", "East 910", "East 910", "North 920"], "", "North", 2, 3, true),
      // One day each: where they bought last.
      (["North 900", "East 910"], "", "East", 1, 2, true),
      // On one day at both: by name.
      (["West 910", "East 910"], "", "East", 1, 1, true),
      // The twelve months begin on the day after asOf − 12 months, which is day 634.
      (["North 500", "North 600", "North 634", "East 635"], "", "East", 1, 1, true),
      // Nothing in the twelve months: all days count.
      (["North 500", "North 600", "East 610"], "", "North", 2, 3, false),
      // Later days do not count yet, nor does a sale without a branch.
      (["North 900", " 910", " 920", "East 1001", "East 1002"], "", "North", 1, 1, true),
      (["North 900", "North 920"], "East", "East", 0, 0, true),
      ([" 900"], "", "", 0, 0, true), ([], "", "", 0, 0, true), ([], "East", "East", 0, 0, true),
    ] as [([String], String, String, Int, Int, Bool)])
  func rule(
    sales: [String], stated: String, home: String, days: Int, all: Int, isRecent: Bool
  ) throws {
    let list = sales.map { text in
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      return Sale(1, Int32(parts[1]) ?? 0, 100, branch: String(parts[0]))
    }
    let (analysis, customers, purchases) = Self.analysis(
      list, stated: [1: stated], customers: 3)
    #expect((0..<3).map(analysis.homes.name) == ["", home, ""])
    #expect(analysis.homes.names == (home.isEmpty ? [] : [home]))
    let told = analysis.homeBranch(1, customers: customers, purchases: purchases)
    #expect(told?.name ?? "" == home)
    if days > 0 {
      #expect(told?.grounds == .bought(days: days, of: all, isRecent: isRecent))
    } else if !stated.isEmpty {
      #expect(told?.grounds == .stated)
    }
  }

  @Test("a sale that was taken back whole does not count from that day on")
  func refunded() {
    let sales = [
      Sale(0, 900, 100, branch: "East"), Sale(0, 910, 100, branch: "East"),
      Sale(0, 920, 100, branch: "North"), Sale(0, 930, -100, refunds: 0),
      Sale(0, 940, -100, refunds: 1),
    ]
    for (day, home) in [(925, "East"), (935, "North"), (945, "North")] as [(Int32, String)] {
      let asOf = Day(number: day)
      #expect(Self.analysis(sales, customers: 1, asOf: asOf).analysis.homes.name(0) == home)
    }
  }

  @Test("it is what a plain count gives, whatever the order of the rows")
  func plainCount() {
    var generator = SplitMix64(seed: 7)
    let names = ["Bonn", "Ulm", "Köln", ""]
    let sales = (0..<600).map { _ in
      Sale(
        Int.random(in: 0..<40, using: &generator), Int32.random(in: 400...1010, using: &generator),
        100, branch: names.randomElement(using: &generator) ?? "")
    }
    let homes = Self.analysis(sales, customers: 40).analysis.homes
    for row in 0..<40 {
      func home(after first: Int32) -> String? {
        let known = sales.filter {
          $0.customer == row && !$0.branch.isEmpty && $0.day > first && $0.day <= 1000
        }
        let days = Dictionary(grouping: known, by: \.branch).mapValues { Set($0.map(\.day)) }
        return days.max { one, other in
          let (left, right) = (one.value, other.value)
          if left.count != right.count { return left.count < right.count }
          let (last, latest) = (left.max() ?? 0, right.max() ?? 0)
          if last != latest { return last < latest }
          return other.key.utf8.lexicographicallyPrecedes(one.key.utf8)
        }?.key
      }
      #expect(homes.name(row) == home(after: 634) ?? home(after: 0) ?? "", "\(row)")
    }
    let shuffled = Self.analysis(sales.shuffled(using: &generator), customers: 40).analysis.homes
    #expect((0..<40).map(homes.name) == (0..<40).map(shuffled.name))
  }
}
