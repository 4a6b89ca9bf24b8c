import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// Tells from the purchases which of the offers that went out were used, and which ran out unused.
  ///
  /// An offer is used when its customer bought under its terms while it held; one whose last day is
  /// over by the date of the figures is expired. All is written as one action, which one undo takes
  /// back. What a file of results said of an offer stays; an offer that was taken for expired is
  /// looked at again, since purchases may come in late.
  ///
  /// - Parameters:
  ///   - dryRun: Whether to write nothing.
  ///   - progress: Is told how far it is; false stops it, and then nothing was changed.
  /// - Returns: What came of the offers, with this run.
  /// - Throws: An error when a colleague changed one of them meanwhile, or it cannot be written.
  package func recordOutcomes(
    dryRun: Bool = false, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> OutcomeReport {
    let stop = StopCheck(progress)
    try stop.check(texts["job.outcomes"])
    let analysis = try prepared(stop, stop.pace.part(0, 0.5))
    let finder = OutcomeFinder(analysis, dataUntil: dataCompleteTo ?? today)
    var report = OutcomeReport(until: finder.lastDay, dryRun: dryRun)
    var changes: [Change] = []
    var rules: [String: OutcomeReport.Rule] = [:]
    let (sent, pace) = (state.offers.filter(\.wentOut), stop.pace.part(0.5, 1))
    for (index, found) in sent.enumerated() {
      try pace.look(row: index, of: sent.count)
      var offer = found
      if offer.awaitsOutcome {
        let (before, after) = (offer.standing, finder.standing(of: offer))
        if after != before, after.state != .exported {
          changes.append(.decision(OfferDecision(offer: offer.id, from: before, to: after)))
          if after.state == .redeemed { report.redeemed += 1 } else { report.expired += 1 }
          offer.standing = after
        }
      }
      rules[offer.rule.id, default: OutcomeReport.Rule(id: offer.rule.id, title: "")].add(offer)
    }
    report.rules = rules.values.sorted { $0.id < $1.id }
    if !dryRun, !changes.isEmpty { _ = try commit(changes) }
    return report
  }

  /// What came of a rule's offers, as far as it is recorded; nil where nothing is.
  func outcome(ofRule rule: String) -> RuleResponses? {
    let outcome = offerLines { $0.outcome(ofRule: rule) }
    let sent = outcome.used + outcome.unused
    return sent == 0 ? nil : RuleResponses(sent: sent, responded: outcome.used)
  }
}

extension Offer {
  /// Whether purchases tell what came of it: nobody said it, and it is not known to be used.
  fileprivate var awaitsOutcome: Bool {
    state == .exported || (state == .expired && reason.isEmpty)
  }
}

extension OutcomeReport.Rule {
  /// Counts an offer that went out; the title is that of the latest.
  fileprivate mutating func add(_ offer: Offer) {
    title = offer.rule.title
    sent += 1
    if offer.state == .redeemed { redeemed += 1 }
    if offer.state == .expired { expired += 1 }
    spent += offer.spent ?? 0
  }
}
