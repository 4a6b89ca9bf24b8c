package import LoyaltyModel
import Synchronization

/// A store in plain JSON files: shards that hold the state as of an event, a journal of the events
/// since, and the files of imports.
///
/// Several may be open on one folder, in one process or many on one machine: writers take turns by
/// a lock on the file `lock`, and see each other's events before they write their own.
package final class JSONStore: LoyaltyStore {
  /// The newest version of the format that is known here; ``Core/migrate()`` tells them apart.
  static let knownSchema = 2

  /// What readers see without waiting for a writer.
  private struct Published {
    var state: StoreState
    var access: StoreAccess
    var handEdits: [HandEdit]
    var isFoldDue: Bool
    var isBehind: Bool
    var tornWrite: TornWrite?

    init(_ core: Core) {
      (state, access, handEdits) = (core.state, core.access, core.handEdits)
      (isFoldDue, isBehind) = (core.isFoldDue, core.isBehind)
      tornWrite = core.tornWrite
    }
  }

  private let core: Mutex<Core>
  private let published: Mutex<Published>
  private let cacheWork = CacheWork()
  package let user: String
  /// The folder's files, for reading beside the tables.
  var storeFiles: StoreFiles { core.withLock { $0.files } }

  private init(_ core: Core) {
    user = core.user
    published = Mutex(Published(core))
    var core = core
    if case .readWrite = core.access { core.files.removeLeftovers() }
    cacheWork.begin(&core)
    self.core = Mutex(core)
  }

  deinit { cacheWork.wait() }

  /// Waits until what is kept for the next opening is written.
  func waitForCache() { cacheWork.wait() }

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - path: The store's folder.
  ///   - disk: Where it lies.
  ///   - user: The login name that changes are recorded under.
  ///   - readOnly: Whether nothing shall be written, not even a lock file.
  ///   - cachesFrom: From how many rows on tables are kept as columns for the next opening.
  ///   - progress: Is told how much has been read, from 0 to 1.
  /// - Returns: The store; where it can only be read, ``access`` says why.
  /// - Throws: An error when there is no store, or it is damaged beyond showing a good state.
  package static func open(
    at path: String, disk: any Disk, by user: String, readOnly: Bool = false,
    cachesFrom: Int = 50_000, progress: (Double) -> Void = { _ in }
  ) throws(StoreError) -> JSONStore {
    var core = try Core(
      at: path, disk: disk, user: user, mayWrite: !readOnly, cachesFrom: cachesFrom,
      progress: progress)
    if core.access == .readWrite, core.isFoldDue { try? core.fold() }
    return JSONStore(core)
  }

  /// Makes a store without data and opens it.
  ///
  /// - Parameters:
  ///   - path: The folder to be; one that is there must be empty.
  ///   - programme: The settings.
  ///   - rules: The rules to begin with; they are recorded like any change.
  ///   - group: The group of people who share it; nil for its owner alone.
  ///   - disk: Where it lies.
  ///   - user: The login name that changes are recorded under.
  ///   - time: When it is made.
  /// - Returns: The store, open.
  /// - Throws: ``StoreError/notEmpty(path:)`` where something is already.
  package static func create(
    at path: String, programme: Programme, rules: [RuleFile], group: String? = nil,
    disk: any Disk, by user: String, at time: Timestamp
  ) throws(StoreError) -> JSONStore {
    let files = StoreFiles(disk: disk, root: path)
    for rule in rules where !Core.isRuleName(rule.file) {
      throw .invalid(.ruleName(rule.file))
    }
    try NewStore(files: files, programme: programme, group: group).write()
    let store = try open(at: path, disk: disk, by: user)
    if !rules.isEmpty {
      try store.commit(
        rules.map { .rule(file: $0.file, from: nil, to: $0.text) }, at: time)
    }
    return store
  }

  // MARK: Reading

  package var state: StoreState { published.withLock { $0.state } }
  package var access: StoreAccess { published.withLock { $0.access } }
  package var handEdits: [HandEdit] { published.withLock { $0.handEdits } }
  /// The write that was never finished and that this opening put aside; nil when there was none.
  package var tornWrite: TornWrite? { published.withLock { $0.tornWrite } }
  var isBehind: Bool { published.withLock { $0.isBehind } }
  package var isFoldDue: Bool { published.withLock { $0.isFoldDue } }

  package func events(
    before: Int?, limit: Int, of kinds: EventKinds, goesOn: (Double) -> Bool,
    matching: (Event) -> Bool
  ) throws(StoreError) -> [Event] {
    // A copy, so that a long reading keeps nobody from writing.
    try core.withLock { $0 }.events(
      before: before, limit: limit, of: kinds, goesOn: goesOn, matching: matching)
  }

  // MARK: Writing

  @discardableResult
  package func commit(
    _ changes: [Change], undoes: [Int?], at time: Timestamp
  ) throws(StoreError) -> [Event] {
    try changing { (core) throws(StoreError) in
      try core.commit(changes, undoes: undoes, at: time)
    }
  }

  package func commit(
    offers changes: some Collection<OfferChange>, at time: Timestamp
  ) throws(StoreError) {
    try changing { (core) throws(StoreError) in try core.commit(offers: changes, at: time) }
  }

  @discardableResult
  package func refresh() throws(StoreError) -> Bool {
    try changing { (core) throws(StoreError) in try core.refresh() }
  }

  package func beginImport(
    source: String, profile: String
  ) throws(StoreError) -> any ImportWriter {
    let files = try core.withLock { (core) throws(StoreError) in
      if case .readOnly(let reason) = core.access { throw StoreError.readOnly(reason) }
      return core.files
    }
    return try SegmentWriter(self, files, source: source, profile: profile)
  }

  /// Commits an import whose files are written.
  func commit(
    _ batch: ImportBatch, _ segments: [GrowingSegment], without erased: ErasedPeople,
    at time: Timestamp
  ) throws(StoreError) -> Event {
    try changing { (core) throws(StoreError) in
      try core.commit(batch, segments, without: erased, at: time)
    }
  }

  @discardableResult
  package func takeBack(import number: Int, at time: Timestamp) throws(StoreError) -> Event {
    try changing { (core) throws(StoreError) in
      guard let batch = core.state.batches.first(where: { $0.number == number }) else {
        throw .conflict(.batch(number, isPresent: false))
      }
      return try core.commit(
        [.batch(batch, present: false)], undoes: [core.commitSequence[number]], at: time)[0]
    }
  }

  @discardableResult
  package func restore(
    _ batch: ImportBatch, undoes: Int?, at time: Timestamp
  ) throws(StoreError) -> Event {
    try commit([.batch(batch, present: true)], undoes: [undoes], at: time)[0]
  }

  package func keepRuleVersion(hash: String, text: String) throws(StoreError) {
    let path = try Self.historyPath(hash)
    try core.withLock { (core) throws(StoreError) in
      if case .readOnly(let reason) = core.access { throw StoreError.readOnly(reason) }
      let files = core.files
      try files.doing { () throws(DiskError) in
        if try files.disk.status(files.full(path)) != nil { return }
        try files.disk.writeWhole(
          files.full(path), Array(text.utf8), overwrite: true, files.privacy)
      }
    }
  }

  package func ruleVersion(hash: String) throws(StoreError) -> String? {
    let files = core.withLock { $0.files }
    return try files.readIfPresent(Self.historyPath(hash)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private static func historyPath(_ hash: String) throws(StoreError) -> String {
    guard !hash.isEmpty, hash.utf8.count <= 64,
      hash.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { throw .invalid(.ruleName(hash)) }
    return "\(StorePath.ruleHistory)/\(hash).json"
  }

  package func fold() throws(StoreError) {
    try changing { (core) throws(StoreError) in try core.fold() }
  }

  /// Does something with the files while nobody writes.
  func withFilesLocked<Result: Sendable>(
    _ body: (StoreFiles) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try core.withLock { (core) throws(StoreError) in
      try core.locked { (core) throws(StoreError) in try body(core.files) }
    }
  }

  package func close() {
    try? changing { (core) throws(StoreError) in
      if core.access == .readWrite, core.isFoldDue { try? core.fold() }
      (core.lock, core.journal.file) = (nil, nil)
      core.access = .readOnly(.closed)
    }
  }

  /// The journal, where the store can be written and the files of its tables are still those of a
  /// key.
  func journal(ofTables key: CacheKey) -> (generation: Int, inode: UInt64)? {
    core.withLock { core in
      core.access == .readWrite && core.tableCache()?.key == key
        ? (core.journal.generation, core.journal.inode) : nil
    }
  }

  /// Whether something could be done with what is guarded; not while somebody is at work with it.
  func withCore(_ body: (Core) -> Bool) -> Bool { core.withLockIfAvailable { body($0) } ?? false }

  /// Changes what is guarded and lets readers see it, even when an error comes.
  func changing<Result: Sendable>(
    _ body: (inout Core) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try core.withLock { (core) throws(StoreError) in
      defer {
        cacheWork.begin(&core)
        let now = Published(core)
        published.withLock { $0 = now }
      }
      return try body(&core)
    }
  }
}
