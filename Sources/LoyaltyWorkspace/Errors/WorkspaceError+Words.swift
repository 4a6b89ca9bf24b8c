import LoyaltyExchange
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension WorkspaceError {
  /// What is wrong, where, and what to do.
  package var message: String {
    switch cause {
    case .store(let error): error.message
    case .disk(let error): error.advice
    case .exchange(let file, let error): "\(file): \(error.message)"
    case .filter(let error): error.message
    case .unknownProfile(let name):
      """
      There is no kind of file "\(name)". Kinds: \
      \(ProfileRequest.allCases.map(\.rawValue).joined(separator: ", ")). Leave out --as to have \
      the kind recognised.
      """
    case .notAFile(let path): "\(path) is a folder, not a file. Name a file in it."
    case .fileExists(let path):
      "\(path) is there already. Choose another name, or allow it to be replaced (--overwrite)."
    case .noFolder(let path):
      "\(path) cannot be written: its folder does not exist. Make it, or choose another."
    case .noSuchCustomer(let id):
      "No customer has the number \"\(id)\". Find them with: ladder customers --where NAME"
    case .noData(let day, let first):
      first.map {
        "Nothing was bought on or before \(day); the data begin on \($0). Choose a later --as-of."
      } ?? "There are no purchases yet. Next: ladder import FILE"
    case .nothingToCut(let day): "Nobody bought anything on or before \(day), so there is no cut."
    case .notForForm(let rule, let reason):
      """
      Rule "\(rule)" does not fit the form: \(reason). Edit its file instead; the manual is at \
      ladder rules manual.
      """
    case .noSuchValue(let rule, let path):
      """
      Rule "\(rule)" has nothing at "\(path)". Write a path of its file, such as \
      /when/all/1/value or offer.percent.
      """
    case .horizonNotOver(let until, let asOf):
      """
      The horizon ends on \(until), but the figures are as of \(asOf). Choose an earlier --at or a \
      shorter --horizon.
      """
    case .badChange(let messages): messages.joined(separator: "\n")
    case .notByAmount(let measure):
      """
      The cohorts go by the \(measure.words(.english)), to which a purchase adds something else \
      than its amount. Cut them by money: ladder cohorts recut --value 12m
      """
    case .cancelled: "Stopped; nothing was changed."
    case .noMargin(let lines):
      """
      The margin is not known: \(lines) purchases of the last twelve months are of products \
      without one. Import products with margins, or set "margin" in settings/programme.json.
      """
    case .cannotPredict(let reasons):
      (["The value of the next twelve months cannot be predicted."] + reasons
        + ["Choose --value lifetime or 12m."]).joined(separator: " ")
    case .noSuchBranch(let name, let known):
      "There is no branch \"\(name)\"."
        + (known.isEmpty
          ? " No customer has one." : " Branches: \(known.joined(separator: ", ")).")
    case .badTable(let file, let line, let flaw):
      "\(file)\(line.map { ":\($0)" } ?? ""): \(flaw.message)"
    case .beingMade(let path):
      """
      A programme is being made in \(path) just now, in another window or by somebody else. Wait \
      until that is done, or name another folder. Nothing was changed.
      """
    case .nothingHeldOut(let day, let asOf):
      """
      Nothing is held out: --calibrate-until \(day) is not before \(asOf), the date of the figures. \
      Choose an earlier day.
      """
    default: decisionMessage
    }
  }

  /// The filter that was asked for and carets under the place of the mistake, on two lines; nil for
  /// what has no such place.
  package var place: String? {
    if case .filter(let issue) = cause { return issue.marked }
    return nil
  }

  private var decisionMessage: String {
    switch cause {
    case .noSuchOffer(let id): "There is no offer \(id). List them with: ladder offers"
    case .customersChanged: "The customers have changed meanwhile. Look again."
    case .offerNotOpen(let id, let state):
      "Offer \(id) is \(state.rawValue) and can no longer be decided."
    case .reasonMissing: "A rejection needs a reason; it counts back to the rule."
    case .snoozeOver(let until, let asOf):
      """
      \(until) is not after \(asOf), the date of the figures: put off until then, the offers would \
      be back at once. Choose a later day.
      """
    case .noSuchEvent(let event): "There is no event \(event). List them with: ladder log"
    case .takenBackAlready(let event): "Event \(event) is taken back already."
    case .cannotTakeBack(let event):
      "Event \(event) cannot be taken back by the program: it left the house."
    case .noSuchRule(let id, let nearest):
      "There is no rule \"\(id)\"."
        + (nearest.isEmpty
          ? " List them with: ladder rules" : " Nearest: \(nearest.joined(separator: ", ")).")
    case .brokenRules(let file, let message):
      "rules/\(file) has mistakes, so nothing was suggested. \(message)\n"
        + "Mend it, or see all with: ladder rules check"
    case .changedRule(let file, let version, let day):
      """
      rules/\(file) was changed, but its version is still \(version), which offers of \(day) came \
      from. Write "version": \(version + 1) in it, so that those offers can still be explained.
      """
    case .takenByColleague(let id, let user):
      "\(user) has taken offer \(id) to decide on. It comes back when they are done with it."
    case .nothingToTake(let others):
      others == 0
        ? "No offer waits for a decision. Next: ladder suggest"
        : "No offer is left to take: colleagues have the \(others) that wait."
    case .ruleGone(let id, let rule):
      "Offer \(id) cannot be edited: the version of rule \(rule) that made it is not kept."
    case .badEdit(let problems): problems.map(\.message).joined(separator: "\n")
    case .badName(let name):
      "\"\(name)\" is no name for a saved filter: 1 to 40 characters without quotes."
    case .editorFailed(let status):
      "The editor ended with exit status \(status). Set EDITOR to one that is there, such as nano."
    case .blankFilter: "There is no filter to save. Write one, such as: cohort = low"
    case .noSuchSegment(let name):
      "No filter is saved as \"\(name)\". List them with: ladder segments"
    case .noSuchCampaign(let name, let known):
      "There is no campaign \"\(name)\"."
        + (known.isEmpty
          ? " Make one with: ladder campaigns set NAME --budget AMOUNT"
          : " Campaigns: \(known.joined(separator: ", ")).")
    case .campaignInUse(let name, let rules):
      "\"\(name)\" is still the campaign of \(rules.count == 1 ? "rule" : "rules") "
        + "\(rules.joined(separator: ", ")). Give \(rules.count == 1 ? "it" : "them") another "
        + "campaign first, or none."
    case .badCampaign(let mistakes): mistakes.map { $0.words(.english) }.joined(separator: "\n")
    default: ""
    }
  }

  /// The exit code of a command that fails so: 1 the work failed, 2 the call was wrong, 3 the store
  /// is damaged or cannot be written.
  package var exitCode: Int32 {
    switch cause {
    case .store(let error): error.exitCode
    case .filter, .unknownProfile, .reasonMissing, .snoozeOver, .noSuchCustomer, .noSuchOffer,
      .noSuchEvent, .noSuchRule, .noSuchValue, .notForForm, .badEdit, .badName, .blankFilter,
      .noSuchSegment, .badChange, .horizonNotOver, .noSuchBranch, .nothingHeldOut, .noSuchCampaign,
      .badCampaign:
      2
    case .exchange(_, let error): error.isWrongCall ? 2 : 1
    default: 1
    }
  }
}

extension WorkspaceError.TableFlaw {
  /// What is wrong and what to do.
  fileprivate var message: String {
    switch self {
    case .unreadable(let reason): reason
    case .columnMissing(let names):
      """
      no column is called \(names.joined(separator: " or ")). Write a header such as \
      ID,x,t_x,T,zbar or ID,frequency,recency,T,monetary.
      """
    case .notANumber(let column, let text): "\(column) is \"\(text)\", which is no number."
    case .raggedRow: "the row has another number of fields than the header."
    case .contradiction:
      "x, t_x and T contradict each other: 0 <= t_x <= T, and t_x is 0 just when x is."
    }
  }
}

extension StoreError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .missing, .notAFolder, .notAStore, .notEmpty: 2
    case .damaged, .readOnly, .disk: 3
    case .conflict, .invalid: 1
    }
  }
}

extension ExchangeError {
  /// Whether another call would do, rather than another file.
  fileprivate var isWrongCall: Bool {
    switch self {
    case .unknownField, .unknownColumn, .ambiguousColumn, .mappedTwice, .mappingNotNeeded: true
    case .table, .unrecognised, .unfitting, .incompleteMapping: false
    }
  }
}

extension DiskError {
  /// What failed and what to do, for files outside the store.
  fileprivate var advice: String {
    switch kind {
    case .missing: "\(path): there is no such file or folder. Check the name."
    case .permission: "\(path): you may not open this. Ask for permission, or use a copy."
    case .isFolder: "\(path) is a folder, not a file. Name a file in it."
    case .notFolder: "\(path): a part of this path is a file, not a folder. Check the name."
    case .full: "\(path): the disk is full; nothing was written. Make room and try again."
    case .readOnlyFileSystem: "\(path): this disk can only be read. Choose another folder."
    case .exists: "\(path) is there already. Choose another name."
    case .symbolicLink: "\(path) is a symbolic link. Name the file itself."
    case .other: "\(path): \(systemText)."
    }
  }
}
