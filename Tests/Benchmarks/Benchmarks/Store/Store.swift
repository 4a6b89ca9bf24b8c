import Benchmark
import Foundation
import LoyaltyModel
import LoyaltyStore
import Statistics
import TextFormats

/// The store beside what the disk and the system take for the same bytes, in one run.
///
/// `LADDER_BENCHMARK_CUSTOMERS=1000000` opens a store of a million customers, ten million purchases
/// and three quarters of a million offers instead of a tenth of that.
let benchmarks: @Sendable () -> Void = {
  let customers =
    ProcessInfo.processInfo.environment["LADDER_BENCHMARK_CUSTOMERS"].flatMap { Int($0) } ?? 100_000
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 1,
    maxDuration: .seconds(30), maxIterations: 10)
  let small = Benchmark.Configuration(
    metrics: [.wallClock], timeUnits: .microseconds, warmupIterations: 5,
    maxDuration: .seconds(20), maxIterations: 300)

  Benchmark("Open \(customers) customers from JSON", configuration: configuration) {
    benchmark, shop in
    for _ in benchmark.scaledIterations { blackHole(try shop.open(cachesFrom: .max)) }
  } setup: {
    try Shop.made(customers: customers)
  }
  Benchmark("Open \(customers) customers with columns", configuration: configuration) {
    benchmark, shop in
    for _ in benchmark.scaledIterations { blackHole(try shop.open(cachesFrom: 0)) }
  } setup: { () -> Shop in
    let shop = try Shop.made(customers: customers)
    _ = try shop.open(cachesFrom: 0)
    return shop
  }
  Benchmark("Read the files of \(customers) customers", configuration: configuration) {
    benchmark, shop in
    for _ in benchmark.scaledIterations { blackHole(try shop.readAll { $0.count }) }
  } setup: {
    try Shop.made(customers: customers)
  }
  Benchmark("Check the files of \(customers) customers", configuration: configuration) {
    benchmark, shop in
    for _ in benchmark.scaledIterations {
      blackHole(try shop.readAll { Int(CRC32C.checksum(of: $0)) })
    }
  } setup: {
    try Shop.made(customers: customers)
  }

  Benchmark("Commit a decision", configuration: small) { benchmark, desk in
    for _ in benchmark.scaledIterations { try desk.decide() }
  } setup: {
    try Desk()
  }
  Benchmark("Append as many bytes and sync", configuration: small) { benchmark, desk in
    for _ in benchmark.scaledIterations { try desk.append() }
  } setup: {
    try Desk()
  }
  Benchmark("Commit 10,000 decisions", configuration: configuration) { benchmark, desk in
    for _ in benchmark.scaledIterations { try desk.decideAll() }
  } setup: {
    try Desk()
  }
  Benchmark("Recover 40,000 events", configuration: configuration) { benchmark, desk in
    for _ in benchmark.scaledIterations { blackHole(try desk.reopen()) }
  } setup: { () -> Desk in
    let desk = try Desk()
    for _ in 0..<4 { try desk.decideAll() }
    return desk
  }
}

private let time = Timestamp(seconds: 1_782_892_800)

private func euro() -> Currency {
  guard let currency = Currency(code: "EUR") else { preconditionFailure("EUR is a currency") }
  return currency
}

private func newStore(at path: String) throws -> JSONStore {
  try JSONStore.create(
    at: path, programme: Programme(currency: euro(), timeZone: "Europe/Berlin"), rules: [],
    disk: SystemDisk(), by: "anna", at: time)
}

/// An offer that waits for a decision.
private func offer(_ id: Int) -> Offer {
  Offer(
    id: id, customer: String(10_000_000 + id),
    rule: RuleReference(id: "second", version: 1, hash: "00ff", title: "Second purchase"),
    asOf: Day(number: 20_634), terms: OfferTerms(template: "second", kind: .voucher),
    channel: .email, validUntil: Day(number: 20_664), expectedCost: 55, expectedValue: 300,
    stage: .new, cohort: .low, target: nil,
    evidence: Evidence(
      facts: ["purchase_days", "recency_days", "gap_days", "stage", "cohort"].map {
        EvidenceFact(fact: $0, seen: String(id % 100), pointer: "/when/all/1")
      }))
}

/// A store of invented customers, each with ten purchases or so and most with an offer; made once and
/// kept.
struct Shop: Sendable {
  let path: String

  static func made(customers: Int) throws -> Shop {
    let path = NSTemporaryDirectory() + "ladder-benchmark-offers-\(customers)"
    let shop = Shop(path: path)
    if FileManager.default.fileExists(atPath: path + "/finished") { return shop }
    try? FileManager.default.removeItem(atPath: path)
    let store = try newStore(at: path)
    let writer = try store.beginImport(source: "invented", profile: "mapped")
    var row = 0
    for number in 0..<customers {
      var random = SeededGenerator(seed: 1, stream: UInt64(number))
      var customer = Customer(id: String(10_000_000 + number))
      customer.name = "Customer \(number)"
      customer.email = "customer\(number)@example.org"
      (customer.city, customer.country) = ("Berlin", "DE")
      customer.consents = [Consent(channel: .email, given: true, day: Day(number: 20_000))]
      if number % 5 == 0 { customer.tags = ["vip"] }
      try writer.add(customer)
      for _ in 0..<1 + random.uniform(below: 19) {
        row += 1
        var purchase = Purchase(
          customer: customer.id, day: Day(number: Int32(19_900 + random.uniform(below: 730))),
          amount: Int64(100 + random.uniform(below: 9_900)))
        purchase.receipt = "\(number)-\(row)"
        purchase.product = "P-\(random.uniform(below: 200))"
        (purchase.branch, purchase.channel) = ("Berlin Mitte", "shop")
        try writer.add(purchase, row: row)
      }
    }
    _ = try writer.commit(counts: ImportCounts(), at: time)
    try store.commit((1...customers * 3 / 4).map { .offer(from: nil, to: offer($0)) }, at: time)
    try store.fold()
    store.close()
    _ = FileManager.default.createFile(atPath: path + "/finished", contents: nil)
    return shop
  }

  /// Opens it, from so many rows on by columns where they are kept.
  func open(cachesFrom: Int) throws -> JSONStore {
    if cachesFrom == .max {
      try? FileManager.default.removeItem(atPath: path + "/cache")
    }
    return try JSONStore.open(
      at: path, disk: SystemDisk(), by: "anna", cachesFrom: cachesFrom)
  }

  /// Reads every file that an opening reads, as `cat` does, and does something with each piece.
  func readAll(_ body: ([UInt8]) -> Int) throws -> Int {
    let disk = SystemDisk()
    var sum = 0
    for folder in ["customers", "products", "offers", "imports", "purchases", "journal"] {
      for name in try disk.list(path + "/" + folder) {
        try disk.readChunks(path + "/" + folder + "/" + name) { piece in
          sum &+= body(piece)
          return true
        }
      }
    }
    return sum
  }
}

/// A store with ten thousand offers to decide, and a plain file beside it.
final class Desk: Sendable {
  private let path = NSTemporaryDirectory() + "ladder-desk-\(UUID().uuidString)"
  private let store: JSONStore
  private let raw: any OpenFile

  init() throws {
    store = try newStore(at: path)
    raw = try SystemDisk().open(path + ".raw", .create(.owner))
    try store.commit((1...10_000).map { .offer(from: nil, to: offer($0)) }, at: time)
    try store.fold()
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: path + ".raw")
  }

  private func decision(_ id: Int) -> Change? {
    guard let offer = store.state.offers[id] else { return nil }
    let to: OfferState = offer.state == .approved ? .rejected : .approved
    return .decision(
      OfferDecision(
        offer: id, from: offer.standing, to: OfferDecision.Standing(state: to, reason: "timing")))
  }

  /// Decides one offer.
  func decide() throws {
    try store.commit([decision(1 + store.state.sequence % 10_000)].compactMap { $0 }, at: time)
  }

  /// Decides all.
  func decideAll() throws { try store.commit((1...10_000).compactMap(decision), at: time) }

  /// Writes as many bytes as a decision takes to the end of a plain file, and waits for the disk.
  func append() throws {
    let line = [UInt8](repeating: 0x61, count: 170)
    _ = try raw.write(line[...], at: try raw.status().size)
    try raw.syncData()
  }

  /// Opens the store beside.
  func reopen() throws -> JSONStore {
    try JSONStore.open(at: path, disk: SystemDisk(), by: "ben", readOnly: true)
  }
}
