import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore
import Statistics

/// The comparison that a rule's first lists make, read from the journal: whom the rule had chosen on
/// the day on which a list with its offers went out, and on which side they stood.
///
/// A customer counts once a rule, at the first such day: later lists leave out those who had the
/// offer, but not those who were kept back, so the two sides would no longer be alike.
struct Trials {
  /// One customer of one rule.
  struct Member: Hashable {
    let customer: String
    let day: Day
    let isWithheld: Bool
  }

  /// The members of each rule's comparison.
  private(set) var members: [String: [Member]] = [:]
  /// The same by campaign, and within one by rule: a customer counts once a campaign, at the first list
  /// of any of its rules.
  private(set) var membersOfCampaigns: [String: [String: [Member]]] = [:]

  private struct Standing {
    var rule: String
    var campaign: String
    var customer: String
    var state: OfferState
  }

  /// Reads events, oldest first.
  ///
  /// - Parameters:
  ///   - events: The events.
  ///   - campaigns: The campaign of a version of a rule by its hash, for offers with which none stands.
  init(_ events: [Event], campaigns: [String: String] = [:]) {
    let takenBack = Set(events.compactMap(\.undoes))
    var offers: [Int: Standing] = [:]
    var known: Set<[String]> = []
    var index = 0
    while index < events.count {
      var end = index + 1
      while end < events.count, let transaction = events[index].transaction,
        events[end].transaction == transaction
      {
        end += 1
      }
      let action = events[index..<end]
      // What was taken back never went out; what takes back brings nothing new.
      let counts = action.allSatisfy { $0.undoes == nil && !takenBack.contains($0.sequence) }
      if counts { note(action, offers, &known) }
      for event in action { Trials.follow(event.change, &offers, campaigns) }
      index = end
    }
  }

  private static func follow(
    _ change: Change, _ offers: inout [Int: Standing], _ campaigns: [String: String]
  ) {
    switch change {
    case .offer(_, let offer?):
      let campaign = offer.rule.campaign
      offers[offer.id] = Standing(
        rule: offer.rule.id,
        campaign: campaign.isEmpty ? campaigns[offer.rule.hash] ?? "" : campaign,
        customer: offer.customer, state: offer.state)
    case .offer(let offer?, nil): offers[offer.id] = nil
    case .decision(let decision): offers[decision.offer]?.state = decision.to.state
    default: break
    }
  }

  /// Notes who stood where when a list went out.
  private mutating func note(
    _ action: ArraySlice<Event>, _ offers: [Int: Standing], _ known: inout Set<[String]>
  ) {
    var days: [String: Day] = [:]
    for event in action {
      guard case .decision(let decision) = event.change, decision.to.state == .exported,
        let day = decision.to.exported, let offer = offers[decision.offer]
      else { continue }
      days[offer.rule] = day
    }
    guard !days.isEmpty else { return }
    for number in offers.keys.sorted() {
      guard let offer = offers[number], let day = days[offer.rule], offer.state.takesPart,
        known.insert([offer.rule, offer.customer]).inserted
      else { continue }
      let member = Member(
        customer: offer.customer, day: day, isWithheld: offer.state == .withheld)
      members[offer.rule, default: []].append(member)
      let isNew = known.insert(["campaign", offer.campaign, offer.customer]).inserted
      guard !offer.campaign.isEmpty, isNew else { continue }
      membersOfCampaigns[offer.campaign, default: [:]][offer.rule, default: []].append(member)
    }
  }
}

extension OfferState {
  /// Whether an offer in this state stood on one of the two sides when a list went out.
  fileprivate var takesPart: Bool {
    switch self {
    case .suggested, .approved, .rejected, .snoozed, .withheld: true
    case .exported, .redeemed, .expired, .recalled, .withdrawn: false
    }
  }
}

extension LoyaltyWorkspace {
  /// What was measured where offers have a comparison group: who bought and for how much within the
  /// days after a list went out, of all whom the rule chose and of all who were kept back.
  ///
  /// Shares of buyers are compared by ``differenceOfShares(_:_:)``, mean sales of all customers on a
  /// side, buyers or not, by ``differenceOfMeans(_:_:)``.
  func uplift(
    days: Int, _ pace: Pace<WorkspaceError> = .free
  ) throws(WorkspaceError) -> [BacktestReport.Uplift] {
    guard hasComparison else { return [] }
    let trials = try trials(pace)
    return trials.members.keys.sorted().compactMap { rule in
      let (offered, withheld) = outcomes(trials.members[rule] ?? [], within: days)
      guard let found = differenceOfShares(offered.buyers, withheld.buyers) else { return nil }
      var uplift = BacktestReport.Uplift(
        rule: rule,
        buyers: BuyerUplift(
          offered: offered.buyers.trials, offeredBought: offered.buyers.successes,
          withheld: withheld.buyers.trials, withheldBought: withheld.buyers.successes,
          difference: found.difference, low: found.low, high: found.high))
      uplift.sales = differenceOfMeans(offered.sales, withheld.sales).map { sales in
        .init(
          offered: offered.sales.mean, withheld: withheld.sales.mean,
          difference: sales.difference, low: sales.low, high: sales.high)
      }
      return uplift
    }
  }

  /// The same for each campaign: the differences within its rules put together, since each rule has a
  /// share of its own that is kept back.
  func campaignUplifts(
    days: Int, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> [String: CampaignUplift] {
    guard hasComparison else { return [:] }
    let trials = try trials(pace)
    return trials.membersOfCampaigns.compactMapValues { rules in
      // A rule of which only one side is known tells nothing.
      let sides = rules.keys.sorted()
        .map { outcomes(rules[$0] ?? [], within: days) }
        .map { (offered: $0.offered.buyers, withheld: $0.withheld.buyers) }
        .filter { $0.offered.trials > 0 && $0.withheld.trials > 0 }
      guard let found = differenceOfShares(sides.map { ($0.offered, $0.withheld) }) else {
        return nil
      }
      func sum(_ value: KeyPath<Buyers, Int>) -> Int { sides.reduce(0) { $0 + $1[keyPath: value] } }
      return CampaignUplift(
        days: days,
        buyers: BuyerUplift(
          offered: sum(\.offered.trials), offeredBought: sum(\.offered.successes),
          withheld: sum(\.withheld.trials), withheldBought: sum(\.withheld.successes),
          difference: found.difference, low: found.low, high: found.high))
    }
  }

  /// Whether somebody was kept back and a list went out; the whole log is read only then.
  private var hasComparison: Bool {
    let counts = state.offers.counts
    let out: [OfferState] = [.exported, .redeemed, .expired, .recalled]
    return counts[.withheld] != nil && out.contains { counts[$0] != nil }
  }

  private typealias Buyers = (
    offered: (successes: Int, trials: Int), withheld: (successes: Int, trials: Int)
  )
  private typealias Side = (buyers: (successes: Int, trials: Int), sales: MeanSummary)
  private typealias Sides = (offered: Side, withheld: Side)

  /// Who was chosen when lists went out, from the whole journal.
  private func trials(_ pace: Pace<WorkspaceError>) throws(WorkspaceError) -> Trials {
    let events = try events(of: [.offers, .decisions], pace) { _ in true }
    return Trials(events.reversed(), campaigns: campaignsByHash)
  }

  /// What both sides did within the days after a list went out; lists that went out too lately are
  /// left aside.
  private func outcomes(_ members: [Trials.Member], within days: Int) -> Sides {
    let outcome = TrialOutcome(analysis().figures.history, days: days)
    let settled = members.filter { $0.day + days <= asOf }
    let rows = settled.map { state.customers.row(of: $0.customer) }
    let sides = Dictionary(grouping: zip(settled, rows), by: \.0.isWithheld)
    return (outcome.summary(sides[false] ?? []), outcome.summary(sides[true] ?? []))
  }
}

/// What the customers of a comparison did within the days after a list went out.
private struct TrialOutcome {
  let history: PurchaseHistory
  let days: Int

  init(_ history: PurchaseHistory, days: Int) { (self.history, self.days) = (history, days) }

  /// The buyers and the net sales of a side; who bought nothing counts with 0, and so does who is no
  /// longer among the customers.
  func summary(
    _ side: [(Trials.Member, Int?)]
  ) -> (buyers: (successes: Int, trials: Int), sales: MeanSummary) {
    var (bought, sales) = (0, MeanSummary())
    for (member, row) in side {
      let span = member.day.number + 1...(member.day + days).number
      let days = row.map { history.purchaseDays.days(ofCustomer: $0) }
      if days?.contains(where: span.contains) == true { bought += 1 }
      sales.add(row.map { Double(net($0, span)) } ?? 0)
    }
    return ((bought, side.count), sales)
  }

  /// What somebody bought within days, less what went back of it, in minor units.
  private func net(_ row: Int, _ span: ClosedRange<Int32>) -> Int64 {
    [history.lines, history.looseRefunds].reduce(0) { sum, lines in
      lines.range(ofCustomer: row).reduce(sum) {
        span.contains(lines.days[$1]) ? $0 + lines.amounts[$1] : $0
      }
    }
  }
}
