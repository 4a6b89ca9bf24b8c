package import LoyaltyModel
package import LoyaltyWorkspace

/// Work that `update` asks for and the runtime does, as a value.
package enum Effect: Sendable {
  // Quick: answered before the next frame.
  case loadStatus
  case loadOverview
  case listCustomers(filter: String, sort: CustomerSort?, among: [Int]?)
  case loadSummaries(rows: [Int])
  case loadCard(customer: String)
  case loadNextSteps(customer: String)
  case listOffers(filter: String, scope: OfferScope, sort: OfferSort)
  case groupOffers(filter: String, scope: OfferScope)
  /// Tells what decisions on many offers would mean, before they are asked for.
  case weigh([Int], Verdict, OfferScope)
  /// Asks what can be changed of an offer.
  case editOffer(Int)
  case changeOffer(Int, OfferDraft)
  case takeBatch(filter: String)
  case giveBatchBack
  case summarise([Int])
  case saveSegment(String, filter: String)
  case removeSegment(String)
  case loadOfferCards([Int])
  /// Decides offers as they were seen in a list.
  case decide([Int], Verdict, OfferScope)
  /// Has customers read the next language.
  case setNextLanguage
  case undo, redo
  case undoEvent(Int)
  case loadLog
  case loadRules
  case openRuleForm(String?)
  case openWhatIf(String)
  case openCampaignForm(String?)
  case saveCampaign(CampaignDraft)
  case removeCampaign(String)
  case switchRule(file: String, on: Bool)
  case saveDraft(RuleDraft)
  case saveNumbers(String, [RuleNumber])
  /// Has a rule's file edited outside, from a text and at a line where these are given.
  case editRule(file: String, text: String?, line: Int?)
  /// Asks why a rule does or does not offer something to a customer.
  case askWhy(rule: String, customer: String)
  /// Asks how a figure was computed.
  case explain(FigureTopic)
  case previewExport(ExportOptions)
  case previewImport(String, ImportRequest)
  /// Completes the path that is being written.
  case completePath(String)
  /// Asks what a filter may go on with at the place of the cursor.
  case completeFilter(String, isOfOffers: Bool)
  /// Looks for what colleagues changed.
  case refresh
  /// Keeps the overview for the next opening.
  case keepOverview
  // Long: done in the background, with progress.
  case start(Job)
  /// Takes the mouse, or leaves it to the terminal so that text can be selected and copied.
  case setMouse(Bool)
  /// Asks the running job to stop.
  case stopWork
  case end
}

extension Effect {
  /// Whether it may take longer than a key may wait.
  var isLong: Bool {
    switch self {
    case .loadCard, .loadNextSteps, .keepOverview: true
    default: false
    }
  }
}

/// A long piece of work.
package enum Job: Sendable, Hashable {
  /// Opens the programme.
  case open(name: String)
  /// Computes the figures.
  case prepare
  /// Gets figures that take more than a moment.
  case figures(FigureQuery)
  case suggest(SuggestOptions)
  case importFile(String, ImportRequest)
  case export(ExportOptions)
  /// Tells from purchases what came of offers that went out.
  case outcomes(dryRun: Bool)
  /// Makes the demo; its customers read a language.
  case makeDemo(Language)
  case makeProgramme(Currency, timeZone: String, Language)

  /// What it does, in words.
  func title(_ texts: Texts) -> String {
    switch self {
    case .open(let name): texts("job.open", ["name": name])
    case .prepare: texts["job.prepare"]
    case .figures: texts["job.figures"]
    case .suggest(let options): texts[options.dryRun ? "job.suggest.try" : "job.suggest"]
    case .importFile(_, let request): texts[request.dryRun ? "job.import.try" : "job.import"]
    case .export: texts["job.export"]
    case .outcomes: texts["job.outcomes"]
    case .makeDemo: texts["job.demo"]
    case .makeProgramme: texts["job.programme"]
    }
  }

  /// Whether decisions can be taken while it runs: it changes nothing, and all that decisions need
  /// is there already.
  var leavesRoomForDecisions: Bool {
    switch self {
    case .figures: true
    case .suggest(let options): options.dryRun
    case .importFile(_, let request): request.dryRun
    case .outcomes(let dryRun): dryRun
    case .open, .prepare, .export, .makeDemo, .makeProgramme: false
    }
  }

  /// Whether it stops for work that somebody asks for, and is begun again when its result is wanted.
  var givesWay: Bool { if case .figures = self { true } else { false } }

  /// Whether something would be lost if the program ended now.
  var isWorthWaiting: Bool {
    switch self {
    case .open, .prepare, .figures: false
    case .suggest(let options): !options.dryRun
    case .importFile(_, let request): !request.dryRun
    case .outcomes(let dryRun): !dryRun
    case .export, .makeDemo, .makeProgramme: true
    }
  }
}
