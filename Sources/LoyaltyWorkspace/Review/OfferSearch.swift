import LoyaltyModel
import LoyaltyRules

/// Answers filters of offers, whose facts are their own and their customers'.
///
/// Parts of a condition that speak of customers alone are answered once for all customers, as lists
/// of customers do it; the offers only look up the answer of theirs.
struct OfferSearch {
  let analysis: Analysis
  /// The offers' own facts, a row each number.
  let offers: FactTable
  /// The row of each offer's customer; -1 where there is none.
  let customers: [Int32]

  private static let own = Set(FactCatalogue.offers.facts.map(\.id))
    .subtracting(FactCatalogue.customers.facts.map(\.id)).subtracting(["customer"])

  /// The offers that a condition holds for: rows by number.
  func rows(where condition: Condition) -> RowSet {
    var table = offers
    let condition = rewritten(condition, &table, isPositive: true)
    return Evaluator(facts: table).answer(condition).holds
  }

  /// The condition with each part about customers replaced by a column of its answers.
  ///
  /// Where nothing around a part asks for the opposite (`isPositive`), unknown is as good as no.
  private func rewritten(
    _ condition: Condition, _ table: inout FactTable, isPositive: Bool
  ) -> Condition {
    guard isAboutOffers(condition) else {
      return answered(condition, &table, isPositive: isPositive)
    }
    return switch condition {
    case .all(let parts):
      .all(parts.map { rewritten($0, &table, isPositive: isPositive) })
    case .any(let parts):
      .any(parts.map { rewritten($0, &table, isPositive: isPositive) })
    case .noneOf(let parts):
      .noneOf(parts.map { rewritten($0, &table, isPositive: false) })
    case .fact, .list, .search: condition
    }
  }

  private func isAboutOffers(_ condition: Condition) -> Bool {
    switch condition {
    case .all(let parts), .any(let parts), .noneOf(let parts): parts.contains(where: isAboutOffers)
    case .fact(let test): Self.own.contains(test.fact.id)
    case .list, .search: false
    }
  }

  private func answered(
    _ condition: Condition, _ table: inout FactTable, isPositive: Bool
  ) -> Condition {
    let answers = isPositive ? positiveAnswers(condition) : wholeAnswers(condition)
    let fact = Fact("customers/\(table.columns.names.count)", .yesNo, "", .fixed, "")
    table.columns[fact.id] = .yesNo(answers)
    return .fact(FactTest(fact: fact, comparison: Comparison(.yes)))
  }

  /// Yes or not, by whom the lists of customers found already.
  private func positiveAnswers(_ condition: Condition) -> [UInt8] {
    let found = analysis.lists.rows(where: condition)
    return customers.map { $0 >= 0 && found[Int($0)] ? 1 : 0 }
  }

  /// Yes, no or unknown.
  private func wholeAnswers(_ condition: Condition) -> [UInt8] {
    let answer = analysis.lists.wholeAnswer(condition)
    return customers.map { row in
      guard row >= 0 else { return FactColumn.unknownYesNo }
      return switch answer[Int(row)] {
      case .yes: 1
      case .no: 0
      case .unknown: FactColumn.unknownYesNo
      }
    }
  }
}
