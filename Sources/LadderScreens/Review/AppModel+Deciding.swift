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
    case .approveMarked: askCount("Approve", .approveMarked(review.marked.map(\.id)))
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
    askCount("Reject", .rejectMarked(ids, reason: reason))
    return []
  }

  private mutating func snooze(_ ids: [Int], _ text: String) -> [Effect] {
    guard let programme, let day = Day(text), day > programme.status.asOf else {
      say(.hint("Write a day to come like this: \(nextMonth). Nothing was put off."))
      return []
    }
    return [.decide(ids, .snooze(until: day))]
  }

  private mutating func askReason(_ ids: [Int]) {
    let reasons = LoyaltyWorkspace.rejectionReasons.enumerated().map { index, reason in
      Dialog.Choice(reason, key: Character(String((index + 1) % 10)))
    }
    overlay = .dialog(
      Dialog(
        title: ids.count == 1 ? "Reject: why?" : "Reject \(ids.count) offers: why?",
        message: "The reason counts for the rule that suggested it.",
        kind: .choice(reasons + [Dialog.Choice("another reason", key: "o")], selected: 0)),
      .rejectionReason(ids))
  }

  private mutating func askOwnReason(_ ids: [Int]) {
    overlay = .dialog(
      Dialog(
        title: "Reject: why?", message: "Write the reason, then Enter.",
        kind: .prompt(TextFieldState())), .rejectionText(ids))
  }

  /// The days that one key picks.
  private var snoozeChoices: [(label: String, key: Character, day: Day?)] {
    guard let asOf = programme?.status.asOf else { return [] }
    return [
      ("for a week, until \(asOf + 7)", "1", asOf + 7),
      ("for two weeks, until \(asOf + 14)", "2", asOf + 14),
      ("for a month, until \(asOf.adding(months: 1))", "3", asOf.adding(months: 1)),
      ("for three months, until \(asOf.adding(months: 3))", "4", asOf.adding(months: 3)),
      ("until another day", "o", nil),
    ]
  }

  private var nextMonth: String {
    (programme?.status.asOf.adding(months: 1)).map(\.description) ?? ""
  }

  private mutating func askDay(_ ids: [Int]) {
    overlay = .dialog(
      Dialog(
        title: "Put off until when?", message: "It comes back into the queue on that day.",
        kind: .choice(
          snoozeChoices.map { Dialog.Choice($0.label, key: $0.key) }, selected: 0)),
      .snoozeUntil(ids))
  }

  private mutating func askOwnDay(_ ids: [Int]) {
    overlay = .dialog(
      Dialog(
        title: "Put off until when?", message: "Year, month and day, then Enter.",
        kind: .prompt(TextFieldState(nextMonth))), .snoozeDay(ids))
  }

  /// Tells what many decisions at once would mean, and asks for their number.
  private mutating func askCount(_ verb: String, _ question: Question) {
    guard let programme else { return }
    let marked = review.marked
    let customers = Set(marked.map(\.customer)).count
    let moves = marked.filter { $0.target != nil }.count
    let count = programme.count(marked.count, "offer", "offers")
    overlay = .dialog(
      Dialog(
        // The title stays on the smallest screen, so it says what to type.
        title: "\(verb) \(count)? Type \(marked.count)",
        message: """
          \(count) to \(programme.count(customers, "customer", "customers")), \
          \(moves) of them meant to lead to a higher cohort.
          Expected cost \(programme.money(marked.reduce(0) { $0 + $1.expectedCost })), \
          expected gain after cost \(programme.money(marked.reduce(0) { $0 + $1.expectedValue })).
          Type their number and press Enter; u takes all of it back.
          """,
        kind: .typed(expected: String(marked.count), TextFieldState())), question)
  }
}
