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

  private struct Standing {
    var rule: String
    var customer: String
    var state: OfferState
  }

  /// Reads events, oldest first.
  init(_ events: [Event]) {
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
      for event in action { Trials.follow(event.change, &offers) }
      index = end
    }
  }

  private static func follow(_ change: Change, _ offers: inout [Int: Standing]) {
    switch change {
    case .offer(_, let offer?):
      offers[offer.id] = Standing(
        rule: offer.rule.id, customer: offer.customer, state: offer.state)
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
      members[offer.rule, default: []].append(
        Member(customer: offer.customer, day: day, isWithheld: offer.state == .withheld))
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
  func uplift(days: Int) throws(WorkspaceError) -> [BacktestReport.Uplift] {
    let events = try events(limit: .max).reversed().filter { event in
      switch event.change {
      case .offer, .decision, .export: true
      default: false
      }
    }
    let trials = Trials(events)
    let outcome = TrialOutcome(analysis().figures.history, days: days)
    return trials.members.keys.sorted().compactMap { rule in
      let members = (trials.members[rule] ?? []).filter { $0.day + days <= asOf }
      let rows = members.map { state.customers.row(of: $0.customer) }
      let sides = Dictionary(grouping: zip(members, rows), by: \.0.isWithheld)
      let offered = outcome.summary(sides[false] ?? [])
      let withheld = outcome.summary(sides[true] ?? [])
      guard let found = differenceOfShares(offered.buyers, withheld.buyers) else { return nil }
      var uplift = BacktestReport.Uplift(
        rule: rule, offered: offered.buyers.trials, offeredBought: offered.buyers.successes,
        withheld: withheld.buyers.trials, withheldBought: withheld.buyers.successes,
        difference: found.difference, low: found.low, high: found.high)
      uplift.sales = differenceOfMeans(offered.sales, withheld.sales).map { sales in
        .init(
          offered: offered.sales.mean, withheld: withheld.sales.mean,
          difference: sales.difference, low: sales.low, high: sales.high)
      }
      return uplift
    }
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
