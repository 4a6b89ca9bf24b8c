import Benchmark
import LoyaltyAnalytics
import LoyaltyModel
import Statistics

/// The chain from purchases to figures, by the number of customers.
///
/// What it is to be compared with stands in the name: the CPU time that lifetimes 0.11.3 (Python)
/// takes for the same chain, summary, RFM, BG/NBD, MBG/NBD, Gamma-Gamma and CLV, of 100,000 customers
/// with 1,000,000 purchases.
let benchmarks: @Sendable () -> Void = {
  for customers in [10_000, 100_000, 1_000_000] {
    let runs = max(3, 1_000_000 / customers)
    let configuration = Benchmark.Configuration(
      metrics: [.cpuTotal, .wallClock, .peakMemoryResident], timeUnits: .milliseconds,
      warmupIterations: 0, maxDuration: .seconds(60), maxIterations: min(runs, 10))
    let peer = customers == 100_000 ? " (lifetimes: 4900 ms of CPU)" : ""
    Benchmark("Whole chain, \(customers) customers\(peer)", configuration: configuration) {
      benchmark, shop in
      for _ in benchmark.scaledIterations { blackHole(shop.analysis.loyalty.points) }
    } setup: {
      Shop(customers: customers)
    }
    Benchmark("All three fits, \(customers) customers", configuration: configuration) {
      benchmark, shop in
      for _ in benchmark.scaledIterations { blackHole(shop.fits) }
    } setup: {
      Shop(customers: customers)
    }
    Benchmark("Facts for rules, \(customers) customers", configuration: configuration) {
      benchmark, shop in
      let analysis = shop.analysis
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { blackHole(shop.facts(analysis)) }
    } setup: {
      Shop(customers: customers)
    }
  }
}

/// Invented customers who buy by the very laws that the models assume, about ten times each.
struct Shop: Sendable {
  let customers: CustomerTable
  let purchases: PurchaseTable
  let programme: Programme
  let asOf = Day(number: 1_096)

  init(customers count: Int) {
    guard let currency = Currency(code: "EUR") else { preconditionFailure("EUR is a currency") }
    programme = Programme(currency: currency, timeZone: "Europe/Berlin")
    var (customers, purchases) = (CustomerTable(), PurchaseTable())
    for row in 0..<count {
      customers.append(Customer(id: String(10_000_000 + row)))
      Shop.buy(row, &purchases)
      purchases.offsets.append(UInt32(purchases.days.count))
    }
    (self.customers, self.purchases) = (customers, purchases)
  }

  /// Draws the purchases of one customer.
  private static func buy(_ row: Int, _ table: inout PurchaseTable) {
    var random = SeededGenerator(seed: 1, stream: UInt64(row))
    let rate = random.gamma(shape: 0.6, rate: 14)
    let dropout = random.beta(0.8, 4)
    let level = random.gamma(shape: 4, rate: 1.0 / 15)
    var day = Double(random.uniform(below: 700))
    while day <= 1_096 {
      table.days.append(Int32(day))
      table.amounts.append(1 + Int64(random.gamma(shape: 6, rate: level / 100_000)))
      table.units.append(1)
      table.product.append(-1)
      table.branch.append(.max)
      table.channel.append(.max)
      table.batch.append(1)
      table.batchRow.append(UInt32(table.days.count))
      if random.happens(withChance: dropout) { break }
      day += random.exponential(rate: max(rate, 1e-9))
    }
  }

  var analysis: CustomerAnalysis {
    CustomerAnalysis(
      purchases: purchases, customers: customers, programme: programme, asOf: asOf)
  }

  var fits: ModelFits {
    let history = PurchaseHistory(purchases, customers: customers.count, asOf: asOf)
    return ModelFits(CustomerFigures(history), currency: programme.currency)
  }

  func facts(_ analysis: CustomerAnalysis) -> FactTable {
    FactColumnsBuilder(analysis, customers: customers, purchases: purchases).build()
  }
}
