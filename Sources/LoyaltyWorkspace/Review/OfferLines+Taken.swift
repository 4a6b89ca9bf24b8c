import LoyaltyModel
import LoyaltyRules

// What one customer's rules are told of everybody's offers, read off the columns.
extension OfferLines {
  /// What came of each rule's offers, as far as it is known: redeemed, or run out unused.
  var responses: [String: RuleResponses] {
    var counts = [RuleResponses](
      repeating: RuleResponses(sent: 0, responded: 0), count: rules.labels.count)
    for line in states.indices {
      guard let state = states[line], state == .redeemed || state == .expired else { continue }
      counts[Int(rule[line])].sent += 1
      if state == .redeemed { counts[Int(rule[line])].responded += 1 }
    }
    return Dictionary(uniqueKeysWithValues: zip(rules.labels, counts).filter { $0.1.sent > 0 })
  }

  /// What the offers of all but one customer take of limits that all share, by rule and campaign.
  ///
  /// - Parameters:
  ///   - row: The row of that customer.
  ///   - rows: The row of each offer's customer, as ``rows(in:of:)`` has them.
  ///   - versions: The campaign of each version of a rule, as for ``facts(asOf:campaigns:)``.
  /// - Returns: The sums, those of nothing left out.
  func taken(
    exceptBy row: Int, customers rows: [Int32], ofVersions versions: [String]
  ) -> [TakenOffers] {
    let (numbers, names) = campaignNumbers(ofVersions: versions)
    // The campaigns of a rule lie side by side, none of them last.
    let width = names.labels.count + 1
    var sums = rules.labels.flatMap { rule in
      (names.labels + [""]).map { TakenOffers(rule: rule, campaign: $0) }
    }
    let own = Int32(row)
    for line in states.indices where rows[line] != own {
      guard let state = states[line] else { continue }
      let campaign = numbers[line] == FactColumn.unknownChoice ? width - 1 : Int(numbers[line])
      sums[Int(rule[line]) * width + campaign].add(state, cost: cost[line])
    }
    return sums.filter { $0.offers > 0 }
  }
}
