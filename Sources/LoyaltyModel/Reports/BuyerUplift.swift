/// Extra buyers due to offers, measured against a comparison group.
///
/// By intention to treat: all who were chosen count on their side, whether staff let the offer go,
/// declined it or left it lying.
package struct BuyerUplift: Sendable, Hashable {
  /// Customers who were chosen and not kept back, and of these the buyers.
  package var offered: Int
  /// See ``offered``.
  package var offeredBought: Int
  /// Customers in the comparison group, and of these the buyers.
  package var withheld: Int
  /// See ``withheld``.
  package var withheldBought: Int
  /// The difference of the shares of buyers.
  package var difference: Double
  /// The limits of its interval of 95 %.
  package var low: Double
  /// See ``low``.
  package var high: Double

  /// A measured difference.
  package init(
    offered: Int, offeredBought: Int, withheld: Int, withheldBought: Int, difference: Double,
    low: Double, high: Double
  ) {
    (self.offered, self.offeredBought) = (offered, offeredBought)
    (self.withheld, self.withheldBought) = (withheld, withheldBought)
    (self.difference, self.low, self.high) = (difference, low, high)
  }
}
