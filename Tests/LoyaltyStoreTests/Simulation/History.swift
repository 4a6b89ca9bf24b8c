import LoyaltyModel
import Synchronization

@testable import LoyaltyStore

/// A random history of a store on a simulated disk: sessions of deeds, each ended by a kill or a
/// power cut, with errors, torn writes and full disks in between.
///
/// What it demands after each: every acknowledged event is there, the state is that of a prefix of
/// the history (what was acknowledged, or the deed that was interrupted too, whole), what was
/// refused is not there, and the log has every event once.
struct History {
  /// A demand that was not met.
  struct Violation: Error, CustomStringConvertible {
    var description: String
  }

  private var random: SplitMix
  private let seed: UInt64
  private let bug: PlantedBug?
  private var disk: SimulatedDisk
  /// What has been acknowledged.
  private var expected: Snapshot
  private var log: [String] = []

  /// A history of its own on a copy of a prepared disk.
  init(seed: UInt64, from prepared: (disk: SimulatedDisk, state: Snapshot), bug: PlantedBug? = nil)
  {
    (self.seed, self.bug) = (seed, bug)
    random = SplitMix(seed)
    disk = prepared.disk.killed(seed: seed)
    expected = prepared.state
    let sector = [16, 64, 512].randomElement(using: &random) ?? 512
    disk.contents.withLock { $0.sector = sector }
  }

  /// A store with an import and offers, all of it on the disk.
  static func prepared() throws -> (disk: SimulatedDisk, state: Snapshot) {
    let disk = SimulatedDisk()
    let store = try Fixture.store(on: disk)
    try Fixture.importSome(into: store)
    try store.commit(
      (1...4).map { .offer(from: nil, to: Fixture.offer($0)) }, at: Fixture.time)
    return (disk, store.snapshot)
  }

  /// Lives through some sessions.
  mutating func run() throws {
    for _ in 0..<Int.random(in: 1...3, using: &random) { try session() }
  }

  private func wrapped(_ disk: SimulatedDisk) -> any Disk {
    bug.map { PlantedDisk(disk, $0) } ?? disk
  }

  private mutating func session() throws {
    let store = try open("begin")
    let plan = randomPlan()
    log.append("\(plan.fault)")
    disk.plan(plan)
    var interrupted: (deed: Deed, before: SimulatedDisk)?
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let (deed, before) = (Deed.random(&random), disk.killed())
      log.append("\(deed)")
      do {
        try deed.run(store, on: wrapped(disk))
        expected = store.snapshot
      } catch {
        if disk.isPowerGone {
          interrupted = (deed, before)
          break
        }
        log.append("refused")
        try refused(deed, store, before: before)
        guard store.access == .readWrite else { break }
      }
    }
    let isKilled = !disk.isPowerGone && Bool.random(using: &random)
    log.append(isKilled ? "killed" : "power cut")
    disk = isKilled ? disk.killed() : disk.crashed()
    try check(after: interrupted)
  }

  private mutating func randomPlan() -> FaultPlan {
    var plan = FaultPlan()
    plan.tearsWrites = Bool.random(using: &random)
    let turn = Int.random(in: 1...60, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0...4: plan.fault = .powerCut(turn: turn)
    case 5...6: plan.fault = .error(turns: turn...turn, number: 5)
    case 7: plan.fault = .space(Int64.random(in: 0...6_000, using: &random))
    default: break
    }
    return plan
  }

  /// After an error a session goes on as if nothing had happened, apart from what a neighbour did
  /// before it.
  private mutating func refused(
    _ deed: Deed, _ store: JSONStore, before: SimulatedDisk
  ) throws {
    let now = store.snapshot
    if now == expected { return }
    if case .neighbour = deed, try isOutcome(now, deed, before) {
      expected = now
      return
    }
    throw violation("a refused deed changed the session: \(deed)")
  }

  private mutating func open(_ moment: String) throws -> JSONStore {
    let store: JSONStore
    do {
      store = try Fixture.reopen(wrapped(disk))
    } catch { throw violation("\(moment): does not open: \(error)") }
    guard store.access == .readWrite else { throw violation("\(moment): \(store.access)") }
    guard store.handEdits.isEmpty else { throw violation("\(moment): \(store.handEdits)") }
    return store
  }

  private mutating func check(after interrupted: (deed: Deed, before: SimulatedDisk)?) throws {
    let store = try open("after")
    let found = store.snapshot
    if found != expected {
      guard let interrupted, try isOutcome(found, interrupted.deed, interrupted.before) else {
        throw violation("event \(found.sequence) instead of \(expected.sequence)")
      }
      expected = found
    }
    let events = try store.events(limit: .max).map(\.sequence)
    guard events == Array((1..<found.sequence + 1).reversed()) else {
      throw violation("the log holds \(events) at event \(found.sequence)")
    }
  }

  /// Whether a state is what a deed makes of a disk that fails in nothing.
  private func isOutcome(
    _ found: Snapshot, _ deed: Deed, _ before: SimulatedDisk
  ) throws -> Bool {
    before.plan(FaultPlan())
    let copy = wrapped(before)
    let store = try Fixture.reopen(copy)
    try deed.run(store, on: copy)
    return store.snapshot == found
  }

  private func violation(_ text: String) -> Violation {
    Violation(description: "seed \(seed): \(text) [\(log.joined(separator: ", "))]")
  }
}
