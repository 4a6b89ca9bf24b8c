import Glibc
import LoyaltyModel
import LoyaltyStore
import Synchronization
import Testing

@testable import LoyaltyWorkspace

@Suite("The demo's store")
struct DemoStoreTests {
  static func make(
    _ disk: MemoryDisk, customers: Int = 60, seed: UInt64 = 1, at path: String = Shop.path,
    progress: @escaping ProgressHandler = { _ in true }
  ) throws -> LoyaltyWorkspace {
    try LoyaltyWorkspace.createDemo(
      at: path, customers: customers, seed: seed, environment: Shop.environment(disk),
      progress: progress)
  }

  @Test("the same seed gives the same bytes, whoever makes it; another gives others")
  func deterministic() throws {
    let (first, second, third) = (MemoryDisk(), MemoryDisk(), MemoryDisk())
    _ = try Self.make(first)
    var other = Shop.environment(second, user: "bob")
    other.now = { Timestamp(seconds: 1) }
    other.today = { _ in day("2030-01-01") }
    _ = try LoyaltyWorkspace.createDemo(
      at: Shop.path, customers: 60, seed: 1, environment: other, progress: { _ in true })
    _ = try Self.make(third, seed: 2)
    #expect(try first.storeFiles() == second.storeFiles())
    #expect(try first.storeFiles() != third.storeFiles())
  }

  @Test("its figures make sense: stages, cohorts and a curve that is steep but not absurd")
  func figures() throws {
    let workspace = try Shop.open(try Shop.demo())
    #expect(workspace.status().customers == 300)
    #expect(workspace.asOf == day("2026-06-30"))
    #expect(try workspace.stages().count { $0.count > 0 } >= 7)
    let cohorts = try workspace.cohorts()
    let buyers = cohorts.filter { $0.cohort != .none }.map(\.customers).reduce(0, +)
    #expect(cohorts[0].customers >= buyers / 5)
    #expect(cohorts[0].customers < buyers / 4)
    let share = try #require(try workspace.pareto().top20Share)
    #expect((0.5...0.9).contains(share))
    #expect(try workspace.offers().count > 50)
    #expect(Set(try workspace.offers().map(\.rule.id)).count >= 6)
  }

  @Test("its offers can be used whenever it is tried, until somebody's own sales are in it")
  func standsStill() throws {
    let disk = MemoryDisk()
    _ = try Self.make(disk)
    var years = Shop.environment(disk)
    years.today = { _ in day("2030-01-01") }
    let workspace = try LoyaltyWorkspace.open(at: Shop.path, environment: years)
    let options = ExportOptions(file: "/disk/o.csv", format: .csv)
    _ = try workspace.decide(Array(try workspace.offers().map(\.id).prefix(9)), .approve)
    let preview = try workspace.previewExport(options, rows: 1)
    #expect((preview.total, preview.hasRunOut) == (9, false))
    #expect(try workspace.suggest().notes == [])
    // A sale of the year before is not one of days to come.
    let own = "customer,date,amount\nX,2029-06-01,1.00\n"
    let taken = try workspace.take(own, as: "a.csv", on: disk)
    #expect((taken.counts.new, taken.rejections) == (1, []))
    #expect(try workspace.previewExport(options, rows: 1).hasRunOut)
  }

  @Test("it is known as a demo for ever, and its rules have suggested offers, for the day alone")
  func isOneWithOffers() throws {
    let disk = MemoryDisk()
    let waiting = try Self.make(disk).status().waiting
    #expect(waiting > 10)
    let opened = try Shop.open(disk)
    #expect(opened.status().isDemo && opened.status().waiting == waiting)
    // What another run would suggest is there already.
    let again = try opened.suggest(SuggestOptions(), progress: { _ in true })
    #expect((again.new, again.kept, again.withdrawn) == (0, waiting, 0))
    let report = try opened.take("customer,date,amount\nX,2026-06-01,1.00\n", as: "a.csv", on: disk)
    #expect(report.notes.contains { $0.hasPrefix("This programme is the demo") })
    #expect(try Shop.open(disk).status().isDemo)
    #expect(try !Shop.open(Shop.small()).status().isDemo)
  }

  @Test("nothing in it is the user's own to take back")
  func nothingToUndo() throws {
    #expect(try Self.make(MemoryDisk()).undo() == nil)
  }

  @Test("one that is stopped leaves nothing, and the next begins anew")
  func stopped() throws {
    let disk = MemoryDisk()
    #expect(throws: WorkspaceError.cancelled) {
      try Self.make(disk, customers: 1500, progress: StopAfter(1).handler)
    }
    #expect(disk.files.isEmpty)
    #expect(try Self.make(disk).status().customers == 60)
    #expect(disk.files.allSatisfy { $0.hasPrefix(Shop.path + "/") })
  }

  @Test("one that is killed at any moment leaves no store, and what it leaves is cleaned away")
  func killed() throws {
    let whole = MemoryDisk()
    whole.fail(at: .max)
    _ = try Self.make(whole, customers: 5)
    let operations = whole.operations
    let expected = try whole.storeFiles()
    for operation in stride(from: 1, through: operations, by: max(1, operations / 12)) {
      let disk = MemoryDisk()
      disk.fail(at: operation, number: EIO, onwards: true)
      // Everything fails from here on, the cleaning too: as if the process were gone.
      let made = try? Self.make(disk, customers: 5)
      disk.mend()
      for found in [disk.killed(), disk.crashed()] where made == nil {
        if !found.files.contains(Shop.path + "/store.json") {
          _ = try Self.make(found, customers: 5)
        }
        #expect(try found.storeFiles() == expected, "killed at operation \(operation)")
        #expect(try Shop.open(found).status().customers == 5)
      }
    }
  }

  @Test("while one is made, a second at the same place is told so and nothing is mixed")
  func twoAtOnce() throws {
    let disk = MemoryDisk()
    let refused = Mutex<[WorkspaceError]>([])
    _ = try Self.make(disk, customers: 1500) { _ in
      do {
        _ = try Self.make(disk, customers: 5, seed: 2)
      } catch {
        if let error = error as? WorkspaceError { refused.withLock { $0.append(error) } }
      }
      return true
    }
    let errors = refused.withLock { $0 }
    #expect(errors.count > 1 && Set(errors) == [.beingMade(Shop.path)])
    let message = errors.first?.message(.english)
    #expect(message?.contains("is being made in \(Shop.path) just now") == true)
    let alone = MemoryDisk()
    _ = try Self.make(alone, customers: 1500)
    #expect(disk.files == alone.files)
    #expect(try disk.storeFiles() == alone.storeFiles())
  }

  @Test("folders above the place are made; a slash at the end does no harm")
  func places() throws {
    let disk = MemoryDisk()
    _ = try Self.make(disk, at: "/disk/a/b/demo/")
    #expect(disk.files.contains("/disk/a/b/demo/store.json"))
    #expect(!disk.files.contains { $0.contains("unfinished") })
    try disk.makeFolder("/disk/empty", .owner)
    #expect(try Self.make(disk, at: "/disk/empty").status().customers == 60)
  }

  @Test("where something stands already nothing is touched")
  func occupied() throws {
    let disk = try Shop.small()
    disk.put("/disk/file", [1])
    let before = try disk.storeFiles()
    for path in [Shop.path, "/disk/file"] {
      let error = #expect(throws: WorkspaceError.self) { try Self.make(disk, at: path) }
      #expect(
        error?.message(.english)
          == (path == Shop.path
            ? """
            \(path) is there already. Open it with: ladder --store \(path)
            To make another demo, name a new folder: ladder demo FOLDER
            """
            : """
            A store cannot be made in \(path): something is there already. Name a new or empty folder.
            """))
      #expect(error?.exitCode == 2)
    }
    #expect(try disk.storeFiles() == before)
    #expect(try disk.text("/disk/file") == "\u{1}")
  }
}
