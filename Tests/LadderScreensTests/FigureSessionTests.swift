import Dispatch
import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Synchronization
import Testing
import TerminalKit

/// Sessions with figures: from a number to its people, other dates, how a figure was computed.
@Suite struct FigureSessionTests {
  private let programme: SmallProgramme

  init() throws { programme = try SmallProgramme() }

  private static let asOf = Day(number: 20_633)
  /// A day as the screens write it.
  private func written(_ day: Day) -> String { Texts.english.day(day) }

  private static let lastYear = Period(from: asOf.adding(months: -12), to: asOf)

  /// The customers that the list shows, by the count in its frame.
  private func listed(_ session: Session) throws -> Int {
    let line = try #require(session.lines.first { $0.contains("─ Customers ─") })
    let words = line.split(separator: " ")
    let place = try #require(words.firstIndex { $0.hasPrefix("customer") && $0 != "Customers" })
    return try #require(Int(words[place - 1]))
  }

  /// Every question about dates and branches can be left in the language of the screens.
  @Test(arguments: [["4", "d"], ["4", "d", "o"], ["W", "d"], ["W", "d", "o"], ["W", "b"]])
  func questionsAreLeftInTheLanguageOfTheScreens(keys: [String]) throws {
    let session = try Session(programme, language: .indonesian)
    for key in keys { session.press(key) }
    #expect(session.screen.contains("Esc Batal"), "\(session.screen)")
  }

  /// Whoever has lapsed is among those who slip away, and that is said.
  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func thoseWhoLapsedAreCounted(width: Int, height: Int) throws {
    let session = try Session(SmallProgramme(), width: width, height: height)
    let report = try #require(try session.workspace?.attrition(cohort: .high))
    let lapsed = report.rows.count { $0.stage == .lapsed }
    session.press("W")
    #expect(session.lines[1].contains("\(lapsed) lapsed") == (lapsed > 0), "\(session.screen)")
    session.press("t")
    #expect(lapsed > 0 || session.lines[1].contains("lapsed"), "\(session.screen)")
    if height >= 24 { #expect(session.screen.contains(". Bought ")) }
  }

  @Test func goesFromACellOfTheRetentionTableToItsPeople() throws {
    let session = try Session(programme)
    let table = try #require(try session.workspace?.retention())
    let row = table.rows[1]
    let month = try #require(row.active.indices.dropFirst().first { row.active[$0] > 1 })
    session.press("5", "T", "down")
    for _ in 0..<month { session.press("right") }
    let won = Texts.english.month(row.month)
    #expect(session.screen.contains("Of \(row.customers) customers won in \(won)"))
    session.press("enter")
    #expect(session.lines[0].contains("[2 Customers]"))
    #expect(session.lines[1].contains("Only: won in \(Texts.english.month(row.month)), bought in "))
    #expect(session.status.contains("filter: won in "))
    #expect(try listed(session) == row.active[month])
    // A filter narrows the scope down further; Escape takes the filter away first.
    session.press("/")
    session.type("zzz")
    session.press("enter")
    #expect(session.screen.contains("No customer matches"))
    session.press("esc")
    #expect(try listed(session) == row.active[month])
    session.press("esc")
    #expect(try listed(session) == 60 && !session.screen.contains("Only: "))
    session.press("q")
    #expect(session.screen.contains("[Who came back]"))
  }

  @Test func goesFromACellOfTheMigrationMatrixToItsPeople() throws {
    let session = try Session(programme)
    let flows = try #require(
      try session.workspace?.flows(over: Self.lastYear) { _ in true })
    session.press("5", "t", "enter")
    #expect(session.lines[1].contains("Only: High on \(written(Self.lastYear.from))."))
    #expect(try listed(session) == flows.cohorts.began("high"))
    session.press("q", "down", "right", "enter")
    let rows = try #require(
      try session.workspace?.rows(
        of: .moved(Self.lastYear, .cohorts, .fromTo("mid", "high"))))
    #expect(try !rows.isEmpty && listed(session) == rows.count)
    session.press("q", "end", "enter")
    #expect(session.lines[1].contains("Only: High on \(written(Self.lastYear.to))."))
    #expect(try listed(session) == flows.cohorts.ended("high"))
  }

  @Test func goesFromTheFlowsOfAStageToItsPeople() throws {
    let session = try Session(programme)
    let flows = try #require(
      try session.workspace?.flows(over: Self.lastYear) { _ in true })
    session.press("4", "end", "right", "enter")
    #expect(session.lines[1].contains("Only: came into Lapsed"))
    #expect(try listed(session) == flows.stages.joined("lapsed"))
    session.press("q", "right", "enter")
    #expect(session.lines[1].contains("Only: went out of Lapsed"))
    #expect(try listed(session) == flows.stages.left("lapsed"))
    session.press("q", "right", "enter")
    #expect(session.lines[1].contains("stage = \"lapsed\""))
    #expect(try listed(session) == flows.stages.ended("lapsed"))
  }

  @Test func comparesOtherDates() throws {
    let session = try Session(programme)
    session.press("4", "d", "2")
    let quarter = "\(written(Self.asOf.adding(months: -3))) to \(written(Self.asOf))"
    #expect(
      session.lines[1].contains(quarter)
    )
    session.press("5", "t")
    #expect(
      session.lines[2].contains(quarter)
    )
    session.press("d", "o", "ctrl-u")
    session.type("2025-01-01")
    session.press("enter", "ctrl-u")
    // A day may be written as the screens write it, too.
    session.type("31 Dec 2025")
    session.press("enter")
    #expect(session.lines[2].contains("1 Jan 2025 to 31 Dec 2025"))
    let flows = try #require(
      try session.workspace?.flows(
        over: Period(from: Day(number: 20_089), to: Day(number: 20_453))
      ) { _ in true })
    let high = flows.cohorts.began("high")
    #expect(
      session.screen.contains("\(high) customer\(high == 1 ? "" : "s") in High on 1 Jan 2025."))
    session.press("d", "o", "ctrl-u")
    session.type("2031-01-01")
    session.press("enter")
    #expect(session.status.contains("Write a day before \(written(Self.asOf))"))
    #expect(session.lines[2].contains("1 Jan 2025 to 31 Dec 2025"))
  }

  @Test func listsWhoSlipsAwayByWhatMayBeLost() throws {
    let session = try Session(programme)
    let report = try #require(try session.workspace?.attrition())
    let risks = report.rows.compactMap(\.valueAtRisk)
    #expect(risks.count == report.rows.count && risks == risks.sorted(by: >))
    session.press("W")
    #expect(session.lines[0].contains("[Slipping away]"))
    #expect(session.lines[3].contains(report.rows[0].name))
    session.press("down", "enter")
    #expect(session.lines[0].contains("[3 Card]") && session.lines[1].contains(report.rows[1].name))
    session.press("q", "t")
    let mid = try #require(try session.workspace?.attrition(cohort: .mid))
    #expect(session.lines[1].contains("Mid value") && session.lines[3].contains(mid.rows[0].name))
    session.press("t", "t", "d", "3")
    #expect(session.lines[1].contains("new since \(written(Self.asOf - 30))"))
    let new = try #require(try session.workspace?.attrition(since: Self.asOf - 30))
    #expect(new.rows.count < report.rows.count)
    #expect(session.lines[1].contains("\(new.rows.count) customer"))
    session.press("esc")
    #expect(session.lines[1].contains("\(report.rows.count) customer"))
    session.press("b", "2")
    let branch = try #require(session.workspace?.branches.first)
    #expect(session.lines[1].contains(branch))
  }

  @Test func reachesThoseWhoSlipAwayFromThePalette() throws {
    let session = try Session(programme)
    session.press("6", ":")
    session.type("slipping")
    session.press("enter")
    #expect(session.lines[0].contains("[Slipping away]"))
  }

  /// One key on every screen that shows a figure, with definition, inputs, parameters and date.
  @Test(arguments: [
    (["1"], "Lifecycle stages"), (["1", "right"], "Value cohorts"),
    (["1", "left", "left"], "Who brings"),
    (["1", "right", "right"], "Offers"), (["2", "left", "left", "left"], "P(alive)"),
    (["3"], "Stage: "),
    (["3", "right", "h"], "Chance of still being"), (["4", "right"], "Who moved between stages"),
    (["5"], "Value cohorts"), (["5", "t"], "Who moved between cohorts"),
    (["5", "T"], "Who came back"),
    (["6"], "Expected"), (["W"], "Yearly sales we may lose"),
    (["7"], "Matches: the customers"), (["7", "f"], "Whom a rule reaches"),
    (["7", "w"], "Nothing is saved"), (["7", "B"], "the earlier day"),
    (["7", "C"], "on a copy of the figures"),
  ])
  func explainsItsFigures(_ keys: [String], _ word: String) throws {
    let session = try Session(programme, width: 99, height: 60)
    keys.forEach { session.press($0) }
    if keys.last != "h" { session.press("h") }
    #expect(session.screen.contains("How this was computed"))
    #expect(session.screen.contains(word), "\(session.screen)")
    #expect(session.screen.contains("s at \(written(Self.asOf))"), "\(session.screen)")
  }

  @Test func showsTheCourseOfTheChance() throws {
    let session = try Session(programme, width: 80, height: 60)
    let card = try #require(try session.workspace?.card(ofCustomer: "C0000001"))
    session.press("3", "right", "enter")
    #expect(session.screen.contains("How this was computed"))
    #expect(card.aliveByMonth.count > 12)
    for point in card.aliveByMonth.suffix(3) {
      #expect(session.screen.contains("\(written(point.day))  "), "\(point.day)")
    }
    session.press("esc", "down", "enter")
    #expect(session.screen.contains("Degree of loyalty: ") && session.screen.contains("rhythm"))
  }

  /// No key waits for a fit, and Escape stops one in its middle; coming back begins anew.
  @Test func stopsAFitInItsMiddle() throws {
    let mayGoOn = DispatchSemaphore(value: 0)
    let isArmed = Atomic(false)
    let workspace = try programme.open()
    let session = Session(.programme(workspace), workspace) { progress in
      if progress.activity.contains("Fitting"), isArmed.load(ordering: .relaxed) { mayGoOn.wait() }
    }
    isArmed.store(true, ordering: .relaxed)
    // From here on the fit of the earlier date waits, so nothing may wait for it.
    for key in ["4", "down"] {
      session.terminal.press(key)
      session.app.takeNext()
      session.app.present()
    }
    // A few evaluations of the likelihood, then a stop.
    for _ in 0..<3 { mayGoOn.signal() }
    #expect(session.lines[0].contains("[4 Stages]") && session.screen.contains("Computing. "))
    session.terminal.press("esc")
    session.app.takeNext()
    session.app.present()
    isArmed.store(false, ordering: .relaxed)
    for _ in 0..<100 { mayGoOn.signal() }
    session.idle()
    #expect(session.status.contains("Stopped: "), "\(session.status)")
    #expect(session.screen.contains("Come back to this screen to begin anew"))
    session.press("1", "4")
    #expect(session.screen.contains("Came in since ") || session.screen.contains("Nobody came in"))
  }

  /// The fit is asked again and again whether to go on, and nothing is kept of a stopped one.
  @Test func leavesNothingOfAStoppedFit() throws {
    let workspace = try programme.open()
    let asked = Atomic(0)
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.prepare { progress in
        guard progress.activity == "Fitting the models" else { return true }
        return asked.wrappingAdd(1, ordering: .relaxed).newValue < 20
      }
    }
    #expect(error?.message(.english).hasPrefix("Stopped") == true)
    #expect(asked.load(ordering: .relaxed) == 20 && !workspace.isPrepared)
    try workspace.prepare()
    #expect(workspace.isPrepared)
  }
}
