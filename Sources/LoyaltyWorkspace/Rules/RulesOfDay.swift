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
  /// The rules that were in force at the end of a day, by universal time as the log has it.
  ///
  /// The journal holds every change of a rule's file, those by hand included, with the text before
  /// it; the changes after the day are taken back one after the other, the newest first.
  func rules(on day: Day, takesPresent: Bool) throws(WorkspaceError) -> RulesOfDay {
    var texts = Dictionary(
      state.rules.map { ($0.file, $0.text) }, uniquingKeysWith: { first, _ in first })
    var since: [String: Day] = [:]
    for event in try ruleChanges() where event.at.day > day {
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

  /// Every change of a rule's file, the newest first.
  private func ruleChanges() throws(WorkspaceError) -> [Event] {
    do throws(StoreError) {
      return try store.events(before: nil, limit: .max) { event in
        if case .rule = event.change { true } else { false }
      }
    } catch {
      throw .store(error)
    }
  }
}
