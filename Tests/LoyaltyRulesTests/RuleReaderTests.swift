import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

@testable import LoyaltyRules

struct RuleReaderTests {
  /// A rule that uses every part of the format.
  static let everything = """
    { "format": "ladder.rule/1", "id": "low-mid.second-category", "version": 3, "status": "active",
      "title": "Low to Mid: first purchase in a second category",
      "audience": "customer", "aim": "grow", "side": "give",
      "window": { "from": "2026-07-01", "until": "2026-09-30" },
      "move": { "from": ["low"], "to": "mid" },
      "when": { "all": [
        { "fact": "stage", "is": "one of", "value": ["new", "repeat"] },
        { "fact": "p_alive", "is": "at least", "value": 0.55 },
        { "count": "purchases", "is": "at least", "value": 2, "where": { "all": [
          { "fact": "date", "is": "within last", "value": "90 days" },
          { "fact": "amount", "is": "at least", "value": "15.00" } ] } },
        { "distinct": "purchases.category", "is": "exactly", "value": 1,
          "where": { "all": [ { "fact": "date", "is": "within last", "value": "12 months" } ] } },
        { "any": [
          { "some": "consumers", "where": { "all": [
            { "fact": "age", "is": "between", "value": [0, 12] } ] } },
          { "fact": "web_share", "is": "at least", "value": 0.5 } ] } ] },
      "unless": { "any": [
        { "fact": "complaint_open", "is": "yes" },
        { "count": "offers", "is": "at least", "value": 1, "where": { "all": [
          { "fact": "sent", "is": "within last", "value": "30 days" } ] } } ] },
      "offer": { "template": "second-category", "kind": "discount", "percent": 10, "role": "engage",
        "params": { "category": { "pick": "next-best-category" } },
        "threshold": { "times": 1.2, "of": "average_basket", "round": "5.00" },
        "cost": { "contact": "0.08", "redeemed": "3.50" }, "valid": "14 days" },
      "score": { "propensity": { "prior": 0.06, "weight": 200 }, "value": "clv-gain", "lever": 1.2 },
      "priority": 60, "group": "cross-sell",
      "needs": { "consent": ["marketing"], "channels": ["email", "push"] },
      "limits": { "per customer": { "times": 1, "every": "60 days" }, "total": 5000,
        "budget": "12000.00" },
      "holdout": { "share": 0.10, "salt": "2026H2" },
      "why": "Bought {count purchases} times in 90 days, always {favourite_category}.",
      "benefit": { "customer": "10 % off something new to them",
        "business": "a second category raises the chance to reach Mid" },
      "tests": [
        { "name": "two orders, one category", "as_of": "2026-07-15",
          "customer": "fixtures/anna.json", "expect": "match" },
        { "name": "mailed last week", "as_of": "2026-07-15", "customer": "fixtures/ben.json",
          "expect": "excluded", "because": "/unless/any/1" } ] }
    """

  @Test func readsEveryPartOfTheFormat() throws {
    let reading = Fixtures.read(Self.everything)
    #expect(reading.issues.map { $0.description(.english) } == [])
    let rule = try #require(reading.rule)
    #expect(rule.reference.id == "low-mid.second-category")
    #expect(rule.version == 3)
    #expect(rule.window == RuleWindow(from: Day("2026-07-01"), until: Day("2026-09-30")))
    #expect(rule.move == CohortMove(from: [.low], to: .mid))
    #expect(rule.when?.leafCount == 10)
    #expect(rule.unless?.leafCount == 3)
    #expect(rule.offer.percent == 10)
    #expect(rule.offer.role == .engage)
    #expect(rule.offer.category == .picked(.nextBest))
    #expect(rule.offer.threshold?.round == 500)
    #expect(rule.offer.contactCost == 8)
    #expect(rule.offer.redeemedCost == 350)
    #expect(rule.offer.valid == TimeSpan(count: 14, unit: .days))
    #expect(rule.score == RuleScore(prior: 0.06, weight: 200, value: .clvGain, lever: 1.2))
    #expect(rule.priority == 60)
    #expect(rule.group == "cross-sell")
    #expect(rule.channels == [.email, .push])
    #expect(rule.limits.perCustomer == .init(times: 1, every: TimeSpan(count: 60, unit: .days)))
    #expect(rule.limits.total == 5_000)
    #expect(rule.limits.budget == 1_200_000)
    #expect(rule.holdOut == HoldOut(share: 1_000, salt: "2026H2"))
    #expect(rule.tests.map(\.expect) == [.match, .excluded])
    #expect(rule.tests.last?.because?.description == "/unless/any/1")
  }

  @Test(arguments: [
    ("\"priority\": 60", "\"priority\": 61", false),
    ("\"version\": 3", "\"version\": 4", false),
    ("\"status\": \"active\"", "\"status\": \"paused\"", true),
    ("mailed last week", "mailed a week ago", true),
    ("\"aim\": \"grow\", \"side\": \"give\"", "\"side\": \"give\",   \"aim\": \"grow\"", true),
  ])
  func theHashIsThatOfWhatTheRuleDoes(old: String, new: String, isSame: Bool) throws {
    let first = try Fixtures.rule(Self.everything)
    let second = try Fixtures.rule(Self.everything.replacing(old, with: new))
    #expect((first.hash == second.hash) == isSame)
    #expect(first.hash.utf8.count == 16)
    #expect(first.hash.allSatisfy { "0123456789abcdef".contains($0) })
  }

  /// The hash of `{}` is that of the two bytes `{}`, by the Python in ``HoldOutTests``.
  @Test func theHashOfNothing() throws {
    let document = try JSONDocument(parsing: "{ \"status\": 1, \"tests\": [] }")
    #expect(RuleHash.canonical(document.root) == Array("{}".utf8))
    #expect(RuleHash.hash(of: document.root) == "adee1081a7649365")
  }

  /// Whatever single byte is changed or cut, there is a rule or an error with a place, never both.
  @Test func survivesDamage() {
    let bytes = Array(Self.everything.utf8)
    for offset in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[offset] = UInt8(ascii: "}")
      for attempt in [damaged, Array(bytes[..<offset])] {
        let reading = RuleReader.read(
          attempt, file: "r.json", catalogue: .customers, currency: Fixtures.euro)
        let hasErrors = reading.issues.contains { $0.severity == .error }
        #expect((reading.rule == nil) == hasErrors)
        #expect(reading.issues.allSatisfy { $0.position != nil && !$0.message(.english).isEmpty })
      }
    }
  }

  @Test(arguments: [
    ("", ""), ("abc", ""), ("abc", "abc"), ("abc", "abd"), ("abc", "acb"), ("abc", "abcd"),
    ("kitten", "sitting"), ("ca", "abc"),
  ])
  func editDistances(left: String, right: String) {
    // Optimal string alignment; "ca" → "abc" is 3 there, 2 in the unrestricted distance.
    let expected = [
      "|": 0, "abc|": 3, "abc|abc": 0, "abc|abd": 1, "abc|acb": 1, "abc|abcd": 1,
      "kitten|sitting": 3, "ca|abc": 3,
    ]
    #expect(Nearest.editDistance(left, right) == expected["\(left)|\(right)"])
    #expect(Nearest.editDistance(right, left) == expected["\(left)|\(right)"])
  }
}
