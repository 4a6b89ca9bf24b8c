import Foundation
import Testing

/// The same store and date give the same bytes: in another locale, in another time zone, and asked a
/// second time.
@Suite("The same bytes everywhere", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct SameBytesTests {
  /// Two machines: an English one in London's time and an Indonesian one nearly half a day ahead,
  /// whose hashes of dictionaries differ as those of any two runs do.
  static let machines = [
    ["TZ": "UTC", "LANG": "C.UTF-8"],
    ["TZ": "Pacific/Auckland", "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8"],
  ]

  /// What is asked; nothing of it changes the store.
  static let questions = [
    "suggest --dry-run", "suggest --dry-run --format json --budget 50.00 --per-customer 2",
    "backtest --at 2026-03-01", "backtest --at 2025-12-31 --horizon 60d --format json",
    "rules what-if low-mid.bigger-basket --set offer.percent=12",
    "rules near mid-high.gift-above-basket --format csv", "closest --format json",
    "rules list --format ndjson", "rules check", "offers --format csv", "campaigns --format json",
  ]

  /// The layouts of lists, and the endings of their files; for letters the demo has nobody.
  static let formats = [
    "csv", "json", "ndjson", "markdown", "klaviyo", "mailchimp", "hubspot", "voucherify",
  ]

  /// The store with its waiting offers, as a machine makes it, and all that it answers.
  private func answers(on machine: [String: String]) throws -> [String: Data] {
    let sandbox = try Sandbox()
    func run(_ call: String) throws -> Data {
      let outcome = try sandbox.run(call.split(separator: " ").map(String.init), machine)
      #expect(outcome.status == 0, "\(call): \(outcome.err)")
      return Data(outcome.out.utf8)
    }
    _ = try run("demo shop --customers 120 --seed 5 --no-open")
    var answers = ["suggest": try run("suggest")]
    for question in Self.questions {
      answers[question] = try run(question)
      guard Self.questions.prefix(5).contains(question) else { continue }
      #expect(try run(question) == answers[question], "\(question), asked again")
    }
    for format in Self.formats {
      // Offers that nobody approved stay as they are, so that every list is of the same.
      _ = try run(
        "export offers --unapproved --where state=suggested --as \(format) --to \(format)")
      answers[format] = try Data(contentsOf: sandbox.url(format))
    }
    return answers
  }

  @Test func inEveryLocaleAndTimeZone() throws {
    let (one, other) = (try answers(on: Self.machines[0]), try answers(on: Self.machines[1]))
    #expect(one.count == Self.questions.count + Self.formats.count + 1)
    for (question, answer) in one {
      #expect(other[question] == answer, "\(question)")
      #expect(!answer.isEmpty, "\(question)")
    }
  }
}
