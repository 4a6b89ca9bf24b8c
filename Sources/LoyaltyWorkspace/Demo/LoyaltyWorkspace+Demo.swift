import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The day from which a demo's offers stay the same: nothing in it depends on today.
  private static let demoCurrency = "EUR"
  private static let demoTimeZone = "Europe/Berlin"

  /// Makes a store of invented people; the same number and seed give the same bytes.
  ///
  /// - Parameters:
  ///   - path: The folder to be; it must be missing or empty.
  ///   - customers: How many people.
  ///   - seed: The seed of the random numbers.
  ///   - environment: The disk, the clock and who works.
  ///   - progress: Is told how far it is; false stops it, and then no usable store is left.
  /// - Returns: The demo, open.
  /// - Throws: An error when something stands at the path already, or it cannot be written.
  package static func createDemo(
    at path: String, customers: Int, seed: UInt64, environment: WorkspaceEnvironment,
    progress: ProgressHandler
  ) throws(WorkspaceError) -> LoyaltyWorkspace {
    var fixed = environment
    // The demo happened at a fixed time under a fixed name, or its journal would differ by run.
    fixed.user = "demo"
    fixed.now = { Timestamp(seconds: Int64(DemoPopulation.lastDay.number) * 86_400 + 64_800) }
    guard let currency = Currency(code: demoCurrency) else { preconditionFailure("ISO 4217") }
    let workspace = try create(
      at: path, currency: currency, timeZone: demoTimeZone, environment: fixed)
    let population = DemoPopulation(customers: customers, seed: seed, currency: currency)
    do throws(StoreError) {
      try workspace.fill(population, progress)
    } catch {
      throw .store(error)
    }
    return try open(at: path, environment: environment)
  }

  private func fill(
    _ population: DemoPopulation, _ progress: ProgressHandler
  ) throws(StoreError) {
    let writer = try store.beginImport(source: "demo", profile: "demo")
    var counts = ImportCounts()
    for product in population.products { try writer.add(product) }
    for (index, member) in population.enumerated() {
      try writer.add(member.customer)
      counts.newCustomers += 1
      for purchase in member.purchases {
        counts.read += 1
        counts.new += 1
        try writer.add(purchase, row: counts.read)
      }
      if index % 1000 == 0 {
        let share = Double(index) / Double(population.count)
        guard progress(WorkProgress("Inventing customers", fraction: share)) else { break }
      }
    }
    _ = try writer.commit(counts: counts, at: environment.now())
  }
}
