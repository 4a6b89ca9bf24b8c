import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Statistics

extension LoyaltyWorkspace {
  /// Replays the rules on an earlier day by what was recorded up to it, and reads what happened by
  /// the end of a horizon.
  ///
  /// Purchases, consents, exports, cuts and models are those of the day, and so are the rules, in the
  /// versions that were in force, and the settings. A day before the programme's first rule knew none
  /// of them: there the present rules and settings are tried as if they had been in force. What
  /// happened is not claimed to be because of anything: nothing was offered.
  ///
  /// - Parameters:
  ///   - day: The day to replay.
  ///   - days: The length of the horizon in days.
  ///   - takesPresent: Whether rules that the day did not know take part with their present text.
  ///   - options: Budget and other limits.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: Coverage, cost, pressure, overlap and what became of the customers.
  /// - Throws: An error when the data do not reach to the end of the horizon.
  package func backtest(
    at day: Day, days: Int, takesPresent: Bool = false,
    _ options: SuggestOptions = SuggestOptions(),
    progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> BacktestReport {
    let until = day + days
    guard until <= asOf else { throw .horizonNotOver(until, asOf: asOf) }
    let stop = StopCheck(progress)
    try stop.check(texts["job.backtest"])
    let later = try changes(after: day, stop.pace.part(0, 0.1))
    let rules = rules(before: later, takesPresent: takesPresent)
    let programme = rules.isBeforeAll ? state.programme : programme(before: later)
    let opening = try analysis(asOf: day, by: programme, stop, stop.pace.part(0.1, 0.3))
    let book = state.offers.asKnown(on: day)
    let facts = factsWithOffers(opening, book)
    let campaigns = campaigns(of: rules, on: programme)
    let run = try run(
      rules.entries.map(\.rule), facts, opening, options, book: book,
      programme: programme.with(undated: campaigns), pace: stop.pace.part(0.3, 0.6), stop)
    // By the same settings, or what was set later would look like what customers did.
    let closing = try analysis(asOf: until, by: programme, stop, stop.pace.part(0.6, 0.8))
    let outcome = BacktestOutcome(opening: opening, closing: closing)
    let uplift = try uplift(days: days, stop.pace.part(0.8, 0.9))
    return try BacktestBuilder(
      rules: rules, facts: facts, run: run, outcome: outcome,
      campaigns: campaigns.filter { !$0.runs(on: day) }, wording: wording
    )
    .report(days: days, uplift: uplift, stop.pace.part(0.9, 1))
  }
}

extension LoyaltyWorkspace {
  /// The campaigns that the rules name, as they were set on the day; a rule that is tried with its
  /// present text has the present campaign where the day knew none of its name.
  private func campaigns(of rules: RulesOfDay, on programme: Programme) -> [Campaign] {
    let named = Set(rules.entries.map(\.rule.campaign))
    let newer = Set(rules.entries.filter(\.isPresentText).map(\.rule.campaign))
    let known = programme.campaigns.filter { named.contains($0.name) }
    let present = state.programme.campaigns.filter { campaign in
      newer.contains(campaign.name) && programme.campaign(campaign.name) == nil
    }
    return (known + present).sorted { $0.name < $1.name }
  }
}

extension Programme {
  /// The settings with these campaigns, which run on any day: on an earlier one nothing of theirs
  /// could be tried else.
  fileprivate func with(undated campaigns: [Campaign]) -> Programme {
    var programme = self
    programme.campaigns = campaigns.map { campaign in
      var undated = campaign
      (undated.from, undated.until) = (nil, nil)
      return undated
    }
    return programme
  }
}

extension OfferBook {
  /// What was known of offers on a day: those that were out by then, used by then or run out.
  fileprivate func asKnown(on day: Day) -> OfferBook {
    var book = OfferBook()
    forEach { offer in
      guard let exported = offer.exported, exported <= day else { return }
      var known = offer
      known.state = .exported
      if offer.state == .redeemed, offer.redeemed.map({ $0 <= day }) == true {
        known.state = .redeemed
      } else {
        (known.redeemed, known.spent) = (nil, nil)
        if offer.state == .expired, offer.validUntil < day { known.state = .expired }
      }
      book[offer.id] = known
    }
    return book
  }
}

/// What became of each customer between two days, by the cut of the first.
private struct BacktestOutcome {
  let before: ChoiceColumn<ValueCohort>
  let after: ChoiceColumn<ValueCohort>
  let bought: [Bool]
  let opening: Analysis
  let closing: Analysis

  init(opening: Analysis, closing: Analysis) {
    (self.opening, self.closing) = (opening, closing)
    let cut = opening.figures.cohorts.cut
    before = opening.figures.cohorts.cohorts
    after =
      ValueCohorts(
        closing.figures.figures, cut: cut, measure: opening.figures.cohorts.measure
      ).cohorts
    bought = zip(opening.figures.figures.lastDay, closing.figures.figures.lastDay).map {
      $0 != $1 && $1 > opening.asOf.number
    }
  }

  func rose(_ row: Int) -> Bool { after[row] > before[row] }
  func fell(_ row: Int) -> Bool { after[row] < before[row] }
}

/// Counts what a backtest reports.
private struct BacktestBuilder {
  let rules: RulesOfDay
  let facts: FactTable
  let run: SuggestionRun
  let outcome: BacktestOutcome
  /// The campaigns of its rules that did not run on the day.
  let campaigns: [Campaign]
  let wording: Wording

  func report(
    days: Int, uplift: [BacktestReport.Uplift], _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> BacktestReport {
    let parts = 2 * rules.entries.count
    let evaluated = try rules.entries.enumerated().map { index, entry throws(WorkspaceError) in
      entry.rule.window.contains(facts.asOf)
        ? try RuleChecker.matched(entry.rule, facts, pace: pace.part(index, of: parts))
        : RowSet(count: facts.count)
    }
    var counts = [UInt16](repeating: 0, count: facts.count)
    for rows in evaluated { rows.forEach { counts[$0] += 1 } }
    let offered = Set(run.suggestions.map(\.row))
    var all = RowSet(count: facts.count)
    for rows in evaluated { all.formUnion(rows) }
    var report = BacktestReport(
      at: outcome.opening.asOf, until: outcome.closing.asOf, customers: facts.known.population,
      reached: offered.count, overlapping: counts.count { $0 > 1 },
      pressure: offered.isEmpty ? 0 : Double(run.suggestions.count) / Double(offered.count),
      total: line("", "", all, run.suggestions, share: 0),
      rules: try lines(evaluated, pace.part(0.5, 1)), transitions: transitions(offered),
      uplift: uplift, notes: notes)
    report.isBeforeAllRules = rules.isBeforeAll
    report.absent = rules.absent.map { rule in
      var told = rule
      told.title = wording.texts.ruleText(rule.title)
      return told
    }
    return report
  }

  /// A line for each rule.
  private func lines(
    _ matched: [RowSet], _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> [BacktestReport.Line] {
    let offers = Dictionary(grouping: run.suggestions, by: \.rule.id)
    return try rules.entries.indices.map { index throws(WorkspaceError) in
      try pace.part(index, of: matched.count).look()
      let entry = rules.entries[index]
      return line(entry, matched[index], offers[entry.rule.id] ?? [])
    }
  }

  private func line(
    _ entry: RulesOfDay.Entry, _ matched: RowSet, _ offers: [Suggestion]
  ) -> BacktestReport.Line {
    let rule = entry.rule
    var line = line(
      rule.id, wording.texts.ruleText(rule.title), matched, offers,
      share: Double(rule.holdOut.share) / 10_000)
    (line.version, line.isPresentText) = (rule.version, entry.isPresentText)
    line.presentVersion = entry.presentVersion
    return line
  }

  private func line(
    _ id: String, _ title: String, _ matched: RowSet, _ offers: [Suggestion], share: Double
  ) -> BacktestReport.Line {
    let rows = Set(offers.map(\.row)).sorted()
    let chosen = Set(rows)
    let others = matched.rows.filter { !chosen.contains($0) }
    let bought = rows.count { outcome.bought[$0] }
    let control = Int((Double(rows.count) * share).rounded())
    let least = leastDetectableDifference(
      base: rows.isEmpty ? 0 : Double(bought) / Double(rows.count),
      treated: rows.count - control, control: control)
    return BacktestReport.Line(
      rule: id, title: title, matched: matched.population, offered: rows.count,
      cost: offers.reduce(0) { $0 + $1.expectedCost }, bought: bought,
      rose: rows.count(where: outcome.rose), fell: rows.count(where: outcome.fell),
      wasted: offers.reduce(0) { $0 + (outcome.rose($1.row) ? $1.expectedCost : 0) },
      othersRose: others.count(where: outcome.rose), others: others.count, holdOut: share,
      leastDetectable: least)
  }

  private func transitions(_ rows: Set<Int>) -> [CohortTransition] {
    var counts: [[Int]] = Array(
      repeating: Array(repeating: 0, count: ValueCohort.allCases.count),
      count: ValueCohort.allCases.count)
    for row in rows { counts[outcome.before[row].rank][outcome.after[row].rank] += 1 }
    return ValueCohort.allCases.flatMap { from in
      ValueCohort.allCases.compactMap { to in
        let count = counts[from.rank][to.rank]
        return count > 0 ? CohortTransition(from: from, to: to, customers: count) : nil
      }
    }
  }

  private var notes: [String] {
    let day = outcome.opening.asOf
    let tried = rules.entries.count(where: \.isPresentText)
    let known = rules.isBeforeAll ? "backtest.note.as-today" : "backtest.note.as-known"
    var notes = [wording["backtest.note.anyway"], wording(known, ["day": wording.day(day)])]
    if tried > 0, !rules.isBeforeAll {
      notes.append(
        wording("backtest.note.tried", ["n": String(tried), "day": wording.day(day)]))
    }
    return notes
      + campaigns.map { campaign in
        wording(
          "backtest.note.other-dates",
          [
            "name": campaign.name, "dates": wording.texts.dates(campaign, wording.display),
          ])
      }
  }
}
