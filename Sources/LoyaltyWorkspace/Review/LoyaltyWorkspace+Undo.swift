import LoyaltyModel
import LoyaltyStore

/// What would be taken back, for asking first.
package struct UndoPreview: Sendable, Hashable {
  /// The number of one of its events.
  package let event: Int
  /// What was done, in words.
  package let text: String
}

extension LoyaltyWorkspace {
  /// What ``undo()`` would take back, where that is more than a decision or a setting: an import, a
  /// list that went out, a rule that would be gone or several rules; nil for all else.
  package func weightyUndo() throws(WorkspaceError) -> UndoPreview? {
    guard let action = try history.lastDone(by: environment.user), action.isWeighty,
      let first = action.min(by: { $0.sequence < $1.sequence })
    else { return nil }
    let words = LogWords(texts: texts, display: display, currency: currency)
    return UndoPreview(event: first.sequence, text: words.text(first, size: action.count))
  }

  /// Takes back this user's last change, whatever it was and whenever; never a colleague's.
  ///
  /// - Returns: What was taken back, or nil when there is nothing.
  /// - Throws: An error when a colleague has changed the same thing since.
  package func undo() throws(WorkspaceError) -> Receipt? {
    guard let action = try history.lastDone(by: environment.user) else { return nil }
    return try takeBack(action, isAgain: false)
  }

  /// Does again what this user took back last, unless something else was done since.
  package func redo() throws(WorkspaceError) -> Receipt? {
    guard let action = try history.lastUndone(by: environment.user) else { return nil }
    return try takeBack(action, isAgain: true)
  }

  /// Takes back one action by the number of any of its events, whoever did it.
  package func undo(event: Int) throws(WorkspaceError) -> Receipt? {
    guard let action = try history.action(of: event) else {
      throw WorkspaceError.noSuchEvent(event)
    }
    guard !action.isTakenBack else { throw WorkspaceError.takenBackAlready(event) }
    return try takeBack(action.events, isAgain: false)
  }

  private func takeBack(_ action: [Event], isAgain: Bool) throws(WorkspaceError) -> Receipt {
    // Newest first, so that each inverse meets the state its event left.
    let inverted = action.sorted { $0.sequence > $1.sequence }.compactMap {
      event -> (change: Change, undoes: Int)? in
      if isErased(event.change) { return nil }
      return (event.change.inverse(beside: state.programme) ?? event.change.inverse)
        .map { (change: $0, undoes: event.sequence) }
    }
    guard let first = action.min(by: { $0.sequence < $1.sequence }), !inverted.isEmpty else {
      throw WorkspaceError.cannotTakeBack(action.first?.sequence ?? 0)
    }
    let events = try commit(inverted.map(\.change), undoes: inverted.map(\.undoes))
    let words = receiptWords
    let redone = try first.undoes.flatMap { undone throws(WorkspaceError) in
      try self.events(limit: 1, before: undone + 1).first
    }
    let offers = Set(inverted.compactMap(\.change.offer)).sorted()
    return Receipt(
      text: words.receipt(
        isAgain, words.action(of: redone ?? first, size: action.count),
        fileStays: first.change.inverse == nil),
      events: events.map(\.sequence), offers: offers,
      imports: inverted.compactMap(\.change.batchNumber))
  }
}

extension LoyaltyWorkspace {
  /// Whether a change was about somebody who was erased since; nothing of that comes back.
  private func isErased(_ change: Change) -> Bool {
    switch change {
    case .offer(let from, let to): (to ?? from)?.customer.isEmpty == true
    case .decision(let decision):
      !state.erased.isEmpty && state.offers[decision.offer] == nil
    default: false
    }
  }
}

extension Change {
  /// The change that takes back one of the settings and leaves alone what else was set since; nil
  /// for other changes, and where the very same was set anew.
  func inverse(beside present: Programme) -> Change? {
    guard case .settings(let from, let to) = self, let back = present.takingBack(from, to) else {
      return nil
    }
    return .settings(from: present, to: back)
  }

  /// The change that takes this one back; nil for what cannot be undone by data alone, such as a
  /// file that was written outside.
  var inverse: Change? {
    switch self {
    case .offer(let from, let to): .offer(from: to, to: from)
    case .decision(let decision):
      .decision(OfferDecision(offer: decision.offer, from: decision.to, to: decision.from))
    case .settings(let from, let to): .settings(from: to, to: from)
    case .rule(let file, let from, let to): .rule(file: file, from: to, to: from)
    case .batch(let batch, let present): .batch(batch, present: !present)
    case .export, .erasure, .backup: nil
    }
  }

  /// The number of the offer that changes, if it is one.
  var offer: Int? {
    switch self {
    case .offer(let from, let to): (to ?? from)?.id
    case .decision(let decision): decision.offer
    default: nil
    }
  }
}

extension [Event] {
  /// Whether somebody should be asked before these are taken back.
  fileprivate var isWeighty: Bool {
    let rules = filter { if case .rule = $0.change { true } else { false } }
    return rules.count > 1
      || contains { event in
        switch event.change {
        case .batch, .export, .rule(_, nil, _): true
        default: false
        }
      }
  }
}

extension Change {
  /// The number of the import that it brings in or takes back; nil for any other change.
  fileprivate var batchNumber: Int? {
    guard case .batch(let batch, present: _) = self else { return nil }
    return batch.number
  }
}
