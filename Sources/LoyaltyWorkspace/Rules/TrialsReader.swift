import LoyaltyModel

/// Reads from the log, the newest event first, whom rules had chosen when lists went out.
///
/// It begins with the offers as they stand and takes back one event after the other, so that no more
/// is read than what came since the first list.
struct TrialsReader {
  /// What counts of an offer, as it stood where the reading is.
  private struct Standing {
    var rule: Int32
    var campaign: Int32
    var state: OfferState

    init(_ offer: Offer, _ names: inout LabelList, _ campaigns: [String: String]) {
      let campaign = offer.rule.campaign
      rule = Int32(names.number(adding: offer.rule.id))
      self.campaign = Int32(
        names.number(
          adding: campaign.isEmpty ? campaigns[offer.rule.hash] ?? "" : campaign))
      state = offer.state
    }
  }

  /// The events of one action, as far as they were read.
  private struct Action {
    var transaction: Int?
    var first: Int
    let last: Int
    var counts = true
    /// The offers that went out by it, the last first.
    var sent: [(offer: Int, day: Day)] = []
  }

  private let book: OfferBook
  private let campaigns: [String: String]
  private var names = LabelList()
  /// By number, from 1.
  private var offers: [Standing?]
  /// The customers of offers that are not in the book any more.
  private var others: [Int: String] = [:]
  /// The offers that went out and whose list was not come to yet.
  private var sent: RowSet
  private var pending = 0
  private var action: Action?
  private var entries: [Trials.Entry] = []
  private var actions: [ClosedRange<Int>] = []
  /// The events that were taken back by what was read.
  private(set) var takenBack: Set<Int> = []
  /// Whether no list went out before what was read.
  private(set) var isDone = false

  /// A reader that has read nothing yet.
  ///
  /// - Parameters:
  ///   - book: All offers as they stand.
  ///   - campaigns: The campaign of a version of a rule by its hash, for offers with which none stands.
  init(_ book: OfferBook, campaigns: [String: String] = [:]) {
    (self.book, self.campaigns) = (book, campaigns)
    offers = Array(repeating: nil, count: book.lastID + 1)
    sent = RowSet(count: book.lastID + 1)
    var (offers, names, sent) = (offers, names, sent)
    for number in 1..<(book.lastID + 1) {
      guard let offer = book.summary(number) else { continue }
      offers[offer.id] = Standing(offer, &names, campaigns)
      if offer.state.isOut { sent[offer.id] = true }
    }
    (self.offers, self.names, self.sent) = (offers, names, sent)
    pending = sent.population
  }

  /// Takes the next event, which is older than those before.
  mutating func take(_ event: Event) {
    let isSame = action?.transaction != nil && event.transaction == action?.transaction
    if !isSame {
      close()
      if pending == 0 {
        isDone = true
        return
      }
      action = Action(
        transaction: event.transaction, first: event.sequence, last: event.sequence)
    }
    action?.first = event.sequence
    if let undone = event.undoes { takenBack.insert(undone) }
    // What was taken back never went out; what takes back brings nothing new.
    if event.undoes != nil || takenBack.contains(event.sequence) { action?.counts = false }
    takeBack(event.change)
  }

  /// Who was found, once nothing more is to be read.
  mutating func finished(through sequence: Int) -> Trials {
    close()
    return Trials(entries, actions: actions, through: sequence)
  }

  /// Has the offers stand as before a change.
  private mutating func takeBack(_ change: Change) {
    switch change {
    case .decision(let decision):
      guard offers.indices.contains(decision.offer) else { return }
      if decision.to.state == .exported, !decision.from.state.isOut {
        if let day = decision.to.exported { action?.sent.append((decision.offer, day)) }
        settle(decision.offer)
      }
      offers[decision.offer]?.state = decision.from.state
    case .offer(let before?, _):
      guard offers.indices.contains(before.id) else { return }
      if offers[before.id] == nil { others[before.id] = before.customer }
      offers[before.id] = Standing(before, &names, campaigns)
    case .offer(nil, let offer?):
      guard offers.indices.contains(offer.id) else { return }
      settle(offer.id)
      offers[offer.id] = nil
    default: break
    }
  }

  /// Notes that an offer did not go out before what was read.
  private mutating func settle(_ offer: Int) {
    guard sent[offer] else { return }
    sent[offer] = false
    pending -= 1
  }

  /// Notes who stood where before a list went out.
  private mutating func close() {
    defer { action = nil }
    guard let action, action.counts, !action.sent.isEmpty else { return }
    var days: [Int32: Day] = [:]
    for (offer, day) in action.sent {
      if let rule = offers[offer]?.rule, days[rule] == nil { days[rule] = day }
    }
    guard !days.isEmpty else { return }
    actions.append(action.first...action.last)
    for (number, offer) in offers.enumerated() {
      guard let offer, let day = days[offer.rule], offer.state.takesPart,
        let customer = book.customer(of: number) ?? others[number]
      else { continue }
      entries.append(
        Trials.Entry(
          rule: names.labels[Int(offer.rule)], campaign: names.labels[Int(offer.campaign)],
          action: action.first, offer: number,
          member: .init(customer: customer, day: day, isWithheld: offer.state == .withheld)))
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

  /// Whether an offer in this state went out.
  fileprivate var isOut: Bool {
    switch self {
    case .exported, .redeemed, .expired, .recalled: true
    case .suggested, .approved, .rejected, .snoozed, .withheld, .withdrawn: false
    }
  }
}
