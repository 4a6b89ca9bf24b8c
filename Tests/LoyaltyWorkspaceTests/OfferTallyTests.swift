import LoyaltyModel
import Statistics
import Testing

@testable import LoyaltyWorkspace

@Suite("Tally of offers")
struct OfferTallyTests {
  @Test("says what passing over all offers says, after any changes", arguments: 1...20)
  func followsChanges(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var tally = OfferTally()
    var states = [OfferState?](repeating: nil, count: 30)
    var days = [Int32](repeating: 0, count: 30)
    let rules = states.indices.map { UInt16($0 % 3) }
    for _ in 0..<500 {
      let line = Int.random(in: states.indices, using: &random)
      if let before = states[line] { tally.remove(before, rule: rules[line], until: days[line]) }
      states[line] = OfferState.allCases.randomElement(using: &random)
      days[line] = Int32.random(in: 100...104, using: &random)
      if Int.random(in: 0..<5, using: &random) == 0 { states[line] = nil }
      if let now = states[line] { tally.add(now, rule: rules[line], until: days[line]) }

      let open = states.indices.filter { states[$0] == .suggested || states[$0] == .approved }
      for day in Int32(99)...105 {
        #expect(tally.holdsAny(on: day, states, days) == open.contains { days[$0] >= day })
      }
      for rule in UInt16(0)...3 {
        let ours = states.indices.filter { rules[$0] == rule }
        let used = ours.count { states[$0] == .redeemed }
        let unused = ours.count { states[$0] == .expired }
        #expect(
          tally.outcome(ofRule: Int(rule)) == OfferTally.Outcome(used: used, unused: unused))
      }
    }
  }
}
