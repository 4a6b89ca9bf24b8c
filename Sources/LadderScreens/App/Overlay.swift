import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// What lies over the screen and takes all keys.
enum Overlay: Sendable {
  case finder(Finder)
  case dialog(Dialog, Question)
  case text(TextSheet)
  case offer(OfferForm)
}

/// What a dialog's answer is for.
enum Question: Sendable, Equatable {
  case rejectionReason([Int])
  case rejectionText([Int])
  case snoozeUntil([Int])
  case snoozeDay([Int])
  case approveMarked([Int])
  case rejectMarked([Int], reason: String)
  case export(ExportOptions)
  /// What came of offers was found, and may be written.
  case outcomes
  /// What a file leaves open is said before it comes in.
  case settleImport(ImportQuestion)
  /// Whether a file comes in among the invented people of a demo.
  case importIntoDemo
  /// Whether sales that were brought in before come in once more.
  case importAgain(String, ImportRequest)
  case takeBack(Int)
  case period, periodFrom
  case periodTo(Day)
  case overdueSince, overdueDay
  case branch([String])
  case segment, segmentName, segmentRemoval
  case removeCampaign(String)
  /// A rule was edited and could not be saved: its file, the text, and the line of its first mistake.
  case editAgain(file: String, text: String, line: Int?)
  /// A rule's file is opened in an editor that nobody chose.
  case editFile(String)
  case leave
  /// A programme of this currency and time zone, neither of which can change afterwards.
  case found(Currency, timeZone: String, Language)
  /// A form of a rule or a campaign would be lost by going to a screen, or back where there is none.
  case dropForm(ScreenID?)

  /// Whether the answer counts only when the question was drawn before it was given.
  var mustBeSeen: Bool {
    switch self {
    case .approveMarked, .rejectMarked, .export, .outcomes, .settleImport, .importIntoDemo,
      .importAgain, .takeBack, .removeCampaign, .leave, .dropForm, .found:
      true
    default: false
    }
  }
}

extension AppModel {
  /// Asks a question over the screen.
  mutating func ask(_ question: Question, title: String, message: String, _ kind: Dialog.Kind) {
    let cancel = KeyHint(key: "Esc", label: texts["dialog.cancel"])
    overlay = .dialog(
      Dialog(
        title: title, message: message, kind: kind, cancelHint: cancel,
        scrollHint: KeyHint(key: "PgDn", label: texts["app.scroll"])), question)
  }
}

/// Text to read: how a figure was computed, the messages so far.
struct TextSheet: Sendable, Equatable {
  var title: String
  var text: String
  var skipping = 0
}
