package import LoyaltyModel

/// One rule before it competes: the gates from `window` to `repeated`, and who is left.
struct RuleGates {
  /// The rows that each of the first gates dropped, in order.
  private(set) var dropped: [RowSet] = []
  /// Those who are left, with what they would be offered.
  private(set) var candidates: [Candidate] = []
  /// How many rows came in.
  let entering: Int
  /// How many rows the facts have.
  let rows: Int

  /// The gates that a rule passes for itself.
  static let gates: [Gate] = [
    .window, .campaignDates, .when, .unknown, .unless, .campaignBranches, .consent, .contacts,
    .repeated,
  ]

  init(
    _ rule: Rule, index: Int, _ facts: FactTable, _ context: SuggestionContext,
    _ history: History, _ terms: TermsMaker, _ pace: Pace<SuggestionError>
  ) throws(SuggestionError) {
    var left = facts.known
    (entering, rows) = (left.population, facts.count)
    func drop(_ rows: RowSet) {
      var gone = rows
      gone.formIntersection(left)
      left.subtract(gone)
      dropped.append(gone)
    }
    drop(RowSet(count: facts.count, all: !rule.window.contains(facts.asOf)))
    let campaign = context.campaign(of: rule)
    drop(RowSet(count: facts.count, all: campaign?.runs(on: facts.asOf) == false))
    let evaluator = Evaluator(facts: facts)
    let condition = Condition.all(rule.matching.map(\.condition))
    let answer = try evaluator.answer(condition, among: left, pace: pace.part(0, 0.5))
    var failed = left
    failed.subtract(answer.holds)
    failed.subtract(answer.unknown)
    drop(failed)
    var unknown = answer.unknown
    unknown.formUnion(terms.unknown(rule, among: answer.holds))
    drop(unknown)
    drop(try RuleGates.excluded(rule, evaluator, left, pace.part(0.5, 0.6)))
    drop(campaign?.outsiders(facts, among: left) ?? RowSet(count: facts.count))
    drop(RuleGates.unreachable(rule, facts, context, left))
    drop(history.contactedTooOften)
    drop(history.repeated[index])
    let (channels, people) = (Channels(rule, context), terms.people)
    candidates.reserveCapacity(left.population)
    let (last, all) = (pace.part(0.6, 1), left.population)
    try left.forEach { row throws(SuggestionError) in
      try last.look(row: candidates.count, of: all)
      let offer = terms.terms(rule, row: row)
      candidates.append(
        Candidate(
          row: row, rule: index, channel: channels.first(row), cost: offer.cost,
          value: offer.value, cohort: people.cohort(row), stage: people.stage(row)))
    }
  }

  private static func excluded(
    _ rule: Rule, _ evaluator: Evaluator, _ rows: RowSet, _ pace: Pace<SuggestionError>
  ) throws(SuggestionError) -> RowSet {
    guard let unless = rule.unless else { return RowSet(count: rows.count) }
    let answer = try evaluator.answer(unless, among: rows, pace: pace)
    var excluded = answer.holds
    excluded.formUnion(answer.unknown)
    return excluded
  }

  private static func unreachable(
    _ rule: Rule, _ facts: FactTable, _ context: SuggestionContext, _ rows: RowSet
  ) -> RowSet {
    var reachable = RowSet(count: rows.count, all: rule.channels.contains(.till))
    for channel in rule.channels {
      if let set = context.reachable[channel] { reachable.formUnion(set) }
    }
    var unreachable = rows
    unreachable.subtract(reachable)
    if case .yesNo(let values)? = facts.columns["do_not_contact"] {
      rows.forEach { if values[$0] == 1 { unreachable[$0] = true } }
    }
    return unreachable
  }
}

extension Campaign {
  /// Those whose home branch is none of the campaign's, or is not known.
  func outsiders(_ facts: FactTable, among rows: RowSet) -> RowSet {
    var outsiders = RowSet(count: rows.count)
    guard !branches.isEmpty else { return outsiders }
    guard case .choice(let values, let labels)? = facts.columns["branch"] else { return rows }
    let isInside = labels.labels.map { Set(branches).contains($0) }
    rows.forEach { row in
      let number = Int(values[row])
      if !(isInside.indices.contains(number) && isInside[number]) { outsiders[row] = true }
    }
    return outsiders
  }
}

/// The channels that a rule may use, best first.
private struct Channels {
  let sets: [(channel: ContactChannel, rows: RowSet?)]

  init(_ rule: Rule, _ context: SuggestionContext) {
    sets = rule.channels.compactMap { channel in
      if channel == .till { return (channel, nil) }
      return context.reachable[channel].map { (channel, $0) }
    }
  }

  /// The best channel that reaches a row.
  func first(_ row: Int) -> ContactChannel {
    sets.first { $0.rows?[row] ?? true }?.channel ?? .till
  }
}

/// What earlier offers and contacts leave to a run.
struct History {
  /// Those who were contacted as often as allowed, or more.
  let contactedTooOften: RowSet
  /// For each rule, those who had it too recently or have it waiting.
  private(set) var repeated: [RowSet]
  /// How many more offers a row may get, where that is less than usual.
  private var open: [Int: Int] = [:]
  /// The groups that a row's open offers take.
  private(set) var openGroups: [Int: Set<String>] = [:]
  /// For each rule, how many offers and how much money it has used up.
  private(set) var used: [(offers: Int, cost: Int64)]
  /// What each campaign has spent of its budget, by name.
  private(set) var spent: [String: Int64] = [:]
  /// What open offers are expected to cost together.
  private(set) var openCost: Int64 = 0
  private let contacts: [UInt16]
  private let settings: ContactSettings
  private let perCustomer: Int
  private let isHigh: [Bool]

  init(rules: [Rule], facts: FactTable, context: SuggestionContext) {
    let people = People(facts)
    contacts = context.contacts
    settings = context.contactSettings
    perCustomer = context.perCustomer
    isHigh = (0..<facts.count).map { people.cohort($0) == .high }
    var tooOften = RowSet(count: facts.count)
    for row in 0..<facts.count {
      let made = row < context.contacts.count ? Int(context.contacts[row]) : 0
      let most =
        isHigh[row] ? context.contactSettings.mostForHigh : context.contactSettings.most
      if made >= most { tooOften[row] = true }
    }
    contactedTooOften = tooOften
    repeated = Array(repeating: RowSet(count: facts.count), count: rules.count)
    used = Array(repeating: (0, 0), count: rules.count)
    take(context.past.filter { $0.day <= facts.asOf }, rules, asOf: facts.asOf)
    take(elsewhere: context.elsewhere, rules)
  }

  private mutating func take(_ past: [PastOffer], _ rules: [Rule], asOf: Day) {
    var times: [Int: [Int: Int]] = [:]
    let numbers = Dictionary(
      rules.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
    for offer in past {
      let isOpen = offer.state == .approved || offer.state == .snoozed
      if !offer.campaign.isEmpty, offer.state.usesUpLimits {
        spent[offer.campaign, default: 0] += offer.cost
      }
      let number = numbers[offer.rule]
      if isOpen {
        open[offer.row, default: 0] += 1
        openCost += offer.cost
        if let number, !rules[number].group.isEmpty {
          openGroups[offer.row, default: []].insert(rules[number].group)
        }
      }
      guard let number else { continue }
      let rule = rules[number]
      if offer.state.usesUpLimits {
        used[number].offers += 1
        used[number].cost += offer.cost
      }
      if isOpen || History.blocks(offer, rule, asOf) { repeated[number][offer.row] = true }
      guard offer.state.countsAsHad, let limit = rule.limits.perCustomer,
        limit.every.map({ offer.day > $0.start(before: asOf) }) ?? true
      else { continue }
      times[number, default: [:]][offer.row, default: 0] += 1
      if times[number]?[offer.row] ?? 0 >= limit.times { repeated[number][offer.row] = true }
    }
  }

  private mutating func take(elsewhere taken: [TakenOffers], _ rules: [Rule]) {
    for taken in taken where !taken.campaign.isEmpty {
      spent[taken.campaign, default: 0] += taken.spent
    }
    for (number, rule) in rules.enumerated() where rule.limits.areShared {
      for taken in taken where taken.rule == rule.id {
        used[number].offers += taken.offers
        used[number].cost += taken.cost
      }
    }
  }

  /// Without a limit of its own, an offer that was sent or declined stands while it is valid.
  private static func blocks(_ offer: PastOffer, _ rule: Rule, _ asOf: Day) -> Bool {
    guard rule.limits.perCustomer == nil, offer.state == .exported || offer.state == .rejected
    else { return false }
    return asOf <= rule.offer.valid.end(after: offer.day)
  }

  /// How many more offers a row may get: its places less the open ones, and no more than it may be
  /// contacted.
  func places(_ row: Int) -> Int {
    let made = row < contacts.count ? Int(contacts[row]) : 0
    let most = (isHigh[row] ? settings.mostForHigh : settings.most) - made
    return max(0, min(perCustomer, most) - (open[row] ?? 0))
  }
}

extension OfferState {
  /// Whether such an offer uses up the rule's own limits of number and money, and its campaign's budget.
  package var usesUpLimits: Bool {
    switch self {
    case .approved, .snoozed, .exported, .redeemed, .expired: true
    case .suggested, .withheld, .withdrawn, .recalled, .rejected: false
    }
  }

  /// Whether such an offer counts for "N times every so long".
  fileprivate var countsAsHad: Bool {
    switch self {
    case .approved, .snoozed, .exported, .redeemed, .expired, .rejected: true
    case .suggested, .withheld, .withdrawn, .recalled: false
    }
  }
}
