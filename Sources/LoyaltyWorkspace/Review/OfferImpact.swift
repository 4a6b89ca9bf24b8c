package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// What deciding on some offers at once would mean.
package struct OfferImpact: Sendable, Hashable {
  /// How many offers lead from one cohort to another.
  package struct Move: Sendable, Hashable {
    /// The cohort that the customers are in.
    package var from: ValueCohort
    /// The cohort that the offers want to lead to.
    package var to: ValueCohort
    /// How many.
    package var count: Int
  }

  /// What is left of the budget of a rule or a campaign if the offers were approved, in minor units; negative where
  /// they cost more than is left.
  package struct Budget: Sendable, Hashable {
    /// The rule's title, or the campaign's name.
    package var rule: String
    /// The amount.
    package var left: Int64
  }

  /// The offers.
  package var offers = 0
  /// The customers who would get them.
  package var customers = 0
  /// What they are expected to cost, in minor units.
  package var cost: Int64 = 0
  /// What they are expected to bring after cost, in minor units.
  package var value: Int64 = 0
  /// The moves between cohorts that they want, by cohort.
  package var moves: [Move] = []
  /// Of the rules among them that have a budget, by title, and then of their campaigns, by name.
  package var budgets: [Budget] = []
}

/// The waiting offers of one rule.
package struct OfferGroup: Sendable, Hashable {
  /// The rule's identifier.
  package var rule: String
  /// The rule's title.
  package var title: String
  /// The numbers of the offers, in the order of review.
  package var offers: [Int]
  /// What they are expected to cost, in minor units.
  package var cost: Int64
  /// What they are expected to bring after cost, in minor units.
  package var value: Int64
  /// A few of them, from the first to the last.
  package var sample: [Int]
}

extension LoyaltyWorkspace {
  /// How many of a group are looked at before it is decided as a whole.
  private static let sampleSize = 5

  /// What deciding on some offers at once would mean.
  package func impact(of ids: [Int]) -> OfferImpact {
    let analysis = analysis()
    let (book, rows) = offerLines { ($0.book, $0.rows(in: analysis.customers, of: analysis.key)) }
    var impact = OfferImpact()
    var customers = RowSet(count: analysis.customers.count)
    var moves: [OfferImpact.Move] = []
    var (costs, campaigns): ([String: Int64], [String: Int64]) = ([:], [:])
    let versions = campaignsByHash
    for id in ids {
      guard let offer = book[id] else { continue }
      impact.offers += 1
      impact.cost += offer.expectedCost
      impact.value += offer.expectedValue
      if id <= rows.count, rows[id - 1] >= 0 { customers[Int(rows[id - 1])] = true }
      if offer.state != .approved { costs[offer.rule.id, default: 0] += offer.expectedCost }
      let campaign =
        offer.rule.campaign.isEmpty ? versions[offer.rule.hash] ?? "" : offer.rule.campaign
      // What counts for the budget already costs nothing more.
      campaigns[campaign, default: 0] += offer.state.usesUpLimits ? 0 : offer.expectedCost
      guard let target = offer.target else { continue }
      let known = moves.firstIndex { $0.from == offer.cohort && $0.to == target }
      if let known {
        moves[known].count += 1
      } else {
        moves.append(OfferImpact.Move(from: offer.cohort, to: target, count: 1))
      }
    }
    impact.customers = customers.population
    impact.moves = moves.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    impact.budgets = budgets(after: costs) + budgets(ofCampaigns: campaigns)
    return impact
  }

  /// What is left of the campaigns' budgets after more was spent.
  private func budgets(ofCampaigns costs: [String: Int64]) -> [OfferImpact.Budget] {
    state.programme.campaigns.compactMap { campaign in
      guard let budget = campaign.budget, let cost = costs[campaign.name] else { return nil }
      return OfferImpact.Budget(
        rule: campaign.name, left: budget - spent(on: campaign.name) - cost)
    }
  }

  /// What is left of the rules' budgets after more was spent.
  private func budgets(after costs: [String: Int64]) -> [OfferImpact.Budget] {
    let rules = readRules().compactMap(\.reading.rule).filter { costs[$0.id] != nil }
    guard rules.contains(where: { $0.limits.budget != nil }) else { return [] }
    let spent = offerLines { $0.costs { $0 == .approved || $0 == .exported || $0 == .redeemed } }
    return rules.sorted { $0.title < $1.title }.compactMap { rule in
      rule.limits.budget.map { budget in
        OfferImpact.Budget(
          rule: texts.ruleText(rule.title),
          left: budget - (spent[rule.id] ?? 0) - (costs[rule.id] ?? 0))
      }
    }
  }

  /// The offers of a list by their rules, in the order of review, each with a few to look at.
  ///
  /// - Throws: An error that says where the filter is wrong.
  package func offerGroups(
    matching filter: String = "", in scope: OfferScope = .waiting
  ) throws(WorkspaceError) -> [OfferGroup] {
    let numbers = try offerNumbers(matching: filter, in: scope)
    let titles = ruleTitles
    return offerLines { lines in
      var groups: [OfferGroup] = []
      for number in numbers where number <= lines.count {
        let rule = lines.rules.labels[Int(lines.rule[number - 1])]
        if groups.last?.rule != rule {
          groups.append(
            OfferGroup(
              rule: rule, title: titles[rule] ?? rule, offers: [], cost: 0, value: 0, sample: []))
        }
        groups[groups.count - 1].offers.append(number)
        groups[groups.count - 1].cost += lines.cost[number - 1]
        groups[groups.count - 1].value += lines.value[number - 1]
      }
      for index in groups.indices { groups[index].sample = Self.sample(groups[index].offers) }
      return groups
    }
  }

  /// A few from the first to the last, at even distances.
  private static func sample(_ offers: [Int]) -> [Int] {
    let count = min(sampleSize, offers.count)
    guard count > 1 else { return offers }
    return (0..<count).map { offers[$0 * (offers.count - 1) / (count - 1)] }
  }
}
