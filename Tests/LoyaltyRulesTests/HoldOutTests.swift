import Testing

@testable import LoyaltyRules

struct HoldOutTests {
  // From this Python, which shares no line with the product:
  //
  //     M = (1 << 64) - 1
  //     def bucket(salt, customer):
  //         h = 0xcbf29ce484222325
  //         for b in (salt + '|' + customer).encode():
  //             h = ((h ^ b) * 0x100000001b3) & M
  //         h ^= h >> 33; h = h * 0xff51afd7ed558ccd & M
  //         h ^= h >> 33; h = h * 0xc4ceb9fe1a85ec53 & M
  //         return (h ^ h >> 33) % 10000
  @Test(arguments: [
    ("2026H2", "00001", 2735),
    ("2026H2", "00002", 4908),
    ("2026H2", "00004", 5761),
    ("2026H2", "23570", 1836),
    ("", "00001", 655),
    ("2026H2", "", 9250),
    ("", "", 497),
    ("new.second-purchase", "00001", 3352),
    ("2026H2", "Zoë", 3510),
    ("2026H2", "客户-7", 7651),
    ("a|b", "c", 9386),
    ("a", "b|c", 9386),
  ])
  func bucketsAreThoseOfTheSpecification(salt: String, customer: String, expected: Int) {
    #expect(HoldOut.bucket(salt: salt, customer: customer.utf8) == expected)
  }

  private let customers = (1...23_570).map { number in
    String(repeating: "0", count: 5 - String(number).count) + String(number)
  }

  @Test func aTenthOfTheCustomersIsATenth() {
    // Counted by the Python above. 2,357 are expected, with a standard deviation of 46.
    let group = HoldOut(share: 1_000, salt: "2026H2")
    #expect(customers.filter { group.contains($0.utf8) }.count == 2_339)
  }

  @Test func wideningAShareMovesNobodyOut() {
    var before: Set<String> = []
    for share in [0, 1, 500, 1_000, 2_500, 9_999, 10_000] {
      let group = HoldOut(share: share, salt: "2026H2")
      let now = Set(customers.filter { group.contains($0.utf8) })
      #expect(now.isSuperset(of: before))
      before = now
    }
    #expect(before.count == customers.count)
  }

  @Test func saltsMakeGroupsThatDoNotGoTogether() {
    let (first, second) = (HoldOut(share: 5_000, salt: "a"), HoldOut(share: 5_000, salt: "b"))
    let both = customers.filter { first.contains($0.utf8) && second.contains($0.utf8) }.count
    // A quarter is expected; five standard deviations are 332.
    #expect(abs(both - customers.count / 4) < 332)
  }
}
