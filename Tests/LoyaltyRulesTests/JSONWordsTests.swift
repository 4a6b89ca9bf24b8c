import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

@testable import LoyaltyRules

/// What is said of a rule file that is no JSON: where, what, and how to mend it.
struct JSONWordsTests {
  @Test(arguments: [
    ("{\"a\": [1 2]}", "1:10 Expected \",\" or \"]\" here; the array opened at 1:7."),
    (
      "{\n  \"when\": {\n    \"a\": 1\n    \"b\": 2 } }",
      "4:5 Expected \",\" or \"}\" here; the object opened at 2:11."
    ),
    (
      "{\"é\": 1, \"é\": 2}",
      "1:10 \"é\" occurs twice in this object; the first is at 1:2. Remove one of them."
    ),
    ("[1,\n2,\n]", "2:2 Remove this comma: nothing follows it before the \"]\"."),
    ("[True]", "1:2 \"True\" is no value. Did you mean true?"),
    ("[low]", "1:2 \"low\" is no value; text must stand in double quotes."),
    ("\"ab\u{1}\"", "1:4 A control character (U+0001) inside a text; write it as \\u0001."),
    ("\"a\tb\"", "1:3 A control character (U+0009) inside a text; write it as \\t."),
    ("\"a\\d\"", "1:3 \\d means nothing; write \\\\ for a backslash."),
    ("[\"\\ud800\"]", "1:3 \\uD800 is half of a character; the other half is missing."),
    ("{\"a\":1", "1:7 The text ends, but the object opened at 1:1 has no closing \"}\"."),
    ("[\"a]", "1:5 The closing quote is missing; the text opened at 1:2."),
    ("[007]", "1:2 A number does not begin with 0 unless it is 0 or 0.…; text needs quotes."),
    ("{x:1}", "1:2 Expected a key in double quotes here; the object opened at 1:1."),
    ("{\"x\"=1}", "1:5 Expected \":\" between the key and its value."),
    ("{} {}", "1:4 The rule ends before this; remove what follows."),
    ("[1, // one\n2]", "1:5 JSON has no comments; remove this."),
    ("[1,,2]", "1:4 Expected a value here: text in quotes, a number, true, false, null, [ or {."),
    ("", "1:1 There is nothing here; begin from a rule of the store."),
  ])
  func saysWhatAndWhere(text: String, message: String) throws {
    let issue = try #require(Self.issue(text))
    #expect(
      "\(try #require(issue.position)) \(issue.message(.english))" == message)
  }

  /// No cause is without words, and none speaks English to whoever reads Indonesian.
  @Test(arguments: [
    "{\"a\": [1 2]}", "{\"a\": 1, \"a\": 2}", "[1,\n2,\n]", "[True]", "[low]", "\"a\tb\"",
    "\"a\\d\"", "[\"\\ud800\"]", "[\"\\u12\"]", "{\"a\":1", "[\"a]", "[007]", "[+1]", "[.5]", "[-]",
    "[1.]", "[1e]", "{x:1}", "{\"x\"=1}", "{} {}", "[1, // one\n2]", "[1,,2]", "", "\u{FEFF}{}",
    String(repeating: "[", count: 200),
  ])
  func speaksIndonesian(text: String) throws {
    let issue = try #require(Self.issue(text))
    let indonesian = issue.message(Wording(Texts(embedded: .indonesian), DisplayFormat()))
    #expect(!indonesian.isEmpty && indonesian != issue.message(.english))
    #expect(!indonesian.contains("{place}") && !indonesian.hasPrefix("json."))
  }

  private static func issue(_ text: String) -> RuleIssue? {
    RuleReader.read(
      Array(text.utf8), file: "rule.json", catalogue: .customers, currency: Fixtures.euro
    ).issues.first
  }
}
