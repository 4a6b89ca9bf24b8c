import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// The offers that match a filter, in the order of review.
  ///
  /// They come by the rule's priority, then the greatest expected gain, then the number; those of
  /// the comparison group are never among them. The filter is about offers and their customers; of
  /// those that match it, at most so many as the limit says are read.
  package func offers(
    matching filter: String = "", limit: Int? = nil
  ) throws(WorkspaceError) -> [Offer] {
    let book = state.offers
    let numbers = try offerNumbers(matching: filter)
    return numbers.prefix(limit ?? numbers.count).compactMap { book[$0] }
  }

  /// The numbers of the offers that match a filter, in the order of ``offers(matching:)``; at a
  /// million offers within the time of a key.
  ///
  /// - Parameters:
  ///   - filter: The filter language; empty for all.
  ///   - scope: Where they stand, as of the date of the figures; what colleagues have taken to
  ///     decide on does not wait for this user.
  ///   - sort: In which order they come.
  /// - Returns: Numbers.
  /// - Throws: An error that says where the filter is wrong.
  package func offerNumbers(
    matching filter: String = "", in scope: OfferScope = .all, by sort: OfferSort = OfferSort(.rule)
  ) throws(WorkspaceError) -> [Int] {
    let condition = try condition(filter, .offers)
    let (priorities, day) = (rulePriorities, asOf)
    let matching = condition.map(offerRows)
    let batches = batchesInForce
    let own = Set(batches.first { $0.user == environment.user }?.offers ?? [])
    let others = Set(batches.filter { $0.user != environment.user }.flatMap(\.offers))
    let names = sort.order == .customer ? customerNamePlaces() : []
    return offerLines { lines in
      let numbers = lines.inOrder(priorities: priorities).filter { number in
        if let matching, !(number <= matching.count && matching[number - 1]) { return false }
        guard let state = lines.states[number - 1] else { return false }
        if scope == .waiting, !others.isEmpty, others.contains(number) { return false }
        if scope == .batch, !own.contains(number) { return false }
        return scope.contains(
          state, snoozedUntil: state == .snoozed ? lines.snoozedUntil[number] : nil, on: day)
      }
      return lines.sorted(numbers, by: sort, names: names)
    }
  }

  /// The place of the name of each offer's customer among all names, by the number of the offer less
  /// one; those whose customer is gone come last.
  private func customerNamePlaces() -> [UInt32] {
    let analysis = analysis()
    let ranks = analysis.lists.nameRanks
    return offerLines { $0.rows(in: analysis.customers, of: analysis.key) }
      .map { $0 < 0 ? .max : ranks[Int($0)] }
  }

  /// Those of some offers that still stand where a list shows them, in their order.
  package func offers(
    _ ids: [Int], listedIn scope: OfferScope
  ) throws(WorkspaceError) -> [Int] {
    let listed = Set(try offerNumbers(in: scope))
    return ids.filter(listed.contains)
  }

  /// The offer of a number as it stands now.
  package func offer(_ id: Int) throws(WorkspaceError) -> Offer {
    guard let offer = state.offers[id] else { throw .noSuchOffer(id) }
    return offer
  }

  /// The offers that a condition holds for, as rows by number.
  private func offerRows(_ condition: Condition) -> RowSet {
    let analysis = analysis()
    let (facts, customers) = offerFacts(analysis)
    return OfferSearch(analysis: analysis, offers: facts, customers: customers)
      .rows(where: condition)
  }

  /// The offers' own facts, a row each number, and the rows of their customers.
  func offerFacts(_ analysis: Analysis) -> (facts: FactTable, customers: [Int32]) {
    let campaigns = campaignsOfVersions
    return offerLines { lines in
      (
        lines.facts(asOf: analysis.asOf, campaigns: campaigns + missing(lines, campaigns)),
        lines.rows(in: analysis.customers, of: analysis.key)
      )
    }
  }

  /// Reads the columns of all offers as they are now.
  func offerLines<Result>(_ body: (inout OfferLines) -> Result) -> Result {
    let book = state.offers
    return lines.withLock { lines in
      lines.follow(book)
      return body(&lines)
    }
  }

  /// Everything that is shown about an offer while it is decided.
  package func offerCard(_ id: Int) throws(WorkspaceError) -> OfferCard {
    guard let offer = state.offers[id] else { throw .noSuchOffer(id) }
    let analysis = analysis()
    guard let row = analysis.customers.row(of: offer.customer) else {
      throw .noSuchCustomer(offer.customer)
    }
    let rule = rule(of: offer)
    let words = OfferWords(
      offer, rule: rule, outcome: outcome(ofRule: offer.rule.id),
      worth: rule.map { analysis.worth.worth($0, row) }, currency, wording)
    return OfferCard(
      offer: offer, customer: analysis.summary(row), message: message(of: offer),
      why: why(of: offer, wording),
      evidence: words.evidence { purchase($0, ofCustomer: row, in: analysis.purchases) },
      money: words.money,
      alternatives: words.alternatives(titles: ruleTitles), benefits: words.benefits,
      campaign: campaignFigure(of: offer),
      cautions: cautions(offer, analysis, row) + campaignCautions(offer, row))
  }

  /// The day by which offers have run out: today, or the date of the figures where no open offer
  /// holds today any more, because the data are old or invented; export goes by the same.
  private var dayOfOffers: Day {
    let day = max(asOf, today)
    return offerLines { $0.holdsAny(on: day) } ? day : asOf
  }

  /// A purchase of a customer as it stands in a sentence; nil where it is gone.
  private func purchase(
    _ id: PurchaseID, ofCustomer row: Int, in table: PurchaseTable
  ) -> String? {
    guard let place = table.rows(ofCustomer: row).first(where: { table.id($0) == id }) else {
      return nil
    }
    return wording(
      "offer.purchase",
      [
        "day": wording.day(Day(number: table.days[place])),
        "amount": display.money(table.amounts[place], currency),
      ])
  }

  /// What changed since the suggestion and should be known before deciding.
  private func cautions(_ offer: Offer, _ analysis: Analysis, _ row: Int) -> [String] {
    var cautions: [String] = []
    let (stage, cohort) = (
      analysis.figures.stages.stages[row], analysis.figures.cohorts.cohorts[row]
    )
    if stage != offer.stage {
      cautions.append(
        wording(
          "caution.stage",
          ["then": texts.value(offer.stage.rawValue), "now": texts.value(stage.rawValue)]))
    }
    if cohort != offer.cohort {
      cautions.append(
        wording(
          "caution.cohort",
          ["then": texts.value(offer.cohort.rawValue), "now": texts.value(cohort.rawValue)]))
    }
    if analysis.customers.isDoNotContact(row, asOf: today) {
      cautions.append(wording["caution.contact"])
    }
    let isSettled = offer.state == .redeemed || offer.state == .expired
    if !isSettled, offer.validUntil < dayOfOffers {
      cautions.append(wording("caution.ran-out", ["day": wording.day(offer.validUntil)]))
    }
    return cautions
  }
}
