package import LoyaltyModel

/// What a run of the rules is asked to do.
package struct SuggestOptions: Sendable, Hashable {
  /// The most that all suggestions together may be expected to cost, in minor units; nil for no
  /// limit.
  package var budget: Int64?
  /// The most offers for one customer.
  package var perCustomer = 1
  /// What groups of customers get at least, so that none is left out; nil for the programme's own.
  package var floors: [OfferFloor]?
  /// Whether to write nothing.
  package var dryRun = false

  /// The defaults: no budget, one offer a customer, write.
  package init() {}
}

/// What came of a run of the rules.
package struct SuggestReport: Sendable, Hashable {
  /// The date that it is as of.
  package var asOf: Day
  /// Who came through each gate, and who dropped out and why.
  package var funnel: FunnelReport
  /// Offers that are new in the queue.
  package var new: Int
  /// Offers that wait already and were refreshed or are unchanged.
  package var kept: Int
  /// Offers that left the queue because they no longer hold.
  package var withdrawn: Int
  /// Customers kept back as part of the comparison group.
  package var withheld: Int
  /// Whether nothing was written.
  package var dryRun: Bool
  /// What staff should know.
  package var notes: [String]
}

/// What an export is asked to write.
package struct ExportOptions: Sendable, Hashable {
  /// Which offers; the filter language.
  package var filter = "state = approved"
  /// The path of the file.
  package var file: String
  /// The format.
  package var format: ExportFormat
  /// Whether a file that is there may be replaced.
  package var overwrites = false
  /// Whether offers that nobody approved are written too: waiting, put off, rejected and the like.
  package var includesUnapproved = false
  /// The delimiter of a CSV file: `,`, `;` or a tab.
  package var delimiter: Character = ","
  /// Whether a CSV file begins with a byte-order mark, which Excel wants.
  package var byteOrderMark = false

  /// Approved offers to a file.
  package init(file: String, format: ExportFormat) { (self.file, self.format) = (file, format) }
}

/// The formats of an offer list.
package enum ExportFormat: String, Sendable, CaseIterable {
  case csv, json, ndjson, markdown
  /// The CSV files that services take.
  case klaviyo, mailchimp, hubspot, voucherify
  /// A page of text for each offer that is written by post or told by telephone.
  case letters

  /// Whether the delimiter and the byte-order mark count.
  package var hasDelimiter: Bool { self == .csv }
}
