import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The whole state of the screens as a value.
package struct AppModel: Sendable {
  /// Whether clicks and the wheel count; else the terminal selects text with them.
  var isMouseOn = true
  /// The editor that nobody chose; nil where somebody did, or was told how it is left.
  var unchosenEditor: String?
  /// The names of the last commands, for the report of a crash.
  var recent: [String] = []
  /// The extent of the terminal.
  var size: Size
  /// The words of the screens.
  let texts: Texts
  /// The keys of each screen.
  let tables: [ScreenID: BindingTable<Command>]
  /// How everything looks.
  var theme = Theme.standard
  /// The name of the theme that was chosen by key, now or the last time; nil where none was.
  var chosenTheme: String?
  /// Whether the terminal shows colours, so that themes differ.
  var hasColors = true
  /// What is known of the programme; nil on the welcome screen, and while nothing is known yet.
  var programme: ProgrammeFacts?
  /// The programme that is still being opened; nil when it is open, or there is none.
  var opening: Opening?
  var screen = ScreenID.overview
  /// The screens to go back to.
  var trail: [ScreenID] = []
  var overlay: Overlay?
  var notice: Notice?
  /// All notices so far, newest last.
  var messages: [Notice] = []
  /// The long work that runs.
  var work: Work?
  /// Whether files changed while work ran that must not see others.
  var isRefreshDue = false
  /// Whether figures are computed for the data as they are.
  var isPrepared = false
  /// Whether the status line tells what was true before the last decision.
  var isStatusStale = false
  /// Whether the overview has not been kept for the next opening since figures were computed.
  var isOverviewToKeep = false
  /// Set when computing them was stopped, until another screen is asked for.
  var isPreparationHeld = false
  /// Whether the program is to end.
  var hasEnded = false
  /// Set when a key was refused because it came too early; the rest of what was typed ahead is
  /// thrown away then.
  var refusedTypeAhead = false
  /// Whether keys follow each other faster than the card beside the list can be read, so that it
  /// stays as it is until they rest.
  var isMoving = false
  /// The offer that the frame on the screen shows, to which deciding keys refer.
  var drawnOffer: Int?

  /// Figures that were got in the background.
  var shelf = FigureShelf()
  /// The two dates that were chosen to be compared; nil for the last twelve months.
  var compared: Period?

  var overview = OverviewState()
  var customers = CustomersState()
  var card = CardState()
  var stages = StagesState()
  var cohorts = CohortsState()
  var attrition = AttritionState()
  var review = ReviewState()
  var rules: RulesState
  var ruleForm = RuleFormState()
  var whatIf = WhatIfState()
  var backtest = BacktestState()
  var closest = ClosestState()
  var campaigns = CampaignsState()
  var campaignForm = CampaignFormState()
  var export: ExportState
  var importing: ImportState
  var activity = ActivityState()
  var welcome: WelcomeState

  static let mostMessages = 200
  /// Below this, screens are not drawn.
  static let leastSize = Size(width: 20, height: 6)

  /// A program on a programme that is open or being opened, or on the welcome screen when there is
  /// none.
  init(size: Size, texts: Texts, programme: ProgrammeFacts?, opening: Opening? = nil) {
    self.size = size
    self.texts = texts
    tables = Dictionary(
      uniqueKeysWithValues: ScreenID.allCases.map { ($0, ScreenBindings.table(for: $0, texts)) })
    (self.programme, self.opening) = (programme, opening)
    rules = RulesState(texts)
    export = ExportState(texts)
    importing = ImportState(texts)
    welcome = WelcomeState(texts)
    if programme == nil, opening == nil { screen = .welcome }
  }

  /// Whether the terminal is too small to draw a screen.
  var isTooSmall: Bool {
    size.width < Self.leastSize.width || size.height < Self.leastSize.height
  }

  /// Puts a notice up and keeps it in the list of messages.
  mutating func say(_ notice: Notice) {
    self.notice = notice
    messages.append(notice)
    if messages.count > Self.mostMessages { messages.removeFirst() }
  }

  /// Forgets what was computed from data that have changed.
  mutating func invalidateFigures() {
    isPrepared = false
    shelf.removeAll()
    invalidateLists()
    customers.invalidate()
    card.card = .missing
  }

  /// Forgets what decisions change.
  mutating func invalidateLists() {
    overview.overview = .missing
    review.invalidate()
    activity.entries = .missing
    rules.lines = .missing
    export.sample = .missing
    card.isStale = true
    shelf.forget(.campaigns)
  }
}

/// Long work that runs.
struct Work: Sendable {
  var job: Job
  var progress: WorkProgress
  var isStopping = false
  /// The offers that were decided since it began.
  var decided = 0
  /// What is begun as soon as it ends, since somebody asked for that.
  var next: Job?

  /// Whether a command has to wait until it is done.
  func isInTheWay(of command: Command) -> Bool {
    if command.isLong { return !job.givesWay }
    return command.isWriting && !job.leavesRoomForDecisions
  }
}
