import LoyaltyModel

/// What of all offers stands on each card, following every change: passing over a million offers
/// for one card would hold up the next key.
struct OfferTally: Sendable {
  /// How many offers of a rule were used, and how many ran out unused.
  struct Outcome: Equatable, Sendable {
    var used = 0
    var unused = 0
  }

  /// The last day that any open offer holds, and how many hold until then.
  fileprivate struct Longest: Sendable {
    var day = Int32.min
    var count = 0
  }

  /// By the number of the rule.
  private var outcomes: [Outcome] = []
  /// Nil when the last offer that held so long went, so that it has to be looked for anew.
  private var longest: Longest? = Longest()

  /// What came of the offers of a rule.
  func outcome(ofRule number: Int) -> Outcome {
    outcomes.indices.contains(number) ? outcomes[number] : Outcome()
  }

  /// Counts an offer that came, or came into another state.
  mutating func add(_ state: OfferState, rule: UInt16, until day: Int32) {
    change(state, rule, by: 1)
    if state.isOpen { longest?.add(day) }
  }

  /// Counts an offer no longer that went, or left a state.
  mutating func remove(_ state: OfferState, rule: UInt16, until day: Int32) {
    change(state, rule, by: -1)
    guard state.isOpen, day == longest?.day else { return }
    longest?.count -= 1
    if longest?.count == 0 { longest = nil }
  }

  /// Whether any offer that waits or is approved holds on a day.
  ///
  /// - Parameters:
  ///   - day: The day's number.
  ///   - states: The states of all offers.
  ///   - lastDays: The number of the last day of each.
  /// - Returns: True where one does.
  mutating func holdsAny(on day: Int32, _ states: [OfferState?], _ lastDays: [Int32]) -> Bool {
    if let longest { return longest.count > 0 && longest.day >= day }
    var found = Longest()
    for (state, last) in zip(states, lastDays) where state?.isOpen == true { found.add(last) }
    longest = found
    return found.count > 0 && found.day >= day
  }

  private mutating func change(_ state: OfferState, _ rule: UInt16, by step: Int) {
    guard state == .redeemed || state == .expired else { return }
    let number = Int(rule)
    while outcomes.count <= number { outcomes.append(Outcome()) }
    if state == .redeemed { outcomes[number].used += step } else { outcomes[number].unused += step }
  }
}

extension OfferTally.Longest {
  fileprivate mutating func add(_ last: Int32) {
    if last > day { (day, count) = (last, 0) }
    if last == day { count += 1 }
  }
}

extension OfferState {
  /// Whether the offer waits or is approved.
  fileprivate var isOpen: Bool {
    switch self {
    case .suggested, .approved: true
    default: false
    }
  }
}
