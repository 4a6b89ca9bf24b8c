import LoyaltyModel
import Testing

@testable import LoyaltyWorkspace

@Suite("Deciding on all that a filter finds")
struct DecisionPlanTests {
  let workspace: LoyaltyWorkspace
  let waiting: [Int]

  init() throws {
    workspace = try Shop.open(try Shop.demo())
    waiting = try workspace.offerNumbers(in: .waiting)
    _ = try workspace.decide(Array(waiting[0..<3]), .approve)
    _ = try workspace.decide(Array(waiting[3..<5]), .reject(reason: "bad timing"))
    _ = try workspace.decide(Array(waiting[5..<9]), .snooze(until: day("2026-12-24")))
  }

  /// Without a word of where they stand those that wait are meant; with one, those it names that
  /// would come to stand otherwise.
  @Test(arguments: [
    ("worth > -1000000", Verdict.approve, 9..<Int.max),
    ("worth > -1000000", .reject(reason: "r"), 9..<Int.max),
    ("state = approved", .approve, 0..<0),
    ("state = approved", .reject(reason: "r"), 0..<3),
    ("state in (approved, rejected)", .approve, 3..<5),
    ("state = rejected", .reject(reason: "bad timing"), 3..<3),
    ("state = rejected", .reject(reason: "too expensive"), 3..<5),
    ("state = snoozed", .snooze(until: day("2026-12-24")), 5..<5),
    ("not state = suggested", .snooze(until: day("2026-12-31")), 0..<9),
    ("state = exported", .approve, 0..<0),
  ])
  func meansWhatItNames(filter: String, verdict: Verdict, places: Range<Int>) throws {
    let plan = try workspace.plan(verdict, matching: filter)
    let expected = waiting[places.clamped(to: waiting.indices)]
    #expect(Set(plan.offers) == Set(expected) && plan.offers.count == expected.count)
    #expect(plan.impact == workspace.impact(of: plan.offers) && plan.taken == 0)
    guard !expected.isEmpty else { return }
    let before = workspace.revision
    let receipt = try workspace.decide(plan.offers, verdict, listedIn: plan.scope)
    #expect(receipt.offers == plan.offers)
    // What was planned is one action.
    #expect(workspace.revision == before + expected.count)
    _ = try workspace.undo()
    #expect(try workspace.plan(verdict, matching: filter) == plan)
  }

  @Test func planningWritesNothing() throws {
    let before = workspace.revision
    _ = try workspace.plan(.approve, matching: "cohort = low")
    _ = try workspace.plan(.approve, of: waiting)
    #expect(workspace.revision == before)
  }

  @Test func numbersArePlannedAsTheyAreDecided() throws {
    let plan = try workspace.plan(.approve, of: Array(waiting[0..<6]) + [waiting[4]])
    #expect(plan.offers == Array(waiting[3..<6]) && plan.scope == .all)
    #expect(throws: WorkspaceError.noSuchOffer(9_999)) {
      try workspace.plan(.approve, of: [9_999])
    }
    #expect(throws: WorkspaceError.reasonMissing) {
      try workspace.plan(.reject(reason: " "), matching: "cohort = low")
    }
    #expect(throws: WorkspaceError.self) {
      try workspace.plan(.snooze(until: day("2020-01-01")), of: [waiting[9]])
    }
  }

  /// What a colleague has taken stays theirs, and is counted.
  @Test func whatAColleagueHasTakenIsLeft() throws {
    let disk = try Shop.demo()
    let (anna, ben) = (try Shop.open(disk), try Shop.open(disk, user: "ben"))
    _ = try ben.takeBatch(20)
    _ = try anna.refresh()
    let taken = try ben.offerNumbers(in: .batch)
    for filter in ["worth > -1000000", "state = suggested"] {
      let plan = try anna.plan(.approve, matching: filter)
      #expect(plan.taken == taken.count)
      #expect(plan.offers == waiting.filter { !taken.contains($0) })
    }
    #expect(try anna.plan(.approve, matching: "offer = \(taken[0])").taken == 1)
    _ = try ben.decide(Array(taken.prefix(4)), .approve)
    _ = try anna.refresh()
    #expect(try anna.plan(.approve, matching: "worth > -1000000").taken == taken.count - 4)
  }
}
