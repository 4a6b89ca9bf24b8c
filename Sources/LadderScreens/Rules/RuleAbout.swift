import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// What is to be told of the selected rule: whom it matches, its tests, what the checker says.
  func ruleAbout(_ programme: ProgrammeFacts, width: Int) -> CardLines {
    var lines = CardLines(width: width)
    guard let line = ruleHere else { return lines }
    lines.text(line.title, .title)
    guard let digest = shelf.rulesDigest else {
      let failure = shelf[.rulesDigest].failure
      lines.text(failure ?? texts["figures.coming"], failure == nil ? .muted : .warning)
      return lines
    }
    if let matched = digest.matched[line.id] {
      let people = programme.count(matched, "count.customers")
      lines.text(texts("rules.about.matches", ["people": people]))
    }
    if line.used + line.unused > 0 {
      let ended = line.used + line.unused
      lines.text(
        texts(
          "rules.about.used", count: ended,
          ["used": programme.number(line.used), "n": programme.number(ended)]))
    }
    if let tests = digest.tests[line.id] {
      let values: KeyValuePairs = [
        "passed": programme.number(tests.count - tests.failed.count),
        "count": programme.number(tests.count),
      ]
      lines.text(
        texts(
          tests.failed.isEmpty ? "rules.about.tests" : "rules.about.tests-failed",
          count: tests.count, values),
        tests.failed.isEmpty ? .text : .warning)
      for failed in tests.failed { lines.text(failed, .warning, first: "- ") }
    }
    let problems = digest.problems[line.file] ?? []
    for problem in problems { lines.text(problem, .warning, first: "! ") }
    if problems.isEmpty { lines.text(texts["rules.about.no-problems"], .muted) }
    if let run = rules.report?.funnel.rules.first(where: { $0.rule == line.id }) {
      lines.blank()
      for gate in run.dropped where gate.count > 0 {
        lines.pair("- " + programme.number(gate.count), gate.reason, labelWidth: 12)
      }
      lines.pair(
        "= " + programme.number(run.suggested), texts["rules.about.offers"], labelWidth: 12,
        .accent)
    }
    return lines
  }
}
