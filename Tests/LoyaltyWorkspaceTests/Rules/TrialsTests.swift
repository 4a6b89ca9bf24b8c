import LoyaltyModel
import Statistics
import Testing

@testable import LoyaltyWorkspace

/// Who was chosen when lists went out, told by reading the log from its beginning: plain, and all of it.
struct PlainTrials {
  private(set) var members: [String: [Trials.Member]] = [:]
  /// The same by campaign, and within one by rule: a customer counts once a campaign, at the first list
  /// of any of its rules.
  private(set) var membersOfCampaigns: [String: [String: [Trials.Member]]] = [:]

  private struct Standing {
    var rule: String
    var campaign: String
    var customer: String
    var state: OfferState
  }

  /// Reads events, oldest first.
  ///
  /// - Parameter events: The events.
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
      for event in action { PlainTrials.follow(event.change, &offers) }
      index = end
    }
  }

  private static func follow(
    _ change: Change, _ offers: inout [Int: Standing]
  ) {
    switch change {
    case .offer(_, let offer?):
      let campaign = offer.rule.campaign
      offers[offer.id] = Standing(
        rule: offer.rule.id,
        campaign: campaign,
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
      let member = Trials.Member(
        customer: offer.customer, day: day, isWithheld: offer.state == .withheld)
      members[offer.rule, default: []].append(member)
      let isNew = known.insert(["campaign", offer.campaign, offer.customer]).inserted
      guard !offer.campaign.isEmpty, isNew else { continue }
      membersOfCampaigns[offer.campaign, default: [:]][offer.rule, default: []].append(member)
    }
  }
}

extension OfferState {
  fileprivate var takesPart: Bool {
    switch self {
    case .suggested, .approved, .rejected, .snoozed, .withheld: true
    case .exported, .redeemed, .expired, .recalled, .withdrawn: false
    }
  }
}

extension OfferBook {
  /// The offers as some events leave them.
  init(after events: some Sequence<Event>) {
    self.init()
    for event in events {
      switch event.change {
      case .offer(let before, let after): self[(after ?? before)?.id ?? 0] = after
      case .decision(let decision): self[decision.offer]?.standing = decision.to
      default: break
      }
    }
  }
}

extension Trials {
  /// What the product reads of a log.
  init(reading events: [Event], after first: Int = 0) {
    var reader = TrialsReader(OfferBook(after: events))
    for event in events.reversed() where event.sequence > first && !reader.isDone {
      reader.take(event)
    }
    self = reader.finished(through: events.count)
  }
}

/// A log of made-up offers.
private struct MadeLog {
  var events: [Event] = []
  private var generator: SplitMix64
  private var lists: [ClosedRange<Int>] = []

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  private mutating func add(_ changes: [Change], undoes: [Int] = []) {
    let first = events.count + 1
    for (index, change) in changes.enumerated() {
      var event = Event(
        sequence: first + index, at: Timestamp(seconds: 0), by: "anna", change: change)
      if undoes.indices.contains(index) { event.undoes = undoes[index] }
      if changes.count > 1 { event.transaction = first }
      events.append(event)
    }
  }

  private mutating func offer(_ id: Int) -> Offer {
    let rule = Int.random(in: 0..<3, using: &generator)
    let states: [OfferState] = [.suggested, .withheld, .approved, .rejected, .withdrawn]
    var offer = Offer(
      id: id, customer: "C\(Int.random(in: 0..<12, using: &generator))",
      rule: RuleReference(id: "r\(rule)", version: 1, hash: "h", title: "R"),
      asOf: Day(number: 1), state: states.randomElement(using: &generator) ?? .suggested,
      terms: OfferTerms(template: "t", kind: .content), channel: .till,
      validUntil: Day(number: 99), expectedCost: 0, expectedValue: 0, stage: .new, cohort: .low,
      target: nil, evidence: Evidence())
    offer.rule.campaign = ["", "spring", "summer"][rule]
    return offer
  }

  mutating func step() {
    let book = OfferBook(after: events)
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1, 2:
      let last = book.lastID
      var offers: [Offer] = []
      for id in 1...Int.random(in: 1...4, using: &generator) { offers.append(offer(last + id)) }
      add(offers.map { .offer(from: nil, to: $0) })
    case 3, 4:
      let ready = book.filter { $0.state == .approved }.prefix(3)
      guard !ready.isEmpty else { return }
      let day = Day(number: Int32(events.count))
      let first = events.count + 1
      add(
        ready.map { offer in
          .decision(
            OfferDecision(
              offer: offer.id, from: offer.standing,
              to: .init(state: .exported, exported: day)))
        })
      lists.append(first...events.count)
    case 5:
      guard let list = lists.popLast(), events.count - list.upperBound < 6 else { return }
      add(
        events[list.lowerBound - 1...list.upperBound - 1].compactMap { event in
          guard case .decision(let sent) = event.change else { return nil }
          return .decision(OfferDecision(offer: sent.offer, from: sent.to, to: sent.from))
        }, undoes: Array(list))
    case 6:
      guard let old = book.filter({ $0.state == .suggested }).first else { return }
      var new = offer(old.id)
      (new.customer, new.state) = (old.customer, .suggested)
      add([Bool.random(using: &generator) ? .offer(from: old, to: new) : .offer(from: old, to: nil)]
      )
    default:
      guard let old = book.filter({ $0.state == .suggested }).first else { return }
      let to = OfferDecision.Standing(state: Bool.random(using: &generator) ? .approved : .rejected)
      add([.decision(OfferDecision(offer: old.id, from: old.standing, to: to))])
    }
  }
}

@Suite("Who was chosen when lists went out")
struct TrialsTests {
  @Test("read from the end it is what a plain reading from the beginning tells", arguments: 0..<60)
  func plain(seed: UInt64) {
    var log = MadeLog(seed: seed)
    for _ in 0..<40 { log.step() }
    let (plain, read) = (PlainTrials(log.events), Trials(reading: log.events))
    #expect(read.members == plain.members)
    #expect(read.membersOfCampaigns == plain.membersOfCampaigns)
  }

  @Test("what is new adds to what was read before, or tells to read anew", arguments: 0..<60)
  func later(seed: UInt64) {
    var log = MadeLog(seed: seed)
    for _ in 0..<25 { log.step() }
    let before = log.events
    for _ in 0..<10 { log.step() }
    let undone = Set(log.events.dropFirst(before.count).compactMap(\.undoes))
    let (plain, known) = (PlainTrials(log.events), Trials(reading: before))
    let whole = known.adding(
      Trials(reading: log.events, after: before.count), undoing: undone)
    // Only where a list was taken back that counted.
    #expect((whole == nil) == (undone.contains { $0 <= before.count }))
    guard let whole else { return }
    #expect(whole.members == plain.members)
    #expect(whole.membersOfCampaigns == plain.membersOfCampaigns)
  }

  @Test("no more is read than what came since the first list")
  func bounded() {
    var log = MadeLog(seed: 3)
    for _ in 0..<40 { log.step() }
    let first = log.events.firstIndex { event in
      if case .decision(let decision) = event.change {
        decision.to.state == .exported
      } else {
        false
      }
    }
    guard let first else { return }
    var reader = TrialsReader(OfferBook(after: log.events))
    var read = 0
    for event in log.events.reversed() where !reader.isDone {
      reader.take(event)
      read += 1
    }
    #expect(read <= log.events.count - first + 1 && reader.isDone)
  }
}
