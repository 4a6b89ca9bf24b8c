package import LoyaltyModel
package import LoyaltyWorkspace

/// Work that `update` asks for and the runtime does, as a value.
package enum Effect: Sendable {
  // Quick: answered before the next frame.
  case loadStatus
  case loadOverview
  case listCustomers(filter: String, sort: CustomerSort?, among: [Int]?)
  case loadSummaries(rows: [Int])
  case loadCard(row: Int)
  case loadCardOfCustomer(String)
  case listOffers(filter: String)
  case loadOfferCards([Int])
  case decide([Int], Verdict)
  case undo, redo
  case undoEvent(Int)
  case loadLog
  case loadRules
  case openRuleForm(String?)
  case openWhatIf(String)
  case switchRule(file: String, on: Bool)
  case saveDraft(RuleDraft)
  case saveNumbers(String, [RuleNumber])
  /// Has a rule's file edited outside, from a text and at a line where these are given.
  case editRule(file: String, text: String?, line: Int?)
  /// Asks how a figure was computed.
  case explain(FigureTopic)
  case previewExport(ExportOptions)
  case previewImport(String, ImportRequest)
  /// Looks for what colleagues changed.
  case refresh
  // Long: done in the background, with progress.
  case start(Job)
  /// Asks the running job to stop.
  case stopWork
  case end
}

/// A long piece of work.
package enum Job: Sendable, Hashable {
  /// Computes the figures.
  case prepare
  /// Gets figures that take more than a moment.
  case figures(FigureQuery)
  case suggest(SuggestOptions)
  case importFile(String, ImportRequest)
  case export(ExportOptions)
  case makeDemo
  case makeProgramme(Currency, timeZone: String)

  /// What it does, in words.
  var title: String {
    switch self {
    case .prepare: "Computing the figures"
    case .figures: "Computing these figures"
    case .suggest(let options): options.dryRun ? "Trying the rules" : "Running the rules"
    case .importFile(_, let request): request.dryRun ? "Trying the import" : "Importing"
    case .export: "Writing the list"
    case .makeDemo: "Making the demo"
    case .makeProgramme: "Making the programme"
    }
  }

  /// Whether something would be lost if the program ended now.
  var isWorthWaiting: Bool {
    switch self {
    case .prepare, .figures: false
    case .suggest(let options): !options.dryRun
    case .importFile(_, let request): !request.dryRun
    case .export, .makeDemo, .makeProgramme: true
    }
  }
}
