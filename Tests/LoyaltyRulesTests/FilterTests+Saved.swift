import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyRules

/// Filters that name saved ones.
extension FilterTests {
  private func message(_ text: String, _ saved: [String: String]) -> String? {
    do throws(FilterIssue) {
      _ = try Filter.read(text, catalogue: .customers, currency: Fixtures.euro, saved: saved)
      return nil
    } catch {
      return error.message(.english)
    }
  }

  @Test(
    "filters that name themselves, by whatever way round, are told by that way",
    arguments: [
      ("saved:a", ["a": "saved:a"], #"The filter saved as "a" names itself: a > a."#),
      (
        "tag:x saved:A", ["a": "b saved:b", "b": "not (saved:c)", "c": "saved:A"],
        #"The filter saved as "a" names itself: a > b > c > a."#
      ),
      (
        "saved:a", ["a": "saved:b", "b": "saved:b"],
        #"The filter saved as "b" names itself: b > b."#
      ),
    ])
  func circles(text: String, saved: [String: String], expected: String) {
    #expect(message(text, saved) == expected)
  }

  /// Each names the one before it twice: 2³⁰ comparisons, were it not for the limit.
  @Test("filters that grow without end are told, and at once", .timeLimit(.minutes(1)))
  func growth() throws {
    var saved = ["f0": "cohort = low"]
    for number in 1...30 { saved["f\(number)"] = "saved:f\(number - 1) or saved:f\(number - 1)" }
    #expect(
      message("saved:f30", saved)
        == "The saved filters name each other more than 100 times. Write some of them out shorter.")
    #expect(message("saved:f4", saved) == nil)
    var chain = ["f0": "cohort = low"]
    for number in 1...90 { chain["f\(number)"] = "saved:f\(number - 1)" }
    #expect(message("saved:f90", chain)?.hasSuffix("Nested too deeply: at most 32 levels.") == true)
    #expect(message("saved:f20", chain) == nil)
  }

  @Test("of names that differ by case alone, the very one is taken, else the first by its letters")
  func nearNames() throws {
    let saved = ["Tea": "tag:a", "TEA": "tag:b", "tea": "tag:c", "teA": "tag:d"]
    func read(_ name: String) throws -> Condition? {
      try Filter.read(
        "saved:\(name)", catalogue: .customers, currency: Fixtures.euro, saved: saved)
    }
    for (name, text) in saved { #expect(try read(name) == self.read(text)) }
    #expect(try read("tEa") == self.read("tag:b"))
  }
}
