import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Decides about the selected offer or the marked ones, or asks what is still to be known.
  mutating func decide(_ command: Command) -> [Effect] {
    switch command {
    case .approveMarked: return [.weigh(review.chosen, .approve, review.scope.offers)]
    case .rejectMarked:
      askReason(review.chosen)
      return []
    // A range is meant as a whole, by the keys for one as well.
    case .approve where review.ranged.count > 1:
      return [.weigh(review.ranged, .approve, review.scope.offers)]
    case .reject where review.ranged.count > 1:
      askReason(review.ranged)
      return []
    default: break
    }
    guard let id = review.currentID else { return [] }
    switch command {
    case .approve: return [.decide([id], .approve, review.scope.offers)]
    case .reopen: return [.decide([id], .reopen, review.scope.offers)]
    case .reject: askReason([id])
    case .snooze: askDay([id])
    case .editOffer: return [.editOffer(id)]
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
      return [.decide(ids, .snooze(until: day), review.scope.offers)]
    case (.snoozeDay(let ids), .entered(let text)): return snooze(ids, text)
    case (.approveMarked(let ids), .confirmed): return [.decide(ids, .approve, review.scope.offers)]
    case (.rejectMarked(let ids, let reason), .confirmed):
      return [.decide(ids, .reject(reason: reason), review.scope.offers)]
    default: return []
    }
  }

  /// One is rejected at once; of several the count is asked back first.
  private func reject(_ ids: [Int], _ reason: String) -> [Effect] {
    guard ids.count > 1 else {
      return [.decide(ids, .reject(reason: reason), review.scope.offers)]
    }
    return [.weigh(ids, .reject(reason: reason), review.scope.offers)]
  }

  private mutating func snooze(_ ids: [Int], _ text: String) -> [Effect] {
    guard let programme, let day = programme.display.day(written: text),
      day > programme.status.asOf
    else {
      say(.hint(texts("review.put-off.no-day", ["example": nextMonth])))
      return []
    }
    return [.decide(ids, .snooze(until: day), review.scope.offers)]
  }

  mutating func askReason(_ ids: [Int]) {
    let reasons = LoyaltyWorkspace.rejectionReasons.enumerated().map { index, reason in
      Dialog.Choice(texts.reason(reason), key: Character(String((index + 1) % 10)))
    }
    let other = Dialog.Choice(texts["review.reject.other"], key: "o")
    let count = programme?.number(ids.count) ?? ""
    ask(
      .rejectionReason(ids), title: texts("review.reject.why", count: ids.count, ["n": count]),
      message: about(ids, "review.reject.about"), .choice(reasons + [other], selected: 0))
  }

  /// Whose offer it is, before what is said about the question: what stands behind the box may move
  /// on while a colleague decides.
  private func about(_ ids: [Int], _ key: String) -> String {
    guard ids.count == 1, let id = ids.first, let card = review.cards[id] else {
      return texts[key]
    }
    let whose = texts(
      "review.of-whom",
      ["name": card.customer.name, "title": texts.ruleText(card.offer.rule.title)])
    return whose + " " + texts[key]
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
    programme.map { $0.day($0.status.asOf.adding(months: 1)) } ?? ""
  }

  private mutating func askDay(_ ids: [Int]) {
    ask(
      .snoozeUntil(ids), title: texts["review.put-off.when"],
      message: about(ids, "review.put-off.about"),
      .choice(snoozeChoices.map { Dialog.Choice($0.label, key: $0.key) }, selected: 0))
  }

  private mutating func askOwnDay(_ ids: [Int]) {
    ask(
      .snoozeDay(ids), title: texts["review.put-off.when"],
      message: texts["review.put-off.write"], .prompt(.selected(nextMonth)))
  }
}
