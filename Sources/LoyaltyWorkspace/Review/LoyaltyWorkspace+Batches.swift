import LoyaltyModel
import LoyaltyStore

// Several staff decide at once: each takes some offers, and nobody else is shown these meanwhile.
extension LoyaltyWorkspace {
  /// How many offers are taken at once.
  package static let batchSize = 50
  /// How long offers that were taken are kept for who took them, in seconds.
  private static let batchSeconds: Int64 = 2 * 60 * 60
  /// How often it is tried when colleagues take some at the same moment.
  private static let batchTrials = 5

  /// Takes the next waiting offers to decide on, beside those taken before and not decided yet.
  ///
  /// They are recorded in the programme: no two people are given the same one. They come back to
  /// everybody when they are given back, or after two hours.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - filter: Which; the filter language.
  /// - Returns: What was done.
  /// - Throws: An error when none is left, the filter is wrong, or it cannot be written.
  package func takeBatch(
    _ count: Int = batchSize, matching filter: String = ""
  ) throws(WorkspaceError) -> Receipt {
    for _ in 1..<Self.batchTrials {
      do throws(WorkspaceError) {
        return try takeBatchOnce(count, matching: filter)
      } catch {
        // A colleague was quicker: the next look sees theirs.
        guard case .store(.conflict) = error.cause else { throw error }
        _ = try refresh()
      }
    }
    return try takeBatchOnce(count, matching: filter)
  }

  private func takeBatchOnce(
    _ count: Int, matching filter: String
  ) throws(WorkspaceError) -> Receipt {
    let before = state.programme
    let left = try offerNumbers(in: .batch)
    let mine = Set(left)
    let next = try offerNumbers(matching: filter, in: .waiting).lazy
      .filter { !mine.contains($0) }.prefix(count)
    guard !next.isEmpty else {
      let others = batchStatus.filter { $0.user != environment.user }.reduce(0) { $0 + $1.left }
      throw .nothingToTake(others: others)
    }
    let until = Timestamp(seconds: environment.now().seconds + Self.batchSeconds)
    let batch = ReviewBatch(user: environment.user, offers: left + next, until: until)
    var after = before
    after.reviewing = batchesInForce.filter { $0.user != environment.user } + [batch]
    after.reviewing.sort { $0.user < $1.user }
    let events = try commit([.settings(from: before, to: after)])
    return Receipt(
      text: texts("receipt.batch", count: next.count, ["n": display.number(next.count)]),
      events: events.map(\.sequence), offers: [])
  }

  /// Gives the offers that the user took, and has not decided yet, back to everybody.
  package func giveBatchBack() throws(WorkspaceError) -> Receipt {
    let before = state.programme
    var after = before
    after.reviewing.removeAll { $0.user == environment.user }
    let left = try offerNumbers(in: .batch).count
    let events = before == after ? [] : try commit([.settings(from: before, to: after)])
    return Receipt(
      text: texts("receipt.gave-back", count: left, ["n": display.number(left)]),
      events: events.map(\.sequence), offers: [])
  }

  /// What somebody has taken and still has.
  var batchesInForce: [ReviewBatch] {
    let now = environment.now()
    return state.programme.reviewing.filter { $0.until > now }
  }

  /// Who has taken how many that still wait; the user's own first, and without those that are done.
  var batchStatus: [BatchStatus] {
    let (book, day) = (state.offers, asOf)
    let all = batchesInForce.map { batch in
      BatchStatus(
        user: batch.user, left: batch.offers.count { book[$0]?.isWaiting(on: day) == true },
        until: batch.until)
    }.filter { $0.left > 0 }
    return all.filter { $0.user == environment.user } + all.filter { $0.user != environment.user }
  }

  /// - Throws: An error where a colleague has taken one of the offers to decide on.
  func checkNotTaken(_ ids: [Int]) throws(WorkspaceError) {
    let asked = Set(ids)
    for batch in batchesInForce where batch.user != environment.user {
      if let id = batch.offers.first(where: asked.contains),
        state.offers[id]?.isWaiting(on: asOf) == true
      {
        throw .takenByColleague(id, user: batch.user)
      }
    }
  }
}
