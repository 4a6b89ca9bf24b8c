import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

@testable import LadderScreens

/// The binding tables, and that every key in them does something.
@Suite struct BindingTests {
  /// Keys that lead to a screen.
  static let ways: [ScreenID: [String]] = [
    .overview: [], .customers: ["2"], .card: ["2", "down", "enter"], .stages: ["4", "down"],
    .cohorts: ["5", "down"], .review: ["6"], .rules: ["7"], .export: ["6", "a", "8"],
    .ruleForm: ["7", "f", "down"], .whatIf: ["7", "w"], .backtest: ["7", "B"],
    .closest: ["7", "down", "down", "m"],
    .attrition: ["W"], .importing: ["i"], .activity: ["6", "a", "L"],
    .campaigns: ["7", "c", "n", "enter", "Z", "enter", "s", "home"],
    .campaignForm: ["7", "c", "e", "down"],
  ]

  /// What must have happened for a command to have something to do.
  private static func preparation(_ command: Command, on screen: ScreenID) -> [String] {
    if let own = ownPreparation(command, on: screen) { return own }
    return switch command {
    case .up, .pageUp, .first, .extendUp: ["down", "down", "end"]
    case .dismiss: screen == .review || screen == .customers ? ["/", "e", "enter"] : []
    case .approveMarked, .rejectMarked: ["space"]
    case .reopen: ["a", "t"]
    case .scrollUp: ["J"]
    case .snooze, .approve, .reject: ["down"]
    case .previousCustomer: ["n"]
    case .nextChoice, .previousChoice: ["down"]
    case .removeCampaign: ["end"]
    case .giveBatchBack: ["b"]
    case .summary: ["a"]
    case .hideColumn: ["right"]
    case .showColumns: ["right", "-"]
    case .segments: ["/", "a", "enter"]
    case .redo: ["u"]
    case .messages: ["M"]
    default: []
    }
  }

  /// The same where it is of one screen; nil where it is not.
  private static func ownPreparation(_ command: Command, on screen: ScreenID) -> [String]? {
    switch (screen, command) {
    case (.rules, .dismiss): ["right"]
    case (.rules, .changeScope): ["d"]
    case (.cohorts, .right), (.cohorts, .dates): ["t"]
    case (.cohorts, .left): ["t", "right"]
    case (.importing, .scrollDown):
      ["home", "enter"] + SmallProgramme.guessed.map { String($0) } + ["enter"]
    case (.importing, .scrollUp):
      ["home", "enter"] + SmallProgramme.guessed.map { String($0) } + ["enter", "J"]
    case (.importing, .run), (.importing, .tryOut):
      ["home", "enter"] + SmallProgramme.file.map { String($0) } + ["enter"]
    // Only columns that were guessed can be taken over.
    case (.importing, .takeOver):
      ["home", "enter"] + SmallProgramme.guessed.map { String($0) } + ["enter"]
    case (.ruleForm, .nextChoice), (.ruleForm, .previousChoice): []
    case (.ruleForm, .save): ["home", "enter", "x", "enter"]
    case (.campaignForm, .save): ["end", "enter", "x", "enter"]
    case (.whatIf, .save), (.whatIf, .reset): ["right"]
    default: nil
    }
  }

  @Test(arguments: ScreenID.allCases)
  func bindsNoKeyTwice(_ screen: ScreenID) {
    #expect(ScreenBindings.table(for: screen, .english).conflictingKeys.isEmpty)
  }

  @Test(arguments: ScreenID.allCases, Language.allCases)
  func explainsEveryCommand(_ screen: ScreenID, _ language: Language) {
    for binding in ScreenBindings.table(for: screen, Texts(embedded: language)).bindings {
      #expect(binding.help.hasSuffix(".") && binding.help.count > 12, "\(binding.name)")
      #expect(!binding.label.isEmpty && TextWidth.of(binding.label) <= 20, "\(binding.name)")
      #expect(!binding.keys.isEmpty, "\(binding.name)")
    }
  }

  /// Who knows only one key finds all others, even in the narrowest window and the longest words.
  @Test(arguments: ScreenID.allCases, Language.allCases)
  func showsTheKeyToHelp(_ screen: ScreenID, _ language: Language) {
    let hints = ScreenBindings.table(for: screen, Texts(embedded: language)).hints()
    #expect(Footer(hints).fitting(width: 40).contains { $0.key == "?" })
  }

  /// Commands that have nothing to do where the sessions stand; they say why.
  private static let idle: [ScreenID: Set<Command>] = [
    .overview: [.dismiss], .stages: [.dismiss], .cohorts: [.dismiss], .export: [.dismiss],
  ]

  private static func states(_ session: Session) throws -> [OfferState: [Int]] {
    guard session.app.model.screen == .review else { return [:] }
    return try Dictionary(
      uniqueKeysWithValues: [OfferState.suggested, .approved, .rejected, .snoozed].map {
        ($0, try session.offers($0).map(\.id))
      })
  }

  /// Columns that make what is told of a file longer than its place on the screen.
  private static let unused = (1...4).map { "a column that tells nothing, number \($0)" }
    .joined(separator: ";")

  /// Whether a command has nothing to do; one's own programme can be begun from a demo alone.
  private static func isIdle(_ command: Command, on screen: ScreenID) -> Bool {
    command == .beginOwn || idle[screen]?.contains(command) == true
  }

  /// Every key of every screen changes what is seen, by doing what it is for.
  @Test(arguments: ScreenID.allCases.filter { ways[$0] != nil })
  func doesSomethingOnEveryKey(_ screen: ScreenID) throws {
    let programme = try SmallProgramme()
    for binding in ScreenBindings.table(for: screen, .english).bindings {
      // One list tries every key of every command; elsewhere the first key stands for all.
      for key in binding.keys.prefix(screen == .customers ? .max : 1) {
        let copy = SmallProgramme.copy(of: programme)
        copy.disk.put(SmallProgramme.file, Array("customer,date,amount\nA0,2026-06-01,9.00\n".utf8))
        // Where there are few rows, all that is said of a file is in view.
        let rows = String(repeating: "A0;01.06.2026;9,00;;;;\n", count: 12)
        copy.disk.put(
          SmallProgramme.guessed, Array("Kd Nr;Datum;Betrag;\(Self.unused)\n\(rows)".utf8))
        let session = try Session(copy)
        Self.ways[screen]?.forEach { session.press($0) }
        Self.preparation(binding.command, on: screen).forEach { session.press($0) }
        let (before, model) = (session.terminal.lastFrame, session.app.model)
        let (states, entries) = (try Self.states(session), try session.entries())
        if case .show(screen) = binding.command {
          let why = session.app.model.whyDisabled(binding.command)
          #expect((why == nil) == (screen.number != nil), "\(screen) leads to itself")
          continue
        }
        let why = session.app.model.whyDisabled(binding.command)
        #expect(
          (why == nil) == !Self.isIdle(binding.command, on: screen),
          "\(binding.name) on \(screen): \(why ?? "")")
        session.press(key.name)
        #expect(
          session.terminal.lastFrame != before || session.app.hasEnded,
          "\(key.name) (\(binding.name)) on \(screen)")
        guard why == nil else { continue }
        let effect = BindingEffect(
          screen: screen, before: model, after: session.app.model,
          entries: (entries, try session.entries()), states: (states, try Self.states(session)))
        #expect(
          effect.holds(for: binding.command), "\(key.name) (\(binding.name)) on \(screen)")
      }
    }
  }

  @Test func doesSomethingOnEveryKeyOfTheWelcomeScreen() {
    for binding in ScreenBindings.table(for: .welcome, .english).bindings
    where binding.command != .first {
      for key in binding.keys {
        let session = Session(.welcome(.example()))
        if [.up, .pageUp].contains(binding.command) { session.press("down") }
        if [.edit, .last].contains(binding.command) { session.press("down") }
        let before = session.terminal.lastFrame
        session.press(key.name)
        #expect(
          session.terminal.lastFrame != before || session.app.hasEnded
            || [.pageDown, .pageUp, .last].contains(binding.command), "\(key.name)")
      }
    }
  }

  /// Hotkeys work on keyboards of other scripts: the key at the place of `j`, `x`, `u`.
  @Test func worksOnACyrillicKeyboard() throws {
    let session = try Session(SmallProgramme())
    session.press("6", "о")
    #expect(session.screen.contains("2 of "))
    session.press("ч")
    #expect(session.screen.contains("Reject: why?"))
  }
}

extension SmallProgramme {
  /// A file that can be brought in.
  fileprivate static let file = "/disk/more.csv"
  /// Another, whose columns are guessed from their names.
  fileprivate static let guessed = "/disk/till.csv"
}
