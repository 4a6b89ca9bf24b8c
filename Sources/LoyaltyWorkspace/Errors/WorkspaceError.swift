import LoyaltyAnalytics
import LoyaltyExchange
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import TextFormats

/// Why something could not be done; `WorkspaceError+Words.swift` says it in words.
package struct WorkspaceError: Error, Sendable, Hashable {
  let cause: Cause

  /// Whether it is of a filter that may still become right when more is typed.
  package var mayBecomeRight: Bool {
    if case .filter(let issue) = cause { return issue.mayBecomeRight }
    return false
  }

  /// The earlier import of a file that was not taken because its sales would count twice.
  package var importedBefore: ImportRepeat? {
    if case .importedBefore(let before) = cause { return before }
    return nil
  }

  init(_ cause: Cause) { self.cause = cause }

  /// What is wrong with a table of x, t_x, T and mean.
  enum TableFlaw: Sendable, Hashable {
    /// The file as a whole cannot be read as a table.
    case unreadable(TableError?)
    /// No column has one of these names.
    case columnMissing([String])
    /// The text in a column is no number.
    case notANumber(column: String, text: String)
    /// The row has too few or too many fields.
    case raggedRow
    /// The numbers of a row contradict each other.
    case contradiction
  }

  /// What went wrong, with its data.
  enum Cause: Sendable, Hashable {
    case store(StoreError)
    case disk(DiskError)
    case exchange(file: String, ExchangeError)
    case filter(FilterIssue)
    case unknownProfile(String)
    case notAFile(String)
    /// The bytes of an earlier import, read otherwise, so that its sales would count twice.
    case importedBefore(ImportRepeat)
    /// No offer is to be written: how many wait for a decision, and how many that match are kept
    /// back, for each reason in words.
    case nothingToExport(waiting: Int, kept: [KeptBackGroup])
    /// A file's name by which it would be a spreadsheet program's own.
    case spreadsheet(String)
    /// There is no folder to go back to.
    case noBackup(String)
    case demoExists(String)
    case fileExists(String)
    case noFolder(String)
    case noSuchCustomer(String)
    case noSuchOffer(Int)
    case customersChanged
    case offerNotOpen(Int, state: OfferState)
    /// So many offers, the first of them this one, were decided while somebody was asked.
    case decidedMeanwhile(Int, state: OfferState, count: Int)
    case reasonMissing
    case snoozeOver(Day, asOf: Day)
    case noSuchEvent(Int)
    case takenBackAlready(Int)
    case cannotTakeBack(Int)
    case noSuchRule(String, nearest: [String])
    case brokenRules(file: String, message: String)
    case brokenFile(String, message: String)
    case changedRule(file: String, version: Int, since: Day)
    case nothingToCut(Day)
    case noData(Day, first: Day?)
    case noMargin(lines: Int)
    case cannotPredict([ModelFinding])
    case noSuchBranch(String, known: [String])
    case badTable(file: String, line: Int?, TableFlaw)
    case nothingHeldOut(Day, asOf: Day)
    case notByAmount(ValueMeasure)
    case horizonNotOver(Day, asOf: Day)
    case noSuchValue(rule: String, path: String)
    /// A rule that says more than the form has fields for.
    case notForForm(rule: String, RuleDraft.Misfit)
    case badChange([String])
    case cancelled
    case takenByColleague(Int, user: String)
    case nothingToTake(others: Int)
    case ruleGone(Int, rule: String)
    case badEdit([OfferEditProblem])
    case badName(String)
    case blankFilter
    case noSuchSegment(String)
    case noSuchCampaign(String, known: [String])
    case campaignInUse(String, rules: [String])
    case badCampaign([CampaignMistake])
    case beingMade(String)
    case editorFailed(Int32)
  }
}

// The causes by name, so that code that throws one reads as a sentence.
extension WorkspaceError {
  static func store(_ error: StoreError) -> Self { Self(.store(error)) }
  static func disk(_ error: DiskError) -> Self { Self(.disk(error)) }
  static func exchange(file: String, _ error: ExchangeError) -> Self {
    Self(.exchange(file: file, error))
  }
  static func filter(_ error: FilterIssue) -> Self { Self(.filter(error)) }
  static func unknownProfile(_ name: String) -> Self { Self(.unknownProfile(name)) }
  static func notAFile(_ path: String) -> Self { Self(.notAFile(path)) }
  static func importedBefore(_ import: ImportRepeat) -> Self { Self(.importedBefore(`import`)) }
  static func nothingToExport(waiting: Int, kept: [KeptBackGroup]) -> Self {
    Self(.nothingToExport(waiting: waiting, kept: kept))
  }
  static func spreadsheet(_ path: String) -> Self { Self(.spreadsheet(path)) }
  static func noBackup(_ path: String) -> Self { Self(.noBackup(path)) }
  static func demoExists(_ path: String) -> Self { Self(.demoExists(path)) }
  static func fileExists(_ path: String) -> Self { Self(.fileExists(path)) }
  static func noFolder(_ path: String) -> Self { Self(.noFolder(path)) }
  static func noSuchCustomer(_ id: String) -> Self { Self(.noSuchCustomer(id)) }
  static var customersChanged: Self { Self(.customersChanged) }
  static func noSuchOffer(_ id: Int) -> Self { Self(.noSuchOffer(id)) }
  static func offerNotOpen(_ id: Int, state: OfferState) -> Self {
    Self(.offerNotOpen(id, state: state))
  }
  static func decidedMeanwhile(_ id: Int, state: OfferState, count: Int) -> Self {
    Self(.decidedMeanwhile(id, state: state, count: count))
  }
  static var reasonMissing: Self { Self(.reasonMissing) }
  static func snoozeOver(_ until: Day, asOf: Day) -> Self { Self(.snoozeOver(until, asOf: asOf)) }
  static func noSuchEvent(_ event: Int) -> Self { Self(.noSuchEvent(event)) }
  static func takenBackAlready(_ event: Int) -> Self { Self(.takenBackAlready(event)) }
  static func cannotTakeBack(_ event: Int) -> Self { Self(.cannotTakeBack(event)) }
  static func noSuchRule(_ id: String, nearest: [String]) -> Self {
    Self(.noSuchRule(id, nearest: nearest))
  }
  static func brokenRules(file: String, message: String) -> Self {
    Self(.brokenRules(file: file, message: message))
  }
  static func brokenFile(_ file: String, message: String) -> Self {
    Self(.brokenFile(file, message: message))
  }
  static func changedRule(file: String, version: Int, since: Day) -> Self {
    Self(.changedRule(file: file, version: version, since: since))
  }
  static func nothingToCut(_ day: Day) -> Self { Self(.nothingToCut(day)) }
  static func noData(_ day: Day, first: Day?) -> Self { Self(.noData(day, first: first)) }
  static func noMargin(lines: Int) -> Self { Self(.noMargin(lines: lines)) }
  static func cannotPredict(_ findings: [ModelFinding]) -> Self {
    Self(.cannotPredict(findings))
  }
  static func noSuchBranch(_ name: String, known: [String]) -> Self {
    Self(.noSuchBranch(name, known: known))
  }
  static func badTable(file: String, line: Int?, _ flaw: TableFlaw) -> Self {
    Self(.badTable(file: file, line: line, flaw))
  }
  static func nothingHeldOut(_ day: Day, asOf: Day) -> Self {
    Self(.nothingHeldOut(day, asOf: asOf))
  }
  static func notByAmount(_ measure: ValueMeasure) -> Self { Self(.notByAmount(measure)) }
  static func notForForm(rule: String, _ misfit: RuleDraft.Misfit) -> Self {
    Self(.notForForm(rule: rule, misfit))
  }
  static func noSuchValue(rule: String, path: String) -> Self {
    Self(.noSuchValue(rule: rule, path: path))
  }
  static func badChange(_ messages: [String]) -> Self { Self(.badChange(messages)) }
  static func horizonNotOver(_ until: Day, asOf: Day) -> Self {
    Self(.horizonNotOver(until, asOf: asOf))
  }
  static var cancelled: Self { Self(.cancelled) }
  static func takenByColleague(_ offer: Int, user: String) -> Self {
    Self(.takenByColleague(offer, user: user))
  }
  static func nothingToTake(others: Int) -> Self { Self(.nothingToTake(others: others)) }
  static func ruleGone(_ offer: Int, rule: String) -> Self { Self(.ruleGone(offer, rule: rule)) }
  static func badEdit(_ problems: [OfferEditProblem]) -> Self { Self(.badEdit(problems)) }
  static var blankFilter: Self { Self(.blankFilter) }
  static func badName(_ name: String) -> Self { Self(.badName(name)) }
  static func editorFailed(_ status: Int32) -> Self { Self(.editorFailed(status)) }
  static func noSuchSegment(_ name: String) -> Self { Self(.noSuchSegment(name)) }
  static func noSuchCampaign(_ name: String, known: [String]) -> Self {
    Self(.noSuchCampaign(name, known: known))
  }
  static func campaignInUse(_ name: String, rules: [String]) -> Self {
    Self(.campaignInUse(name, rules: rules))
  }
  static func badCampaign(_ mistakes: [CampaignMistake]) -> Self { Self(.badCampaign(mistakes)) }
  static func beingMade(_ path: String) -> Self { Self(.beingMade(path)) }
}
