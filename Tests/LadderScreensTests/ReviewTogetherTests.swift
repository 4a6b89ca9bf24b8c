import Foundation
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

@testable import LadderScreens

/// Reviewing by rules, in batches, with edits; saved filters; the mouse; what is remembered.
struct ReviewTogetherTests {
  let programme: SmallProgramme
  let waiting: [Offer]

  init() throws {
    programme = try SmallProgramme()
    waiting = try programme.open().offers(matching: "state = suggested")
  }

  private func review(as user: String = "anna") throws -> Session {
    let session = try Session(programme, width: 100, height: 30, as: user)
    session.press("6")
    return session
  }

  @Test func looksAtTheQueueByRulesAndDecidesOneAsAWhole() throws {
    let session = try review()
    session.press("R")
    let rule = try #require(waiting.first?.rule)
    let own = waiting.filter { $0.rule.id == rule.id }
    #expect(session.screen.contains(rule.title.prefix(20)))
    #expect(session.screen.contains("A few of them"))
    session.press("A")
    #expect(session.screen.contains("Type \(own.count)"))
    for digit in String(own.count) { session.press(String(digit)) }
    session.press("enter")
    #expect(try Set(session.offers(.approved).map(\.id)) == Set(own.map(\.id)))
    let left = session.lines.map { $0.prefix(40) }.filter { $0.contains(rule.title.prefix(20)) }
    #expect(left.isEmpty, "a decided rule leaves the list")
    session.press("u")
    #expect(try session.offers(.approved).isEmpty, "one action, one undo")
  }

  @Test func leavesTheRulesByEscapeAndExplainsNoOfferThatIsNotShown() throws {
    let session = try review()
    let queue = session.lines
    session.press("R")
    for key in ["y", "h", "a"] {
      session.press(key)
      #expect(session.status.contains("Enter opens a rule's offers first."), "\(key)")
    }
    session.press("esc")
    #expect(session.lines == queue)
  }

  @Test func opensTheOffersOfARule() throws {
    let session = try review()
    session.press("R", "down", "enter")
    let rules = waiting.map(\.rule.id).reduce(into: [String]()) {
      if $0.last != $1 { $0.append($1) }
    }
    try #require(rules.count > 1)
    let count = waiting.count { $0.rule.id == rules[1] }
    #expect(session.status.contains("1 of \(count)"))
    #expect(session.status.contains("rule = "))
    session.press("esc")
    #expect(session.status.contains("of \(waiting.count)"))
  }

  @Test func takesABatchThatNobodyElseIsShown() throws {
    let session = try review()
    session.press("b")
    let own = min(50, waiting.count)
    #expect(session.lines[1].contains("My batch"))
    #expect(session.status.contains("1 of \(own)") || session.status.contains("Took \(own)"))
    session.press("down")
    #expect(session.status.contains("your batch: \(own)"))
    let other = try review(as: "ben")
    #expect(other.status.contains("anna has \(own)"))
    if own < waiting.count {
      #expect(other.status.contains("of \(waiting.count - own)"))
    } else {
      #expect(other.screen.contains("No offer waits"))
    }
    session.press("B")
    #expect(session.lines[1].contains("Waiting"))
    session.press("down")
    #expect(session.status.contains("of \(waiting.count)"))
  }

  @Test func editsAnOfferWhileCostAndGainFollow() throws {
    let offer = try #require(waiting.first { $0.terms.percent.map { $0 > 4 } == true })
    let session = try review()
    session.press("/")
    session.type("offer = \(offer.id)")
    session.press("enter", "e")
    #expect(session.screen.contains("Edit offer \(offer.id)"))
    #expect(session.screen.contains("Expected cost"))
    let percent = try #require(session.lines.first { $0.contains("Discount, %") })
    #expect(percent.contains("1 % to "), "what the rule allows stands at the field")
    // What stands is selected, so that typing takes its place.
    session.press("9", "9", "enter")
    #expect(session.screen.contains("the rule allows 1 % to"), "Enter saves nothing that is wrong")
    session.press("backspace", "backspace", "3", ".", "5", "enter")
    #expect(session.screen.contains("a whole number from 1 % to"))
    session.press("backspace", "backspace", "enter")
    #expect(session.status.contains("Edited offer \(offer.id)"))
    let edited = try #require(session.workspace).offer(offer.id)
    #expect(edited.terms.percent == 3)
    #expect(session.screen.contains("Edited by anna"))
    session.press("u")
    #expect(try #require(session.workspace).offer(offer.id) == offer)
    session.press("e", "5", "esc")
    #expect(try #require(session.workspace).offer(offer.id) == offer, "Escape changes nothing")
  }

  /// Whoever wants another word changes that word: the text that would be sent stands there.
  @Test func changesAWordOfWhatTheCustomerReads() throws {
    let offer = try #require(waiting.first { $0.terms.template == "keep-valuable" })
    let session = try review()
    session.press("/")
    session.type("offer = \(offer.id)")
    session.press("enter", "e", "up")
    #expect(session.screen.contains("Dear {{name}},"), "\(session.screen)")
    #expect(session.screen.contains("We have missed you. Until {{valid_until}} we deliver"))
    // Nothing was changed, so nothing is.
    session.press("enter")
    #expect(try #require(session.workspace).offer(offer.id) == offer)
    session.press("e", "up", "ctrl-right", "ctrl-w")
    session.type("Hello")
    // Down within the text, not to the next part.
    session.press("down", "down", "end")
    session.type(" Bye!")
    session.press("enter")
    let edited = try #require(session.workspace).offer(offer.id)
    #expect(edited.terms.text.hasPrefix("Hello {{name}},\n\nWe have missed you. Until {{valid_"))
    #expect(edited.terms.text.hasSuffix(": we will put it right. Bye!"))
    let message = try #require(session.workspace).offerCard(offer.id).message
    #expect(message.first?.hasPrefix("Hello ") == true && message.count == 5)
    #expect(message[2].contains(DisplayFormat(.english).day(offer.validUntil)))
    // Emptied, it is the rule's again.
    session.press("e", "up", "end", "ctrl-u")
    #expect(session.screen.contains("as the rule writes it"), "\(session.screen)")
    session.press("enter")
    #expect(try #require(session.workspace).offer(offer.id).terms == offer.terms)
  }

  @Test func tellsWhatCameOfTheSession() throws {
    let session = try review()
    session.press("S")
    #expect(session.status.contains("Nothing was decided"))
    session.press("a", "a", "x", "3", "S")
    #expect(session.screen.contains("2 offers approved"))
    #expect(session.screen.contains("1 rejected: too expensive."))
    #expect(session.screen.contains(waiting[0].rule.title))
    session.press("esc")
    #expect(session.app.farewell.first?.contains("2 offers approved") == true)
    #expect(session.app.farewell.allSatisfy { TextWidth.of($0) <= session.terminal.size.width })
    let said = session.app.farewell.joined(separator: " ")
    #expect(said.contains(": 2 approved, 1 rejected, cost "), "lines break between words: \(said)")
    session.press("u")
    #expect(session.app.farewell.contains { $0.contains("rejected: too expensive") } == false)
  }

  @Test func savesAFilterForEverybody() throws {
    let session = try Session(programme, width: 100, height: 30)
    session.press("2", "f")
    #expect(session.status.contains("No filter is saved"))
    session.press("/")
    session.type("cohort = low")
    session.press("enter", "f", "s")
    session.type("low ones")
    session.press("enter")
    #expect(session.status.contains("Saved the filter as low ones"))
    let ben = try Session(programme, width: 100, height: 30, as: "ben")
    ben.press("2", "f", "1")
    let count = try programme.open().customers(matching: "cohort = low").count
    #expect(ben.status.contains("of \(count)"))
    #expect(ben.status.contains("saved:"))
    ben.press("f", "r", "enter")
    #expect(try programme.open().segments.isEmpty)
    ben.press("u")
    #expect(try programme.open().segments.map(\.name) == ["low ones"])
  }

  @Test func hidesAndShowsColumns() throws {
    let session = try Session(programme, width: 80, height: 24)
    session.press("2", "-")
    #expect(session.status.contains("stays"))
    session.press("right", "-")
    #expect(!session.lines[2].contains("Stage"))
    session.press("+")
    #expect(session.lines[2].contains("Stage"))
  }

  // MARK: The mouse

  @Test func aClickGoesToTheRowTheScreenOrTheKey() throws {
    let session = try Session(programme, width: 80, height: 24)
    func click(_ text: String) throws {
      let row = try #require(session.lines.firstIndex { $0.contains(text) }, "\(text)")
      let line = session.lines[row]
      let at = try #require(line.range(of: text))
      let column = line.distance(from: line.startIndex, to: at.lowerBound)
      session.send(.mouse(MouseEvent(.click, at: Position(x: column, y: row))))
    }
    try click("2 Customers")
    #expect(session.lines[0].contains("[2 Customers]"))
    let third = try session.workspace?.summary(ofRow: 2).shownName ?? ""
    try click(third)
    #expect(session.status.contains("3 of 60"))
    session.send(.mouse(MouseEvent(.wheelDown, at: Position(x: 5, y: 5))))
    #expect(session.status.contains("4 of 60"))
    try click("Filter")
    #expect(session.footer.contains("Keep the filter"))
    session.press("esc")
    // What lies over the screen takes clicks; what lies under it does not.
    session.press("?")
    let before = session.lines[0]
    session.send(.mouse(MouseEvent(.click, at: Position(x: 2, y: 0))))
    #expect(session.lines[0] == before)
  }

  @Test func aKeyReleasesTheMouse() throws {
    let session = try Session(programme)
    session.press("M")
    #expect(!session.terminal.isMouseEnabled)
    #expect(session.status.contains("select and copy"))
    session.press("M")
    #expect(session.terminal.isMouseEnabled)
  }

  // MARK: Memory

  private func open(_ disk: MemoryDisk) throws -> Session {
    var environment = SmallProgramme.environment(disk, "anna")
    environment.stateFolder = "/disk/state/ladder"
    let workspace = try LoyaltyWorkspace.open(at: SmallProgramme.path, environment: environment)
    return Session(.programme(workspace), workspace, width: 100, height: 30)
  }

  @Test func theQueueComesBackInItsOrder() throws {
    let session = try open(programme.disk)
    session.press("6", "s", "D")
    #expect(session.lines[1].contains("by gain, reversed"))
    session.press("ctrl-c")
    session.app.run()
    let again = try open(programme.disk)
    again.idle()
    #expect(again.lines[1].contains("by gain, reversed") && again.lines[2].contains("▲"))
  }

  @Test func comesBackToWhereOneWas() throws {
    let session = try open(programme.disk)
    session.press("2", "/")
    session.type("cohort = low")
    session.press("enter", "right", "s", "s", "down", "down", "-", "6", "t", "2")
    let (before, status) = (session.lines[3...].joined(separator: "\n"), session.status)
    session.press("ctrl-c")
    session.app.run()
    let again = try open(programme.disk)
    again.idle()
    #expect(again.lines[0].contains("[2 Customers]"))
    #expect(again.status == status)
    #expect(again.lines[3...].joined(separator: "\n") == before)
    again.press("6")
    #expect(again.lines[1].contains("Approved"))
  }

  /// Each screen with a number stands as it was left; from others one comes back to where they were
  /// reached from.
  @Test(arguments: [
    ["1", "right"], ["2", "down", "down", "right", "s"], ["2", "down", "enter", "right"],
    ["4", "down", "down", "right"], ["5", "down"], ["5", "t"], ["5", "T"],
    ["6", "down", "down", "down"], ["7", "down", "down"], ["8"], ["W", "t"], ["7", "down", "c"],
    ["ctrl-t"],
  ])
  func everyScreenStandsAsItWasLeft(_ keys: [String]) throws {
    let session = try open(programme.disk)
    keys.forEach { session.press($0) }
    // What is on the way is left for where it began.
    let isDetour = ["W", "c"].contains { keys.contains($0) }
    if isDetour { session.press("q") }
    let before = (session.terminal.lastFrame?.styledLines ?? []).dropLast(3)
    let reached = isDetour ? keys : []
    session.press(reached.last(where: { ["W", "c"].contains($0) }) ?? "M", "ctrl-c")
    session.app.run()
    let again = try open(programme.disk)
    again.idle()
    #expect((again.terminal.lastFrame?.styledLines ?? []).dropLast(3) == before)
    if keys == ["W", "t"] {
      again.press("W")
      #expect(again.screen.contains("Mid value"))
    }
  }

  @Test(arguments: ["", "{", "[]", #"{"format":"ladder.screens/9"}"#, "\u{0}"])
  func ignoresADamagedMemory(text: String) throws {
    let session = try open(programme.disk)
    session.press("2", "ctrl-c")
    session.app.run()
    let file = try #require(programme.disk.files.first { $0.contains("/screens/") })
    programme.disk.put(file, Array(text.utf8))
    let again = try open(programme.disk)
    again.idle()
    #expect(again.lines[0].contains("[1 Overview]"))
    #expect(again.status.contains("could not be read"))
  }

  @Test func noteForACrashHoldsNoCustomer() throws {
    let session = try Session(programme)
    session.press("2", "/")
    session.type("secret")
    session.press("enter", "6", "a")
    let note = session.app.model.crashNote
    #expect(note.contains("screen: review"))
    #expect(note.contains("approve"))
    #expect(!note.contains("secret"))
    let name = try session.workspace?.summary(ofRow: 0).shownName ?? "?"
    #expect(!note.contains(name))
  }
}
