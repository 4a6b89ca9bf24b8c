import LoyaltyModel
import LoyaltyStore
import Synchronization
import Testing

@testable import LoyaltyWorkspace

/// The overview that is shown while a programme is being opened, and opening itself.
@Suite struct KeptOverviewTests {
  /// The programme on a disk before it is open; small as it is, its overview is kept.
  private static func closed(
    _ disk: MemoryDisk, asOf: Day? = nil, today: Day = Shop.today, language: Language = .english
  ) -> ClosedProgramme {
    var environment = Shop.environment(disk).speaking(language)
    environment.cachesFrom = 0
    environment.today = { _ in today }
    return ClosedProgramme(path: Shop.path, asOf: asOf, environment: environment)
  }

  /// A session that looks at the figures and leaves.
  @discardableResult
  private static func visit(_ closed: ClosedProgramme) throws -> LoyaltyWorkspace {
    let workspace = try closed.open(after: closed.look())
    try workspace.prepare()
    workspace.keepOverview()
    return workspace
  }

  /// The file in which the overview is kept.
  private static func path(_ disk: MemoryDisk) -> String? {
    disk.files.first { $0.contains("/cache/overview-") }
  }

  @Test(arguments: [true, false]) func whatWasKeptIsWhatIsTrue(hasCurve: Bool) throws {
    let disk = hasCurve ? try Shop.demo() : try Shop.empty()
    let workspace = try Self.visit(Self.closed(disk))
    let kept = try #require(Self.closed(disk).look().kept)
    let overview = try workspace.overview()
    #expect("\(kept.overview)" == "\(overview)")
    #expect((kept.overview.pareto != nil) == hasCurve && !kept.overview.recent.isEmpty)
    // Who has taken offers, saved filters and campaigns are known once it is open.
    var status = workspace.status()
    (status.batches, status.segments, status.campaigns) = ([], [], [])
    #expect(kept.status == status)
  }

  /// What happens between two sessions, and whether the overview of the first is still true.
  enum Between: CaseIterable {
    case nothing, opening, decision, rule, day, date, language, build
  }

  @Test(arguments: Between.allCases) func isShownOnlyWhereNothingChanged(
    _ between: Between
  ) throws {
    let disk = try Shop.demo()
    try Self.visit(Self.closed(disk))
    var (next, isKept) = (Self.closed(disk), false)
    switch between {
    case .nothing: isKept = true
    case .opening:
      _ = try Shop.open(disk, user: "bert")
      isKept = true
    case .decision:
      let other = try Shop.open(disk, user: "bert")
      _ = try other.decide([try #require(try other.ids("state = suggested").first)], .approve)
    case .rule:
      let path = try #require(disk.files.first { $0.contains("/rules/") && $0.hasSuffix(".json") })
      disk.put(path, Array(try disk.text(path).utf8) + [10])
    case .day: next = Self.closed(disk, today: day("2026-07-16"))
    case .date: next = Self.closed(disk, asOf: day("2026-06-01"))
    case .language: next = Self.closed(disk, language: .indonesian)
    case .build: disk.put("/proc/self/exe", [1, 2, 3])
    }
    #expect((next.look().kept != nil) == isKept)
    guard !isKept else { return }
    // Then it is kept anew beside the others.
    try Self.visit(next)
    #expect(next.look().kept != nil)
  }

  @Test func aDamagedFileIsPassedOver() throws {
    let disk = try Shop.demo()
    try Self.visit(Self.closed(disk))
    let path = try #require(Self.path(disk))
    let bytes = try disk.readWhole(path, .read)
    for index in stride(from: 0, to: bytes.count, by: 13) {
      var flipped = bytes
      flipped[index] ^= 1
      disk.put(path, flipped)
      #expect(Self.closed(disk).look().kept == nil, "byte \(index)")
      disk.put(path, Array(bytes[..<index]))
      #expect(Self.closed(disk).look().kept == nil, "the first \(index) bytes")
    }
    try Self.visit(Self.closed(disk))
    #expect(Self.closed(disk).look().kept != nil)
  }

  @Test func tooSmallOrUnreadProgrammesKeepNone() throws {
    let disk = try Shop.demo()
    let closed = ClosedProgramme(path: Shop.path, environment: Shop.environment(disk))
    try Self.visit(closed)
    #expect(Self.path(disk) == nil && !closed.look().isLarge)
    // Of an opening without a first look nobody knows which files it read.
    let workspace = try Self.closed(disk).open()
    try workspace.prepare()
    workspace.keepOverview()
    #expect(Self.path(disk) == nil)
    // Nor where it can only be read.
    disk.pretendNetwork("nfs4")
    try Self.visit(Self.closed(disk))
    #expect(Self.path(disk) == nil)
  }

  @Test func anErasureTakesItAway() throws {
    let disk = try Shop.demo()
    let workspace = try Self.visit(Self.closed(disk))
    let offer = try #require(try workspace.offers(matching: "state = suggested").first)
    _ = try workspace.decide([offer.id], .approve)
    workspace.keepOverview()
    let kept = try disk.text(try #require(Self.path(disk)))
    #expect(kept.contains("\(offer.id)"))
    let other = try Shop.open(disk, user: "bert")
    _ = try other.erase(customer: offer.customer)
    #expect(Self.path(disk) == nil)
    // Nor does a session that has not noticed yet bring it back.
    workspace.keepOverview()
    #expect(Self.path(disk) == nil)
  }

  @Test func openingTellsHowFarItIs() throws {
    let disk = try Shop.demo()
    let seen = Mutex<[WorkProgress]>([])
    _ = try Self.closed(disk).open { progress in
      seen.withLock { $0.append(progress) }
      return true
    }
    let all = seen.withLock { $0 }
    #expect(all.allSatisfy { $0.activity == "Opening store" })
    let fractions = all.compactMap(\.fraction)
    #expect(fractions == fractions.sorted() && fractions.last == 1)
  }

  /// Whenever it is stopped, the store is as it was, and opens the next time.
  @Test func openingStopsAtAnyStep() throws {
    let disk = try Shop.demo()
    let before = try disk.storeFiles()
    var stops = 0
    while stops < 10_000 {
      let stop = StopAfter(stops)
      do {
        _ = try Self.closed(disk).open(progress: stop.handler)
        break
      } catch {
        #expect(error.cause == .cancelled)
      }
      stops += 1
      #expect(try disk.storeFiles() == before)
    }
    #expect((5..<10_000).contains(stops))
    #expect(try disk.storeFiles() == before)
  }

  /// Once it is open, nobody's wish to stop the opening counts any more.
  @Test func anOpenProgrammeIsNotStopped() throws {
    let disk = try Shop.demo()
    let isStopped = Atomic(false)
    let workspace = try Self.closed(disk).open { _ in !isStopped.load(ordering: .relaxed) }
    isStopped.store(true, ordering: .relaxed)
    try workspace.prepare()
    _ = try workspace.undo()
    #expect(try workspace.refresh() == false)
    #expect(try !workspace.log(limit: 3).isEmpty)
  }
}
