import Testing

@testable import TerminalKit

/// The field after some keys by name.
private func typed(_ text: String, _ names: String...) -> TextFieldState {
  var state = TextFieldState(text)
  for name in names {
    if let key = Key(name: name) { _ = state.handle(key) }
  }
  return state
}

@Suite struct InputTests {
  @Test(arguments: [
    (["x"], "one twox", 8), (["left", "x"], "one twxo", 7), (["home", "delete"], "ne two", 0),
    (["backspace"], "one tw", 6), (["ctrl-w"], "one ", 4), (["ctrl-w", "ctrl-w"], "", 0),
    (["ctrl-u"], "", 0), (["home", "ctrl-k"], "", 0), (["ctrl-left", "x"], "one xtwo", 5),
    (["home", "ctrl-right", "x"], "onex two", 4), (["home", "left", "backspace"], "one two", 0),
    (["end", "right", "delete"], "one two", 7), (["ctrl-a", "space"], " one two", 1),
  ])
  func editing(names: [String], text: String, cursor: Int) {
    var state = TextFieldState("one two")
    for name in names { _ = Key(name: name).map { state.handle($0) } }
    #expect(state.text == text)
    #expect(state.cursor == cursor)
  }

  @Test(
    arguments: [
      ([], "one two", 7, true), (["x"], "x", 1, false), (["x", "y"], "xy", 2, false),
      (["backspace"], "", 0, false), (["delete"], "", 0, false), (["ctrl-w"], "", 0, false),
      (["backspace", "x"], "x", 1, false), (["left"], "one two", 0, false),
      (["left", "x"], "xone two", 1, false), (["right", "x"], "one twox", 8, false),
      (["end", "x"], "one twox", 8, false), (["home", "x"], "xone two", 1, false),
      (["ctrl-left", "x"], "one xtwo", 5, false), (["end", "backspace"], "one tw", 6, false),
      (["enter"], "one two", 7, true), (["tab"], "one two", 7, true),
    ] as [([String], String, Int, Bool)])
  func aSelectedTextGivesWay(names: [String], text: String, cursor: Int, isSelected: Bool) {
    var state = TextFieldState.selected("one two")
    for name in names { _ = Key(name: name).map { state.handle($0) } }
    #expect(state.text == text)
    #expect(state.cursor == cursor)
    #expect(state.isSelected == isSelected)
  }

  @Test func aPasteAndACompletionTakeThePlaceOfASelectedText() {
    var pasted = TextFieldState.selected("10")
    pasted.insert("\u{1B}")
    #expect(pasted.isSelected)
    pasted.insert("15")
    #expect(pasted.text == "15")
    var completed = TextFieldState.selected("stage = contact")
    #expect(completed.kept.isEmpty)
    completed.replace(last: 0, with: "spend ")
    #expect(completed.text == "spend ")
    #expect(completed.kept == "spend ")
    #expect(TextFieldState.selected("").isSelected == false)
  }

  @Test func aSelectedTextIsDrawnReversedWithoutColour() {
    var context = RenderContext()
    context.theme = .monochrome
    var frame = Frame(width: 8, height: 1)
    frame.draw(TextField(prompt: "/", .selected("10")), in: frame.bounds, context)
    #expect(frame.styledLines == ["{dim|/}{reverse|10}{underline|     }", "cursor 3,0"])
    frame = Frame(width: 8, height: 1)
    frame.draw(
      TextField(prompt: "/", .selected("10"), isFocused: false), in: frame.bounds, context)
    #expect(frame.styledLines == ["{dim|/}{underline|10     }"])
  }

  @Test func graphemesAreDeletedWhole() {
    #expect(typed("a👨‍👩‍👧‍👦", "backspace").text == "a")
    #expect(typed("e\u{301}", "backspace").isEmpty)
    var state = TextFieldState("e")
    state.insert("\u{301}x")
    #expect(state.text == "éx")
    #expect(state.cursor == 2)
  }

  @Test func pastedControlsAreDropped() {
    var state = TextFieldState("ab")
    _ = state.handle(.left)
    state.insert("1\n2\t3\u{1B}\u{9B}")
    #expect(state.text == "a1 2 3b")
    for key in [Key.enter, .escape, .tab] { #expect(state.handle(key) == false) }
  }

  @Test(arguments: [
    ("", 5, [""]), ("one two", 7, ["one two"]), ("one two", 6, ["one ", "two"]),
    ("one two", 3, ["one ", "two"]), ("abcdefg", 3, ["abc", "def", "g"]),
    ("a bcdef g", 3, ["a ", "bcd", "ef ", "g"]), ("a\n\nb\n", 9, ["a", "", "b", ""]),
    ("one   two", 4, ["one   ", "two"]), ("李小龍先", 5, ["李小", "龍先"]), ("李", 1, ["李"]),
  ])
  func rowsBreakBehindBlanks(text: String, width: Int, rows: [String]) {
    let state = TextFieldState(text)
    #expect(state.rows(width: width).map(state.text(of:)) == rows)
  }

  /// From anywhere the rows lead down to the last one and up to the first, near the same column.
  @Test func theCursorGoesFromRowToRow() {
    var state = TextFieldState("one two\n\nthree four")
    _ = state.handle(.home)
    for _ in 0..<2 { _ = state.handle(.right) }
    var places: [[Int]] = []
    repeat {
      let place = state.place(in: state.rows(width: 6))
      places.append([place.row, place.column])
    } while state.moveRow(by: 1, width: 6)
    #expect(places == [[0, 2], [1, 2], [2, 0], [3, 0], [4, 0]])
    // A row that goes on has its last place before its end.
    state = TextFieldState("one two\n\nthree four")
    let (isUp, isTooFar) = (
      state.moveRow(by: -1, width: 6), state.moveRow(by: -4, width: 6)
    )
    #expect(isUp && !isTooFar)
    #expect(state.place(in: state.rows(width: 6)) == (3, 4))
    #expect(state.before.hasSuffix("thre"))
  }

  @Test func linesArePastedIntoAnArea() {
    var state = TextFieldState("ab")
    state.insert("1\r\n2\t3\u{1B}", keepingLines: true)
    #expect(state.text == "ab1\n2 3")
  }

  @Test func theAreaScrollsWithTheCursor() {
    var area = TextArea(TextFieldState("one two three"))
    func frame() -> Frame {
      var frame = Frame(width: 6, height: 2)
      frame.draw(area, in: frame.bounds, RenderContext())
      return frame
    }
    #expect(area.height(width: 6) == 3)
    #expect(frame().textLines == ["two", "three"])
    #expect(frame().cursor == Position(x: 5, y: 1))
    _ = area.state.handle(.home)
    #expect(frame().textLines == ["one", "two"] && frame().cursor == Position(x: 0, y: 0))
    _ = area.state.handle(.end)
    area.isFocused = false
    #expect(frame().textLines == ["one", "two"] && frame().cursor == nil)
    area = TextArea(TextFieldState(), placeholder: "nothing")
    #expect(frame().textLines == ["nothin", ""])
  }

  @Test func theFieldScrollsWithTheCursor() {
    var frame = Frame(width: 8, height: 1)
    var field = TextField(prompt: "/", TextFieldState("abcdefghij"))
    frame.draw(field, in: frame.bounds, RenderContext())
    #expect(frame.textLines == ["/‹fghij"])
    #expect(frame.cursor == Position(x: 7, y: 0))
    _ = field.state.handle(.home)
    frame = Frame(width: 8, height: 1)
    frame.draw(field, in: frame.bounds, RenderContext())
    #expect(frame.textLines == ["/abcdefg"])
    #expect(frame.cursor == Position(x: 1, y: 0))
    frame = Frame(width: 8, height: 1)
    frame.draw(TextField(TextFieldState("李小龍先")), in: frame.bounds, RenderContext())
    #expect(frame.textLines == ["‹小龍先"])
    #expect(frame.cursor == Position(x: 7, y: 0))
  }

  @Test func withoutUnicodeTheSignOfMoreIsPlain() {
    var frame = Frame(width: 4, height: 1)
    let plain = RenderContext(capabilities: Capabilities(unicode: false))
    frame.draw(TextField(TextFieldState("abcdef")), in: frame.bounds, plain)
    #expect(frame.textLines == ["<ef"])
    // A field with room for all of it has no sign.
    frame = Frame(width: 8, height: 1)
    frame.draw(TextField(TextFieldState("abcdef")), in: frame.bounds, plain)
    #expect(frame.textLines == ["abcdef"])
  }

  private static func dialog(title: String, message: String, kind: Dialog.Kind) -> Dialog {
    Dialog(
      title: title, message: message, kind: kind,
      cancelHint: KeyHint(key: "Esc", label: "Cancel"),
      scrollHint: KeyHint(key: "PgDn", label: "Scroll"))
  }

  @Test func confirmingTakesItsOwnKeyOnly() {
    var dialog = Self.dialog(
      title: "Approve", message: "Approve 12 offers?", kind: .confirm(yes: "y", label: "Approve"))
    #expect(dialog.handle(.enter) == nil)
    #expect(dialog.handle(.character("a")) == nil)
    #expect(dialog.handle(.character("n")) == .cancelled)
    #expect(dialog.handle(.escape) == .cancelled)
    #expect(dialog.handle(.character("y")) == .confirmed)
    #expect(dialog.handle(.character("н")) == .confirmed)  // the same place on a Russian keyboard
  }

  @Test func whatLeavesTheHouseIsTyped() {
    var dialog = Self.dialog(
      title: "Export", message: "Type 120 to export.",
      kind: .typed(expected: "120", TextFieldState()))
    for key in [Key.character("1"), .character("2"), .enter] {
      #expect(dialog.handle(key) == nil)
    }
    #expect(dialog.handle(.character("0")) == nil)
    #expect(dialog.handle(.enter) == .confirmed)
  }

  @Test func choosingAndPrompting() {
    var dialog = Self.dialog(
      title: "Why?", message: "Reason",
      kind: .choice([.init("Too costly", key: "c"), .init("Wrong person")], selected: 0))
    #expect(dialog.handle(.down) == nil)
    #expect(dialog.handle(.enter) == .chosen(1))
    #expect(dialog.handle(.character("c")) == .chosen(0))
    var prompt = Self.dialog(title: "Note", message: "", kind: .prompt(TextFieldState()))
    prompt.paste("hel\nlo")
    #expect(prompt.handle(.enter) == .entered("hel lo"))
  }

  @Test func dialogsLieOverTheScreen() {
    var frame = Frame(width: 24, height: 8)
    frame.fill(frame.bounds, with: ".", style: .plain)
    let dialog = Self.dialog(
      title: "Sure?", message: "Reject 3 offers", kind: .confirm(yes: "y", label: "Yes"))
    frame.draw(dialog, in: frame.bounds.inset(dx: 1, dy: 0), RenderContext())
    #expect(
      frame.textLines == [
        "........................", ".┌─ Sure? ────────────┐.", ".│ Reject 3 offers    │.",
        ".│                    │.", ".│                    │.", ".│ y Yes  Esc Cancel  │.",
        ".└────────────────────┘.", "........................",
      ])
    #expect(frame.cursor != nil)
  }

  @Test func scriptedSessions() {
    let terminal = ScriptedTerminal(width: 20, height: 2)
    terminal.press("down", "hi", "ctrl-p")
    terminal.append([.resize(Size(width: 40, height: 10))])
    terminal.waker.wake()
    var seen: [TerminalEvent] = []
    while let event = terminal.nextEvent(timeout: nil), event != .endOfInput {
      seen.append(event)
      terminal.draw(Frame(terminal.size))
    }
    #expect(
      seen == [
        .wake, .key(.down), .key(.character("h")), .key(.character("i")), .key(.control("p")),
        .resize(Size(width: 40, height: 10)),
      ])
    #expect(terminal.frames.count == 6)
    #expect(terminal.lastFrame?.width == 40)
    #expect(terminal.nextEvent(timeout: 0) == nil)
  }
}
