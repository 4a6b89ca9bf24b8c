import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules

/// What a run is told about the programme beside the facts.
struct SuggestInputs {
  private let analysis: Analysis
  private let programme: Programme
  private let book: OfferBook
  private let options: SuggestOptions
  private let campaigns: [String: String]

  /// What is told of an analysis.
  ///
  /// - Parameters:
  ///   - analysis: The figures.
  ///   - programme: The settings.
  ///   - book: Every offer made so far.
  ///   - options: What the run is asked to do.
  ///   - campaigns: The campaign of a version of a rule by its hash, for offers with which none stands.
  init(
    _ analysis: Analysis, _ programme: Programme, _ book: OfferBook, _ options: SuggestOptions,
    campaigns: [String: String]
  ) {
    (self.analysis, self.programme) = (analysis, programme)
    (self.book, self.options, self.campaigns) = (book, options, campaigns)
  }

  /// The context of a run.
  func context(
    progress: @escaping @Sendable (Double) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) -> SuggestionContext {
    let settings = programme
    var context = SuggestionContext(customers: analysis.customers.ids)
    context.budget = options.budget
    context.perCustomer = options.perCustomer
    context.campaigns = settings.campaigns
    context.floors = options.floors ?? settings.floors
    context.reachable = reachable
    context.past = past
    context.contacts = contacts
    context.contactSettings = settings.contacts
    context.medians = medians
    let measure = analysis.figures.cohorts.measure
    context.values = analysis.figures.cohorts.values
    context.valuesAreMargin = measure == .margin || (measure == .clv && settings.margin != nil)
    context.outcomes = book.responses
    context.holdOut = HoldOut(
      share: Int(((settings.holdOutShare ?? 0) * 10_000).rounded()), salt: "programme")
    context.margin = settings.margin ?? 1
    context.progress = progress
    context.isCancelled = isCancelled
    return context
  }

  /// Who may be reached how: an address is known, consent was given, and contact not refused.
  private var reachable: [ContactChannel: RowSet] {
    let customers = analysis.customers
    var sets: [ContactChannel: RowSet] = [:]
    for channel in ContactChannel.needingConsent {
      var set = RowSet(count: customers.count)
      for row in 0..<customers.count where hasAddress(row, for: channel) {
        set[row] =
          customers.consent(row, channel, asOf: analysis.asOf) == true
          && !customers.isDoNotContact(row, asOf: analysis.asOf)
      }
      sets[channel] = set
    }
    return sets
  }

  private func hasAddress(_ row: Int, for channel: ContactChannel) -> Bool {
    switch channel {
    case .email: !analysis.customers.emails.isEmpty(row)
    case .sms, .phone: !analysis.customers.phones.isEmpty(row)
    case .post: analysis.customers.details[row]?.city.isEmpty == false
    case .push, .till: true
    }
  }

  /// Earlier offers; one that left the house after the as-of date counts as if on that day, or it
  /// would be suggested and sent again as long as no newer sales come in.
  private var past: [PastOffer] {
    var past: [PastOffer] = []
    book.forEach { offer in
      guard let row = analysis.customers.row(of: offer.customer) else { return }
      past.append(
        PastOffer(
          row: row, rule: offer.rule.id, state: offer.state,
          day: min(offer.exported ?? offer.asOf, analysis.asOf),
          cost: offer.expectedCost, campaign: campaign(of: offer)))
    }
    return past
  }

  private func campaign(of offer: Offer) -> String {
    offer.rule.campaign.isEmpty ? campaigns[offer.rule.hash] ?? "" : offer.rule.campaign
  }

  /// Contacts within the window before the as-of date, or since: offers that were sent.
  ///
  /// Data always end some days ago, so what went out yesterday mostly lies after the as-of date.
  private var contacts: [UInt16] {
    var counts = [UInt16](repeating: 0, count: analysis.customers.count)
    let first = analysis.asOf - programme.contacts.windowDays
    book.forEach { offer in
      guard let sent = offer.exported, sent > first,
        let row = analysis.customers.row(of: offer.customer)
      else { return }
      counts[row] += 1
    }
    return counts
  }

  private var medians: [ValueCohort: Int64] {
    var values: [ValueCohort: [Int64]] = [:]
    let cohorts = analysis.figures.cohorts
    for (row, cohort) in cohorts.cohorts.enumerated() {
      values[cohort, default: []].append(cohorts.values[row])
    }
    return values.mapValues { values in values.sorted()[values.count / 2] }
  }
}

extension OfferBook {
  /// What came of each rule's offers, as far as it is known: redeemed, or run out unused.
  ///
  /// Without either the rule's own assumption stands: nobody said yet what came of it.
  var responses: [String: RuleResponses] {
    var responses: [String: RuleResponses] = [:]
    forEach { offer in
      guard offer.state == .redeemed || offer.state == .expired else { return }
      responses[offer.rule.id, default: RuleResponses(sent: 0, responded: 0)].sent += 1
      if offer.state == .redeemed { responses[offer.rule.id]?.responded += 1 }
    }
    return responses
  }
}
