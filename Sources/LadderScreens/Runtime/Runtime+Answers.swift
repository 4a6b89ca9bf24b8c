import LoyaltyModel
import LoyaltyWorkspace

extension Runtime {
  /// The most rows of an export that a preview shows.
  private static let sampleRows = 50

  /// Does one quick effect; nil when there is nothing to say.
  static func answer(
    _ effect: Effect, _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> Answer? {
    switch effect {
    case .decide(let ids, let verdict, let scope):
      return .decided(try workspace.decide(ids, verdict, listedIn: scope), ids, verdict)
    case .undo:
      if let weighty = try workspace.weightyUndo() { return .asksToUndo(weighty) }
      return .undone(try workspace.undo())
    case .redo: return .redone(try workspace.redo())
    case .undoEvent(let event): return .undone(try workspace.undo(event: event))
    case .changeOffer(let id, let draft): return .edited(try workspace.edit(id, draft), id)
    case .takeBatch(let filter):
      return .batch(try workspace.takeBatch(matching: filter), isTaken: true)
    case .saveSegment(let name, let filter):
      return .segments(try workspace.saveSegment(name, filter: filter))
    case .removeSegment(let name): return .segments(try workspace.removeSegment(name))
    case .giveBatchBack: return .batch(try workspace.giveBatchBack(), isTaken: false)
    case .switchRule(let file, let on):
      return .ruleChanged(try workspace.switchRule(file: file, on: on))
    case .saveDraft(let draft): return .ruleChanged(try workspace.save(draft))
    case .saveCampaign(let draft): return .campaignChanged(try workspace.save(draft))
    case .removeCampaign(let name):
      return .campaignChanged(try workspace.removeCampaign(name))
    case .setNextLanguage:
      return .languageChanged(try workspace.setLanguage(workspace.language.next))
    case .saveNumbers(let rule, let numbers):
      return .ruleChanged(
        try workspace.saveChanges(ofRule: rule, numbers.map { ($0.path, $0.value) }))
    case .keepOverview:
      workspace.keepOverview()
      return .overviewKept
    case .refresh: return .refreshed(changed: try workspace.refresh())
    default: return try look(effect, workspace)
    }
  }

  /// Does one effect that changes nothing.
  private static func look(
    _ effect: Effect, _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> Answer? {
    switch effect {
    case .loadStatus: return .status(ProgrammeFacts(workspace))
    case .loadOverview: return .overview(try workspace.overview())
    case .listCustomers(let filter, let sort, let group):
      let list = try workspace.listing(matching: filter, sortedBy: sort, among: group)
      return .customers(list, filter: filter)
    case .loadSummaries(let rows): return .summaries(try summaries(rows, workspace))
    case .loadCard(let id): return .card(try workspace.card(ofCustomer: id))
    case .loadNextSteps(let id):
      return .nextSteps(try workspace.nextSteps(ofCustomer: id), customer: id)
    case .listOffers(let filter, let scope, let sort):
      return .offers(
        try workspace.offerNumbers(matching: filter, in: scope, by: sort), filter: filter)
    case .groupOffers(let filter, let scope):
      return .groups(try workspace.offerGroups(matching: filter, in: scope), filter: filter)
    case .weigh(let ids, let verdict, let scope):
      let open = try workspace.offers(ids, listedIn: scope)
      return .impact(workspace.impact(of: open), open, verdict)
    case .editOffer(let id): return .editing(try workspace.editing(id))
    case .summarise(let ids): return .summary(workspace.reviewSummary(of: ids))
    case .loadOfferCards(let ids): return .offerCards(try cards(ids, workspace))
    case .loadLog: return .log(try workspace.log(limit: ActivityState.limit))
    case .askWhy(let rule, let customer):
      return .why(try workspace.explainRule(rule, customer: customer).lines)
    case .explain(let topic): return .explained(try workspace.explanation(of: topic))
    case .loadRules: return .rules(try workspace.rules())
    case .openRuleForm(let rule):
      guard let rule else { return .ruleForm(try workspace.newRuleDraft(), rule: nil) }
      return .ruleForm(try workspace.ruleDraft(of: rule), rule: rule)
    case .openCampaignForm(let name): return .campaignForm(workspace.campaignDraft(name))
    case .openWhatIf(let rule):
      return .ruleNumbers(rule, try workspace.numbers(ofRule: rule))
    case .previewExport(let options):
      return .exportPreview(try workspace.previewExport(options, rows: sampleRows))
    case .previewImport(let path, let request):
      return .importPreview(try workspace.previewImport(of: path, request))
    case .completePath(let path): return .pathCompletion(workspace.completion(of: path))
    case .completeFilter(let text, let isOfOffers):
      return .filterWords(workspace.filterWords(atEndOf: text, isOfOffers: isOfOffers))
    default: return nil
    }
  }

  private static func summaries(
    _ rows: [Int], _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> [CustomerSummary] {
    var summaries: [CustomerSummary] = []
    for row in rows { summaries.append(try workspace.summary(ofRow: row)) }
    return summaries
  }

  private static func cards(
    _ ids: [Int], _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> [OfferCard] {
    var cards: [OfferCard] = []
    for id in ids { cards.append(try workspace.offerCard(id)) }
    return cards
  }
}
