import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyRules

struct SuggesterTests {
  /// Shops with several limits at once: what must hold in each of them.
  @Test(arguments: 0..<8)
  func keepsEveryLimit(seed: Int) throws {
    var shop = Shop(customers: 1_500, seed: UInt64(seed))
    shop.context.budget = [nil, 0, 5_000, 30_000][seed % 4]
    shop.context.perCustomer = 1 + seed % 3
    shop.context.contactSettings.most = 1 + seed % 4
    var rules = try Shop.rules()
    let capped = try #require(rules.indices.first { rules[$0].id == "lapsed.win-back" })
    rules[capped].limits.total = 12
    let poor = try #require(rules.indices.first { rules[$0].id == "new.second-purchase" })
    rules[poor].limits.budget = 900
    let run = try shop.run(rules)
    let cost = run.suggestions.reduce(0) { $0 + $1.expectedCost }
    if let budget = shop.context.budget { #expect(cost <= budget) }
    #expect(run.quality.cost == cost)
    #expect(run.suggestions.filter { $0.rule.id == "lapsed.win-back" }.count <= 12)
    let spent = run.suggestions.filter { $0.rule.id == "new.second-purchase" }
    #expect(spent.reduce(0) { $0 + $1.expectedCost } <= 900)
    let groups = Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0.group) })
    for (row, offers) in Dictionary(grouping: run.suggestions, by: \.row) {
      #expect(offers.count <= shop.context.perCustomer)
      let names = offers.compactMap { groups[$0.rule.id] }
      #expect(Set(names).count == names.count, "row \(row)")
      let settings = shop.context.contactSettings
      let most = offers[0].cohort == .high ? settings.mostForHigh : settings.most
      #expect(Int(shop.context.contacts[row]) + offers.count <= most)
    }
    #expect(run.suggestions.map(\.row) == run.suggestions.map(\.row).sorted())
    #expect(run.quality.value <= run.quality.bound)
  }

  @Test(arguments: 0..<4)
  func theFunnelLosesNobody(seed: Int) throws {
    var shop = Shop(customers: 1_200, seed: 100 + UInt64(seed))
    shop.context.budget = 20_000
    shop.context.keepsRows = true
    var rules = try Shop.rules()
    for index in rules.indices where rules[index].id == "loyal.ask-for-word" {
      rules[index].group = "thanks"
    }
    let funnel = try shop.run(rules).funnel
    #expect(funnel.rules.count == rules.count)
    for rule in funnel.rules {
      #expect(rule.steps.map(\.gate) == Gate.allCases)
      #expect(rule.steps.first?.entering == 1_200)
      for (step, next) in zip(rule.steps, rule.steps.dropFirst()) {
        #expect(step.leaving == next.entering)
        #expect(step.dropped >= 0 && step.leaving >= 0)
      }
      // Every row is dropped once, or suggested.
      var seen = RowSet(count: 1_200)
      for (step, rows) in zip(rule.steps, rule.droppedRows) {
        #expect(rows.population == step.dropped)
        var again = rows
        again.formIntersection(seen)
        #expect(again.population == 0)
        seen.formUnion(rows)
      }
      #expect(1_200 - seen.population == rule.suggested)
    }
    for (index, step) in funnel.total.enumerated() {
      #expect(step.entering == funnel.rules.reduce(0) { $0 + $1.steps[index].entering })
      #expect(step.dropped == funnel.rules.reduce(0) { $0 + $1.steps[index].dropped })
      #expect(!funnel.reason(step.gate, .english).isEmpty)
    }
    let everyGate = Set(funnel.total.filter { $0.dropped > 0 }.map(\.gate))
    #expect(everyGate.isSuperset(of: [.when, .unknown, .unless, .consent, .contacts, .group]))
    #expect(everyGate.isSuperset(of: [.perCustomer, .budget, .holdOut]))
  }

  @Test func theOrderOfRulesAndPastOffersDoesNotMatter() throws {
    var shop = Shop(customers: 1_500, seed: 7)
    shop.context.budget = 15_000
    shop.context.past = (0..<200).map { number in
      PastOffer(
        row: number * 7 % 1_500, rule: number % 2 == 0 ? "lapsed.win-back" : "high.thank-you",
        state: OfferState.allCases[number % OfferState.allCases.count],
        day: Shop.asOf - number, cost: Int64(number))
    }
    let rules = try Shop.rules()
    let expected = try shop.run(rules)
    for rotation in [1, 5] {
      shop.context.past = shop.context.past.reversed()
      let shuffled = Array(rules[rotation...] + rules[..<rotation])
      let run = try shop.run(shuffled)
      #expect(Array(run.suggestions) == Array(expected.suggestions))
      #expect(evidence(run) == evidence(expected))
      #expect(run.funnel == expected.funnel)
      #expect(run.quality == expected.quality)
    }
  }

  @Test func theComparisonGroupIsOfThoseWhoWouldHaveGotTheOffer() throws {
    var shop = Shop(customers: 1_500, seed: 11)
    shop.context.budget = 40_000
    var rules = try Shop.rules()
    let with = try shop.run(rules)
    for index in rules.indices { rules[index].holdOut = .nobody }
    let without = try shop.run(rules)
    func pairs(_ run: SuggestionRun) -> [String] {
      run.suggestions.map { "\($0.row) \($0.rule.id)" }
    }
    // The same people are chosen; only the mark differs.
    #expect(pairs(with) == pairs(without))
    #expect(without.suggestions.allSatisfy { !$0.isWithheld })
    let withheld = with.suggestions.filter(\.isWithheld)
    #expect(!withheld.isEmpty)
    for suggestion in with.suggestions {
      let id = shop.ids[suggestion.row]
      let bucket = HoldOut.bucket(salt: suggestion.rule.id, customer: id.utf8)
      #expect(suggestion.isWithheld == (bucket < 1_000))
    }
    shop.context.holdOut = HoldOut(share: 10_000, salt: "all")
    #expect(try shop.run(rules).suggestions.allSatisfy(\.isWithheld))
  }

  @Test func aChannelWithConsentGoesFirstAndTheTillIsOpenToAll() throws {
    let shop = Shop(customers: 1_200, seed: 3)
    let run = try shop.run(Shop.rules())
    let mailable = try #require(shop.context.reachable[.email])
    for suggestion in run.suggestions {
      #expect(suggestion.channel == (mailable[suggestion.row] ? .email : .till))
    }
    #expect(Set(run.suggestions.map(\.channel)) == [.email, .till])
    guard case .yesNo(let refused)? = shop.facts.columns["do_not_contact"] else { return }
    #expect(run.suggestions.allSatisfy { refused[$0.row] == 0 })
  }

  @Test func thresholdsAreRoundedUpAndCategoriesAreNew() throws {
    let shop = Shop(customers: 1_200, seed: 5)
    var rules = try Shop.rules()
    for index in rules.indices { rules[index].group = "" }
    var open = shop
    open.context.perCustomer = 9
    open.context.contactSettings.most = 9
    let run = try open.run(rules)
    guard case .int64(let baskets)? = shop.facts.columns["average_basket"],
      let list = shop.facts.lists["purchases"],
      case .choice(let bought, let labels)? = list.columns["category"]
    else { return }
    var (thresholds, categories) = (0, 0)
    for suggestion in run.suggestions {
      if suggestion.rule.id == "low-mid.bigger-basket" {
        let threshold = try #require(suggestion.terms.threshold)
        #expect(threshold % 500 == 0)
        #expect(Double(threshold) >= Double(baskets[suggestion.row]) * 1.3)
        #expect(Double(threshold - 500) < Double(baskets[suggestion.row]) * 1.3)
        thresholds += 1
      }
      if suggestion.rule.id == "low-mid.second-category" {
        let own = list.offsets[suggestion.row]..<list.offsets[suggestion.row + 1]
        let names = own.map { labels.labels[Int(bought[Int($0)])] }
        #expect(!suggestion.terms.category.isEmpty && !names.contains(suggestion.terms.category))
        categories += 1
      }
    }
    #expect(thresholds > 20 && categories > 3)
  }

  @Test func evidenceIsSmallAndTrue() throws {
    var shop = Shop(customers: 1_200, seed: 13)
    shop.context.perCustomer = 2
    let rules = try Shop.rules()
    let run = try shop.run(rules)
    for (suggestion, evidence) in zip(run.suggestions, evidence(run)) {
      #expect(EvidenceMaker.size(evidence) <= 300)
      let rule = try #require(rules.first { $0.id == suggestion.rule.id })
      #expect(!rule.why(evidence, .english).contains("{"))
      for fact in evidence.facts where fact.fact == "stage" {
        #expect(fact.seen == suggestion.stage.rawValue)
      }
      #expect(evidence.lost.allSatisfy { $0.rule != suggestion.rule.id })
    }
    #expect(evidence(run).contains { !$0.lost.isEmpty })
    #expect(evidence(run).contains { !$0.purchases.isEmpty })
  }

  private func evidence(_ run: SuggestionRun) -> [Evidence] {
    run.suggestions.indices.map { run.suggestions.evidence(at: $0) }
  }

  @Test func cancellingEndsTheRun() throws {
    var shop = Shop(customers: 100, seed: 1)
    shop.context.isCancelled = { true }
    let rules = try Shop.rules()
    #expect(throws: SuggestionError.cancelled) { try shop.run(rules) }
    shop.context.customers = TextColumn()
    #expect(throws: SuggestionError.rowsDiffer(facts: 100, customers: 0)) { try shop.run(rules) }
  }
}
