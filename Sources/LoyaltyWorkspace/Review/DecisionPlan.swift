package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// What a decision on several offers is about, before it is made.
package struct DecisionPlan: Sendable, Hashable {
  /// The numbers of the offers that would come to stand otherwise.
  package var offers: [Int]
  /// The list in which they stand; those that have left it when the decision is made stay as they
  /// are.
  package var scope: OfferScope
  /// How many more a filter finds that colleagues have taken to decide on.
  package var taken: Int
  /// What it would mean.
  package var impact: OfferImpact
}

extension LoyaltyWorkspace {
  /// What a decision on all offers that a filter finds is about.
  ///
  /// It is about those that wait; where the filter itself asks for the state, about all it finds
  /// that can still be decided.
  ///
  /// - Parameters:
  ///   - verdict: What is to be decided of them.
  ///   - filter: The filter language.
  /// - Returns: The offers, and what it would mean.
  /// - Throws: An error that says where the filter or the verdict is wrong.
  package func plan(
    _ verdict: Verdict, matching filter: String
  ) throws(WorkspaceError) -> DecisionPlan {
    try check(verdict)
    let asksState = try condition(filter, .offers)?.facts.contains { $0.id == "state" } == true
    let scope = asksState ? OfferScope.all : .waiting
    let (book, day) = (state.offers, asOf)
    let others = batchesInForce.filter { $0.user != environment.user }.flatMap(\.offers)
    let taken = Set(others.filter { book[$0]?.isWaiting(on: day) == true })
    let offers = try offerNumbers(matching: filter, in: scope).filter { number in
      guard !taken.contains(number), let offer = book[number],
        let standing = try? offer.standing(after: verdict)
      else { return false }
      return standing != offer.standing
    }
    let left = taken.isEmpty ? [] : try offerNumbers(matching: filter).filter(taken.contains)
    return DecisionPlan(
      offers: offers, scope: scope, taken: left.count, impact: impact(of: offers))
  }

  /// What a decision on some offers is about.
  ///
  /// - Throws: An error where they could not be decided so.
  package func plan(_ verdict: Verdict, of ids: [Int]) throws(WorkspaceError) -> DecisionPlan {
    let offers = try decisions(ids, verdict, listedIn: .all).decided.map(\.id)
    return DecisionPlan(offers: offers, scope: .all, taken: 0, impact: impact(of: offers))
  }
}

extension OfferImpact {
  /// What it means in words, a line each: how many, the money, the moves and, of an approval, what is
  /// left of the budgets.
  package func lines(
    ofApproval isApproval: Bool, _ wording: Wording, _ currency: Currency
  ) -> [String] {
    let display = wording.display
    func counted(_ number: Int, _ text: String) -> String {
      wording(text, count: number, ["n": display.number(number)])
    }
    func money(_ amount: Int64) -> String { display.money(amount, currency) }
    var lines = [
      wording(
        "review.many",
        [
          "offers": counted(offers, "count.offers"),
          "customers": counted(customers, "count.customers"), "cost": money(cost),
          "gain": money(value),
        ])
    ]
    let ways = moves.map { move in
      wording(
        "review.many.move",
        [
          "n": display.number(move.count), "from": wording.texts.title(move.from).lowercased(),
          "to": wording.texts.title(move.to).lowercased(),
        ])
    }
    if !ways.isEmpty {
      lines.append(wording("review.many.moves", ["moves": ways.joined(separator: ", ")]))
    }
    guard isApproval else { return lines }
    return lines
      + budgets.map { budget in
        wording(
          budget.left < 0 ? "review.many.over-budget" : "review.many.budget",
          ["rule": budget.rule, "left": money(abs(budget.left))])
      }
  }
}
