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
  /// The only customer who takes part; nil for all.
  private let only: OnlyCustomer?

  /// What is told of an analysis.
  ///
  /// - Parameters:
  ///   - analysis: The figures of everybody.
  ///   - programme: The settings.
  ///   - book: Every offer made so far.
  ///   - options: What the run is asked for.
  ///   - campaigns: The campaign of a version of a rule by its hash, for offers with which none stands.
  ///   - only: The only customer who takes part; nil for all.
  init(
    _ analysis: Analysis, _ programme: Programme, _ book: OfferBook, _ options: SuggestOptions,
    campaigns: [String: String], only: OnlyCustomer? = nil
  ) {
    (self.analysis, self.programme) = (analysis, programme)
    (self.book, self.options, self.only) = (book, options, only)
    self.campaigns = campaigns
  }

  /// The rows of the analysis that take part.
  private var rows: Range<Int> {
    only.map { $0.row..<$0.row + 1 } ?? 0..<analysis.customers.count
  }

  /// Each earlier offer to those who take part, with its customer's place among them; -1 for an offer
  /// to nobody who is known.
  private func forEachOffer<Failure: Error>(
    _ pace: Pace<Failure>, _ body: (Offer, _ place: Int) -> Void
  ) throws(Failure) {
    if let only { return only.offers.forEach { body($0, 0) } }
    for number in 1..<(book.lastID + 1) {
      try pace.look(row: number, of: book.lastID + 1)
      // What an offer rests on is not asked for.
      guard let offer = book.summary(number) else { continue }
      body(offer, analysis.customers.row(of: offer.customer) ?? -1)
    }
  }

  /// The context of a run; `pace` may end its making, every part of which looks at everybody.
  func context<Failure: Error>(
    _ pace: Pace<Failure> = Pace<Never>.free, progress: @escaping @Sendable (Double) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(Failure) -> SuggestionContext {
    let settings = programme
    let cohorts = analysis.figures.cohorts
    var ids = analysis.customers.ids
    if let only {
      ids = TextColumn()
      ids.append(analysis.customers.ids.utf8(only.row))
    }
    var context = SuggestionContext(customers: ids)
    context.budget = options.budget
    context.perCustomer = options.perCustomer
    context.campaigns = settings.campaigns
    context.floors = options.floors ?? settings.floors
    context.reachable = try reachable(pace)
    (context.past, context.elsewhere) = (try past(pace), only?.elsewhere ?? [])
    context.contacts = try contacts(pace)
    context.contactSettings = settings.contacts
    context.rankings = only.map { _ in analysis.lists.rankings }
    context.medians = analysis.lists.medians
    try pace.look()
    context.values = only.map { [cohorts.values[$0.row]] } ?? cohorts.values.array
    context.valuesAreMargin = cohorts.areMargin(settings)
    context.outcomes = only?.responses ?? book.responses
    context.holdOut = HoldOut(
      share: Int(((settings.holdOutShare ?? 0) * 10_000).rounded()), salt: "programme")
    context.margin = settings.margin ?? 1
    context.progress = progress
    context.isCancelled = isCancelled
    return context
  }

  /// Who may be reached how: an address is known, consent was given, and contact not refused.
  private func reachable<Failure: Error>(
    _ pace: Pace<Failure>
  ) throws(Failure) -> [ContactChannel: RowSet] {
    let customers = analysis.customers
    var sets: [ContactChannel: RowSet] = [:]
    for channel in ContactChannel.needingConsent {
      var set = RowSet(count: rows.count)
      for row in rows {
        try pace.look(row: row, of: rows.upperBound)
        guard hasAddress(row, for: channel) else { continue }
        set[row - rows.lowerBound] =
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
  private func past<Failure: Error>(_ pace: Pace<Failure>) throws(Failure) -> [PastOffer] {
    var past: [PastOffer] = []
    try forEachOffer(pace) { offer, place in
      guard place >= 0 else { return }
      past.append(
        PastOffer(
          row: place, rule: offer.rule.id, state: offer.state,
          day: min(offer.exported ?? offer.asOf, analysis.asOf), cost: offer.expectedCost,
          campaign: campaign(of: offer)))
    }
    return past
  }

  private func campaign(of offer: Offer) -> String {
    offer.rule.campaign.isEmpty ? campaigns[offer.rule.hash] ?? "" : offer.rule.campaign
  }

  /// Contacts within the window before the as-of date, or since: offers that were sent.
  ///
  /// Data always end some days ago, so what went out yesterday mostly lies after the as-of date.
  private func contacts<Failure: Error>(_ pace: Pace<Failure>) throws(Failure) -> [UInt16] {
    var counts = [UInt16](repeating: 0, count: rows.count)
    let first = analysis.asOf - programme.contacts.windowDays
    try forEachOffer(pace) { offer, place in
      guard place >= 0, let sent = offer.exported, sent > first else { return }
      counts[place] += 1
    }
    return counts
  }
}

/// The only customer for whom rules are asked, and what a run must know of everybody's offers for
/// that.
struct OnlyCustomer {
  /// The customer's row.
  let row: Int
  /// Every offer made to the customer so far.
  let offers: [Offer]
  /// What others use up of limits that all share.
  let elsewhere: [TakenOffers]
  /// What came of the offers of each rule.
  let responses: [String: RuleResponses]
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

extension ValueCohorts {
  /// Whether the values are margin, and not sales.
  fileprivate func areMargin(_ settings: Programme) -> Bool {
    measure == .margin || (measure == .clv && settings.margin != nil)
  }
}

extension Analysis {
  /// What responses are worth, as a run of the rules counts it.
  var worth: ResponseWorth {
    ResponseWorth(
      facts, values: figures.cohorts.values, medians: lists.medians, margin: programme.margin ?? 1,
      valuesAreMargin: figures.cohorts.areMargin(programme))
  }
}
