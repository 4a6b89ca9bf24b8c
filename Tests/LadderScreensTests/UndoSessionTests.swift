import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit
import Testing

/// Every change that the screens can make is taken back by `u` after the program was ended and
/// started again, and done again by `U` after it was started once more.
@Suite struct UndoSessionTests {
  /// A change, and the keys that make it.
  struct Step: Sendable, CustomTestStringConvertible {
    let name: String
    /// What must be there for it.
    var first: [String] = []
    let keys: [String]
    var testDescription: String { name }
  }

  private static func written(_ text: String) -> [String] {
    text.map { $0 == " " ? "space" : String($0) }
  }

  private static let export =
    ["8", "enter", "ctrl-u"] + written("/disk/list.csv") + ["enter", "w", "1", "enter"]

  static let steps = [
    Step(name: "approve", keys: ["6", "a"]), Step(name: "reject", keys: ["6", "x", "1"]),
    Step(name: "put off", keys: ["6", "z", "1"]),
    Step(name: "put back", first: ["6", "a"], keys: ["6", "t", "r"]),
    Step(name: "approve marked", keys: ["6", "space", "space", "A", "2", "enter"]),
    Step(name: "reject marked", keys: ["6", "space", "space", "X", "1", "2", "enter"]),
    Step(name: "approve a rule's", keys: ["6", "R", "A", "7", "enter"]),
    Step(name: "change the language for customers", keys: ["6", "T"]),
    Step(name: "edit an offer", keys: ["6", "e", "down"] + written("Come in") + ["enter"]),
    Step(name: "take a batch", keys: ["6", "b"]),
    Step(name: "give it back", first: ["6", "b"], keys: ["6", "B"]),
    Step(name: "suggest", first: ["u"], keys: ["7", "s"]),
    Step(name: "switch a rule", keys: ["7", "space"]),
    Step(name: "change a rule", keys: ["7", "f", "enter"] + written(" x") + ["enter", "s"]),
    Step(name: "make a rule", keys: ["7", "n", "enter"] + written(" x") + ["enter", "s"]),
    Step(name: "turn a rule's numbers", keys: ["7", "w", "right", "s"]),
    Step(name: "make a campaign", keys: ["7", "c", "n", "enter", "A", "enter", "s"]),
    Step(name: "change a campaign", keys: ["7", "c", "e", "end", "enter", "x", "enter", "s"]),
    Step(
      name: "remove a campaign", first: ["7", "c", "n", "enter", "A", "enter", "s"],
      keys: ["7", "c", "home", "x", "y"]),
    Step(name: "save a filter", keys: ["2", "/", "a", "enter", "f", "s", "A", "enter"]),
    Step(
      name: "remove a filter", first: ["2", "/", "a", "enter", "f", "s", "A", "enter"],
      keys: ["2", "f", "r", "enter"]),
    Step(name: "bring a file in", keys: ["i", "enter"] + written(file) + ["enter", "w"]),
    Step(name: "export", first: ["6", "a"], keys: export),
    Step(
      name: "record results", first: ["6", "a"] + export,
      keys: ["i", "home", "enter"] + written(results) + ["enter", "w"]),
  ]

  private static let file = "/disk/more.csv"
  private static let results = "/disk/results.csv"

  @Test(arguments: steps)
  func isTakenBackAndDoneAgainAcrossStarts(_ step: Step) throws {
    var programme = try SmallProgramme()
    programme.disk.put(Self.file, Array("customer,date,amount\nA0,2026-06-01,9.00\n".utf8))
    programme.disk.put(
      Self.results, Array("offer,redeemed,date\n12,yes,2026-07-01\n".utf8))
    let session = try Session(programme)
    step.first.forEach { session.press($0) }
    if step.first.isEmpty == false { session.press("1") }
    let before = try Self.picture(session)
    step.keys.forEach { session.press($0) }
    let after = try Self.picture(session)
    #expect(after != before, "\(step.name) changed nothing:\n\(session.screen)")

    programme = SmallProgramme.copy(of: programme)
    let again = try Session(programme)
    again.press("u")
    // What weighs much is asked back.
    if again.screen.contains("Take this back?") { again.press("y") }
    #expect(try Self.picture(again) == before, "\(again.screen)")

    let last = try Session(SmallProgramme.copy(of: programme))
    last.press("U")
    // A file does not come back by data: it is written anew.
    #expect(try Self.picture(last) == after, "\(last.screen)")
  }

  /// All that anybody can change.
  private static func picture(_ session: Session) throws -> [String] {
    let workspace = try #require(session.workspace)
    let (status, rules) = (workspace.status(), try workspace.rules())
    return try workspace.offers(matching: "").map { "\($0)" }
      + rules.map { "\($0.id) \($0.isActive) \($0.title)" }
      + rules.flatMap { rule in
        (try? workspace.numbers(ofRule: rule.id))?.map { "\($0)" } ?? []
      }
      + workspace.campaigns().map { "\($0.campaign)" } + workspace.segments.map { "\($0)" }
      + status.batches.map { "\($0)" } + [
        "\(status.customers) \(workspace.overview().purchases)", "\(workspace.language)",
      ]
  }
}
