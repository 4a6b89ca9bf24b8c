import Statistics
import Testing

// Expected values: the defining integral over the dropout chance, by mpmath 1.3.0 with 40 digits.
@Suite struct EventsUntilDropoutTests {
  struct Reference: CustomTestStringConvertible, Sendable {
    let shape, span, a, b, expected: Double

    init(_ shape: Double, _ span: Double, _ a: Double, _ b: Double, _ expected: Double) {
      (self.shape, self.span, self.a, self.b, self.expected) = (shape, span, a, b, expected)
    }

    var testDescription: String { "shape \(shape), span \(span), a \(a), b \(b)" }
  }

  @Test(arguments: [
    Reference(2.2426, 0.9, 0.79, 4.43, 1.6863268874025361165),
    Reference(3, 1, 1, 2.5, 1.9930068592974181129),
    Reference(0.4, 2.5, 0.3, 0.7, 0.74899191677823980009),
    Reference(0.25, 8, 1, 1e-3, 0.42323677715692188957),
    Reference(301.5, 1.5, 0.9, 302.4, 289.55481250564787052),
    Reference(2000.25, 0.3, 0.001, 2003, 599.99291578813273195),
    Reference(50.5, 0.8, 0.4, 1.2, 13.932397228302444185),
    Reference(500, 0.1, 0.7, 2, 11.079689040673843663),
    Reference(5000, 0.01, 2, 3, 3.7693655224950937598),
    Reference(0.6, 600, 0.9, 2.5, 13.305562256291771235),
    Reference(5, 0.5, 3000, 9000, 1.7803181791257320137),
    Reference(4, 1, 2, 1e6, 3.99998000015999848),
    Reference(1e5, 2e-4, 5, 7, 2.7225301989811369982),
    Reference(1.24, 1e-9, 0.8, 3.4, 1.2399999997354666668e-9),
  ])
  func agreesWithTheIntegral(reference: Reference) {
    let value = expectedEventsUntilDropout(
      shape: reference.shape, span: reference.span, a: reference.a, b: reference.b)
    #expect(agree(value, reference.expected, within: 1e-11))
  }

  @Test func isContinuousWhereTheHypergeometricFormIsSingular() {
    func value(_ a: Double, _ b: Double) -> Double {
      expectedEventsUntilDropout(shape: 0.7, span: 1.3, a: a, b: b)
    }
    for shift in [1e-15, 1e-12, 1e-9] {
      #expect(agree(value(1 + shift, 2), value(1, 2), within: 2 * shift + 1e-14))
      #expect(agree(value(0.4, 0.6 + shift), value(0.4, 0.6), within: 2 * shift + 1e-14))
    }
  }

  @Test func edges() {
    #expect(expectedEventsUntilDropout(shape: 0.3, span: 0, a: 1, b: 2) == 0)
    #expect(expectedEventsUntilDropout(shape: 0, span: 1, a: 1, b: 2).isNaN)
    #expect(expectedEventsUntilDropout(shape: 1, span: .infinity, a: 1, b: 2).isNaN)
    // Who never drops out goes on at the expected rate k·s; who always does has at most one event.
    let faithful = expectedEventsUntilDropout(shape: 2, span: 3, a: 1e-12, b: 1)
    #expect(agree(faithful, 6, within: 1e-10))
    let once = expectedEventsUntilDropout(shape: 2, span: 3, a: 1, b: 1e-12)
    #expect(agree(once, 1 - 1.0 / 16, within: 1e-10))
  }
}
