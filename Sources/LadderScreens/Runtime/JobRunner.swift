import LoyaltyModel
import LoyaltyWorkspace

/// Does one long piece of work, in the background.
struct JobRunner: Sendable {
  let open: OpenProgramme
  let closed: ClosedProgramme?
  let new: NewProgramme?
  let progress: ProgressHandler
  /// Tells something before the work is done.
  let tell: @Sendable (Message) -> Void

  /// The demo is the same for everybody who has its customers read the same language.
  private static let demoSeed: UInt64 = 1

  /// Does the work and says what came of it.
  func run(_ job: Job) throws(WorkspaceError) -> JobResult {
    switch job {
    case .open: return try openProgramme()
    case .makeDemo(let language): return try makeDemo(language)
    case .makeProgramme(let currency, let timeZone, let language):
      guard let new else { return .prepared }
      let made = try LoyaltyWorkspace.create(
        at: new.path, currency: currency, timeZone: timeZone, language: language,
        environment: new.environment)
      return adopt(made, isDemo: false)
    default: break
    }
    guard let workspace = open.workspace else { return .prepared }
    switch job {
    case .figures(let query): return .figures(query, try figures(query, workspace))
    case .suggest(let options):
      return .suggested(try workspace.suggest(options, progress: progress))
    case .importFile(let path, let request):
      do throws(WorkspaceError) {
        return .imported(try workspace.importFile(path, request, progress: progress))
      } catch {
        // That is a question, not a failure.
        if let before = error.importedBefore { return .importedBefore(before) }
        throw error
      }
    case .export(let options): return .exported(try workspace.exportOffers(options))
    case .outcomes(let dryRun):
      return .outcomes(try workspace.recordOutcomes(dryRun: dryRun, progress: progress))
    default:
      try workspace.prepare(progress: progress)
      return .prepared
    }
  }

  private func figures(
    _ query: FigureQuery, _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> FigureAnswer {
    switch query {
    case .flows(let period): .flows(try workspace.flows(over: period, progress: progress))
    case .retention: .retention(try workspace.retention())
    case .attrition(let cohort, let branch, let since):
      .attrition(
        try workspace.attrition(cohort: cohort, branch: branch, since: since),
        branches: workspace.branches)
    case .people(let group): .people(try workspace.rows(of: group, progress: progress))
    case .campaigns: .campaigns(try workspace.campaigns(progress: progress))
    case .campaignDraft(let draft): .campaignDraft(workspace.check(draft))
    case .rulesDigest, .draft, .whatIf, .backtest, .closest:
      try aboutRules(query, workspace)
    }
  }

  private func aboutRules(
    _ query: FigureQuery, _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> FigureAnswer {
    switch query {
    case .draft(let draft): return .draft(try workspace.check(draft, progress: progress))
    case .whatIf(let rule, let numbers):
      return .whatIf(
        try workspace.whatIf(
          rule: rule, set: numbers.map { ($0.path, $0.value) }, progress: progress))
    case .backtest(let day, let days, let takesPresent):
      return .backtest(
        try workspace.backtest(
          at: day, days: days, takesPresent: takesPresent, progress: progress))
    case .closest(let rule): return .closest(try near(rule, workspace))
    default: return .rulesDigest(try workspace.rulesDigest(progress: progress))
    }
  }

  /// The most people of such a list.
  private static let mostNear = 50

  private func near(
    _ rule: String?, _ workspace: LoyaltyWorkspace
  ) throws(WorkspaceError) -> [NearPerson] {
    guard let rule else {
      return try workspace.closestToNextCohort(limit: Self.mostNear, progress: progress).map {
        NearPerson(
          customer: $0.customer, name: $0.name, from: workspace.texts.value($0.cohort.rawValue),
          to: workspace.texts.value($0.target.rawValue), missing: $0.text)
      }
    }
    return try workspace.nearMisses(
      ofRule: rule, limit: Self.mostNear, progress: progress
    ).map {
      NearPerson(customer: $0.customer, name: $0.name, from: "", to: "", missing: $0.text)
    }
  }

  /// Opens the demo of an earlier time, else makes it.
  private func makeDemo(_ language: Language) throws(WorkspaceError) -> JobResult {
    guard let new else { return .prepared }
    guard !new.hasDemo else {
      let closed = ClosedProgramme(path: new.demoPath, environment: new.environment)
      return adopt(try closed.open(progress: progress), isDemo: true)
    }
    let made = try LoyaltyWorkspace.createDemo(
      at: new.demoPath, customers: new.demoCustomers, seed: Self.demoSeed,
      language: language, environment: new.environment, progress: progress)
    return adopt(made, isDemo: true)
  }

  private func openProgramme() throws(WorkspaceError) -> JobResult {
    guard let closed else { return .prepared }
    let look = closed.look()
    tell(.found(FoundProgramme(look, closed.environment)))
    let workspace = try closed.open(after: look, progress: progress)
    open.adopt(workspace)
    return .adopted(ProgrammeFacts(workspace), isAsFound: workspace.isAsFound(look))
  }

  private func adopt(_ workspace: LoyaltyWorkspace, isDemo: Bool) -> JobResult {
    open.adopt(workspace)
    return .opened(ProgrammeFacts(workspace), isDemo: isDemo)
  }
}
