import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension ReviewSummary {
  /// What came of the decisions of a session, line by line.
  func lines(
    _ texts: Texts, _ money: (Int64) -> String, _ number: (Int) -> String
  ) -> [String] {
    var lines = [
      texts(
        "review.summary.approved", count: approved.offers,
        [
          "n": number(approved.offers), "cost": money(approved.cost),
          "gain": money(approved.value),
        ])
    ]
    for rejected in rejected {
      lines.append(
        texts(
          "review.summary.rejected", count: rejected.offers,
          ["n": number(rejected.offers), "reason": texts.reason(rejected.reason)]))
    }
    if snoozed > 0 {
      lines.append(texts("review.summary.put-off", count: snoozed, ["n": number(snoozed)]))
    }
    for rule in rules {
      lines.append(
        texts(
          "review.summary.rule",
          [
            "rule": texts.ruleText(rule.title), "approved": number(rule.approved),
            "rejected": number(rule.rejected), "cost": money(rule.cost),
            "gain": money(rule.value),
          ]))
    }
    return lines
  }
}

extension AppModel {
  /// Shows what came of the session so far.
  mutating func show(_ summary: ReviewSummary) {
    guard let programme else { return }
    let lines = summary.lines(texts, programme.money, programme.number)
    overlay = .text(TextSheet(title: texts["review.summary"], text: lines.joined(separator: "\n")))
  }

  /// After terms were changed: the card and what depends on it are made anew.
  mutating func edited(_ receipt: Receipt, _ id: Int) -> [Effect] {
    say(.done(receipt.text))
    noteDecided(1)
    review.forget(id)
    overview.overview = .missing
    activity.entries = .missing
    export.sample = .missing
    card.isStale = true
    return []
  }

  /// After offers were taken to decide on, or given back: the list shows them.
  mutating func tookBatch(_ receipt: Receipt, isTaken: Bool) -> [Effect] {
    say(.done([receipt.text, droppedMarks()].compactMap(\.self).joined(separator: " ")))
    review.scope = isTaken ? .batch : .waiting
    review.groups.isOpen = false
    review.table = TableState()
    review.invalidate()
    review.target = nil
    activity.entries = .missing
    return [.loadStatus]
  }

  /// Tells what many decisions at once would mean, and asks for their number.
  mutating func weighed(_ impact: OfferImpact, _ ids: [Int], _ verdict: Verdict) {
    guard let programme else { return }
    guard !ids.isEmpty else { return say(.hint(texts["review.many.none"])) }
    let question: Question
    switch verdict {
    case .approve: question = .approveMarked(ids)
    case .reject(let reason): question = .rejectMarked(ids, reason: reason)
    case .snooze, .reopen: return
    }
    let isApproval = verdict == .approve
    let count = programme.count(impact.offers, "count.offers")
    var lines = impact.lines(ofApproval: isApproval, programme.wording, programme.currency)
    let elsewhere = review.groups.isOpen || review.marksElsewhere == 0 ? 0 : review.elsewhere(ids)
    if elsewhere > 0 {
      let count = programme.number(elsewhere)
      lines.insert(texts("review.many.elsewhere", count: elsewhere, ["n": count]), at: 0)
    }
    lines.append(texts["review.many.type"])
    // The title stays on the smallest screen, so it says what to type.
    ask(
      question,
      title: texts(
        isApproval ? "review.approve-many" : "review.reject-many",
        ["offers": count, "n": String(impact.offers)]),
      message: lines.joined(separator: "\n"),
      .typed(expected: String(impact.offers), TextFieldState()))
  }
}
