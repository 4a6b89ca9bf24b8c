package import LoyaltyModel
import LoyaltyStore

/// A programme that is not open yet: where it is, and what is known of it before it has been read.
package struct ClosedProgramme: Sendable {
  /// The folder of the store.
  package let path: String
  /// The date that figures are to be as of; nil for the last day that the data cover.
  package let asOf: Day?
  /// The disk, the clock and who works.
  package let environment: WorkspaceEnvironment

  /// The programme in a folder.
  package init(path: String, asOf: Day? = nil, environment: WorkspaceEnvironment) {
    (self.path, self.asOf, self.environment) = (path, asOf, environment)
  }

  /// What it is called: the name of its folder.
  package var name: String {
    let parts = environment.absolute(path).split(separator: "/").filter { $0 != "." }
    return parts.last.map { String($0) } ?? path
  }

  /// Where this user was in its screens the last time.
  package func recall() -> RecalledMemory { environment.recall(path) }

  /// Looks at its files without reading them: a matter of milliseconds.
  package func look() -> FirstLook {
    guard let identity = StoreIdentity(at: path, disk: environment.disk) else {
      return FirstLook(identity: nil, kept: nil)
    }
    return FirstLook(identity: identity, kept: keptOverview(identity))
  }

  /// Opens it.
  ///
  /// - Parameters:
  ///   - look: What was found at a first look; nil where nobody looked.
  ///   - progress: Is told how much has been read and answers whether to go on.
  /// - Returns: The programme; one that cannot be written says so in its status.
  /// - Throws: An error when there is no store, or it cannot be read at all; or
  ///   `WorkspaceError.cancelled` when it was stopped. The store is as it was then.
  package func open(
    after look: FirstLook? = nil, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> LoyaltyWorkspace {
    let title = environment.texts("job.open", ["name": name])
    let disk = OpeningDisk(environment.disk, title, progress)
    do throws(StoreError) {
      try disk.checkpoint()
      let store = try JSONStore.open(
        at: path, disk: disk, by: environment.user, cachesFrom: environment.cachesFrom,
        progress: disk.report)
      try disk.checkpoint()
      disk.end()
      let workspace = LoyaltyWorkspace(
        store: store, path: path, asOf: asOf, environment: environment,
        opened: look?.identity.map(asRead))
      try workspace.recordHandEdits()
      return workspace
    } catch {
      throw disk.isStopped ? .cancelled : .store(error)
    }
  }

  /// What the files were like as they were read, by how they were before: an opening that folded
  /// them wrote what it had read.
  private func asRead(_ before: StoreIdentity) -> StoreIdentity {
    guard let now = StoreIdentity(at: path, disk: environment.disk) else { return before }
    return now.isFolded(since: before) ? now : before
  }
}

/// What a look at a programme's files tells before they are read.
package struct FirstLook: Sendable {
  let identity: StoreIdentity?
  /// The overview as it was kept, where nothing has changed since; all of it is true now.
  package let kept: KeptOverview?

  /// So much is read before anybody has waited: a tenth of a second.
  private static let smallBytes = 8 << 20

  /// Whether reading takes so long that something should be shown meanwhile.
  package var isLarge: Bool { (identity?.dataBytes ?? 0) > Self.smallBytes }
}
