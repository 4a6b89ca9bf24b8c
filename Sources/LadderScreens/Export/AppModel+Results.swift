import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

// What came of the offers that went out, told by the purchases that were brought in since.
extension AppModel {
  /// Looks for it; nothing is written before somebody has seen it.
  mutating func lookForResults() -> [Effect] { start(.outcomes(dryRun: true)) }

  /// After it was looked for, or written.
  mutating func found(_ report: OutcomeReport) -> [Effect] {
    guard let programme else { return [] }
    let day = programme.day(report.until)
    guard !report.rules.isEmpty else {
      say(.hint(texts["results.none-sent"]))
      return []
    }
    let used = texts(
      "results.used", count: report.redeemed, ["n": programme.number(report.redeemed)])
    let unused = texts("results.expired", ["n": programme.number(report.expired)])
    if !report.dryRun {
      say(.done(texts("results.done", ["used": used, "expired": unused])))
      noteDecided(report.redeemed + report.expired)
      invalidateLists()
      return [.loadStatus]
    }
    let rules = report.rules.map { line($0, programme) }
    let isNew = report.redeemed + report.expired > 0
    let found = texts("results.found", ["day": day, "used": used, "expired": unused])
    guard isNew else {
      overlay = .text(
        TextSheet(
          title: texts["results.title"],
          text: ([texts("results.nothing", ["day": day]), ""] + rules).joined(separator: "\n")))
      return []
    }
    ask(
      .outcomes, title: texts["results.title"],
      message: ([found, ""] + rules).joined(separator: "\n"),
      .confirm(yes: "y", label: texts["results.write"]))
    return []
  }

  private func line(_ rule: OutcomeReport.Rule, _ programme: ProgrammeFacts) -> String {
    texts(
      "results.rule",
      [
        "rule": texts.ruleText(rule.title), "sent": programme.number(rule.sent),
        "used": programme.number(rule.redeemed), "expired": programme.number(rule.expired),
        "open": programme.number(rule.open), "spent": programme.money(rule.spent),
      ])
  }
}
