import LoyaltyModel
import LoyaltyStore
import Synchronization

/// The programme at a glance as it was kept when it was looked at the last time.
package struct KeptOverview: Sendable {
  /// What the status line tells; who has taken offers, saved filters and campaigns are not known.
  package let status: WorkspaceStatus
  /// The overview.
  package let overview: Overview
}

extension ClosedProgramme {
  /// The overview that was kept of exactly these files, seen on this day, in this language; nil
  /// where there is none or it is damaged.
  func keptOverview(_ identity: StoreIdentity) -> KeptOverview? {
    let name = OverviewCache.name(identity, asOf: asOf, environment)
    guard let bytes = JSONStore.cached(name, at: path, disk: environment.disk) else { return nil }
    return OverviewCache.read(bytes, path: path, environment)
  }
}

extension LoyaltyWorkspace {
  /// How many overviews are kept: of a few dates and languages.
  private static let keptOverviews = 4

  /// Keeps the overview for the next opening, where that takes more than a moment; computed already
  /// it is only written, at most once for the same data.
  package func keepOverview() {
    let revision = state.sequence
    guard let opened, isPrepared,
      max(state.customers.count, state.purchases.count) >= environment.cachesFrom,
      memo.withLock({ $0.keptOverview != revision }), let overview = try? overview()
    else { return }
    let (status, programme) = (status(), state.programme)
    guard state.sequence == revision else { return }
    let isKept = store.cache(asOf: revision, since: opened, keeping: Self.keptOverviews) {
      identity in
      let day = environment.today(programme.timeZone)
      return (
        OverviewCache.name(identity, asOf: chosenDay, environment),
        OverviewCache.bytes(overview, status, timeZone: programme.timeZone, today: day)
      )
    }
    if isKept { memo.withLock { $0.keptOverview = revision } }
  }

  /// Whether the programme is just as it was found at a first look.
  package func isAsFound(_ look: FirstLook) -> Bool {
    look.identity != nil && look.identity == StoreIdentity(at: path, disk: environment.disk)
  }
}
