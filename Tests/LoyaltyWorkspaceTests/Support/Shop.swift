import LoyaltyModel
import LoyaltyStore
import Synchronization
import Testing

@testable import LoyaltyWorkspace

/// Programmes on a disk in memory, made once and copied for each test that changes them.
enum Shop {
  /// Where the store is.
  static let path = "/disk/store"
  /// Now and today, for every test: 2026-07-15, noon in UTC.
  static let today = day("2026-07-15")
  static let now = Timestamp(seconds: Int64(today.number) * 86_400 + 43_200)

  /// An environment with the fixed clock.
  static func environment(_ disk: MemoryDisk, user: String = "anna") -> WorkspaceEnvironment {
    WorkspaceEnvironment(disk: disk, user: user, now: { now }, today: { _ in today })
  }

  /// The store on a disk as a user opens it.
  static func open(
    _ disk: MemoryDisk, user: String = "anna", asOf: String? = nil
  ) throws -> LoyaltyWorkspace {
    try LoyaltyWorkspace.open(
      at: path, asOf: asOf.map(day), environment: environment(disk, user: user))
  }

  /// A disk with a new programme without data.
  static func empty(currency: String = "EUR") throws -> MemoryDisk {
    let disk = MemoryDisk()
    _ = try LoyaltyWorkspace.create(
      at: path, currency: try #require(Currency(code: currency)), timeZone: "Europe/Berlin",
      environment: environment(disk))
    return disk
  }

  /// Five buyers and somebody who only left an address: every figure can be told by hand.
  ///
  /// As at 2026-06-30: A bought on four days for 400.00, B on two for 80.00, C once for 40.00, D
  /// once for 20.00, E on two days for 10.00, long ago.
  static let sales = """
    customer,date,receipt,amount
    A,2026-03-31,1,100.00
    A,2026-04-30,2,100.00
    A,2026-05-31,3,100.00
    A,2026-06-30,4,100.00
    B,2026-05-01,5,30.00
    B,2026-06-20,6,50.00
    C,2026-06-10,7,40.00
    D,2026-04-01,8,20.00
    E,2025-01-15,9,5.00
    E,2025-02-14,10,5.00

    """
  static let people = """
    customer,name,email
    A,Ana Álvarez,ana@example.com
    B,Bo Berg,bo@example.com
    F,Fee Fuchs,fee@example.com

    """

  /// A copy of the disk with the five buyers.
  static func small() throws -> MemoryDisk { try smallDisk.get().killed() }
  private static let smallDisk = Result {
    let disk = try empty()
    let workspace = try open(disk)
    _ = try workspace.take(sales, as: "sales.csv", on: disk)
    _ = try workspace.take(people, as: "people.csv", on: disk)
    return disk
  }

  /// A copy of a disk with the demo's first 300 people and their suggested offers.
  static func demo() throws -> MemoryDisk { try demoDisk.get().killed() }
  private static let demoDisk = Result {
    let disk = MemoryDisk()
    _ = try LoyaltyWorkspace.createDemo(
      at: path, customers: 300, seed: 1, environment: environment(disk), kind: .bare,
      progress: { _ in true })
    _ = try open(disk).suggest(SuggestOptions(), progress: { _ in true })
    return disk
  }
}

/// The day of a text, which must be one.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
  return day
}

extension LoyaltyWorkspace {
  /// Puts a text on the disk and imports it.
  @discardableResult
  func take(
    _ text: String, as name: String, on disk: MemoryDisk,
    _ request: ImportRequest = ImportRequest()
  ) throws -> ImportReport {
    disk.put("/disk/" + name, Array(text.utf8))
    return try importFile("/disk/" + name, request, progress: { _ in true })
  }

  /// Runs the rules without being asked about progress.
  @discardableResult
  func suggest(_ options: SuggestOptions = SuggestOptions()) throws -> SuggestReport {
    try suggest(options, progress: { _ in true })
  }

  /// The numbers of the offers that match.
  func ids(_ filter: String) throws -> [Int] { try offers(matching: filter).map(\.id) }
}

extension MemoryDisk {
  /// The text of a file.
  func text(_ path: String) throws -> String {
    String(decoding: try readWhole(path, .read), as: UTF8.self)
  }

  /// Every file of the store with its bytes, without the lock and the disposable cache.
  func storeFiles() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in self.files where path.hasPrefix(Shop.path + "/") && !path.hasSuffix("lock") {
      if path.hasPrefix(Shop.path + "/cache/") { continue }
      files[path] = try readWhole(path, .read)
    }
    return files
  }
}

/// Counts, and says stop from a number on.
final class StopAfter: Sendable {
  private let left: Atomic<Int>

  init(_ calls: Int) { left = Atomic(calls) }

  var handler: ProgressHandler {
    { _ in self.left.subtract(1, ordering: .relaxed).newValue >= 0 }
  }
}
