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
  /// What was measured where offers have a comparison group: who bought within the days after a list
  /// went out, of all whom the rule chose and of all who were kept back.
  func uplift(days: Int) throws(WorkspaceError) -> [BacktestReport.Uplift] {
    let events = try events(limit: .max).reversed().filter { event in
      switch event.change {
      case .offer, .decision, .export: true
      default: false
      }
    }
    let trials = Trials(events)
    let history = analysis().figures.history
    func buyers(_ members: [Trials.Member]) -> (successes: Int, trials: Int) {
      let bought = members.count { member in
        guard let row = state.customers.row(of: member.customer) else { return false }
        return history.purchaseDays.days(ofCustomer: row).contains {
          $0 > member.day.number && $0 <= (member.day + days).number
        }
      }
      return (bought, members.count)
    }
    return trials.members.keys.sorted().compactMap { rule in
      let members = (trials.members[rule] ?? []).filter { $0.day + days <= asOf }
      let offered = buyers(members.filter { !$0.isWithheld })
      let withheld = buyers(members.filter(\.isWithheld))
      guard let found = differenceOfShares(offered, withheld) else { return nil }
      return BacktestReport.Uplift(
        rule: rule, offered: offered.trials, offeredBought: offered.successes,
        withheld: withheld.trials, withheldBought: withheld.successes,
        difference: found.difference, low: found.low, high: found.high)
    }
  }
}
