import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyRules

struct RuleTesterTests {
  private static let anna = """
    { "cohort": "low", "stage": "repeat", "p_alive": 0.8, "web_share": 0.7,
      "complaint_open": false, "favourite_category": "Tea",
      "purchases": [ { "date": "2026-05-02", "amount": "20.00", "category": "Tea" },
        { "date": "2026-07-01", "amount": "15.00", "category": "Tea" } ] }
    """

  private func run(_ text: String, _ files: [String: String]) throws -> [String] {
    let rule = try Fixtures.rule(text)
    return RuleTester.run(rule) { files[$0].map { Array($0.utf8) } }.map { $0.message(.english) }
  }

  @Test func customersMayStandInFiles() throws {
    let mailed = Self.anna.dropLast(2) + #", "offers": [ { "sent": "2026-07-09" } ] }"#
    let messages = try run(
      RuleReaderTests.everything,
      ["fixtures/anna.json": Self.anna, "fixtures/ben.json": String(mailed)])
    #expect(
      messages == [
        "test \"two orders, one category\" passed.", "test \"mailed last week\" passed.",
      ])
  }

  @Test func saysWhatFailed() throws {
    let messages = try run(
      RuleReaderTests.everything,
      ["fixtures/anna.json": #"{ "cohort": "mid" }"#, "fixtures/ben.json": Self.anna])
    #expect(
      messages == [
        "test \"two orders, one category\" failed: expected match, got no match by /move/from, "
          + "/when/all/0, /when/all/1, /when/all/2, /when/all/3, /when/all/4/any/0.",
        "test \"mailed last week\" failed: expected excluded by /unless/any/1, got match.",
      ])
  }

  @Test func saysWhatIsWrongWithAFile() throws {
    let messages = try run(
      RuleReaderTests.everything, ["fixtures/anna.json": #"{ "cohort": "lwo" }"#])
    #expect(
      messages == [
        "test \"two orders, one category\" failed: fixtures/anna.json:1:13 /cohort  "
          + "cohort is never \"lwo\". Did you mean \"low\"?",
        "test \"mailed last week\" failed: there is no file \"fixtures/ben.json\".",
      ])
  }

  @Test(arguments: [
    ("match", #"{ "stage": "new" }"#, nil as String?),
    ("no match", #"{ "stage": "repeat" }"#, "/when"),
    ("unknown", "{}", "/when"),
    ("excluded", #"{ "stage": "new", "complaint_open": true }"#, "/unless"),
  ])
  func everyOutcomeCanBeExpected(expect: String, customer: String, because: String?) throws {
    let reason = because.map { #", "because": "\#($0)""# } ?? ""
    let feedback =
      customer.contains("complaint")
      ? customer
      : customer.replacing(
        "}",
        with: customer == "{}" ? #""complaint_open": false }"# : #", "complaint_open": false }"#)
    for outcome in RuleOutcome.allCases {
      let text = Fixtures.text(
        unless: #"{ "fact": "complaint_open", "is": "yes" }"#,
        tests: """
          [ { "name": "t", "as_of": "2026-07-15", "expect": "\(outcome.rawValue)"\(reason),
            "customer": \(feedback) } ]
          """)
      let result = try #require(RuleTester.run(Fixtures.rule(text)).first)
      #expect(result.passed == (outcome.rawValue == expect), "\(result.message(.english))")
    }
  }

  @Test func theRightOutcomeForTheWrongReasonFails() throws {
    let text = Fixtures.text(
      when:
        #"{ "any": [ { "fact": "stage", "is": "is", "value": "new" }, { "fact": "repeat", "is": "at least", "value": 3 } ] }"#,
      tests: """
        [ { "name": "t", "as_of": "2026-07-15", "expect": "match", "because": "/when/any/1",
          "customer": { "stage": "new", "repeat": 0 } } ]
        """)
    let result = try #require(RuleTester.run(Fixtures.rule(text)).first)
    #expect(
      result.message(.english)
        == "test \"t\" failed: match as expected, but by /when/any/0, not by /when/any/1.")
  }

  @Test(arguments: [
    ("2026-06-30", false), ("2026-07-01", true), ("2026-09-30", true), ("2026-10-01", false),
  ])
  func theWindowIncludesBothItsDays(day: String, isMatch: Bool) throws {
    let rule = try Fixtures.rule(RuleReaderTests.everything)
    #expect(rule.window.contains(Fixtures.day(day)) == isMatch)
  }
}
