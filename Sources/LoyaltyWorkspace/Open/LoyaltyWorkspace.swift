import Dispatch
package import LoyaltyModel
import LoyaltyStore
import Synchronization

/// A programme that is open: everything that can be done with it.
///
/// Screens and commands speak only to this. Calls block until they are done, and what changes data
/// returns when it is on disk; long ones report progress and can be cancelled. It may be used from
/// several threads.
package final class LoyaltyWorkspace: Sendable {
  /// The folder of the store.
  package let path: String
  /// How numbers are written for people.
  package var display: DisplayFormat { environment.display }
  /// The words of the screens.
  package var texts: Texts { environment.texts }
  /// What sentences are written with.
  package var wording: Wording { environment.wording }
  let store: JSONStore
  let environment: WorkspaceEnvironment
  /// The date that was asked for, where one was.
  let chosenDay: Day?
  /// What the files were like as they were read; nil where nobody looked.
  let opened: StoreIdentity?
  let memo = Mutex(Memo())
  /// What lists read of each offer; by itself, as reading a million takes a while.
  let lines = Mutex(OfferLines())
  /// Where lists are prepared that nobody has asked for yet.
  let warming = DispatchQueue(label: "ladder.lists", qos: .utility)
  /// Where figures are written for the next opening.
  let keeping = DispatchQueue(label: "ladder-figures", qos: .background)

  init(
    store: JSONStore, path: String, asOf: Day?, environment: WorkspaceEnvironment,
    opened: StoreIdentity? = nil
  ) {
    (self.store, self.path, self.environment) = (store, path, environment)
    (chosenDay, self.opened) = (asOf, opened)
  }

  /// Opens a store that is there.
  ///
  /// - Parameters:
  ///   - path: The folder of the store.
  ///   - asOf: The date that figures are as of; nil for the last day that the data cover.
  ///   - environment: The disk, the clock and who works.
  /// - Returns: The programme; one that cannot be written says so in its status.
  /// - Throws: An error when there is no store, or it cannot be read at all.
  package static func open(
    at path: String, asOf: Day? = nil, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> LoyaltyWorkspace {
    try ClosedProgramme(path: path, asOf: asOf, environment: environment).open()
  }

  /// Records rules and settings that somebody edited in their files, so that they take part and
  /// the log says since when.
  func recordHandEdits() throws(StoreError) {
    let edits = store.handEdits.compactMap(\.change)
    guard store.access == .readWrite, !edits.isEmpty else { return }
    try store.commit(edits, at: environment.now())
  }

  /// Whether anything that could be a store stands at a path.
  package static func exists(at path: String, environment: WorkspaceEnvironment) -> Bool {
    (try? environment.disk.status(path + "/store.json")) ?? nil != nil
  }

  /// Makes an empty programme with the default rules.
  ///
  /// - Parameters:
  ///   - path: The folder to be; it must be missing or empty. Folders above it are made.
  ///   - currency: The currency of every amount.
  ///   - timeZone: The IANA time zone in which days are counted.
  ///   - language: The language of what customers read.
  ///   - group: The group of people who share it; nil for its owner alone.
  ///   - environment: The disk, the clock and who works.
  /// - Returns: The programme, open.
  /// - Throws: An error when something stands at the path already, or it cannot be written.
  package static func create(
    at path: String, currency: Currency, timeZone: String, language: Language = .english,
    group: String? = nil, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> LoyaltyWorkspace {
    let rules = DefaultRules.files(in: currency)
    do throws(DiskError) {
      try environment.disk.makeFolders(above: path, group: group)
    } catch {
      throw .store(.disk(error))
    }
    do throws(StoreError) {
      let programme = Programme(currency: currency, timeZone: timeZone, language: language)
      let store = try JSONStore.create(
        at: path, programme: programme, rules: rules, group: group, disk: environment.disk,
        by: environment.user, at: environment.now())
      return LoyaltyWorkspace(store: store, path: path, asOf: nil, environment: environment)
    } catch {
      throw .store(error)
    }
  }

  /// Whether the amounts of the default rules are written for a currency; else they are the numbers
  /// that they are in euros, to be looked over by somebody.
  package static func knowsPrices(in currency: Currency) -> Bool {
    PriceLevel(of: currency) != nil
  }

  /// The store's contents as they are now.
  var state: StoreState { store.state }

  /// The currency of every amount.
  package var currency: Currency { state.programme.currency }

  /// The time zone in which days are counted.
  package var timeZone: String { state.programme.timeZone }

  /// Grows with every change of the data, so that a screen can tell whether it is stale.
  package var revision: Int { state.sequence }

  /// The date that figures are as of: the one asked for, else the last day that the data cover.
  package var asOf: Day { chosenDay ?? dataCompleteTo ?? today }

  /// The last day that the imported sources cover, never after today; nil before the first import.
  package var dataCompleteTo: Day? {
    let state = state
    let last = state.programme.dataCompleteTo ?? state.batches.compactMap(\.lastDay).max()
    return last.map { min($0, calendarDay) }
  }

  /// Today in the programme's time zone, by the calendar.
  var calendarDay: Day { environment.today(state.programme.timeZone) }

  /// The day that offers, letters and consents go by: today, and in a demo the last day of its
  /// invented sales for ever, so that its offers can be used whenever somebody tries it.
  var today: Day {
    guard isInventedAlone, let last = state.batches.compactMap(\.lastDay).max() else {
      return calendarDay
    }
    return min(last, calendarDay)
  }

  /// What is known and true of the whole programme right now.
  package func status() -> WorkspaceStatus {
    let state = state
    return WorkspaceStatus(
      path: path, currency: currency, asOf: asOf, dataCompleteTo: dataCompleteTo,
      customers: state.customers.count, waiting: state.offers.waiting(on: asOf),
      readOnlyReason: readOnlyReason, user: environment.user, batches: batchStatus,
      segments: segments, campaigns: campaignNames, isDemo: isDemo)
  }

  /// What whoever opens the programme should be told once, a sentence each: nothing, nearly always.
  package var notices: [String] {
    guard let torn = unfinishedWrite else { return [] }
    return [wording("notice.torn", ["bytes": String(torn.bytes), "file": torn.file])]
  }

  /// A change that was cut off while it was written, which this opening put aside: the file within
  /// the programme's folder that keeps it, and how many bytes it has; nearly always nil.
  package var unfinishedWrite: (file: String, bytes: Int)? {
    store.tornWrite.map { ($0.file, $0.bytes) }
  }

  private var readOnlyReason: String? {
    switch store.access {
    case .readWrite: nil
    case .readOnly(let reason): reason.message(wording)
    }
  }

  /// Picks up what others changed meanwhile; true when something did.
  package func refresh() throws(WorkspaceError) -> Bool {
    do throws(StoreError) {
      let changed = try store.refresh()
      try recordHandEdits()
      return changed
    } catch {
      throw .store(error)
    }
  }

  /// Writes changes as one action, on disk when it returns.
  func commit(_ changes: [Change], undoes: [Int?] = []) throws(WorkspaceError) -> [Event] {
    do throws(StoreError) {
      return try store.commit(changes, undoes: undoes, at: environment.now())
    } catch {
      throw .store(error)
    }
  }

  /// The events before a sequence number (nil: all), newest first.
  func events(limit: Int, before: Int? = nil) throws(WorkspaceError) -> [Event] {
    do throws(StoreError) {
      return try store.events(limit: limit, before: before)
    } catch {
      throw .store(error)
    }
  }

  /// The journal as actions.
  var history: ActionHistory {
    ActionHistory { before, limit throws(WorkspaceError) in
      try self.events(limit: limit, before: before)
    }
  }

  /// What was done, newest first: an action of many events is one entry.
  ///
  /// - Parameters:
  ///   - limit: The most entries.
  ///   - filter: Which entries are wanted.
  /// - Returns: The entries.
  /// - Throws: Damage of the log, or what the disk does.
  package func log(
    limit: Int, matching filter: LogFilter = LogFilter()
  ) throws(WorkspaceError) -> [LogEntry] {
    let words = LogWords(texts: texts, display: display, currency: currency)
    let newest = try history.newest(filter == LogFilter() ? limit : .max)
    let wanted = newest.lazy.filter { filter.matches($0.0) }.prefix(limit)
    return wanted.map { event, size in
      LogEntry(event: event, size: size, text: words.text(event, size: size))
    }
  }
}
