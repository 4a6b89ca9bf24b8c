import LoyaltyModel

/// The journal read as actions, from the newest on and only as far as needed.
///
/// Events of one transaction are one action, and an event that takes another back cancels it. A
/// newer event decides about an older one, so one pass from the newest on suffices: an undo that
/// was itself undone (a redo) is met after its own cancellation.
struct ActionHistory {
  /// Gives events before a sequence number (nil: from the newest on), newest first.
  private let page: (_ before: Int?, _ limit: Int) throws(WorkspaceError) -> [Event]
  /// How many events are read at once at first; more each time.
  private static let firstPage = 64
  /// The most events that are read at once.
  private static let mostRead = 1 << 16

  init(_ page: @escaping (Int?, Int) throws(WorkspaceError) -> [Event]) { self.page = page }

  /// The newest action of a user that is in force, takes nothing back and can be taken back.
  ///
  /// The record of an export has no inverse and is never cancelled itself: an export counts by the
  /// decisions beside it, and not at all where it moved nothing. The rules that a programme was
  /// founded with are not among what somebody did.
  func lastDone(by user: String) throws(WorkspaceError) -> [Event]? {
    try search { event, cancelled throws(WorkspaceError) in
      if try !concerns(user, event) { return .passOver }
      let isDone = event.by == user && !cancelled && event.undoes == nil && !event.isFounding
      return isDone && event.change.inverse != nil ? .found : .goOn
    }?.events
  }

  /// The newest undo of a user that nothing newer of theirs follows.
  func lastUndone(by user: String) throws(WorkspaceError) -> [Event]? {
    try search { event, cancelled throws(WorkspaceError) in
      if try !concerns(user, event) { return .passOver }
      guard event.by == user, !cancelled else { return .goOn }
      guard let undone = event.undoes else { return .giveUp }
      // A redo takes back an undo; what stands before it may still be done again.
      return try self.event(undone)?.undoes == nil ? .found : .goOn
    }?.events
  }

  /// The action that an event belongs to, and whether it was taken back; nil when there is none.
  ///
  /// What has no inverse, such as the record of an export, is taken back with what stands beside it.
  func action(of sequence: Int) throws(WorkspaceError) -> (events: [Event], isTakenBack: Bool)? {
    let found = try search { event, _ in
      if event.sequence == sequence { return .found }
      if event.sequence < sequence { return .giveUp }
      let isLater = (event.transaction ?? event.sequence) > sequence
      return isLater && event.undoes == nil ? .passOver : .goOn
    }
    guard let (events, cancelled) = found else { return nil }
    let invertible = events.filter { $0.change.inverse != nil }.map(\.sequence)
    let isTakenBack =
      cancelled.contains(sequence)
      || !invertible.isEmpty && cancelled.isSuperset(of: invertible)
    return (events, isTakenBack)
  }

  /// Whether an event is a user's, or takes back one that is.
  private func concerns(_ user: String, _ event: Event) throws(WorkspaceError) -> Bool {
    var event = event
    while event.by != user, let undone = event.undoes, let earlier = try self.event(undone) {
      event = earlier
    }
    return event.by == user
  }

  private func event(_ sequence: Int) throws(WorkspaceError) -> Event? {
    try page(sequence + 1, 1).first
  }

  /// The newest actions, each with its first event and how many it has.
  ///
  /// A transaction bears the number of its first event, so that the hundreds of thousands that a
  /// run of the rules may have are passed over and not read.
  func newest(_ limit: Int) throws(WorkspaceError) -> [(event: Event, size: Int)] {
    var actions: [(event: Event, size: Int)] = []
    var before: Int?
    while actions.count < limit {
      let events = try page(before, min(max(limit - actions.count, 1), Self.mostRead))
      guard let last = events.last else { break }
      before = last.sequence
      for event in events where actions.count < limit {
        // A sibling of an action that is told already.
        if let told = actions.last?.event.sequence, event.sequence >= told { continue }
        guard let first = event.transaction, first < event.sequence else {
          actions.append((event, 1))
          continue
        }
        var opening = events.first { $0.sequence == first }
        if opening == nil { opening = try page(first + 1, 1).first }
        guard let opening else { break }
        actions.append((opening, event.sequence - first + 1))
      }
      before = min(before ?? .max, actions.last?.event.sequence ?? .max)
    }
    return actions
  }

  private enum Step {
    case found, goOn, giveUp
    /// Nothing in the rest of the event's transaction matters.
    case passOver
  }

  /// The whole action of the first event that is found, and which of all events are cancelled.
  private func search(
    _ step: (Event, _ isCancelled: Bool) throws(WorkspaceError) -> Step
  ) throws(WorkspaceError) -> (events: [Event], cancelled: Set<Int>)? {
    var cancelled: Set<Int> = []
    // An action's events stand together; those newer than the one that was found come before it.
    var action: [Event] = []
    var isFound = false
    try forEach { event throws(WorkspaceError) in
      let isSibling = event.transaction != nil && event.transaction == action.last?.transaction
      if isFound {
        if isSibling { action.append(event) }
        return isSibling ? .before(event.sequence) : .stop
      }
      if !isSibling { action.removeAll(keepingCapacity: true) }
      action.append(event)
      let isCancelled = cancelled.contains(event.sequence)
      if let undone = event.undoes, !isCancelled { cancelled.insert(undone) }
      switch try step(event, isCancelled) {
      case .goOn: return .before(event.sequence)
      case .passOver: return .before(min(event.transaction ?? event.sequence, event.sequence))
      case .giveUp: return .stop
      case .found:
        isFound = true
        return event.transaction == nil ? .stop : .before(event.sequence)
      }
    }
    return isFound ? (action, cancelled) : nil
  }

  private enum Walk {
    case stop
    /// The next is the newest event before a sequence number.
    case before(Int)
  }

  /// Hands over events, newest first, until the body has enough.
  private func forEach(
    _ body: (Event) throws(WorkspaceError) -> Walk
  ) throws(WorkspaceError) {
    var (before, limit): (Int?, Int) = (nil, Self.firstPage)
    while true {
      let events = try page(before, limit)
      for event in events where event.sequence < before ?? .max {
        guard case .before(let next) = try body(event) else { return }
        before = next
      }
      guard events.count == limit, let last = events.last else { return }
      // What was passed over needs no larger pages.
      if before == last.sequence { limit = min(limit * 4, Self.mostRead) }
    }
  }
}

extension Event {
  /// Whether it is of the rules that a programme was made with.
  fileprivate var isFounding: Bool {
    guard case .rule(_, nil, _) = change else { return false }
    return transaction ?? sequence == 1
  }
}
