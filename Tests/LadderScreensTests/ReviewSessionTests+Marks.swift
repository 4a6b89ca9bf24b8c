import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit
import Testing

/// Several offers at once: marks and ranges, beside a filter.
extension ReviewSessionTests {
  @Test func decidesMarkedOnesOnlyWithTheirCount() throws {
    let session = try review()
    session.press("space", "space", "space", "A")
    #expect(session.screen.contains("3 offers to 3 customers"))
    session.press("2", "enter")
    #expect(try session.offers(.approved).isEmpty)
    #expect(session.status.contains("You typed \"2\"; 3 is asked for"))
    session.press("backspace", "enter")
    #expect(session.status.contains("Nothing was typed; 3 is asked for"))
    session.press("backspace", "3", "enter")
    #expect(try session.offers(.approved).map(\.id) == waiting.prefix(3).map(\.id))
    session.press("u")
    #expect(try session.offers(.approved).isEmpty, "one action, one undo")
  }

  /// Marks outlast the filter; what it leaves out is told before it is decided with the rest.
  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func keepsMarksOverFilters(width: Int, height: Int) throws {
    let session = try Session(programme, width: width, height: height)
    session.press("6", "space", "space")
    let first = try #require(waiting.first { $0.cohort != waiting[0].cohort })
    #expect(session.status.contains("2 marked"))
    session.press("/")
    session.type("cohort = \(first.cohort.rawValue)")
    session.press("enter")
    let hidden = waiting.prefix(2).count { $0.cohort != first.cohort }
    #expect(session.status.contains("2 marked, \(hidden) not shown"), "\(session.screen)")
    let shown = waiting.filter { $0.cohort == first.cohort }.count
    session.press("*")
    #expect(session.status.contains("\(shown + hidden) marked, \(hidden) not shown"))
    session.press("*")
    #expect(session.status.contains("\(hidden) marked, \(hidden) not shown"))
    session.press("A")
    #expect(session.screen.contains("marked, but not shown"), "\(session.screen)")
    session.type("\(hidden)")
    session.press("enter")
    #expect(
      try session.offers(.approved).map(\.id)
        == waiting.prefix(2).filter { $0.cohort != first.cohort }.map(\.id))
    #expect(!session.status.contains("marked"))
  }

  /// Whoever goes to another list is told that marks do not come along.
  @Test func saysThatMarksWereTakenAway() throws {
    let session = try review()
    session.press("space", "space", "t")
    #expect(session.status.contains("2 marks were taken away"))
  }

  /// A colleague who decides a marked offer takes it out of the count that is asked back.
  @Test func countsOnlyWhatCanStillBeDecided() throws {
    let session = try review()
    session.press("space", "space", "space", "/")
    session.type("zzz")
    session.press("enter")
    _ = try programme.open(as: "bert").decide([waiting[0].id], .approve)
    session.send(.resumed)
    session.press("A")
    #expect(session.screen.contains("Approve 2 offers? Type 2"), "\(session.screen)")
  }

  @Test func rejectsAllThatTheFilterShows() throws {
    let session = try review()
    session.press("/")
    session.type("cohort = high")
    session.press("enter", "*", "X", "4")
    let high = waiting.filter { $0.cohort == .high }
    #expect(session.screen.contains("Reject \(high.count) offers"))
    session.type("\(high.count)")
    session.press("enter")
    let rejected = try session.offers(.rejected)
    #expect(Set(rejected.map(\.id)) == Set(high.map(\.id)))
    #expect(rejected.allSatisfy { $0.reason == LoyaltyWorkspace.rejectionReasons[3] })
  }

  @Test func marksARange() throws {
    let session = try review()
    session.press("v", "down", "down", "space")
    #expect(session.lines[1].contains("3 marked"))
    session.press("*", "*")
    #expect(!session.lines[1].contains("marked"))
    session.press("home", "shift-down", "space")
    #expect(session.lines[1].contains("2 marked"))
  }
}
