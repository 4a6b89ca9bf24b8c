import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Statistics

extension LoyaltyWorkspace {
  /// Runs the rules as of the date and refreshes the review queue.
  ///
  /// Offers that wait already keep their number and place and get the new figures; those that no
  /// longer hold leave with a reason; decided ones are never touched.
  ///
  /// - Parameters:
  ///   - options: The budget, the offers for one customer, and whether anything is written.
  ///   - progress: Is told how far it is; false stops it, and then nothing was changed.
  /// - Returns: The funnel, and what changed in the queue.
  /// - Throws: An error when a rule has mistakes, or there is nothing to suggest from.
  package func suggest(
    _ options: SuggestOptions, progress: @escaping ProgressHandler
  ) throws(WorkspaceError) -> SuggestReport {
    let rules = try usableRules()
    let stop = StopCheck(progress)
    try stop.check(texts["job.suggest"])
    let analysis = try prepared(stop, stop.pace.part(0, 0.2))
    guard analysis.figures.figures.buyers > 0 || analysis.customers.count > 0 else {
      throw .noData(asOf, first: nil)
    }
    let run = try run(
      rules, factsWithOffers(analysis), analysis, options, pace: stop.pace.part(0.2, 1), stop)
    let queue = QueueRefresh(state.offers, run, customers: analysis.customers, holds: isOpen)
    if !options.dryRun {
      try keepVersions(of: rules, used: run)
      if !queue.changes.isEmpty { _ = try commit(queue.changes) }
    }
    return SuggestReport(
      asOf: analysis.asOf, funnel: FunnelReport(run, wording), new: queue.new, kept: queue.kept,
      withdrawn: queue.withdrawn, withheld: run.suggestions.count(where: \.isWithheld),
      dryRun: options.dryRun,
      notes: notes(analysis, rules) + run.floors.compactMap(shortfall)
        + (options.dryRun ? powers(rules, run) : []))
  }

  /// Runs rules over facts without writing anything; `book` holds the offers made so far and
  /// `programme` the settings, nil for the store's; `pace` and `stop` belong to whoever waits.
  func run(
    _ rules: [Rule], _ facts: FactTable, _ analysis: Analysis, _ options: SuggestOptions,
    book: OfferBook? = nil, programme: Programme? = nil, keepsRows: Bool = false,
    pace: Pace<WorkspaceError>? = nil, _ stop: StopCheck? = nil
  ) throws(WorkspaceError) -> SuggestionRun {
    let inputs = SuggestInputs(
      analysis, programme ?? state.programme, book ?? state.offers, options,
      campaigns: campaignsByHash)
    var context = try inputs.context((pace ?? .free).part(0, 0)) { share in
      // A stop is remembered and asked for next.
      try? pace?.look(share)
    } isCancelled: {
      stop?.isStopped() ?? false
    }
    context.keepsRows = keepsRows
    do throws(SuggestionError) {
      return try Suggester.run(rules: rules, facts: facts, context: context)
    } catch {
      throw .cancelled
    }
  }

  /// The active rules; one with mistakes stops the run, so that nobody believes it took part.
  private func usableRules() throws(WorkspaceError) -> [Rule] {
    var rules: [Rule] = []
    let used = offerLines { $0.usedVersions }
    for (file, reading) in readRules() {
      if let issue = reading.issues.first(where: { $0.severity == .error }) {
        throw .brokenRules(file: file, message: issue.description(wording))
      }
      guard let rule = reading.rule else { continue }
      // A used version never changes, or its offers could no longer be explained.
      let other = used.first { version in
        version.rule.id == rule.id && version.rule.version == rule.version
          && version.rule.hash != rule.hash
      }
      if let used = other {
        throw .changedRule(file: file, version: rule.version, since: used.asOf)
      }
      if rule.status == .active { rules.append(rule) }
    }
    return rules
  }

  /// Keeps the text of each rule that suggested something, so that its offers can be explained for
  /// ever.
  private func keepVersions(of rules: [Rule], used run: SuggestionRun) throws(WorkspaceError) {
    let used = Set(run.suggestions.map(\.rule.hash))
    for (file, reading) in readRules() {
      guard let rule = reading.rule, used.contains(rule.hash),
        let text = state.rules.first(where: { $0.file == file })?.text
      else { continue }
      do throws(StoreError) {
        try store.keepRuleVersion(hash: rule.hash, text: text)
      } catch {
        throw .store(error)
      }
    }
  }

  private func isOpen(_ offer: Offer) -> Bool {
    offer.state == .suggested || offer.state == .withheld
  }

  /// What a floor is short of, in words; nil where it was reached.
  private func shortfall(_ report: FloorReport) -> String? {
    guard !report.isReached else { return nil }
    func words(_ amount: Int64) -> String {
      report.floor.isSpend ? display.money(amount, currency) : display.number(amount)
    }
    let group =
      switch report.floor.group {
      case .cohort(let cohort):
        wording("floor.cohort", ["cohort": texts.value(cohort.rawValue)])
      case .stage(let stage): wording("floor.stage", ["stage": texts.value(stage.rawValue)])
      }
    return wording(
      report.floor.isSpend ? "floor.missed" : "floor.missed-offers",
      [
        "group": group, "reached": words(report.reached), "least": words(report.floor.least),
      ])
  }

  /// Before anything goes out: what the comparison group of each rule could show.
  private func powers(_ rules: [Rule], _ run: SuggestionRun) -> [String] {
    var chosen: [String: (all: Int, control: Int)] = [:]
    for suggestion in run.suggestions {
      chosen[suggestion.rule.id, default: (0, 0)].all += 1
      if suggestion.isWithheld { chosen[suggestion.rule.id, default: (0, 0)].control += 1 }
    }
    return rules.compactMap { rule in
      let chosen = chosen[rule.id] ?? (0, 0)
      return power(of: rule, chosen: chosen.all, control: chosen.control).map {
        wording("power.of", ["rule": texts.ruleText(rule.title), "power": $0])
      }
    }
  }

  /// The smallest difference that a rule's comparison group can show, in a sentence; nil without a
  /// group or without people.
  ///
  /// The group is part of those `chosen`: as many as were `drawn` for it, nil for about its share.
  func power(of rule: Rule, chosen: Int, control drawn: Int? = nil) -> String? {
    let share = Double(rule.holdOut.share) / 10_000
    let control = drawn ?? Int((Double(chosen) * share).rounded())
    guard share > 0, chosen > 0 else { return nil }
    let base = rule.score.probability(offerLines { $0.responses[rule.id] })
    guard base > 0, base < 1 else {
      return wording[base > 0 ? "power.everybody" : "power.nobody"]
    }
    guard
      let least = leastDetectableDifference(
        base: base, treated: chosen - control, control: control)
    else { return wording["power.too-few"] }
    let points = display.percent(least).dropLast(2)
    return wording(
      "power.least",
      [
        "n": display.number(chosen), "control": display.number(control),
        "points": String(points), "base": display.percent(base),
      ])
  }

  private func notes(_ analysis: Analysis, _ rules: [Rule]) -> [String] {
    var notes: [String] = []
    if let complete = dataCompleteTo, asOf > complete {
      notes.append(
        wording(
          "suggest.silent",
          ["day": wording.day(complete), "days": wording.days(asOf - complete)]))
    }
    if analysis.figures.figures.buyers == 0 {
      notes.append(wording("suggest.nobody", ["day": wording.day(asOf)]))
    }
    let last = rules.map { $0.offer.valid.end(after: asOf) }.max()
    if let last, last < today, analysis.figures.figures.buyers > 0 {
      notes.append(
        wording(
          "suggest.run-out", ["day": wording.day(asOf), "last": wording.day(last)]))
    }
    return notes
  }
}
