import Foundation
import LoyaltyExchange
import LoyaltyModel
import LoyaltyWorkspace
import TextFormats

/// Keeps everything that an import reads.
struct Collector: ImportSink {
  var purchases: [Purchase] = []
  var lines: [Int] = []
  var identities: [PurchaseIdentity] = []
  var customers: [Customer] = []
  var products: [Product] = []
  var results: [OfferResult] = []
  var rejected: [RejectedRow] = []
  var progress: [Int] = []

  mutating func take(_ purchase: borrowing PurchaseRow) {
    purchases.append(purchase.purchase)
    lines.append(purchase.line)
    identities.append(purchase.identity)
  }
  mutating func take(_ customer: Customer, line: Int) { customers.append(customer) }
  mutating func take(_ product: Product, line: Int) { products.append(product) }
  mutating func take(_ result: OfferResult) -> Rejection? {
    results.append(result)
    return nil
  }
  mutating func take(_ rejected: RejectedRow) { self.rejected.append(rejected) }
  mutating func progress(bytes: Int) { progress.append(bytes) }

  var reasons: [String] { rejected.map { "\($0.line): \($0.reason.message(.english))" } }
  var total: Int64 { purchases.reduce(0) { $0 + $1.amount } }

  /// How many purchases are new to an index, which learns them.
  func new(to index: inout IdentityIndex) -> Int {
    index.beginFile()
    return identities.count { index.classify($0) == .new }
  }
}

/// A file that was imported in a test.
struct Imported {
  let probe: ImportProbe
  let tally: ImportTally
  let read: Collector
}

func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("no day: \(text)") }
  return day
}

func currency(_ code: String) -> Currency {
  guard let currency = Currency(code: code) else { preconditionFailure("no currency: \(code)") }
  return currency
}

/// Imports a file from memory, handing over so many bytes at a time.
func importFile(
  _ bytes: [UInt8], as profile: ProfileRequest? = nil, map: [String] = [],
  currency code: String = "USD", chunk: Int = 1 << 16,
  _ change: (inout ImportOptions) -> Void = { _ in }
) throws -> Imported {
  var options = ImportOptions(currency: currency(code), today: day("2026-06-30"))
  options.profile = profile
  options.mapping = map.compactMap(MappingRequest.init)
  change(&options)
  let head = Array(bytes.prefix(TableLook.wantedBytes))
  let probe = try ImportProbe(head: head, isWhole: head.count == bytes.count, options: options)
  var collector = Collector()
  let tally = try Importer(probe).run(source: source(bytes, chunk: chunk), into: &collector)
  return Imported(probe: probe, tally: tally, read: collector)
}

func importFile(
  _ text: String, as profile: ProfileRequest? = nil, map: [String] = [],
  currency code: String = "USD", _ change: (inout ImportOptions) -> Void = { _ in }
) throws -> Imported {
  try importFile(Array(text.utf8), as: profile, map: map, currency: code, change)
}

/// A source that gives bytes from memory, so many at a time.
func source(_ bytes: [UInt8], chunk: Int) -> TableReader.Source {
  var given = 0
  return { buffer in
    let count = min(chunk, buffer.count, bytes.count - given)
    buffer.replaceSubrange(0..<count, with: bytes[given..<given + count])
    given += count
    return count
  }
}

/// What a call throws, in words; empty when it throws nothing.
func refusal(_ body: () throws -> Imported) -> String {
  do { _ = try body() } catch let error as ExchangeError { return error.message(.english) } catch {
    return "\(error)"
  }
  return ""
}

/// A generator of numbers that are the same in every run (SplitMix64).
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

enum Fixture {
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)")))
  }
}
