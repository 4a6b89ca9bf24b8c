import Foundation
import LoyaltyModel
import LoyaltyWorkspace
import TextFormats
import Testing

@testable import LoyaltyStore

/// A plan that waits in a store is carried out only where it is one that the program made.
struct OverhaulTests {
  /// A plan like those of an erasing, with a place for what is to be tried.
  private static func plan(
    from: String = "000001", to: String = "customers/00.ndjson", remove: String = "cache/fit-1"
  ) -> String {
    """
    {"before": 2, "replace": [{"from": "\(from)", "to": "\(to)"},
      {"from": "000002", "to": "journal/000003.ndjson"}], "remove": ["\(remove)"]}
    """
  }

  /// A folded store in a folder of its own, beside a file that is none of its own; and a plan.
  private static func withPlan(
    _ plan: String, schema: Int? = nil, _ body: (_ path: String, _ folder: String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-plan-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (path, disk) = (folder + "/store", SystemDisk())
    let store = try Fixture.store(on: disk, at: path)
    try store.fold()
    store.close()
    try disk.writeWhole(folder + "/victim", [1, 2, 3], overwrite: false)
    try disk.makeFolder(path + "/pending", .owner)
    for name in ["000001", "000002"] {
      try disk.writeWhole(path + "/pending/" + name, [4], overwrite: false)
    }
    try disk.writeWhole(path + "/pending/plan.json", Array(plan.utf8), overwrite: false)
    if let schema {
      var file = try StoreFile(disk.readWhole(path + "/store.json"))
      file.schema = schema
      try disk.writeWhole(path + "/store.json", file.bytes, overwrite: true)
    }
    try body(path, folder)
  }

  /// All files below a folder with what they hold.
  private static func contents(_ folder: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard name != "store/lock" else { continue }
      let path = folder + "/" + name
      found[name] = try SystemDisk().status(path)?.kind == .file ? SystemDisk().readWhole(path) : []
    }
    return found
  }

  @Test(arguments: [
    plan(to: "../victim"), plan(to: "customers/../../victim"), plan(to: "/etc/victim"),
    plan(to: "spool/x"), plan(to: "rules/history"), plan(to: "customers/.."),
    plan(to: "customers/"), plan(to: "customers/."), plan(to: "lock"), plan(to: "pending/x"),
    plan(to: "other/x"), plan(to: "customers/a/b"), plan(to: #"customers/a\u0000b"#),
    plan(from: "../../victim"), plan(from: "00000"), plan(from: "plan.json"),
    plan(from: "00000a"), plan(from: "٠٠٠٠٠٢"),
    plan(remove: "../victim"), plan(remove: "cache/../../victim"), plan(remove: "store.json"),
    plan(remove: ""),
  ])
  func aPlanThatNamesWhatIsNotTheStoresIsRefused(_ plan: String) throws {
    try Self.withPlan(plan) { path, folder in
      let before = try Self.contents(folder)
      let error = #expect(throws: StoreError.self) {
        try JSONStore.open(at: path, disk: SystemDisk(), by: "anna")
      }
      guard case .damaged(let damage) = error, case .foreignPath = damage.flaw else {
        return #expect(Bool(false), "\(error as Any)")
      }
      #expect(damage.file == "pending/plan.json" && damage.byte != nil)
      #expect(error?.message(.english).contains("none of it was carried out") == true)
      #expect(try Self.contents(folder) == before)
    }
  }

  @Test func aPlanOfTheProgramsOwnIsCarriedOut() throws {
    try Self.withPlan(Self.plan()) { path, _ in
      let files = StoreFiles(disk: SystemDisk(), root: path)
      try Overhaul.carryOut(files)
      #expect(try files.read("customers/00.ndjson") == [4])
      #expect(try files.read("journal/000003.ndjson") == [4])
      #expect(try files.disk.status(path + "/pending") == nil)
    }
  }

  @Test func aPlanOfANewerProgramWaitsForThatProgram() throws {
    try Self.withPlan(Self.plan(), schema: 99) { path, folder in
      let before = try Self.contents(folder)
      #expect(throws: StoreError.readOnly(.newerSchema(found: 99, known: JSONStore.knownSchema))) {
        try JSONStore.open(at: path, disk: SystemDisk(), by: "anna")
      }
      #expect(try Self.contents(folder) == before)
    }
  }
}
