import LoyaltyAnalytics
import LoyaltyModel
import Testing

/// Who counts as known on day 100 by the traces in their record.
@Suite("Known customers")
struct KnownCustomersTests {
  private static let asOf = Day(number: 100)
  private static let later = asOf + 1

  private static let cases: [(String, isKnown: Bool, edit: @Sendable (inout Customer) -> Void)] = [
    ("nothing has a day", true, { _ in }),
    ("orders are stated, without a day", true, { $0.statedOrders = 2 }),
    (
      "consent on the day", true,
      { $0.consents = [Consent(channel: .email, given: true, day: asOf)] }
    ),
    (
      "consent later", false,
      { $0.consents = [Consent(channel: .email, given: true, day: later)] }
    ),
    ("interest later", false, { $0.interests = [Interest(what: "newsletter", day: later)] }),
    (
      "feedback later, and a wish before", true,
      { $0.feedback = [Feedback(kind: .rating, day: later), Feedback(kind: .wish, day: asOf)] }
    ),
    ("not to be contacted, later", false, { $0.doNotContactSince = later }),
  ]

  private func known(
    _ purchases: PurchaseTable, _ customers: CustomerTable, asOf: Day = asOf
  ) -> [Bool] {
    let analysis = CustomerAnalysis(
      purchases: purchases, customers: customers, programme: .euros, asOf: asOf)
    let known = FactColumnsBuilder(analysis, customers: customers, purchases: purchases)
      .build().known
    return (0..<customers.count).map { known[$0] }
  }

  @Test("a trace up to the day makes known, later ones alone do not", arguments: cases.indices)
  func traces(_ index: Int) {
    let (what, isKnown, edit) = Self.cases[index]
    let customers = CustomerTable.of(1) { _, customer in edit(&customer) }
    #expect(known(PurchaseTable.of([], customers: 1), customers) == [isKnown], "\(what)")
  }

  @Test("purchases are traces, also those that were brought back or that nobody linked")
  func purchases() {
    let customers = CustomerTable.of(5)
    let purchases = PurchaseTable.of(
      [
        Sale(0, 100, 500),
        Sale(1, 101, 500),
        Sale(2, 90, 500), Sale(2, 95, -500, refunds: 2),
        Sale(3, 101, 500), Sale(3, 102, -500, refunds: 4),
        Sale(4, 99, -500),
      ], customers: 5)
    #expect(known(purchases, customers) == [true, false, true, false, true])
    #expect(known(purchases, customers, asOf: Self.later) == Array(repeating: true, count: 5))
  }
}
