import LoyaltyModel
import Testing

@Suite("Codes of offers")
struct OfferCodeTests {
  private func offer(_ id: Int, customer: String = "00001", hash: String = "0123456789abcdef")
    -> Offer
  {
    Offer(
      id: id, customer: customer,
      rule: RuleReference(id: "r", version: 1, hash: hash, title: "R"), asOf: Day(number: 1),
      terms: OfferTerms(template: "t", kind: .discount), channel: .till, validUntil: Day(number: 9),
      expectedCost: 0, expectedValue: 0, stage: .new, cohort: .low, target: nil,
      evidence: Evidence())
  }

  /// Computed by a program of its own: FNV-1a, the finaliser of MurmurHash3, the low 20 bits, and
  /// base 32 without I, L, O, U.
  @Test(
    arguments: [
      (1, "00001", "C1-ABYE"), (32, "anna", "C10-5E42"), (1000, "Łucja", "CZ8-X84B"),
      (749000, "C0000001", "CPVE8-F3ZW"),
    ] as [(Int, String, String)])
  func vectors(id: Int, customer: String, code: String) {
    #expect(OfferCode(offer(id, customer: customer)).text == code)
  }

  @Test("as somebody writes it, it is read again; a slip is no code of the offer")
  func reads() throws {
    for id in [1, 31, 32, 1_000, 749_000, 10_000_000] {
      let code = OfferCode(offer(id))
      #expect(OfferCode(reading: code.text) == code)
      #expect(OfferCode(reading: code.text.lowercased()) == code)
      let spoken = code.text.replacing("0", with: "O").replacing("1", with: "l")
      #expect(OfferCode(reading: spoken) == code)
      let last = try #require(code.text.last)
      let slip = OfferCode(reading: code.text.dropLast() + (last == "7" ? "8" : "7"))
      #expect(slip != nil && slip != code && slip?.offer == id)
    }
    for text in [
      "", "C", "C-7QX4", "16-7QX4", "C16-7QX", "C16-7QX45", "C0-7QX4", "C1U-7QX4", "C1-7-4",
      "CZZZZZZZZZZZ-0000", "12",
    ] { #expect(OfferCode(reading: text) == nil, "\(text)") }
  }

  @Test("no two offers share one, and customer and rule are in it")
  func unique() {
    let codes = Set((1...5_000).map { OfferCode(offer($0)).text })
    #expect(codes.count == 5_000)
    #expect(OfferCode(offer(7)) != OfferCode(offer(7, customer: "00002")))
    #expect(OfferCode(offer(7)) != OfferCode(offer(7, hash: "fedcba9876543210")))
    var content = offer(7)
    content.terms.kind = .content
    #expect(content.code.isEmpty && offer(7).code == OfferCode(offer(7)).text)
  }
}
