package import LoyaltyModel
package import TextFormats

/// Why a line of a file could not be used; `Words.swift` says it in words.
package enum Rejection: Error, Sendable, Hashable {
  /// The line as a whole: too few or too many fields, a stray quote.
  case row(RowIssue)
  /// A field that must be filled is empty.
  case missing(ImportField)
  /// A field that holds no amount or number.
  case amount(ImportField, AmountError)
  /// A field that holds no date.
  case date(ImportField, DateError)
  /// A date after today.
  case future(ImportField, Day, today: Day)
  /// A date so long ago that it must be a slip, such as one with a year of two digits.
  case tooLongAgo(ImportField, String)
  /// Units times price, or the number of units, go beyond what can be stored.
  case tooLarge(ImportField, String)
  /// An amount beyond the largest that a line may hold; the bound as a plain decimal.
  case beyondBound(ImportField, String, bound: String)
  /// A text longer than an identifier or a name can be.
  case tooLong(ImportField, bytes: Int, limit: Int)
  /// A word that is none of those possible here.
  case unknownWord(ImportField, String, known: [String])
  /// A margin that is no share between 0 and 1, or 0 % and 100 %.
  case margin(String)
  /// A number that is not whole, or negative.
  case count(ImportField, String)
  /// A number that must not be below zero.
  case negative(ImportField, String)
  /// There is no offer of a number.
  case noSuchOffer(Int)
  /// A code that no offer has: a slip, or a guess.
  case wrongCode(String)
  /// No offer of a rule went out to a customer.
  case noneSent(customer: String, rule: String)
  /// An offer never went out; where it stands instead.
  case notSent(Int, OfferState)
  /// An offer is not the customer's whom the line names.
  case otherCustomer(Int, customer: String)
  /// An offer was used before it went out.
  case beforeSent(Day, sent: Day)
  /// An offer that is said to be unused can still be used.
  case stillHolds(Int, until: Day)
  /// An earlier line says something else of the same offer.
  case saidOtherwise(Int)
}

/// A line that could not be used, as it stood in the file.
package struct RejectedRow: Sendable, Hashable {
  /// The line of the file, from 1, in which the row began.
  package let line: Int
  /// The fields as they stood there.
  package let fields: [String]
  /// Why it was rejected.
  package let reason: Rejection

  /// A line that could not be used.
  package init(line: Int, fields: [String], reason: Rejection) {
    (self.line, self.fields, self.reason) = (line, fields, reason)
  }
}
