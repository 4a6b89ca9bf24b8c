import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore
import Statistics
import Synchronization

/// The comparison that a rule's first lists make, read from the log: whom the rule had chosen on the
/// day on which a list with its offers went out, and on which side they stood.
///
/// A customer counts once a rule, at the first such day: later lists leave out those who had the
/// offer, but not those who were kept back, so the two sides would no longer be alike.
struct Trials: Sendable {
  /// One customer of one rule.
  struct Member: Hashable, Sendable {
    let customer: String
    let day: Day
    let isWithheld: Bool
  }

  /// A member with where the log has it.
  struct Entry: Sendable {
    let rule: String
    let campaign: String
    /// The first event of the action by which the list went out, and the offer.
    let action: Int
    let offer: Int
    let member: Member
  }

  /// The members of each rule's comparison.
  let members: [String: [Member]]
  /// The same by campaign, and within one by rule: a customer counts once a campaign, at the first list
  /// of any of its rules.
  let membersOfCampaigns: [String: [String: [Member]]]
  /// Everybody, in the order of the log.
  private let entries: [Entry]
  /// The actions by which lists went out.
  private let actions: [ClosedRange<Int>]
  /// The last event that was read.
  let through: Int

  /// What was read of the log.
  ///
  /// - Parameters:
  ///   - entries: Everybody who was chosen when a list went out; of a rule and customer the first
  ///     counts.
  ///   - actions: The actions by which lists went out.
  ///   - through: The last event that was read.
  init(_ entries: [Entry], actions: [ClosedRange<Int>], through: Int) {
    let ordered = entries.sorted { ($0.action, $0.offer) < ($1.action, $1.offer) }
    var known: Set<[String]> = []
    var kept: [Entry] = []
    var members: [String: [Member]] = [:]
    var campaigns: [String: [String: [Member]]] = [:]
    for entry in ordered {
      let customer = entry.member.customer
      guard known.insert([entry.rule, customer]).inserted else { continue }
      kept.append(entry)
      members[entry.rule, default: []].append(entry.member)
      let isNew = known.insert(["campaign", entry.campaign, customer]).inserted
      guard !entry.campaign.isEmpty, isNew else { continue }
      campaigns[entry.campaign, default: [:]][entry.rule, default: []].append(entry.member)
    }
    (self.entries, self.actions, self.through) = (kept, actions, through)
    (self.members, membersOfCampaigns) = (members, campaigns)
  }

  /// The same with what was read of later events; nil where these take back a list that counts.
  func adding(_ later: Trials, undoing events: Set<Int>) -> Trials? {
    guard !events.contains(where: { undone in actions.contains { $0.contains(undone) } }) else {
      return nil
    }
    return Trials(
      entries + later.entries, actions: actions + later.actions, through: later.through)
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

  /// Who was chosen when lists went out.
  ///
  /// The log is read once, from its end to the first list; then only what is new in it.
  private func trials(_ pace: Pace<WorkspaceError>) throws(WorkspaceError) -> Trials {
    let (state, known) = (state, memo.withLock { $0.trials })
    if let known, known.through == state.sequence { return known }
    var trials = try read(state, after: known?.through ?? 0, pace)
    if let known {
      if let whole = known.adding(trials.trials, undoing: trials.undone) {
        trials.trials = whole
      } else {
        trials = try read(state, after: 0, pace)
      }
    }
    let found = trials.trials
    memo.withLock { $0.trials = found }
    return found
  }

  /// Who was chosen when lists went out after an event, and which events were taken back since.
  private func read(
    _ state: StoreState, after first: Int, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> (trials: Trials, undone: Set<Int>) {
    var reader = TrialsReader(state.offers, campaigns: campaignsByHash)
    _ = try events(of: [.offers, .decisions], limit: 1, pace) { event in
      if event.sequence > state.sequence { return false }
      if event.sequence > first { reader.take(event) }
      return reader.isDone || event.sequence <= first
    }
    return (reader.finished(through: state.sequence), reader.takenBack)
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
