import LoyaltyModel
import Synchronization
import Testing

@testable import LoyaltyWorkspace

@Suite("The journal as actions")
struct ActionHistoryTests {
  /// Events by number, from 1, and how many of them were read.
  final class Journal: Sendable {
    let events: [Event]
    private let count = Mutex(0)
    var read: Int { count.withLock { $0 } }

    /// Actions: who did them, how many events they have, and the event that their last takes back.
    init(_ actions: [(by: String, size: Int, undoes: Int?)]) {
      var events: [Event] = []
      for action in actions {
        let first = events.count + 1
        for index in 0..<action.size {
          events.append(
            Event(
              sequence: first + index, at: Timestamp(seconds: 0), by: action.by,
              change: .rule(file: "a.json", from: "{ }", to: "{}"),
              undoes: action.undoes.map { $0 - index },
              transaction: action.size > 1 ? first : nil))
        }
      }
      self.events = events
    }

    var history: ActionHistory {
      ActionHistory { before, limit in
        let found = self.events.prefix((before ?? .max) - 1).suffix(limit).reversed()
        self.count.withLock { $0 += found.count }
        return Array(found)
      }
    }
  }

  private static let huge = 100_000

  @Test("a colleague's huge action is passed over")
  func colleague() throws {
    let journal = Journal([("anna", 3, nil), ("bob", Self.huge, nil), ("bob", 1, nil)])
    #expect(try journal.history.lastDone(by: "anna")?.map(\.sequence) == [3, 2, 1])
    #expect(journal.read < 1_000)
    #expect(try journal.history.lastUndone(by: "anna") == nil)
    #expect(try journal.history.action(of: 2)?.events.map(\.sequence) == [3, 2, 1])
    #expect(journal.read < 1_000)
  }

  @Test("so is what a colleague took back of theirs, and did again")
  func colleagueTakingBack() throws {
    let (first, second) = (1 + Self.huge, 1 + 2 * Self.huge)
    let journal = Journal([
      ("anna", 1, nil), ("bob", Self.huge, nil), ("bob", Self.huge, first),
      ("bob", Self.huge, second),
    ])
    #expect(try journal.history.lastDone(by: "anna")?.map(\.sequence) == [1])
    #expect(journal.read < 1_000)
  }

  @Test("what a colleague took back of mine is not mine to take back, unless they did it again")
  func mineTakenBack() throws {
    let actions: [(by: String, size: Int, undoes: Int?)] = [
      ("anna", 1, nil), ("anna", 100, nil), ("bob", 500, nil), ("bob", 100, 101),
    ]
    #expect(try Journal(actions).history.lastDone(by: "anna")?.map(\.sequence) == [1])
    let again = Journal(actions + [("bob", 100, 701), ("bob", 500, nil)])
    #expect(
      try again.history.lastDone(by: "anna")?.map(\.sequence) == Array((2...101).reversed()))
  }
}
