import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

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
    try prepare(progress: progress)
    let analysis = analysis()
    guard analysis.figures.figures.buyers > 0 || analysis.customers.count > 0 else {
      throw .noData(asOf, first: nil)
    }
    let inputs = SuggestInputs(self, analysis, options)
    let cancelled = Cancellation()
    let run: SuggestionRun
    do throws(SuggestionError) {
      run = try Suggester.run(
        rules: rules, facts: factsWithOffers(analysis),
        context: inputs.context { share in
          if !progress(WorkProgress("Running the rules", fraction: share)) { cancelled.cancel() }
        } isCancelled: {
          cancelled.isCancelled
        })
    } catch {
      throw .cancelled
    }
    let queue = QueueRefresh(state.offers, run, customers: analysis.customers, holds: isOpen)
    if !options.dryRun {
      try keepVersions(of: rules, used: run)
      if !queue.changes.isEmpty { _ = try commit(queue.changes) }
    }
    return SuggestReport(
      asOf: analysis.asOf, funnel: FunnelReport(run), new: queue.new, kept: queue.kept,
      withdrawn: queue.withdrawn, withheld: run.suggestions.count(where: \.isWithheld),
      dryRun: options.dryRun, notes: notes(analysis) + run.floors.compactMap(shortfall))
  }

  /// The active rules; one with mistakes stops the run, so that nobody believes it took part.
  private func usableRules() throws(WorkspaceError) -> [Rule] {
    var rules: [Rule] = []
    for (file, reading) in readRules() {
      if let issue = reading.issues.first(where: { $0.severity == .error }) {
        throw .brokenRules(file: file, message: issue.description)
      }
      guard let rule = reading.rule else { continue }
      if let used = usedUnderSameVersion(rule) {
        throw .changedRule(file: file, version: rule.version, since: used.asOf)
      }
      if rule.status == .active { rules.append(rule) }
    }
    return rules
  }

  /// An offer of the same version of a rule whose content was another: a used version never
  /// changes, or its offers could no longer be explained.
  private func usedUnderSameVersion(_ rule: Rule) -> Offer? {
    var found: Offer?
    state.offers.forEach { offer in
      if offer.rule.id == rule.id, offer.rule.version == rule.version,
        offer.rule.hash != rule.hash
      {
        found = found ?? offer
      }
    }
    return found
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
      case .cohort(let cohort): "the \(cohort.rawValue) cohort"
      case .stage(let stage): "stage \(stage.rawValue)"
      }
    let unit = report.floor.isSpend ? "" : " offers"
    return """
      The floor for \(group) was not reached: \(words(report.reached)) of \
      \(words(report.floor.least))\(unit). No more could be offered there within the limits.
      """
  }

  private func notes(_ analysis: Analysis) -> [String] {
    var notes: [String] = []
    if let complete = dataCompleteTo, asOf > complete {
      notes.append(
        """
        The data cover sales up to \(complete); everybody looks \(asOf - complete) days more silent \
        than they may be.
        """)
    }
    if analysis.figures.figures.buyers == 0 {
      notes.append("Nobody bought anything on or before \(asOf).")
    }
    return notes
  }
}

/// What a run is told about the programme beside the facts.
private struct SuggestInputs {
  let workspace: LoyaltyWorkspace
  let analysis: Analysis
  let options: SuggestOptions

  init(_ workspace: LoyaltyWorkspace, _ analysis: Analysis, _ options: SuggestOptions) {
    (self.workspace, self.analysis, self.options) = (workspace, analysis, options)
  }

  func context(
    progress: @escaping @Sendable (Double) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) -> SuggestionContext {
    let settings = analysis.programme
    var context = SuggestionContext(customers: analysis.customers.ids)
    context.budget = options.budget
    context.perCustomer = options.perCustomer
    context.floors = options.floors
    context.reachable = reachable
    context.past = past
    context.contacts = contacts
    context.contactSettings = settings.contacts
    context.medians = medians
    context.valueFact = settings.cohorts.measure == .lifetime ? "value_total" : "value_12m"
    context.margin = settings.margin ?? 1
    context.progress = progress
    context.isCancelled = isCancelled
    return context
  }

  /// Who may be reached how: an address is known, consent was given, and contact not refused.
  private var reachable: [ContactChannel: RowSet] {
    let customers = analysis.customers
    var sets: [ContactChannel: RowSet] = [:]
    for channel in ContactChannel.needingConsent {
      var set = RowSet(count: customers.count)
      for row in 0..<customers.count where hasAddress(row, for: channel) {
        set[row] =
          customers.consent(row, channel, asOf: analysis.asOf) == true
          && !customers.isDoNotContact(row, asOf: analysis.asOf)
      }
      sets[channel] = set
    }
    return sets
  }

  private func hasAddress(_ row: Int, for channel: ContactChannel) -> Bool {
    switch channel {
    case .email: !analysis.customers.emails.isEmpty(row)
    case .sms, .phone: !analysis.customers.phones.isEmpty(row)
    case .post: analysis.customers.details[row]?.city.isEmpty == false
    case .push, .till: true
    }
  }

  /// Earlier offers; one that left the house after the as-of date counts as if on that day, or it
  /// would be suggested and sent again as long as no newer sales come in.
  private var past: [PastOffer] {
    var past: [PastOffer] = []
    workspace.state.offers.forEach { offer in
      guard let row = analysis.customers.row(of: offer.customer) else { return }
      past.append(
        PastOffer(
          row: row, rule: offer.rule.id, state: offer.state,
          day: min(offer.exported ?? offer.asOf, analysis.asOf),
          cost: offer.expectedCost))
    }
    return past
  }

  /// Contacts within the window before the as-of date, or since: offers that were sent.
  ///
  /// Data always end some days ago, so what went out yesterday mostly lies after the as-of date.
  private var contacts: [UInt16] {
    var counts = [UInt16](repeating: 0, count: analysis.customers.count)
    let first = analysis.asOf - analysis.programme.contacts.windowDays
    workspace.state.offers.forEach { offer in
      guard let sent = offer.exported, sent > first,
        let row = analysis.customers.row(of: offer.customer)
      else { return }
      counts[row] += 1
    }
    return counts
  }

  private var medians: [ValueCohort: Int64] {
    var values: [ValueCohort: [Int64]] = [:]
    let cohorts = analysis.figures.cohorts
    for (row, cohort) in cohorts.cohorts.enumerated() {
      values[cohort, default: []].append(cohorts.values[row])
    }
    return values.mapValues { values in values.sorted()[values.count / 2] }
  }
}
