import LoyaltyModel

/// The journal read as actions: events of one transaction belong together, and an event that takes
/// another back cancels it.
struct ActionHistory {
  private let events: [Event]
  /// Events that are not in force: taken back, and not done again since.
  private let cancelled: Set<Int>

  /// Reads events, newest first.
  init(newestFirst events: [Event]) {
    self.events = events
    var cancelled: Set<Int> = []
    // A newer event decides about an older one, so one pass from the newest on suffices: an undo
    // that was itself undone (a redo) is met after its own cancellation.
    for event in events {
      if let undone = event.undoes, !cancelled.contains(event.sequence) {
        cancelled.insert(undone)
      }
    }
    self.cancelled = cancelled
  }

  /// The newest action of a user that is in force, takes nothing back and can be taken back.
  func lastDone(by user: String) -> [Event]? {
    for event in events
    where event.by == user && isOriginal(event) && !cancelled.contains(event.sequence) {
      // The record of an export has no inverse and is never cancelled itself; whether the action
      // is in force shows in the decisions beside it.
      let action = siblings(of: event)
      if !isTakenBack(action), action.contains(where: { $0.change.inverse != nil }) {
        return action
      }
    }
    return nil
  }

  /// The newest undo of a user that nothing newer of theirs follows.
  func lastUndone(by user: String) -> [Event]? {
    for event in events where event.by == user && !cancelled.contains(event.sequence) {
      guard let undone = event.undoes else { return nil }
      // A redo takes back an undo; what stands before it may still be done again.
      if originals.contains(undone) { return siblings(of: event) }
    }
    return nil
  }

  /// The whole action that an event belongs to.
  func action(of sequence: Int) -> [Event]? {
    events.first { $0.sequence == sequence }.map(siblings)
  }

  /// Whether an action is not in force.
  func isTakenBack(_ action: [Event]) -> Bool {
    action.contains { cancelled.contains($0.sequence) }
  }

  private var originals: Set<Int> { Set(events.filter(isOriginal).map(\.sequence)) }

  private func isOriginal(_ event: Event) -> Bool { event.undoes == nil }

  private func siblings(of event: Event) -> [Event] {
    guard let transaction = event.transaction else { return [event] }
    return events.filter { $0.transaction == transaction }
  }
}
