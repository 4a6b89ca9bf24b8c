import LoyaltyModel
import Testing

@testable import LoyaltyWorkspace

@Suite("Orders of offers")
struct OfferOrderTests {
  @Test(
    "each is the plain sort of the list by rule, and its reverse that of the greatest first",
    arguments: OfferOrder.allCases, [false, true])
  func isPlain(order: OfferOrder, isReversed: Bool) throws {
    let workspace = try Shop.open(try Shop.demo())
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    let listed = try workspace.offerNumbers(in: .waiting)
    let offers = try listed.map { try workspace.offer($0) }
    let people = try workspace.customers(matching: "", sortedBy: CustomerSort(.name))
    // People of one name stand alike.
    let summaries = try people.map { try workspace.summary(ofRow: $0) }
    let places = Dictionary(
      summaries.enumerated().map { ($1.shownName, $0) }, uniquingKeysWith: { first, _ in first })
    let names = Dictionary(
      uniqueKeysWithValues: summaries.map { ($0.id, places[$0.shownName] ?? -1) })
    let rules = listed.enumerated().map { Int64($0.offset) }
    func key(_ offer: Offer, _ place: Int) -> Int64 {
      switch order {
      case .rule: isReversed ? rules[place] : 0
      case .gain: -offer.expectedValue
      case .cost: -offer.expectedCost
      case .lastDay: Int64(offer.validUntil.number)
      case .customer: Int64(names[offer.customer] ?? -1)
      }
    }
    // Alike ones keep the order of the rules either way.
    let plain = offers.enumerated().map { (key($1, $0), $0, $1.id) }
      .sorted { ((isReversed ? -$0.0 : $0.0), $0.1) < ((isReversed ? -$1.0 : $1.0), $1.1) }
      .map(\.2)
    let sort = OfferSort(order, isReversed: isReversed)
    #expect(try workspace.offerNumbers(in: .waiting, by: sort) == plain)
    #expect(plain != listed || sort == OfferSort(.rule))
  }
}
