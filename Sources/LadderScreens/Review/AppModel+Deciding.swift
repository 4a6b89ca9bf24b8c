import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Decides about the selected offer or the marked ones, or asks what is still to be known.
  mutating func decide(_ command: Command) -> [Effect] {
    guard let offer = review.current else { return [] }
    switch command {
    case .approve: return [.decide([offer.id], .approve)]
    case .reopen: return [.decide([offer.id], .reopen)]
    case .reject: askReason([offer.id])
    case .snooze: askDay([offer.id])
    case .approveMarked: askCount("review.approve-many", .approveMarked(review.marked.map(\.id)))
    case .rejectMarked: askReason(review.marked.map(\.id))
    default: break
    }
    return []
  }

  /// What to do once a question of the review screen was answered.
  mutating func answerReview(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    switch (question, outcome) {
    case (.rejectionReason(let ids), .chosen(let index)):
      let reasons = LoyaltyWorkspace.rejectionReasons
      guard reasons.indices.contains(index) else {
        askOwnReason(ids)
        return []
      }
      return reject(ids, reasons[index])
    case (.rejectionText(let ids), .entered(let text)):
      return text.allSatisfy(\.isWhitespace) ? [] : reject(ids, text)
    case (.snoozeUntil(let ids), .chosen(let index)):
      guard let day = snoozeChoices.indices.contains(index) ? snoozeChoices[index].day : nil
      else {
        askOwnDay(ids)
        return []
      }
      return [.decide(ids, .snooze(until: day))]
    case (.snoozeDay(let ids), .entered(let text)): return snooze(ids, text)
    case (.approveMarked(let ids), .confirmed): return [.decide(ids, .approve)]
    case (.rejectMarked(let ids, let reason), .confirmed):
      return [.decide(ids, .reject(reason: reason))]
    default: return []
    }
  }

  /// One is rejected at once; of several the count is asked back first.
  private mutating func reject(_ ids: [Int], _ reason: String) -> [Effect] {
    guard ids.count > 1 else { return [.decide(ids, .reject(reason: reason))] }
    askCount("review.reject-many", .rejectMarked(ids, reason: reason))
    return []
  }

  private mutating func snooze(_ ids: [Int], _ text: String) -> [Effect] {
    guard let programme, let day = Day(text), day > programme.status.asOf else {
      say(.hint(texts("review.put-off.no-day", ["example": nextMonth])))
      return []
    }
    return [.decide(ids, .snooze(until: day))]
  }

  private mutating func askReason(_ ids: [Int]) {
    let reasons = LoyaltyWorkspace.rejectionReasons.enumerated().map { index, reason in
      Dialog.Choice(texts.reason(reason), key: Character(String((index + 1) % 10)))
    }
    let other = Dialog.Choice(texts["review.reject.other"], key: "o")
    let count = programme?.number(ids.count) ?? ""
    ask(
      .rejectionReason(ids), title: texts("review.reject.why", count: ids.count, ["n": count]),
      message: texts["review.reject.about"], .choice(reasons + [other], selected: 0))
  }

  private mutating func askOwnReason(_ ids: [Int]) {
    ask(
      .rejectionText(ids), title: texts("review.reject.why", count: 1, [:]),
      message: texts["review.reject.write"], .prompt(TextFieldState()))
  }

  /// The days that one key picks.
  private var snoozeChoices: [(label: String, key: Character, day: Day?)] {
    guard let programme else { return [] }
    let asOf = programme.status.asOf
    let days: [(text: String, key: Character, day: Day)] = [
      ("review.put-off.week", "1", asOf + 7), ("review.put-off.two-weeks", "2", asOf + 14),
      ("review.put-off.month", "3", asOf.adding(months: 1)),
      ("review.put-off.three-months", "4", asOf.adding(months: 3)),
    ]
    return days.map { (texts($0.text, ["day": programme.day($0.day)]), $0.key, $0.day) }
      + [(texts["review.put-off.other"], "o", nil)]
  }

  private var nextMonth: String {
    (programme?.status.asOf.adding(months: 1)).map(\.description) ?? ""
  }

  private mutating func askDay(_ ids: [Int]) {
    ask(
      .snoozeUntil(ids), title: texts["review.put-off.when"],
      message: texts["review.put-off.about"],
      .choice(snoozeChoices.map { Dialog.Choice($0.label, key: $0.key) }, selected: 0))
  }

  private mutating func askOwnDay(_ ids: [Int]) {
    ask(
      .snoozeDay(ids), title: texts["review.put-off.when"],
      message: texts["review.put-off.write"], .prompt(TextFieldState(nextMonth)))
  }

  /// Tells what many decisions at once would mean, and asks for their number.
  private mutating func askCount(_ text: String, _ question: Question) {
    guard let programme else { return }
    let marked = review.marked
    let customers = Set(marked.map(\.customer)).count
    let moves = marked.filter { $0.target != nil }.count
    let count = programme.count(marked.count, "count.offers")
    let impact = texts(
      "review.many",
      [
        "offers": count, "customers": programme.count(customers, "count.customers"),
        "moves": programme.number(moves),
        "cost": programme.money(marked.reduce(0) { $0 + $1.expectedCost }),
        "gain": programme.money(marked.reduce(0) { $0 + $1.expectedValue }),
      ])
    // The title stays on the smallest screen, so it says what to type.
    ask(
      question, title: texts(text, ["offers": count, "n": String(marked.count)]), message: impact,
      .typed(expected: String(marked.count), TextFieldState()))
  }
}
