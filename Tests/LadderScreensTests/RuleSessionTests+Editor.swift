import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Synchronization
import TerminalKit
import Testing

/// Rules in an editor of one's own.
extension RuleSessionTests {
  /// An editor that makes a mistake first, and mends it when asked again at its line.
  @Test func anEditWithAMistakeIsPutAtItsLine() throws {
    let programme = try SmallProgramme()
    let disk = programme.disk
    let lines = LineLog()
    let editor = Editor(folder: "/disk") { path, line in
      lines.add(line)
      guard let bytes = try? disk.readWhole(path, .read) else { return 1 }
      var text = String(decoding: bytes, as: UTF8.self)
      text =
        text.contains("at lest")
        ? text.replacing("at lest", with: "at least")
        : text.replacing("at least", with: "at lest").replacing("\"14 days\"", with: "\"15 days\"")
      try? disk.writeWhole(path, Array(text.utf8), overwrite: true)
      return 0
    }
    let session = try Session(programme, width: 100, height: 30, editor: editor)
    let rules = try session.workspace?.rules() ?? []
    let place = try #require(rules.firstIndex { $0.id == "new.second-purchase" })
    session.press("7")
    for _ in 0..<place { session.press("down") }
    session.press("e")
    #expect(session.screen.contains("This rule has a mistake"))
    #expect(session.screen.contains("Did you mean"))
    #expect(session.terminal.suspensions == 1)
    session.press("e")
    #expect(lines.all == [nil, 11])
    #expect(session.terminal.suspensions == 2)
    #expect(!session.screen.contains("This rule has a mistake"))
    #expect(try session.workspace?.rules().contains { $0.problems > 0 } == false)
    // Thrown away, the rule is as it was.
    session.press("e", "d")
    #expect(session.status.contains("thrown away"))
  }

  /// Escape is no answer, so nothing of what was written may be lost by it.
  @Test func whatWasEditedIsKeptWhenItsMistakeIsPutOff() throws {
    let programme = try SmallProgramme()
    let (disk, seen) = (programme.disk, TextLog())
    let editor = Editor(folder: "/disk") { path, _ in
      guard let bytes = try? disk.readWhole(path, .read) else { return 1 }
      let text = String(decoding: bytes, as: UTF8.self)
      seen.add(text)
      try? disk.writeWhole(path, Array((text + "mine").utf8), overwrite: true)
      return 0
    }
    let session = try Session(programme, width: 100, height: 30, editor: editor)
    session.press("7", "e")
    #expect(session.screen.contains("This rule has a mistake"))
    session.press("esc")
    #expect(session.status.contains("to go on with it"))
    session.press("q")
    #expect(session.screen.contains("would be lost"))
    session.press("esc", "e", "d")
    #expect(seen.all.map { $0.hasSuffix("mine") } == [false, true])
    // Thrown away, it begins with the file again.
    session.press("e", "d")
    #expect(seen.all.last?.hasSuffix("mine") == false)
    session.press("q")
    #expect(session.app.hasEnded)
  }

  /// Whoever did not choose the editor is told which it is and how to leave it, once.
  @Test(arguments: [
    ("nano", "Ctrl+X"), ("vim.basic", ":q!"), ("nvim", ":q!"), ("emacs-nox", "Ctrl+C"),
    ("mcedit", "leave it to come back"),
  ])
  func anUnchosenEditorIsToldHowToLeave(program: String, way: String) throws {
    let editor = Editor(folder: "/disk", unchosen: program) { _, _ in 0 }
    let session = try Session(SmallProgramme(), editor: editor)
    session.press("7", "e")
    #expect(session.screen.contains("The rule opens in \(program)"))
    #expect(session.screen.contains(way), "\(session.screen)")
    #expect(session.terminal.suspensions == 0)
    session.press("esc", "e", "y")
    #expect(session.terminal.suspensions == 1)
    session.press("e")
    #expect(session.terminal.suspensions == 2)
  }

  /// As on Debian: what somebody chose, else `editor`, nano, vi.
  @Test(
    arguments: [
      (["VISUAL": "code -w", "EDITOR": "nano"], nil, ["editor"], "code -w", nil),
      (["VISUAL": " ", "EDITOR": "ed"], nil, ["editor"], "ed", nil),
      ([:], "SELECTED_EDITOR=\"/bin/micro\"\n", ["/bin/micro", "editor"], "/bin/micro", "micro"),
      ([:], "SELECTED_EDITOR=\"/bin/gone\"\n", ["editor", "nano"], "editor", "editor"),
      ([:], nil, ["nano", "vi"], "nano", "nano"), ([:], nil, ["vi"], "vi", "vi"),
      ([:], nil, [], "vi", "vi"),
    ] as [([String: String], String?, [String], String, String?)])
  func editorsAreTakenInDebiansOrder(
    variables: [String: String], selected: String?, programs: [String], command: String,
    unchosen: String?
  ) {
    let choice = EditorChoice(
      variables: variables, selected: selected,
      program: { programs.contains($0) ? "/usr/bin/" + $0 : nil })
    #expect(choice.command == command && choice.unchosen == unchosen)
  }

  @Test func anEditorThatCannotBeStartedIsTold() throws {
    let session = try Session(
      SmallProgramme(), width: 100, height: 30, editor: Editor(folder: "/disk") { _, _ in 127 })
    session.press("7", "e")
    #expect(session.status.contains("exit status 127"))
  }
}

/// The lines at which an editor was opened.
private final class LineLog: Sendable {
  private let lines = Mutex<[Int?]>([])
  var all: [Int?] { lines.withLock { $0 } }
  func add(_ line: Int?) { lines.withLock { $0.append(line) } }
}

/// The texts that an editor was given.
private final class TextLog: Sendable {
  private let texts = Mutex<[String]>([])
  var all: [String] { texts.withLock { $0 } }
  func add(_ text: String) { texts.withLock { $0.append(text) } }
}
