package import LoyaltyModel

/// Where a programme's data lives: every change is on the disk before it is acknowledged.
///
/// Calls block and may come from any thread; ``state`` and ``access`` never wait for the disk.
package protocol LoyaltyStore: AnyObject, Sendable {
  /// All that is known, as of the last commit or refresh; cheap to copy.
  var state: StoreState { get }
  /// Whether changes can be made.
  var access: StoreAccess { get }
  /// What somebody changed in the files by hand that no event has recorded yet.
  var handEdits: [HandEdit] { get }
  /// The login name that changes are recorded under.
  var user: String { get }

  /// Makes changes, all or none, and returns once they are on the disk.
  ///
  /// - Parameters:
  ///   - changes: What to change. What each says was before must be so now.
  ///   - undoes: For each change the sequence number of the event that it takes back, or nil; an
  ///     empty list when none does.
  ///   - at: When it is done.
  /// - Returns: The events that were recorded; several share a transaction.
  /// - Throws: ``StoreError/conflict(_:)`` when somebody else was first; then nothing is changed.
  @discardableResult
  func commit(
    _ changes: [Change], undoes: [Int?], at: Timestamp
  ) throws(StoreError) -> [Event]

  /// Makes changes to offers as ``commit(_:undoes:at:)`` does, but asks for each only when it is its
  /// turn: there may be more of them than memory should hold.
  func commit(
    offers changes: some Collection<OfferChange>, at: Timestamp
  ) throws(StoreError)

  /// Takes in what others committed and edited meanwhile.
  ///
  /// - Returns: Whether ``state``, ``access`` or ``handEdits`` changed.
  @discardableResult
  func refresh() throws(StoreError) -> Bool

  /// Begins an import; nothing counts until it is committed.
  ///
  /// - Parameters:
  ///   - source: The name of the source file, without its folder.
  ///   - profile: The profile that it is read with.
  /// - Returns: What takes the records.
  /// - Throws: ``StoreError/readOnly(_:)``, or what the disk does.
  func beginImport(source: String, profile: String) throws(StoreError) -> any ImportWriter

  /// Takes back an import: its purchases, and its customers and products as far as no other
  /// import names them.
  @discardableResult
  func takeBack(import number: Int, at: Timestamp) throws(StoreError) -> Event

  /// Brings an import back that was taken back.
  @discardableResult
  func restore(_ batch: ImportBatch, undoes: Int?, at: Timestamp) throws(StoreError) -> Event

  /// Events from the newest to the oldest.
  ///
  /// - Parameters:
  ///   - before: Only events with a smaller sequence number; nil begins with the newest.
  ///   - limit: The most events to return.
  ///   - kinds: Only these are looked at; others are passed over without being read.
  ///   - goesOn: Is told now and then the share of the log that was looked at; false ends it with
  ///     what was found so far.
  ///   - matching: Which events to return.
  /// - Returns: The events found.
  /// - Throws: Damage of the audit, or what the disk does.
  func events(
    before: Int?, limit: Int, of kinds: EventKinds, goesOn: (Double) -> Bool,
    matching: (Event) -> Bool
  ) throws(StoreError) -> [Event]

  /// Keeps a version of a rule under its hash, so that old offers can be explained.
  func keepRuleVersion(hash: String, text: String) throws(StoreError)

  /// A version of a rule that was kept, or nil.
  func ruleVersion(hash: String) throws(StoreError) -> String?

  /// Whether the journal has grown so long that ``fold()`` should be called when nobody waits;
  /// closing and opening do it by themselves.
  var isFoldDue: Bool { get }

  /// Rewrites the data files so that they hold every event, and starts a new journal.
  func fold() throws(StoreError)

  /// Lets go of all files; every later change is refused.
  func close()
}

extension LoyaltyStore {
  /// Makes changes that take nothing back.
  @discardableResult
  package func commit(_ changes: [Change], at time: Timestamp) throws(StoreError) -> [Event] {
    try commit(changes, undoes: [], at: time)
  }

  /// Events of all kinds from the newest to the oldest.
  package func events(
    before: Int?, limit: Int, matching: (Event) -> Bool
  ) throws(StoreError) -> [Event] {
    try events(
      before: before, limit: limit, of: .all, goesOn: { _ in true }, matching: matching)
  }

  /// The newest events.
  package func events(limit: Int, before: Int? = nil) throws(StoreError) -> [Event] {
    try events(before: before, limit: limit, matching: { _ in true })
  }
}

/// What becomes of an offer: it appears (`from` nil), changes, or leaves (`to` nil).
package typealias OfferChange = (from: Offer?, to: Offer?)

/// Writes what an import brings, as it is read, with little memory.
///
/// An import that is neither committed nor cancelled leaves files that the next opening removes.
package protocol ImportWriter: AnyObject, Sendable {
  /// Adds a customer, or a newer record of one; one that is the same as stored is passed over.
  ///
  /// The record counts whole; of one added twice the later counts. Customers whom only purchases
  /// name need not be added.
  func add(_ customer: Customer) throws(StoreError)
  /// Adds a product, or a newer record of one; one that is the same as stored is passed over.
  func add(_ product: Product) throws(StoreError)
  /// Adds a purchase.
  ///
  /// - Parameters:
  ///   - purchase: The purchase.
  ///   - row: Its row within the import, from 1, used once; part of its ``PurchaseID``.
  /// - Throws: ``InvalidChange/row(_:)``, or what the disk does.
  func add(_ purchase: Purchase, row: Int) throws(StoreError)
  /// Puts everything on the disk and makes it count, by one event.
  ///
  /// - Parameters:
  ///   - counts: What was counted.
  ///   - rejected: The whole path of the file with the rejected rows; empty when there are none.
  ///   - fingerprint: By what the bytes of the source are known again; nil where it is no file.
  ///   - at: When it is done.
  /// - Returns: The event.
  /// - Throws: ``Conflict/erasedMeanwhile``, or what the disk does.
  func commit(
    counts: ImportCounts, rejected: String, fingerprint: ImportBatch.Fingerprint?, at: Timestamp
  ) throws(StoreError) -> Event
  /// Removes everything that was written.
  func cancel()
}

extension ImportWriter {
  /// Puts everything on the disk and makes it count, where it comes from no file.
  package func commit(counts: ImportCounts, at time: Timestamp) throws(StoreError) -> Event {
    try commit(counts: counts, rejected: "", fingerprint: nil, at: time)
  }
}

/// Whether a store can be changed.
package enum StoreAccess: Sendable, Hashable {
  /// It can.
  case readWrite
  /// It can only be read, and why.
  case readOnly(ReadOnlyReason)
}

/// The bytes of a write that was never finished, as when the power went: nobody was told that it
/// was done.
package struct TornWrite: Sendable, Hashable {
  /// The file within the store that keeps them.
  package var file: String
  /// How many they are.
  package var bytes: Int
}

/// Why a store can only be read.
package enum ReadOnlyReason: Sendable, Hashable {
  /// The file system is mounted so.
  case fileSystem
  /// The user may not write the files.
  case permission
  /// It lies on another machine, where locks and syncs may not hold: the type of file system.
  case network(String)
  /// A newer program wrote it: the schema that it needs, and the newest that is known here.
  case newerSchema(found: Int, known: Int)
  /// Part of it is damaged; what is shown is the last good state.
  case damaged(Damage)
  /// The disk refused to write, so that nothing more can be promised.
  case diskFailed(DiskError)
  /// Somebody was being erased when the machine or the program stopped.
  case unfinished
  /// It was asked for.
  case requested
  /// It was closed.
  case closed
}

/// A file that somebody changed by hand since it was recorded last.
package enum HandEdit: Sendable, Hashable {
  /// A rule: the text that is recorded and the one that is found; nil where there is none.
  case rule(file: String, recorded: String?, found: String?)
  /// The settings: what is recorded and what is found.
  case settings(recorded: Programme, found: Programme)
  /// A file that cannot be read; what is recorded stays in force.
  case unreadable(Damage)

  /// The change that records the edit, where it can be read.
  package var change: Change? {
    switch self {
    case .rule(let file, let recorded, let found): .rule(file: file, from: recorded, to: found)
    case .settings(let recorded, let found): .settings(from: recorded, to: found)
    case .unreadable: nil
    }
  }
}
