import Foundation
import LoyaltyModel
import Testing

@testable import LoyaltyStore

/// What can happen to a store, and the test that shows what it does then.
///
/// | event | tests |
/// |---|---|
/// | full disk, short write | `CrashTests.aFullDiskRefusesAndLeavesTheStoreAsItWas`, `aRealFullDiskRefusesAndLosesNothing`, `SimulationTests` |
/// | no room to fold | `foldingAsksForRoomFirst` |
/// | fsync error | `CrashTests.afterAFailedSyncTheJournalIsContinuedInANewFile`, `aSecondFailureAfterAFailedSyncMakesItReadOnly`, `SimulationTests` |
/// | torn tail | `JournalTests.aJournalCutAnywhereOpensAtTheLastWholeTransaction` |
/// | damage with intact records after it | `JournalTests.everyFlippedBitIsNoticed`, `eventsThatAreMissingAreNoticed` |
/// | newer schema | `SharingTests.aNewerSchemaIsOnlyRead` |
/// | older schema | `GoldenTests` |
/// | erasing a person | `EraseTests`, `CrashTests`, `SimulationTests` |
/// | unknown keys | `UnknownMemberTests`, `ChangeTests.membersOfStoreJSONThatAreNotKnownAreKept` |
/// | read-only file system, no permission | `SharingTests.aStoreThatCannotBeWrittenIsRead` |
/// | network file system | `SharingTests.aStoreThatCannotBeWrittenIsRead` |
/// | hand edit | `ChangeTests.editsByHandAreNoticedAndRecorded`, `SharingTests.aDamagedShardIsNamed`, `CareTests.aRepairSealsWhatCanBeReadAndLeavesTheRest`, `HandEditTests` |
/// | backup and restore | `CareTests.aBackupIsTheStore` |
/// | kill -9, power loss | `KillTests`, `CrashTests`, `SimulationTests` |
/// | symbolic links out of the store | `SystemDiskTests.aSymbolicLinkInsideIsRefused`, `symbolicLinksToFoldersAreNeverFollowed` |
/// | store under git | `aDecisionIsADiffOfOneLine` |
@Suite(.serialized) struct EventTableTests {
  @Test func foldingAsksForRoomFirst() throws {
    let disk = MemoryDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    let before = store.snapshot
    disk.limitSpace(300)
    let error = #expect(throws: StoreError.self) { try store.fold() }
    guard case .disk(let failure) = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(failure.kind == .full)
    #expect(store.snapshot == before)
    disk.limitSpace(.max)
    try store.fold()
    #expect(try Fixture.reopen(disk.crashed()).snapshot == before)
  }

  @Test func aSecondFailureAfterAFailedSyncMakesItReadOnly() throws {
    let origin = SimulatedDisk()
    let first = try Fixture.store(on: origin)
    let before = first.snapshot
    var restricted = 0
    for turn in 1...12 {
      let disk = origin.killed(seed: UInt64(turn))
      let store = try Fixture.reopen(disk)
      disk.plan(FaultPlan(fault: .error(turns: turn...turn + 3, number: 5)))
      let isRefused =
        (try? store.commit(
          [.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)) == nil
      disk.plan(FaultPlan())
      #expect(isRefused == (store.snapshot == before))
      guard case .readOnly(.diskFailed) = store.access else { continue }
      restricted += 1
      #expect(throws: StoreError.self) {
        try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
      }
      #expect(try Fixture.reopen(disk.killed()).access == .readWrite)
    }
    #expect(restricted > 0)
  }

  /// Gives a small file system in memory to a test; nil where the machine allows no mount.
  private static let mount: String? = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-full-\(ProcessInfo.processInfo.processIdentifier)").path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let isMounted =
      geteuid() == 0
      && run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder) == 0
    if !isMounted { try? FileManager.default.removeItem(atPath: folder) }
    return isMounted ? folder : nil
  }()

  @Test(.enabled(if: mount != nil, "needs a machine that allows a mount of a small tmpfs"))
  func aRealFullDiskRefusesAndLosesNothing() throws {
    let folder = try #require(Self.mount)
    defer {
      Self.run("/usr/bin/umount", folder)
      try? FileManager.default.removeItem(atPath: folder)
    }
    let disk = SystemDisk()
    let store = try Fixture.store(on: disk, at: folder + "/store")
    var (count, failure) = (0, StoreError?.none)
    while failure == nil {
      let next = store.state.offers.lastID + 1
      do throws(StoreError) {
        try store.commit(
          (next..<next + 20).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
        count += 20
      } catch { failure = error }
      try #require(count < 10_000)
    }
    guard case .disk(let error)? = failure else { return #expect(Bool(false)) }
    #expect(error.kind == .full && count > 0)
    #expect(store.state.offers.count == count && store.access == .readWrite)
    #expect(throws: StoreError.self) { try store.fold() }
    let other = try Fixture.reopen(disk, at: folder + "/store")
    #expect(other.snapshot == store.snapshot)
    // A few bytes are left for single decisions, and the store goes on when room is made.
    Self.run("/usr/bin/mount", "-o", "remount,size=4m", folder)
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    try store.fold()
    #expect(try Fixture.reopen(disk, at: folder + "/store").snapshot == store.snapshot)
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git"), "needs git on the machine"))
  func aDecisionIsADiffOfOneLine() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ladder-git-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try Fixture.store(on: SystemDisk(), at: folder)
    try Fixture.importSome(into: store)
    try store.commit([.offer(from: nil, to: Fixture.offer(1))], at: Fixture.time)
    func git(_ arguments: String...) -> String {
      var output = ""
      Self.run(
        "/usr/bin/git",
        ["-C", folder, "-c", "user.name=anna", "-c", "user.email=anna@example.org"] + arguments,
        output: &output)
      return output
    }
    _ = git("init", "-q")
    _ = git("add", "-A")
    _ = git("commit", "-qm", "before")
    try store.commit([try Fixture.decision(store, 1, .approved)], at: Fixture.time)
    #expect(git("diff", "--numstat") == "1\t0\tjournal/000001.ndjson\n")
    #expect(git("status", "--porcelain") == " M journal/000001.ndjson\n")
    let added = git("diff", "-U0").split(separator: "\n").filter { $0.hasPrefix("+{") }
    #expect(added.count == 1)
    #expect(added.first?.contains(#""op":"offer.decide","offer":1,"from":"suggested""#) == true)
  }

  @discardableResult
  private static func run(_ program: String, _ arguments: String...) -> Int32 {
    var output = ""
    return run(program, arguments, output: &output)
  }

  @discardableResult
  private static func run(
    _ program: String, _ arguments: [String], output: inout String
  ) -> Int32 {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return -1 }
    output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus
  }
}
