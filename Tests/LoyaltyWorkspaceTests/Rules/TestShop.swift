import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

@testable import LoyaltyWorkspace

/// A programme of invented people on a disk in memory, its cohorts cut once and for all.
struct TestShop {
  static let path = "/disk/shop"
  let disk: MemoryDisk

  /// A programme; the same for the same seed.
  init(customers: Int, seed: UInt64) throws {
    disk = MemoryDisk()
    let workspace = try LoyaltyWorkspace.createDemo(
      at: Self.path, customers: customers, seed: seed, environment: Self.environment(disk),
      kind: .bare, progress: { _ in true })
    _ = try workspace.recutCohorts()
  }

  private init(_ disk: MemoryDisk) { self.disk = disk }

  static func environment(
    _ disk: MemoryDisk, today: Day = Day(number: 20_635),
    now: Timestamp = Timestamp(seconds: 1_782_900_000)
  ) -> WorkspaceEnvironment {
    WorkspaceEnvironment(
      disk: disk, user: "anna", now: { now },
      today: { _ in today })
  }

  func open(asOf: Day? = nil, today: Day = Day(number: 20_635)) throws -> LoyaltyWorkspace {
    try LoyaltyWorkspace.open(
      at: Self.path, asOf: asOf, environment: Self.environment(disk, today: today))
  }

  /// The shop as it is worked in on a day, at its noon.
  func open(workingOn day: Day, asOf: Day? = nil) throws -> LoyaltyWorkspace {
    try LoyaltyWorkspace.open(
      at: Self.path, asOf: asOf,
      environment: Self.environment(
        disk, today: day, now: Timestamp(seconds: Int64(day.number) * 86_400 + 43_200)))
  }

  /// The same shop on a disk of its own.
  func copy() -> TestShop { TestShop(disk.crashed()) }

  /// The shop after a step really happened: its purchases are imported as any others, like the
  /// customer's last one but for amount and category.
  func after(_ step: NextStep, customer: String, late: Int = 0) throws -> LoyaltyWorkspace {
    let copy = copy()
    let workspace = try copy.open()
    let analysis = workspace.analysis()
    guard let row = analysis.customers.row(of: customer) else { throw Missing.customer }
    let writer = try workspace.store.beginImport(source: "later", profile: "test")
    let last = analysis.purchases.rows(ofCustomer: row).last {
      analysis.purchases.days[$0] <= analysis.asOf.number
    }
    for count in 0..<step.purchases {
      var purchase = Purchase(
        customer: customer, day: analysis.asOf + (1 + late + count), amount: step.amount)
      if let last {
        let table = analysis.purchases
        purchase.product = table.product(last)?.sku ?? ""
        purchase.branch = table.branches.labels.dropFirst(Int(table.branch[last])).first ?? ""
        purchase.channel = table.channels.labels.dropFirst(Int(table.channel[last])).first ?? ""
      }
      if !step.category.isEmpty {
        let product = analysis.purchases.products.first { $0.category == step.category }
        purchase.product = product?.sku ?? ""
      }
      try writer.add(purchase, row: count + 1)
    }
    _ = try writer.commit(counts: ImportCounts(), at: Timestamp(seconds: 1_782_900_000))
    return try copy.open(asOf: analysis.asOf + (step.days + late))
  }

  enum Missing: Error { case customer }
}

extension LoyaltyWorkspace {
  /// What a rule says of a customer, by the figures of everybody.
  func outcome(_ rule: String, customer: String) throws -> RuleOutcome {
    let analysis = analysis()
    guard let row = analysis.customers.row(of: customer) else { throw TestShop.Missing.customer }
    return try self.rule(rule).outcome(factsWithOffers(analysis), row: row)
  }
}
