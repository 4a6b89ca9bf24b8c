package import LoyaltyModel

/// Takes what an import reads, in the order of the file.
///
/// What any of its functions throws ends the import and is thrown on.
package protocol ImportSink {
  /// Takes a line of sale.
  mutating func take(_ purchase: borrowing PurchaseRow) throws
  /// Takes what a line says about a customer; empty fields say nothing.
  mutating func take(_ customer: Customer, line: Int) throws
  /// Takes what a line says about a product; empty fields say nothing.
  mutating func take(_ product: Product, line: Int) throws
  /// Takes what a line says came of an offer.
  ///
  /// - Returns: Why it cannot be used; nil where it can.
  mutating func take(_ result: OfferResult) throws -> Rejection?
  /// Takes a line that could not be used.
  mutating func take(_ rejected: RejectedRow) throws
  /// Hears from time to time how many bytes of the file were read.
  mutating func progress(bytes: Int) throws
}

/// What an import read.
package struct ImportTally: Sendable, Hashable {
  /// Lines with anything on them, the header not counted.
  package var read = 0
  /// Lines that could not be used.
  package var rejected = 0
  /// Lines of sale without a customer.
  package var anonymous = 0
  /// Lines of sale that are the same in every cell as one before.
  package var repeated = 0
  /// The line of the file, from 1, in which the first of them begins.
  package var firstRepeated: Int?
  /// The earliest and latest day of a line of sale.
  package var firstDay: Day?
  /// See ``firstDay``.
  package var lastDay: Day?

  /// Nothing yet.
  package init() {}

  /// Whether there were lines and none could be used.
  package var isUseless: Bool { read > 0 && rejected == read }
}
