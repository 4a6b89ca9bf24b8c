import LoyaltyModel

/// What lists read of every offer, as columns by number: a list of a million offers is made without
/// touching one of them.
///
/// Kept in step with the book: only numbers whose offers may have changed are read again.
struct OfferLines: Sendable {
  /// The states by the number of an offer less one; nil where there is none.
  private(set) var states: [OfferState?] = []
  /// Until when offers are put off, by their number.
  private(set) var snoozedUntil: [Int: Day] = [:]
  /// The number of each offer's rule in ``rules``.
  private(set) var rule: [UInt16] = []
  /// The rules' identifiers.
  private(set) var rules = LabelList()
  /// The number of each offer's version of its rule in ``versions``.
  private(set) var version: [UInt16] = []
  /// The hashes of the versions.
  private(set) var versions = LabelList()
  /// An offer of each version.
  private(set) var samples: [Int] = []
  /// The versions themselves, and the date of an offer of each.
  private var references: [UsedVersion] = []
  /// The number of the campaign that stands with each offer in ``campaigns``; unknown for none.
  private(set) var campaign: [UInt16] = []
  /// The names of the campaigns that stand with offers.
  private(set) var campaigns = LabelList()
  /// Expected gain after cost, in minor units.
  private(set) var value: [Int64] = []
  /// Expected cost, in minor units.
  private(set) var cost: [Int64] = []
  private(set) var kind: [UInt16] = []
  private(set) var channel: [UInt16] = []
  private(set) var validUntil: [Int32] = []
  private(set) var asOf: [Int32] = []
  private(set) var customers = CustomerRows()
  private var tally = OfferTally()
  /// The book that the columns were read from.
  private(set) var book = OfferBook()
  /// All offers by rule, then the greatest gain, then the number; nil when to be made anew.
  private var ordered: [[Int]]?
  /// The columns as filters read them; nil when to be made anew.
  private var table: (campaigns: [String], day: Day, facts: FactTable)?

  /// How many numbers were given.
  var count: Int { states.count }

  /// Takes in what changed in a book.
  mutating func follow(_ book: OfferBook) {
    while states.count < book.lastID { append() }
    for numbers in book.numbers(changedSince: self.book) {
      table = nil
      for number in numbers { read(book.summary(number), number - 1) }
    }
    self.book = book
  }

  /// The row of each offer's customer in a table, by the number of the offer less one; -1 for none.
  mutating func rows(in table: CustomerTable, of key: AnalysisKey) -> [Int32] {
    customers.extend(over: book, in: table, of: key)
    return customers.rows
  }

  private mutating func append() {
    states.append(nil)
    rule.append(.max)
    version.append(.max)
    campaign.append(FactColumn.unknownChoice)
    value.append(0)
    cost.append(0)
    kind.append(FactColumn.unknownChoice)
    channel.append(FactColumn.unknownChoice)
    validUntil.append(FactColumn.unknownInt32)
    asOf.append(FactColumn.unknownInt32)
  }

  private mutating func read(_ offer: Offer?, _ line: Int) {
    if snoozedUntil[line + 1] != nil { snoozedUntil[line + 1] = nil }
    if let before = states[line] {
      tally.remove(before, rule: rule[line], until: validUntil[line])
    }
    guard let offer else {
      if states[line] != nil { ordered = nil }
      states[line] = nil
      return
    }
    let number = UInt16(clamping: rules.number(adding: offer.rule.id))
    if states[line] == nil { customers.meetAgain(line) }
    if states[line] == nil || rule[line] != number || value[line] != offer.expectedValue {
      ordered = nil
    }
    (states[line], rule[line]) = (offer.state, number)
    version[line] = UInt16(clamping: versions.number(adding: offer.rule.hash))
    if samples.count < versions.labels.count {
      samples.append(offer.id)
      references.append(UsedVersion(rule: offer.rule, asOf: offer.asOf))
    }
    campaign[line] =
      offer.rule.campaign.isEmpty
      ? FactColumn.unknownChoice
      : UInt16(clamping: campaigns.number(adding: offer.rule.campaign))
    (value[line], cost[line]) = (offer.expectedValue, offer.expectedCost)
    kind[line] = Self.number(of: offer.terms.kind)
    channel[line] = Self.number(of: offer.channel)
    (validUntil[line], asOf[line]) = (offer.validUntil.number, offer.asOf.number)
    tally.add(offer.state, rule: number, until: validUntil[line])
    if offer.state == .snoozed, let day = offer.snoozedUntil { snoozedUntil[offer.id] = day }
  }

  private static func number<Case: CaseIterable & Equatable>(of value: Case) -> UInt16 {
    var number: UInt16 = 0
    for other in Case.allCases {
      if other == value { return number }
      number += 1
    }
    return FactColumn.unknownChoice
  }

  /// The numbers of all offers in the order of review.
  ///
  /// They come by their rule's priority, then its identifier, then the greatest expected gain, then
  /// their number.
  mutating func inOrder(priorities: [String: Int]) -> [Int] {
    let groups = ordered ?? orderedByRule()
    ordered = groups
    let names = rules.labels
    let order = names.indices.sorted { left, right in
      let (first, second) = (priorities[names[left]] ?? 0, priorities[names[right]] ?? 0)
      return first == second ? names[left] < names[right] : first > second
    }
    var numbers: [Int] = []
    numbers.reserveCapacity(groups.reduce(0) { $0 + $1.count })
    for group in order { numbers += groups[group] }
    return numbers
  }

  private func orderedByRule() -> [[Int]] {
    var groups = [[KeyedRow]](repeating: [], count: rules.labels.count)
    for line in states.indices where states[line] != nil {
      groups[Int(rule[line])].append(KeyedRow(key: ~value[line].orderKey, row: UInt32(line)))
    }
    return groups.map { group in
      var group = group
      RowOrder.sort(&group)
      return group.map { Int($0.row) + 1 }
    }
  }

  /// Whether any offer that waits or is approved holds on a day.
  mutating func holdsAny(on day: Day) -> Bool {
    tally.holdsAny(on: day.number, states, validUntil)
  }

  /// What came of the offers of a rule.
  func outcome(ofRule rule: String) -> OfferTally.Outcome {
    rules.labels.firstIndex(of: rule).map { tally.outcome(ofRule: $0) } ?? OfferTally.Outcome()
  }

  /// The versions of rules that any offer came from.
  var usedVersions: [UsedVersion] {
    var isUsed = [Bool](repeating: false, count: references.count)
    for line in states.indices where states[line] != nil { isUsed[Int(version[line])] = true }
    return zip(references, isUsed).filter(\.1).map(\.0)
  }

  /// How many offers of each rule stand in some states.
  func counts(_ isCounted: (OfferState) -> Bool) -> [String: Int] {
    var counts = [Int](repeating: 0, count: rules.labels.count)
    for line in states.indices {
      if let state = states[line], isCounted(state) { counts[Int(rule[line])] += 1 }
    }
    return Dictionary(uniqueKeysWithValues: zip(rules.labels, counts).filter { $0.1 > 0 })
  }

  /// What the offers of each rule in some states are expected to cost.
  func costs(_ isCounted: (OfferState) -> Bool) -> [String: Int64] {
    var sums = [Int64](repeating: 0, count: rules.labels.count)
    for line in states.indices {
      if let state = states[line], isCounted(state) { sums[Int(rule[line])] += cost[line] }
    }
    return Dictionary(uniqueKeysWithValues: zip(rules.labels, sums))
  }

  /// The offers' own facts, a row each number.
  ///
  /// - Parameters:
  ///   - day: The date of the figures.
  ///   - campaigns: The campaign of each version of a rule, for offers with which none stands; empty for
  ///     none.
  /// - Returns: The columns that no customer has.
  mutating func facts(asOf day: Day, campaigns: [String]) -> FactTable {
    if let table, table.day == day, table.campaigns == campaigns { return table.facts }
    let facts = newFacts(asOf: day, campaigns: campaigns)
    table = (campaigns, day, facts)
    return facts
  }

  private func newFacts(asOf day: Day, campaigns: [String]) -> FactTable {
    var table = FactTable(asOf: day, count: count)
    table.columns["offer"] = .int32((0..<count).map { Int32(clamping: $0 + 1) })
    table.columns["state"] = .choice(
      states.map { $0.map { Self.number(of: $0) } ?? FactColumn.unknownChoice },
      labels: LabelList(OfferState.allCases.map(\.rawValue)))
    table.columns["kind"] = .choice(kind, labels: LabelList(OfferKind.allCases.map(\.rawValue)))
    table.columns["offer_channel"] = .choice(
      channel, labels: LabelList(ContactChannel.allCases.map(\.rawValue)))
    table.columns["rule"] = .choice(rule, labels: rules)
    let (numbers, names) = campaignNumbers(ofVersions: campaigns)
    table.columns["campaign"] = .choice(numbers, labels: names)
    table.columns["cost"] = .int64(cost)
    table.columns["worth"] = .int64(value)
    table.columns["valid_until"] = .int32(validUntil)
    table.columns["suggested_on"] = .int32(asOf)
    return table
  }

  /// The campaign of each offer: the one that stands with it, else that of its version.
  func campaignNumbers(
    ofVersions versions: [String]
  ) -> (numbers: [UInt16], names: LabelList) {
    var names = campaigns
    let numbers = versions.map {
      $0.isEmpty ? FactColumn.unknownChoice : UInt16(clamping: names.number(adding: $0))
    }
    let all = zip(campaign, version).map { own, version in
      own != FactColumn.unknownChoice || version == .max ? own : numbers[Int(version)]
    }
    return (all, names)
  }

  /// What the offers of each campaign come to, by its name.
  ///
  /// The campaigns of versions are given as for ``facts(asOf:campaigns:)``.
  func tallies(ofVersions versions: [String]) -> [String: CampaignTally] {
    let (numbers, names) = campaignNumbers(ofVersions: versions)
    var tallies = names.labels.map { _ in CampaignTally() }
    for line in states.indices where numbers[line] != FactColumn.unknownChoice {
      if let state = states[line] {
        tallies[Int(numbers[line])].add(state, cost: cost[line], value: value[line])
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(names.labels, tallies))
  }
}

/// What the offers of a campaign come to.
struct CampaignTally: Sendable {
  private(set) var counts: [OfferState: Int] = [:]
  private(set) var costs: [OfferState: Int64] = [:]
  private(set) var values: [OfferState: Int64] = [:]

  mutating func add(_ state: OfferState, cost: Int64, value: Int64) {
    counts[state, default: 0] += 1
    costs[state, default: 0] += cost
    values[state, default: 0] += value
  }

  func count(_ states: OfferState...) -> Int { states.reduce(0) { $0 + (counts[$1] ?? 0) } }

  /// What offers in some states are expected to cost.
  func cost(_ isCounted: (OfferState) -> Bool) -> Int64 {
    costs.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) }
  }

  /// What offers in some states are expected to bring after cost.
  func value(_ isCounted: (OfferState) -> Bool) -> Int64 {
    values.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) }
  }
}

/// A version of a rule that offers came from.
struct UsedVersion: Sendable {
  let rule: RuleReference
  /// The as-of date of one of them.
  let asOf: Day
}

/// Whose each offer is, as rows of a table of customers; an offer never changes its customer.
struct CustomerRows: Sendable {
  /// The row by the number of the offer less one; -1 where there is no such offer or customer.
  private(set) var rows: [Int32] = []
  private var key: AnalysisKey?

  /// Takes in the offers that are new in a book; all of them where the table is another.
  mutating func extend(over book: OfferBook, in table: CustomerTable, of key: AnalysisKey) {
    if key != self.key { rows = [] }
    self.key = key
    guard rows.count < book.lastID else { return }
    rows.reserveCapacity(book.lastID)
    var finder = RowFinder(table: table)
    for number in (rows.count + 1)..<(book.lastID + 1) {
      rows.append(book.customer(of: number).flatMap { finder.row(of: $0) }.map { Int32($0) } ?? -1)
    }
  }

  /// Forgets an offer that was not there when it was passed.
  mutating func meetAgain(_ line: Int) {
    if line < rows.count, rows[line] == -1 { rows = [] }
  }
}

/// Finds the rows of identifiers that come nearly in order.
private struct RowFinder {
  let table: CustomerTable
  private var last = 0

  init(table: CustomerTable) { self.table = table }

  mutating func row(of id: String) -> Int? {
    let ids = table.ids
    // Suggestions are numbered along the table, so the next is most often a few rows on.
    var (low, step) = (last, 1)
    var high = last
    while high < ids.count, ids.utf8(high).lexicographicallyPrecedes(id.utf8) {
      (low, high, step) = (high, high + step, step * 2)
    }
    high = min(high, ids.count)
    if high == last, high < ids.count { low = 0 }
    low = ids.lowerBound(of: id, in: low..<max(low, high))
    guard low < ids.count, ids.utf8(low).elementsEqual(id.utf8) else { return nil }
    last = low
    return low
  }
}
