import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// Figures that were kept as columns are those that are computed, or are not used.
@Suite struct KeptFiguresTests {
  /// Opens a programme; small as it is, its figures are kept.
  private static func open(_ disk: MemoryDisk, asOf: String? = nil) throws -> LoyaltyWorkspace {
    var environment = Shop.environment(disk)
    environment.cachesFrom = 0
    return try LoyaltyWorkspace.open(
      at: Shop.path, asOf: asOf.map(day), environment: environment)
  }

  /// A session that looks at the figures, and waits until they are kept.
  @discardableResult
  private static func visit(_ disk: MemoryDisk, asOf: String? = nil) throws -> LoyaltyWorkspace {
    let workspace = try open(disk, asOf: asOf)
    try workspace.prepare()
    workspace.waitForFigures()
    return workspace
  }

  private static func paths(_ disk: MemoryDisk) -> [String] {
    disk.files.filter { $0.contains("/cache/figures-") }
  }

  private static func kept(_ workspace: LoyaltyWorkspace) -> CustomerAnalysis? {
    let state = workspace.state
    return workspace.keptFigures(state, workspace.analysisKey(state, asOf: workspace.asOf))
  }

  /// Every column, every fact and every reason, of a programme with models and of one without.
  @Test(arguments: [true, false]) func whatIsKeptIsWhatIsComputed(isDemo: Bool) throws {
    let disk = isDemo ? try Shop.demo() : try Shop.small()
    try Self.visit(disk)
    let workspace = try Self.open(disk)
    #expect(Self.kept(workspace) != nil)
    let (with, without) = (workspace.analysis(), try Shop.open(disk).analysis())
    #expect(difference(with.figures, without.figures) == nil)
    #expect(difference(with.facts, without.facts) == nil)
    #expect(difference(with.purchases, without.purchases) == nil)
    #expect("\(try workspace.overview())" == "\(try Shop.open(disk).overview())")
  }

  /// Without this the comparison above would be worth nothing.
  @Test func whatDiffersShows() throws {
    let analysis = try Shop.open(Shop.demo()).analysis()
    let text = described(analysis.figures)
    for column in ["repeatValue", "valueAtRisk", "monetary", "points", "looseRefunds", "logOdds"] {
      #expect(text.contains("\(column): "), "\(column)")
    }
    let other = try Shop.open(Shop.demo(), asOf: "2026-06-29").analysis()
    #expect(difference(other.figures, analysis.figures) != nil)
  }

  /// What happens between two sessions, and whether the figures of the first still hold.
  enum Between: CaseIterable {
    case nothing, decision, floors, language, rule, sale, settings, date, erasure, build, folding
  }

  @Test(arguments: Between.allCases) func holdUntilWhatTheyRestOnChanges(
    _ between: Between
  ) throws {
    let disk = try Shop.demo()
    try Self.visit(disk)
    let other = try Shop.open(disk, user: "bert")
    let offer = try #require(other.ids("state = suggested").first)
    var date: String?
    switch between {
    case .nothing: break
    case .decision: _ = try other.decide([offer], .approve)
    case .floors: _ = try other.keepFloors([OfferFloor(.cohort(.low), least: 3)])
    case .language: _ = try other.setLanguage(.indonesian)
    case .rule: _ = try other.switchRule(file: try #require(other.rules().first).file, on: false)
    case .sale: _ = try other.take(Shop.sales, as: "sales.csv", on: disk)
    case .settings: _ = try other.recutCohorts(shares: [10, 20, 70])
    case .date: date = "2026-06-01"
    case .erasure: _ = try other.erase(customer: try #require(other.state.offers[offer]).customer)
    case .build: disk.put("/proc/self/exe", [1, 2, 3])
    case .folding: try other.store.fold()
    }
    let workspace = try Self.open(disk, asOf: date)
    let hold: Set<Between> = [.nothing, .decision, .floors, .language, .rule]
    #expect((Self.kept(workspace) != nil) == hold.contains(between))
    let plain = try LoyaltyWorkspace.open(
      at: Shop.path, asOf: date.map(day), environment: Shop.environment(disk))
    #expect(difference(workspace.analysis().figures, plain.analysis().figures) == nil)
    // Then they are kept anew, beside those of before.
    try Self.visit(disk, asOf: date)
    #expect(Self.kept(try Self.open(disk, asOf: date)) != nil)
    #expect(Self.paths(disk).count <= 2)
  }

  @Test func onlyAFewStay() throws {
    let disk = try Shop.small()
    for date in ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"] {
      try Self.visit(disk, asOf: date)
      #expect(Self.kept(try Self.open(disk, asOf: date)) != nil)
    }
    #expect(Self.paths(disk).count == 2)
    // What a session that was killed left behind goes too.
    disk.put(Shop.path + "/cache/figures-0123.tmp", [1])
    try Self.visit(disk, asOf: "2026-05-05")
    #expect(Self.paths(disk).count == 2 && !Self.paths(disk).contains { $0.hasSuffix(".tmp") })
  }

  /// Whichever byte is another, and wherever the file ends: the same figures, or none.
  @Test func noDamageChangesAnything() throws {
    let disk = try Shop.small()
    let workspace = try Self.visit(disk)
    let path = try #require(Self.paths(disk).first)
    let bytes = try disk.readWhole(path, .read)
    let expected = described(workspace.analysis().figures)
    var refused = 0
    for index in bytes.indices {
      var flipped = bytes
      flipped[index] ^= UInt8(1 << (index % 8))
      disk.put(path, flipped)
      guard let kept = Self.kept(workspace) else {
        refused += 1
        continue
      }
      #expect(described(kept) == expected, "byte \(index)")
    }
    // That of the history is found when somebody asks for it, and then it is computed.
    #expect(refused > bytes.count / 2 && refused < bytes.count)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      disk.put(path, Array(bytes.prefix(length)))
      #expect(Self.kept(workspace) == nil, "the first \(length) bytes")
    }
  }

  @Test func nobodyErasedComesBackByLateFigures() throws {
    let disk = try Shop.demo()
    let late = try Self.open(disk)
    try late.prepare()
    late.waitForFigures()
    #expect(!Self.paths(disk).isEmpty)
    let other = try Shop.open(disk, user: "bert")
    let offer = try #require(other.ids("state = suggested").first)
    let customer = try #require(other.state.offers[offer]).customer
    _ = try other.erase(customer: customer)
    #expect(Self.paths(disk).isEmpty)
    // A session that has not noticed yet writes what it knows nowhere.
    let state = late.state
    late.keepFigures(late.analysis().figures, of: state, late.analysisKey(state, asOf: late.asOf))
    late.waitForFigures()
    #expect(Self.paths(disk).isEmpty)
  }

  @Test func smallAndReadOnlyProgrammesKeepNone() throws {
    let disk = try Shop.demo()
    let workspace = try Shop.open(disk)
    try workspace.prepare()
    workspace.waitForFigures()
    #expect(Self.paths(disk).isEmpty)
    disk.pretendNetwork("nfs4")
    try Self.visit(disk)
    #expect(Self.paths(disk).isEmpty)
  }
}
