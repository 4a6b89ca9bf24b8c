import LoyaltyModel

@testable import LoyaltyStore

/// One thing that staff do to a store, with all that decides how.
enum Deed: CustomStringConvertible {
  case suggest(count: Int)
  case decide(pick: Int, OfferState, reason: Int)
  case bulk(OfferState)
  case withdraw(pick: Int)
  case settings(loyalDays: Int)
  case rule(text: Int?)
  case importing(shift: Int64)
  case takeBack
  case fold
  /// One of the two customers is erased.
  case erase(pick: Int)
  /// Somebody else has the store open too and decides.
  case neighbour(pick: Int)

  /// A deed at random; single decisions are the most frequent.
  static func random(_ random: inout SplitMix) -> Deed {
    let pick = Int.random(in: 0..<100, using: &random)
    let state = [OfferState.approved, .rejected, .snoozed, .suggested].randomElement(using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0...1: return .suggest(count: pick % 4 + 1)
    case 2...7: return .decide(pick: pick, state ?? .approved, reason: pick % 5 == 0 ? 700 : 0)
    case 8...10: return .bulk(state ?? .approved)
    case 11: return .withdraw(pick: pick)
    case 12: return .settings(loyalDays: pick)
    case 13: return .rule(text: pick % 3 == 0 ? nil : pick * 20)
    case 14: return .importing(shift: Int64(pick))
    case 15: return .takeBack
    case 16: return .neighbour(pick: pick)
    case 17: return pick < 30 ? .erase(pick: pick) : .fold
    default: return .fold
    }
  }

  /// Does it; what the store's state leaves nothing to do is nothing.
  func run(_ store: JSONStore, on disk: any Disk) throws {
    switch self {
    case .suggest(let count):
      let last = store.state.offers.lastID
      try store.commit(
        (1...count).map { .offer(from: nil, to: Fixture.offer(last + $0)) }, at: Fixture.time)
    case .decide(let pick, let state, let reason):
      guard let id = Self.offer(pick, store) else { return }
      let text = String(repeating: "r", count: reason)
      try store.commit(
        [try Fixture.decision(store, id, state, reason: text)], at: Fixture.time)
    case .bulk(let state):
      let ids = store.state.offers.filter { _ in true }.map(\.id)
      guard !ids.isEmpty else { return }
      try store.commit(
        try ids.map { try Fixture.decision(store, $0, state) }, at: Fixture.time)
    case .withdraw(let pick):
      guard let id = Self.offer(pick, store) else { return }
      try store.commit([.offer(from: store.state.offers[id], to: nil)], at: Fixture.time)
    case .settings(let days):
      var programme = store.state.programme
      programme.stages.loyalDays = days
      guard programme != store.state.programme else { return }
      try store.commit([.settings(from: store.state.programme, to: programme)], at: Fixture.time)
    case .rule(let length):
      let from = store.state.rule("second.json")
      let to = length.map { String(repeating: "x", count: $0) }
      guard from != to else { return }
      try store.commit([.rule(file: "second.json", from: from, to: to)], at: Fixture.time)
    case .importing(let shift): try Fixture.importSome(into: store, shift: shift)
    case .takeBack:
      guard let number = store.state.batches.last?.number else { return }
      try store.takeBack(import: number, at: Fixture.time)
    case .fold: try store.fold()
    case .erase(let pick):
      let id = "0000\(pick % 2 + 1)"
      guard store.state.customers.row(of: id) != nil else { return }
      _ = try store.erase([id], by: Fixture.sipHash, at: Fixture.time)
    case .neighbour(let pick):
      let other = try JSONStore.open(at: Fixture.path, disk: disk, by: "ben")
      defer { other.close() }
      if let id = Self.offer(pick, other) {
        try other.commit([try Fixture.decision(other, id, .approved)], at: Fixture.time)
      }
      try store.refresh()
    }
  }

  private static func offer(_ pick: Int, _ store: JSONStore) -> Int? {
    let ids = store.state.offers.filter { _ in true }.map(\.id)
    return ids.isEmpty ? nil : ids[pick % ids.count]
  }

  var description: String {
    switch self {
    case .suggest(let count): "suggest \(count)"
    case .decide(let pick, let state, let reason): "decide \(pick) \(state) \(reason)"
    case .bulk(let state): "bulk \(state)"
    case .withdraw(let pick): "withdraw \(pick)"
    case .settings(let days): "settings \(days)"
    case .rule(let text): "rule \(text.map(String.init) ?? "-")"
    case .importing(let shift): "import \(shift)"
    case .takeBack: "take back"
    case .fold: "fold"
    case .erase(let pick): "erase \(pick)"
    case .neighbour(let pick): "neighbour \(pick)"
    }
  }
}
