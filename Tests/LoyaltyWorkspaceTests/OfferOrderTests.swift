import LoyaltyModel
import Testing

@testable import LoyaltyWorkspace

@Suite("Orders of offers")
struct OfferOrderTests {
  @Test("each is the plain sort of the list by rule", arguments: OfferOrder.allCases)
  func isPlain(order: OfferOrder) throws {
    let workspace = try Shop.open(try Shop.demo())
    _ = try workspace.suggest(SuggestOptions(), progress: { _ in true })
    let listed = try workspace.offerNumbers(in: .waiting)
    let offers = try listed.map { try workspace.offer($0) }
    func key(_ offer: Offer) -> Int64 {
      switch order {
      case .rule: 0
      case .gain: -offer.expectedValue
      case .cost: -offer.expectedCost
      case .lastDay: Int64(offer.validUntil.number)
      }
    }
    // Alike ones keep the order of the rules.
    let plain = offers.enumerated()
      .sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element.id)
    #expect(try workspace.offerNumbers(in: .waiting, by: order) == plain)
    #expect(Set(offers.map(key)).count > (order == .rule ? 0 : 1))
  }
}
