package import LoyaltyModel
package import LoyaltyWorkspace

/// A line that tells how something went; it stays until the next key and in the list of messages.
struct Notice: Equatable, Sendable {
  enum Kind: Sendable { case done, failed, hint }
  var kind: Kind
  var text: String

  static func done(_ text: String) -> Notice { Notice(kind: .done, text: text) }
  static func failed(_ text: String) -> Notice { Notice(kind: .failed, text: text) }
  static func hint(_ text: String) -> Notice { Notice(kind: .hint, text: text) }
}

/// What was asked for and may not be there yet, or may have failed.
enum Loadable<Value: Sendable>: Sendable {
  case missing
  case loaded(Value)
  case failed(String)

  var value: Value? { if case .loaded(let value) = self { value } else { nil } }
  var failure: String? { if case .failed(let text) = self { text } else { nil } }
  var isMissing: Bool { if case .missing = self { true } else { false } }
}

/// What every screen needs to know about the programme.
package struct ProgrammeFacts: Sendable {
  /// What is known right now.
  package var status: WorkspaceStatus
  /// Grows with every change.
  package var revision: Int
  /// How numbers are written.
  package var display: DisplayFormat
  /// The words of the screens.
  package var texts: Texts
  /// What whoever opened the programme should be told once, in a line; nearly always nil.
  package var openingNotice: String?

  /// Facts of a programme that is being opened.
  init(_ status: WorkspaceStatus, _ environment: WorkspaceEnvironment) {
    (self.status, revision) = (status, 0)
    (display, texts) = (environment.display, environment.texts)
  }

  init(_ workspace: LoyaltyWorkspace) {
    status = workspace.status()
    revision = workspace.revision
    display = workspace.display
    texts = workspace.texts
    openingNotice = workspace.unfinishedWrite.map { torn in
      workspace.texts(
        "opened.torn", ["file": torn.file, "n": workspace.display.number(torn.bytes)])
    }
  }

  /// What sentences are written with.
  var wording: Wording { Wording(texts, display) }
  /// The currency of every amount.
  var currency: Currency { status.currency }
  /// A whole number with groups.
  func number(_ value: Int) -> String { display.number(value) }
  /// An amount with its currency.
  func money(_ minorUnits: Int64) -> String { display.money(minorUnits, currency) }
  /// A day, to be read.
  func day(_ day: Day) -> String { display.day(day) }
  /// The amount that somebody wrote in the form of the language, or plainly as `2.50`.
  func amount(written text: String) -> Int64? { display.amount(anyhow: text, currency) }
  /// An amount alone.
  func amount(_ minorUnits: Int64) -> String { display.amount(minorUnits, currency) }
}
