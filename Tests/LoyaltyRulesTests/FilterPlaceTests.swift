import LoyaltyModel
import Testing

@testable import LoyaltyRules

@Suite("What a filter may go on with")
struct FilterPlaceTests {
  private let catalogue = FactCatalogue.customers

  private func fact(_ id: String) throws -> Fact { try #require(catalogue.fact(id)) }

  @Test(
    "a fact stands where a comparison begins",
    arguments: [
      ("", "", 0), ("sta", "sta", 3), ("stage = new and re", "re", 2), ("not ", "", 0),
      ("(", "", 0), ("(sta", "sta", 3), ("stage = new or (coh", "coh", 3),
      ("stage in (new) and ", "", 0),
    ])
  func facts(text: String, begun: String, length: Int) {
    let expected = FilterPlace(kind: .fact, begun: begun, length: length)
    #expect(Filter.place(atEndOf: text, catalogue) == expected)
  }

  @Test(
    "a value stands behind a sign",
    arguments: [
      ("stage = ", "stage", "", 0), ("stage = lap", "stage", "lap", 3),
      ("stage=lap", "stage", "lap", 3), ("stage != \"at r", "stage", "at r", 5),
      ("stage = at r", "stage", "at r", 4), ("stage in (", "stage", "", 0),
      ("stage in (new, rep", "stage", "rep", 3), ("stage not in (new,", "stage", "", 0),
      ("stage is ", "stage", "", 0), ("tag:st", "tag", "st", 2),
      ("cohort = low and stage = w", "stage", "w", 1),
    ])
  func values(text: String, id: String, begun: String, length: Int) throws {
    let expected = FilterPlace(kind: .value(try fact(id)), begun: begun, length: length)
    #expect(Filter.place(atEndOf: text, catalogue) == expected)
  }

  @Test("a comparison stands behind a fact, and what joins behind a value")
  func others() throws {
    let stage = try fact("stage")
    #expect(
      Filter.place(atEndOf: "stage ", catalogue)
        == FilterPlace(kind: .comparison(stage), begun: "", length: 0))
    #expect(
      Filter.place(atEndOf: "stage n", catalogue)
        == FilterPlace(kind: .comparison(stage), begun: "n", length: 1))
    #expect(
      Filter.place(atEndOf: "stage = new a", catalogue)
        == FilterPlace(kind: .joiner, begun: "a", length: 1))
    #expect(
      Filter.place(atEndOf: "stage in (new) ", catalogue)
        == FilterPlace(kind: .joiner, begun: "", length: 0))
    #expect(
      Filter.place(atEndOf: "saved:our", catalogue)
        == FilterPlace(kind: .saved, begun: "our", length: 3))
    for text in ["value_12m between 10 and ", "value_12m between ", "last_purchase within last "] {
      #expect(Filter.place(atEndOf: text, catalogue) == nil)
    }
    for text in ["stage in (new ", "stage not in (new, repeat "] {
      #expect(Filter.place(atEndOf: text, catalogue)?.kind == .listSign)
    }
    #expect(Filter.place(atEndOf: "email is known ", catalogue)?.kind == .joiner)
    #expect(Filter.place(atEndOf: "stage in", catalogue)?.kind == .comparison(stage))
  }
}
