import LoyaltyModel
import LoyaltyRules
import Testing

@testable import LoyaltyWorkspace

@Suite("How much somebody bought, as it is typed")
struct PurchaseCountTests {
  private static let euro: Currency = {
    guard let euro = Currency(code: "EUR") else { preconditionFailure("EUR is a currency") }
    return euro
  }()

  private func condition(_ json: String) throws -> Condition {
    try #require(
      RuleReader.readCondition(
        Array(json.utf8), catalogue: .customers, currency: Self.euro
      ).condition)
  }

  /// What is typed means what the rule says, and is shown as it would be typed.
  @Test(arguments: [
    (
      "at least 2 purchases of Tea within 90 days",
      """
      { "count": "purchases", "is": "at least", "value": 2, "where": { "all": [
        { "fact": "category", "is": "is", "value": "Tea" },
        { "fact": "date", "is": "within last", "value": "90 days" } ] } }
      """
    ),
    (
      "at most 50.00 spent on product T-100 within 12 months",
      """
      { "sum": "purchases.amount", "is": "at most", "value": "50.00", "where": { "all": [
        { "fact": "product", "is": "is", "value": "T-100" },
        { "fact": "date", "is": "within last", "value": "12 months" } ] } }
      """
    ),
    (
      "at most 0 purchases within 30 days",
      """
      { "count": "purchases", "is": "at most", "value": 0, "where": { "all": [
        { "fact": "date", "is": "within last", "value": "30 days" } ] } }
      """
    ),
    (
      "at least 1 purchase of Tea and Coffee",
      """
      { "count": "purchases", "is": "at least", "value": 1, "where": { "all": [
        { "fact": "category", "is": "is", "value": "Tea and Coffee" } ] } }
      """
    ),
    (
      "at least 3 purchases", #"{ "count": "purchases", "is": "at least", "value": 3 }"#
    ),
  ])
  func means(text: String, json: String) throws {
    let count = try PurchaseCount(text, Self.euro)
    let wanted = try condition(json)
    #expect(count.condition == wanted)
    #expect(PurchaseCount(wanted) == count)
    #expect(count.text(Self.euro) == text)
  }

  @Test(
    "any name can be typed",
    arguments: [
      "Tea", "product", "category", "Category 5", "Within Reason", "a;b", "say \"hi\"", "a  b",
      " x",
      "of", "90 days", "within", "\"", "tab\there",
    ])
  func names(name: String) throws {
    for subject in [PurchaseCount.Subject.category(name), .product(name)] {
      for measure in [PurchaseCount.Measure.number(2), .sum(1_250)] {
        let count = PurchaseCount(
          isAtLeast: true, measure: measure, subject: subject,
          within: TimeSpan(count: 2, unit: .weeks))
        let text = count.text(Self.euro)
        #expect(try PurchaseCount.all(text + "; " + text, Self.euro) == [count, count], "\(text)")
        let condition = try #require(count.condition)
        #expect(PurchaseCount(condition) == count)
      }
    }
  }

  @Test(arguments: [
    ("2 of Tea", PurchaseCount.Flaw.beginning("2 of Tea")), ("at least", .measure("")),
    ("at least two purchases", .number("two")), ("at least -1 purchases", .number("-1")),
    ("at least 1.234 spent", .amount("1.234", digits: 2)), ("at least 2 Tea", .measure("Tea")),
    ("at least 2 purchases Tea", .subject), ("at least 2 purchases of", .subject),
    ("at least 2 purchases of product within 3 days", .subject),
    ("at least 2 purchases within 3 moons", .span("3 moons")),
    ("at least 2 purchases of Tea within", .span("")),
  ])
  func flaws(text: String, flaw: PurchaseCount.Flaw) {
    #expect(throws: flaw) { try PurchaseCount(text, Self.euro) }
    #expect(flaw.message(.english).contains("90 days"))
  }

  /// What says more is no such count, so that nothing of it is lost.
  @Test(arguments: [
    #"{ "count": "purchases", "is": "exactly", "value": 2 }"#,
    #"{ "count": "consumers", "is": "at least", "value": 2 }"#,
    #"{ "distinct": "purchases.category", "is": "at least", "value": 2 }"#,
    #"{ "sum": "purchases.units", "is": "at least", "value": 2 }"#,
    #"{ "some": "purchases" }"#,
    """
    { "count": "purchases", "is": "at least", "value": 2, "where":
      { "fact": "amount", "is": "at least", "value": "15.00" } }
    """,
    """
    { "count": "purchases", "is": "at least", "value": 2, "where": { "any": [
      { "fact": "category", "is": "is", "value": "Tea" },
      { "fact": "category", "is": "is", "value": "Cake" } ] } }
    """,
    """
    { "count": "purchases", "is": "at least", "value": 2, "where":
      { "fact": "category", "is": "one of", "value": ["Tea", "Cake"] } }
    """,
  ])
  func others(json: String) throws {
    #expect(PurchaseCount(try condition(json)) == nil)
  }
}
