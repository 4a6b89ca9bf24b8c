import LoyaltyModel
import LoyaltyStore
import Synchronization
import Testing

@testable import LoyaltyWorkspace

/// Long work of a programme that tells how far it is and can be stopped.
enum LongWork: String, CaseIterable, CustomTestStringConvertible {
  case backtest, whatIf, digest, check, describe, near, closest, draft, campaigns, outcomes
  case suggest, moves, prepare

  var testDescription: String { rawValue }

  func run(_ workspace: LoyaltyWorkspace, _ progress: @escaping ProgressHandler) throws {
    let rule = "low-mid.bigger-basket"
    switch self {
    case .backtest:
      _ = try workspace.backtest(at: workspace.asOf - 90, days: 60, progress: progress)
    case .whatIf:
      _ = try workspace.whatIf(rule: rule, set: [("offer.percent", "20")], progress: progress)
    case .digest: _ = try workspace.rulesDigest(progress: progress)
    case .check: _ = try workspace.checkRules(progress: progress)
    case .describe: _ = try workspace.describeRule(rule, progress: progress)
    case .near: _ = try workspace.nearMisses(ofRule: rule, limit: 2, progress: progress)
    case .closest: _ = try workspace.closestToNextCohort(limit: 2, progress: progress)
    case .draft: _ = try workspace.check(workspace.ruleDraft(of: rule), progress: progress)
    case .campaigns: _ = try workspace.campaigns(progress: progress)
    case .outcomes: _ = try workspace.recordOutcomes(progress: progress)
    case .suggest: _ = try workspace.suggest(SuggestOptions(), progress: progress)
    case .moves:
      let period = Period(from: workspace.asOf - 90, to: workspace.asOf - 30)
      _ = try workspace.flows(over: period, progress: progress)
    case .prepare: try workspace.prepare(progress: progress)
    }
  }
}

@Suite("Long work")
struct LongWorkTests {
  /// A shop of which a list went out long ago, so that there is something to measure.
  ///
  /// It is made once; some of the work writes, so each test has a copy.
  private static let made = Result {
    let shop = try TestShop(customers: 150, seed: 9)
    let day = try shop.open().asOf - 100
    let then = try shop.open(asOf: day, today: day)
    _ = try then.suggest(SuggestOptions()) { _ in true }
    let waiting = then.state.offers.filter { $0.state == .suggested }
    _ = try then.decide(waiting.map(\.id), .approve)
    _ = try then.exportOffers(ExportOptions(file: "/disk/list.csv", format: .csv))
    return shop
  }

  private let shop: TestShop

  init() throws { shop = try Self.made.get().copy() }

  private final class Watcher: Sendable {
    let told = Mutex<[WorkProgress]>([])
    let after: Int

    init(stoppingAfter calls: Int = .max) { after = calls }

    var handler: ProgressHandler {
      { progress in
        self.told.withLock { told in
          told.append(progress)
          return told.count < self.after
        }
      }
    }
  }

  @Test("it tells what it does and a share that only grows", arguments: LongWork.allCases)
  func progress(_ work: LongWork) throws {
    let watcher = Watcher()
    try work.run(try shop.open(), watcher.handler)
    let told = watcher.told.withLock { $0 }
    #expect(told.count > 1)
    #expect(told.allSatisfy { !$0.activity.isEmpty })
    let shares = told.compactMap(\.fraction)
    #expect(!shares.isEmpty)
    #expect(shares.allSatisfy { (0...1).contains($0) })
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(
    "it stops wherever it is asked to, asks no more then, and changes nothing",
    arguments: LongWork.allCases)
  func stop(_ work: LongWork) throws {
    let whole = Watcher()
    try work.run(try shop.open(), whole.handler)
    let calls = whole.told.withLock { $0.count }
    for stop in Set([1, calls / 2 + 1]).sorted() {
      let workspace = try shop.open()
      let watcher = Watcher(stoppingAfter: stop)
      let revision = workspace.revision
      #expect(throws: WorkspaceError.cancelled, "after \(stop) of \(calls)") {
        try work.run(workspace, watcher.handler)
      }
      #expect(watcher.told.withLock { $0.count } == stop)
      #expect(workspace.revision == revision)
    }
  }
}
