import LoyaltyModel
import Testing

@testable import LoyaltyRules
@testable import LoyaltyWorkspace

@Suite("Words that a filter may go on with")
struct FilterWordsTests {
  let workspace: LoyaltyWorkspace

  init() throws { workspace = try Shop.open(try Shop.demo()) }

  private func texts(_ text: String, isOfOffers: Bool = false) -> [String] {
    workspace.filterWords(atEndOf: text, isOfOffers: isOfOffers).words.map(\.text)
  }

  @Test("what begins as typed comes first, then what is called so")
  func order() {
    #expect(texts("stag") == ["stage", "stage_since"])
    #expect(texts("stage = la") == ["lapsed"])
    #expect(texts("custom").contains("id"))
    #expect(texts("recen").first == "recency_days")
    #expect(texts("stage = nothing-like-it").isEmpty)
  }

  @Test("values are those of the data")
  func values() throws {
    let branches = Set(
      try workspace.customers(matching: "").map { try workspace.card(ofRow: $0).customer.branch })
    let named = Set(texts("branch = ").map { $0.replacing("\"", with: "") })
    #expect(named == branches.subtracting([""]))
    #expect(texts("state = app", isOfOffers: true) == ["approved"])
  }

  private func isRightOrBegun(_ text: String, _ catalogue: FactCatalogue) -> Bool {
    do throws(FilterIssue) {
      return try Filter.read(
        text, catalogue: catalogue, currency: workspace.currency,
        saved: workspace.savedFilters) != nil
    } catch {
      return error.mayBecomeRight
    }
  }

  @Test("every way to go on is understood, or may still become right", arguments: [false, true])
  func areUnderstood(isOfOffers: Bool) throws {
    let catalogue = isOfOffers ? FactCatalogue.offers : .customers
    var (ways, seen) = ([""], 0)
    for _ in 1...4 {
      var next: [String] = []
      for way in ways {
        let found = workspace.filterWords(atEndOf: way, isOfOffers: isOfOffers)
        for word in found.words {
          let text = String(way.dropLast(found.length)) + word.text + " "
          let isFit = isRightOrBegun(text, catalogue)
          #expect(isFit, "\(text)")
          next.append(text)
          seen += 1
        }
      }
      // A few of each kind suffice for the next round.
      ways = next.enumerated().filter { $0.offset % max(1, next.count / 60) == 0 }.map(\.element)
    }
    #expect(seen > 300)
  }
}
