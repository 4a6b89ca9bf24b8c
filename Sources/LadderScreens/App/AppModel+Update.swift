import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Takes in what happened and says what is to be done.
  package mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .key(let key, let isTypeAhead): return take(key, isTypeAhead: isTypeAhead)
    case .paste(let text): return paste(text)
    case .resize(let size):
      self.size = size
      return []
    case .resumed, .filesChanged: return lookForChanges()
    case .wheel(let down): return take(down ? .down : .up, isTypeAhead: false)
    case .click(let target, let isTypeAhead): return click(target, isTypeAhead: isTypeAhead)
    case .terminate: return end()
    case .answer(let answer): return take(answer)
    case .found(let found):
      take(found)
      return []
    case .aside(.overviewKept, _):
      isOverviewToKeep = false
      return []
    case .aside(let answer, _): return isOfUse(answer) ? take(answer) : []
    case .failed(let effect, let text, let isHalfTyped):
      return fail(effect, text, isHalfTyped: isHalfTyped)
    case .progress(let progress):
      work?.progress = progress
      return []
    case .jobDone(let job, let result): return ended { $0.finish(job, result, of: $1) }
    case .jobFailed(let job, let text, let wasStopped):
      return ended { $0.fail(job, text, of: $1, wasStopped: wasStopped) }
    }
  }

  /// What the screen lacks to be drawn; asked before every frame until nothing is.
  package mutating func needs() -> [Effect] {
    guard !hasEnded else { return [] }
    if let opening { return work == nil ? start(.open(name: opening.name)) : [] }
    guard programme != nil else { return [] }
    if !isPrepared, work == nil, !isPreparationHeld { return start(.prepare) }
    switch screen {
    case .importing: return importing.needs()
    case .activity: return activity.needs()
    default: break
    }
    guard isPrepared else { return [] }
    let figures = figureNeeds()
    if !figures.isEmpty { return figures }
    switch screen {
    case .overview, .stages, .cohorts:
      return overview.overview.isMissing ? [.loadOverview] : []
    case .customers: return customerNeeds()
    case .attrition: return []
    case .card: return cardNeeds()
    case .review: return review.needs(visible: reviewWindow)
    case .rules: return rules.needs()
    case .ruleForm, .whatIf, .backtest, .closest, .campaigns, .campaignForm: return []
    case .export: return exportNeeds()
    case .importing, .activity, .welcome: return []
    }
  }

  /// What may wait until the keyboard rests: the card beside the list, the number that waits, and
  /// what is kept for the next opening.
  package func leisureNeeds() -> [Effect] {
    guard programme != nil, isPrepared, !hasEnded else { return [] }
    return (isStatusStale ? [.loadStatus] : []) + cardBesideNeeds()
      + (screen == .card ? card.leisureNeeds() : [])
      + (isOverviewToKeep ? [.keepOverview] : [])
  }

  /// Ends, and has running work stop.
  mutating func end() -> [Effect] {
    hasEnded = true
    return work == nil ? [.end] : [.stopWork, .end]
  }

  /// Starts long work; unless some is running that does not give way to it.
  mutating func start(_ job: Job) -> [Effect] {
    guard let running = work else {
      work = Work(job: job, progress: WorkProgress(job.title(texts)))
      return [.start(job)]
    }
    guard running.job.givesWay else {
      say(.hint(texts("app.still-running", ["work": running.job.title(texts)])))
      return []
    }
    work?.isStopping = true
    work?.next = job
    return [.stopWork]
  }

  /// Takes in that the work has ended, and goes on with what was asked for meanwhile.
  private mutating func ended(_ take: (inout AppModel, Work?) -> [Effect]) -> [Effect] {
    let done = work
    work = nil
    let effects = take(&self, done)
    guard !hasEnded else { return effects }
    let changes: [Effect] = isRefreshDue && programme != nil ? [.refresh] : []
    isRefreshDue = false
    return effects + changes + (done?.next.map { start($0) } ?? [])
  }

  /// Looks for what colleagues changed; while work runs that must not see it, once that is done.
  mutating func lookForChanges() -> [Effect] {
    if let work, !work.job.leavesRoomForDecisions {
      isRefreshDue = true
      return []
    }
    return programme == nil ? [] : [.refresh]
  }

  private mutating func paste(_ text: String) -> [Effect] {
    switch overlay {
    case .dialog(var dialog, let question):
      dialog.paste(text)
      overlay = .dialog(dialog, question)
      return []
    case .finder(var finder):
      finder.query.insert(text)
      overlay = .finder(finder)
      return []
    case .offer(var form):
      form.paste(text)
      overlay = .offer(form)
      return []
    case .text: return []
    case nil: return pasteIntoField(text)
    }
  }
}

extension AppModel {
  /// Whether what was got beside the keys is wanted still: whoever moved on has no use for it.
  private func isOfUse(_ answer: Answer) -> Bool {
    switch answer {
    case .card(let card): screen == .customers && card.customer.id == customers.currentID
    case .nextSteps(_, let customer): customer == card.subject
    default: false
    }
  }

  private mutating func take(_ answer: Answer) -> [Effect] {
    switch answer {
    case .status(let facts):
      programme = facts
      isStatusStale = false
    case .overview(let overview):
      self.overview.overview = .loaded(overview)
      self.overview.isKept = false
    case .overviewKept: isOverviewToKeep = false
    case .customers(let list, let filter): customers.take(list, filter: filter, page: customerPage)
    case .summaries(let summaries): customers.take(summaries)
    case .card(let card): take(card)
    case .nextSteps(let steps, _): card.nextSteps = .loaded(steps)
    case .offers(let offers, let filter): takeOffers(offers, filter: filter)
    case .offerCards(let cards): review.take(cards)
    case .groups(let groups, let filter):
      if filter == review.filter.text { review.groups.list = .loaded(groups) }
    case .impact(let impact, let ids, let verdict): weighed(impact, ids, verdict)
    case .editing(let editing): overlay = .offer(OfferForm(editing))
    case .edited(let receipt, let id): return edited(receipt, id)
    case .batch(let receipt, let isTaken): return tookBatch(receipt, isTaken: isTaken)
    case .summary(let summary): show(summary)
    case .segments(let receipt):
      say(.done(receipt.text))
      activity.entries = .missing
      return [.loadStatus]
    case .decided(let receipt, let ids, let verdict): return decided(receipt, ids, verdict)
    case .undone(let receipt):
      return takenBack(receipt, nothing: texts["app.nothing-to-undo"])
    case .asksToUndo(let preview):
      askToTakeBack(preview.event, message: texts("activity.take-back.own", ["what": preview.text]))
    case .redone(let receipt): return takenBack(receipt, nothing: texts["app.nothing-to-redo"])
    case .log(let entries): activity.entries = .loaded(entries)
    case .explained(let explanation): show(explanation)
    case .ruleForm, .ruleNumbers, .ruleChanged, .ruleEdited: return takeAboutRules(answer)
    case .why(let lines): showWhy(lines)
    case .campaignForm(let draft):
      campaignForm = CampaignFormState(draft, texts)
      return show(.campaignForm)
    case .campaignChanged(let receipt): return campaignChanged(receipt)
    case .languageChanged(let receipt):
      say(.done(receipt.text))
      invalidateLists()
      return [.loadStatus]
    case .rules(let lines): rules.take(lines, page: rulesPage)
    case .exportPreview(let sample): export.sample = .loaded(sample)
    case .importPreview(let preview): importing.preview = .loaded(preview)
    case .pathCompletion(let completion): completed(completion)
    case .filterWords(let words): return take(words)
    case .refreshed(let changed):
      guard changed else { return [] }
      invalidateFigures()
      return [.loadStatus]
    }
    return []
  }

  /// After something was taken back or done again: everything may look different.
  private mutating func takenBack(_ receipt: Receipt?, nothing: String) -> [Effect] {
    guard let receipt else {
      say(.hint(nothing))
      return []
    }
    say(.done(receipt.text))
    importing.takenBack(receipt)
    // Only decisions leave the figures as they are.
    if receipt.offers.isEmpty { invalidateFigures() } else { invalidateLists() }
    noteDecided(receipt.offers.count)
    review.target = receipt.offers.first
    return [.loadStatus]
  }

  private mutating func fail(_ effect: Effect, _ text: String, isHalfTyped: Bool) -> [Effect] {
    switch effect {
    case .listCustomers(let filter, _, _):
      customers.fail(FilterLine.Flaw(text, isHalfTyped), filter: filter)
    case .listOffers(let filter, _, _), .groupOffers(let filter, _):
      review.fail(FilterLine.Flaw(text, isHalfTyped), filter: filter)
    case .loadOverview: overview.overview = .failed(text)
    case .loadCard(let id):
      if screen == .customers { card.open(id) }
      card.fail(text)
    case .loadNextSteps: card.nextSteps = .failed(text)
    case .loadLog: activity.entries = .failed(text)
    case .loadRules: rules.lines = .failed(text)
    case .loadSummaries(let rows): customers.failed.formUnion(rows)
    case .loadOfferCards(let ids): review.failed.formUnion(ids)
    case .previewExport: export.sample = .failed(text)
    case .previewImport: importing.preview = .failed(text)
    case .decide, .undo, .redo, .undoEvent, .changeOffer, .takeBatch, .giveBatchBack,
      .saveSegment, .removeSegment, .setNextLanguage:
      say(.failed(text))
      // Most likely a colleague was quicker: show what is true now.
      invalidateLists()
      return [.refresh, .loadStatus]
    default: say(.failed(text))
    }
    return []
  }

  private mutating func finish(_ job: Job, _ result: JobResult, of work: Work?) -> [Effect] {
    switch result {
    case .prepared:
      isPrepared = true
      isOverviewToKeep = true
      invalidateLists()
      customers.invalidate()
      return [.loadStatus]
    case .figures(let query, let answer):
      shelf.put(answer, for: query, decided: work?.decided ?? 0)
      noteFigures(query, answer)
      return []
    case .outdated: return []
    case .suggested(let report): return suggested(report)
    case .imported(let report): return imported(report)
    case .importedBefore(let before):
      if case .importFile(let path, let request) = job { askToImportAgain(path, request, before) }
      return []
    case .exported(let report): return exported(report)
    case .outcomes(let report): return found(report)
    case .adopted(let facts, let isAsFound):
      adopt(facts, isAsFound: isAsFound)
      return []
    case .opened(let facts, let isDemo):
      turn(to: facts)
      screen = isDemo ? .overview : .importing
      if isDemo { say(.done(texts["app.demo-ready"])) }
      return []
    }
  }

  private mutating func fail(
    _ job: Job, _ text: String, of work: Work?, wasStopped: Bool
  ) -> [Effect] {
    // The words for it come when the screen is gone.
    if case .open = job { return end() }
    // It gave way, and is begun again when somebody looks for it.
    if wasStopped, work?.next != nil { return [] }
    let stopped = texts("app.stopped", ["work": job.title(texts).lowercased()])
    say(wasStopped ? .hint(stopped) : .failed(text))
    // Otherwise it would begin again at once.
    if job == .prepare { isPreparationHeld = true }
    if case .figures(let query) = job {
      shelf.fail(wasStopped ? texts["figures.stopped"] : text, for: query)
    }
    return programme == nil ? [] : [.loadStatus]
  }
}
