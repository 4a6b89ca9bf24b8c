import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// The rules that were in force on an earlier day, as the journal has them.
struct RulesOfDay {
  /// A rule that is replayed.
  struct Entry {
    let rule: Rule
    /// Whether the day knew no such rule, so that the present text stands in.
    let isPresentText: Bool
    /// The version that is in force now, where its content is another.
    let presentVersion: Int?
  }

  /// The rules that take part, by priority.
  let entries: [Entry]
  /// The rules of today that the day did not have in force, by priority.
  let absent: [BacktestReport.Absence]
  /// Whether the day knew no rule at all, so that the present ones take part as if they had been in
  /// force: nothing could be tried else.
  let isBeforeAll: Bool

  /// Compares the rules of a day with those of today.
  ///
  /// - Parameters:
  ///   - then: The rules' files as they stood at the end of the day, as they are read now.
  ///   - now: The active rules of today and their files, by priority.
  ///   - since: The day on which each file came to be, where that was later.
  ///   - takesPresent: Whether rules that the day did not know take part with their present text.
  init(
    then: [(file: String, reading: RuleReading)], now: [(file: String, rule: Rule)],
    since: [String: Day], takesPresent: Bool
  ) {
    isBeforeAll = then.isEmpty && !now.isEmpty
    let takesPresent = takesPresent || isBeforeAll
    let present = Dictionary(now.map { ($0.rule.id, $0.rule) }, uniquingKeysWith: { one, _ in one })
    let known = then.compactMap(\.reading.rule)
    let broken = Set(then.filter { $0.reading.rule == nil }.map(\.file))
    var entries = known.filter { $0.status == .active }.map { rule in
      let now = present[rule.id].flatMap { $0.hash == rule.hash ? nil : $0.version }
      return Entry(rule: rule, isPresentText: false, presentVersion: now)
    }
    var absent: [BacktestReport.Absence] = []
    for (file, rule) in now {
      let before = known.first { $0.id == rule.id }
      guard before?.status != .active else { continue }
      if before == nil, !broken.contains(file), takesPresent {
        entries.append(Entry(rule: rule, isPresentText: true, presentVersion: nil))
        continue
      }
      let reason: BacktestReport.Absence.Reason =
        before != nil ? .off : broken.contains(file) ? .unreadable : .unknown(since: since[file])
      absent.append(.init(rule: rule.id, title: rule.title, reason: reason))
    }
    self.entries = entries.sorted {
      ($1.rule.priority, $0.rule.id) < ($0.rule.priority, $1.rule.id)
    }
    self.absent = absent
  }
}

extension LoyaltyWorkspace {
  /// Every change of a rule's file, or of the settings, after the end of a day, the newest first; by
  /// universal time, as the log has it.
  ///
  /// The journal holds them all, those by hand included, with what stood before.
  func changes(
    after day: Day, _ pace: Pace<WorkspaceError> = .free
  ) throws(WorkspaceError) -> [Event] {
    try events(of: [.rules, .settings], pace) { $0.at.day > day }
  }

  /// Events of some kinds, the newest first.
  func events(
    of kinds: EventKinds, limit: Int = .max, _ pace: Pace<WorkspaceError>,
    matching: (Event) -> Bool
  ) throws(WorkspaceError) -> [Event] {
    var stopped: WorkspaceError?
    let found: [Event]
    do throws(StoreError) {
      found = try store.events(
        before: nil, limit: limit, of: kinds,
        goesOn: { share in
          do throws(WorkspaceError) { try pace.look(share) } catch { stopped = error }
          return stopped == nil
        }, matching: matching)
    } catch {
      throw .store(error)
    }
    if let stopped { throw stopped }
    return found
  }

  /// The rules that were in force before what changed later; changes are taken back one after the
  /// other.
  func rules(before later: [Event], takesPresent: Bool) -> RulesOfDay {
    var texts = Dictionary(
      state.rules.map { ($0.file, $0.text) }, uniquingKeysWith: { first, _ in first })
    var since: [String: Day] = [:]
    for event in later {
      guard case .rule(let file, let from, _) = event.change else { continue }
      texts[file] = from
      since[file] = from == nil ? event.at.day : nil
    }
    let then = texts.keys.sorted().map { file in
      (file: file, reading: read(RuleFile(file: file, text: texts[file] ?? "")))
    }
    let now = readRules().compactMap { file, reading in reading.rule.map { (file: file, rule: $0) }
    }
    .filter { $0.rule.status == .active }
    .sorted { ($1.rule.priority, $0.rule.id) < ($0.rule.priority, $1.rule.id) }
    return RulesOfDay(then: then, now: now, since: since, takesPresent: takesPresent)
  }

  /// The settings that were in force before what changed later: margin, limits on contacts, floors,
  /// comparison group, cohorts and their cut, stages, campaigns.
  func programme(before later: [Event]) -> Programme {
    for event in later.reversed() {
      if case .settings(let from, _) = event.change { return from }
    }
    return state.programme
  }
}
