import Testing

@testable import TerminalKit

private enum Deed { case approve, approveMarked, reject, undo, help }

private let table = BindingTable<Deed>([
  KeyBinding(
    [.character("a")], .approve, name: "approve", label: "Approve",
    help: "Approve the selected offer.", priority: 5),
  KeyBinding(
    [.character("A")], .approveMarked, name: "approve-marked", label: "Approve marked",
    help: "Approve all marked offers.", priority: 2),
  KeyBinding(
    [.character("x"), .delete], .reject, name: "reject", label: "Reject",
    help: "Reject the selected offer, with a reason.", priority: 4),
  KeyBinding([.character("u")], .undo, name: "undo", label: "Undo", help: "Take it back."),
  KeyBinding(
    [.character("?"), .function(1)], .help, name: "help", label: "Help", help: "Show all keys.",
    priority: 0),
])

@Suite struct BindingTests {
  @Test(arguments: [
    ("a", Deed.approve), ("A", .approveMarked), ("delete", .reject), ("f1", .help),
    ("ф", .approve), ("Ф", .approveMarked), ("α", .approve), ("ч", .reject), ("θ", .undo),
    ("z", nil), ("ctrl-a", nil),
  ])
  fileprivate func dispatch(name: String, deed: Deed?) {
    #expect(Key(name: name).flatMap { table.command(for: $0) } == deed)
  }

  @Test func hintsLeaveOutWhatCannotBeDone() {
    let hints = table.hints { $0 == .undo ? "Nothing to undo" : nil }
    #expect(hints.map(\.label) == ["Approve", "Approve marked", "Reject"])
    #expect(hints.map(\.key) == ["a", "A", "x"])
  }

  @Test(arguments: [
    ("", ["approve", "approve-marked", "reject", "undo", "help"]),
    ("approve", ["approve", "approve-marked"]), ("marked", ["approve-marked"]),
    ("APP", ["approve", "approve-marked"]), ("mark app", ["approve-marked"]),
    ("rjt", ["reject"]), ("reason", ["reject"]), ("f1", ["help"]), ("zzz", []),
  ])
  func paletteFindsByAnyPart(query: String, names: [String]) {
    #expect(table.entries(matching: query).map(\.binding.name) == names)
  }

  @Test func whatCannotBeDoneComesLaterWithItsReason() {
    let entries = table.entries(matching: "approve") { $0 == .approve ? "Already approved" : nil }
    #expect(entries.map(\.whyDisabled) == ["Already approved", nil])
    let equal = table.entries(matching: "offer") { $0 == .approve ? "Already approved" : nil }
    #expect(equal.map(\.binding.name) == ["approve-marked", "reject", "approve"])
  }

  @Test func conflictsAreFoundAndDocumented() {
    #expect(table.conflictingKeys.isEmpty)
    let twice = BindingTable(table.bindings + table.bindings.prefix(1))
    #expect(twice.conflictingKeys == [.character("a")])
    #expect(table.markdown.contains("| `x` `delete` | `reject` | Reject the selected offer"))
  }
}

@Suite struct CapabilityTests {
  @Test(arguments: [
    (["LANG": "en_US.UTF-8"], true), (["LANG": "C"], false), ([:], true),
    (["LANG": "de_DE.UTF-8", "LC_ALL": "POSIX"], false), (["LC_CTYPE": "C.utf8"], true),
    (["LC_ALL": "", "LANG": "fr_FR.ISO-8859-1"], false),
  ])
  func unicodeByLocale(environment: [String: String], expected: Bool) {
    let found = Capabilities.detected(environment: environment, noColor: false, colors: 256)
    #expect(found.unicode == expected)
  }

  @Test(arguments: [
    (-1, false, ColorDepth.none), (8, false, .eight), (16, false, .sixteen), (256, false, .palette),
    (256, true, .none),
  ])
  func colorDepths(colors: Int, declined: Bool, expected: ColorDepth) {
    let environment = declined ? ["NO_COLOR": "1"] : ["NO_COLOR": ""]
    let found = Capabilities.detected(environment: environment, noColor: false, colors: colors)
    #expect(found.colorDepth == expected)
    let asked = Capabilities.detected(environment: [:], noColor: true, colors: colors)
    #expect(asked.colorDepth == .none)
  }

  @Test(
    arguments: [
      (Color.standard, ColorDepth.palette, nil), (.red, .none, nil), (.red.bright, .sixteen, 9),
      (.red.bright, .eight, 1), (.rgb(255, 0, 0), .palette, 196), (.rgb(255, 0, 0), .sixteen, 9),
      (.rgb(8, 8, 8), .palette, 232), (.rgb(1, 2, 3), .exact, 0x010203),
      (.palette(196), .sixteen, 9),
      (.palette(21), .palette, 21),
    ] as [(Color, ColorDepth, Int?)])
  func colorsFallBackToTheNearest(color: Color, depth: ColorDepth, number: Int?) {
    #expect(color.number(at: depth) == number)
  }

  @Test func withoutColoursAttributesRemain() {
    #expect(Theme.monochrome[.selection] != Theme.monochrome[.text])
    #expect(Theme.monochrome[.bad] != Theme.monochrome[.good])
    let colourful = Theme(name: "colourful", styles: [.bad: Style(.red, on: .blue)])
    let bare = RenderContext(theme: colourful, capabilities: Capabilities(colorDepth: .none))
    for role in Role.allCases {
      #expect(bare[role].foreground == .standard && bare[role].background == .standard)
    }
  }
}
