package import LoyaltyModel

/// What came of an import.
package struct ImportReport: Sendable, Hashable {
  /// The file that was read.
  package var file: String
  /// The profile that it was read with.
  package var profile: String
  /// What was counted.
  package var counts: ImportCounts
  /// Customers that the programme has now.
  package var customers: Int
  /// Whether its rows are sales: then what it changed are customers, and no rows.
  package var isOfSales: Bool
  /// Customers who were known before and are known better by it.
  package var changedCustomers = 0
  /// The first and last purchase day in the file.
  package var firstDay: Day?
  /// See ``firstDay``.
  package var lastDay: Day?
  /// The file of the rows that could not be used, where there are any.
  package var rejectedFile: String?
  /// The first rejected rows in words: line and reason.
  package var rejections: [String]
  /// What speaks for taking the import back, or against it where nothing was written: sales that
  /// may count twice.
  package var cautions: [String] = []
  /// What staff should know, such as a day on which data seems to end.
  package var notes: [String]
  /// Whether nothing was written.
  package var dryRun: Bool
  /// The number of the import, where one was written.
  package var batch: Int?
  /// Whether anything was written, be it an import or what came of offers, so that undo takes it
  /// back.
  package var isWritten = false

  /// Whether there were rows and none of them could be used.
  package var isUnusable: Bool { counts.read > 0 && counts.rejected == counts.read }
}

extension ImportReport {
  /// Rows that changed something that was known; with the new, unchanged and rejected ones they are
  /// what was read.
  package var changedRows: Int { isOfSales ? 0 : counts.changed }

  /// Rejected rows that ``rejections`` does not tell.
  package var untoldRejections: Int { counts.rejected - rejections.count }
}

/// A file that was imported before, and whose sales would be taken for others by another reading.
package struct ImportRepeat: Sendable, Hashable {
  /// The file.
  package var file: String
  /// When it was imported; nil where the log does not say.
  package var time: Timestamp?
  /// The event that an undo takes back; nil where the log does not say.
  package var event: Int?
  /// How many of its sales would be new.
  package var purchases: Int
}

/// What a file is, before anything is written: its first rows and how they would be read.
package struct ImportPreview: Sendable, Hashable {
  /// The file.
  package var file: String
  /// The profile that would be used, or nil when none fits.
  package var profile: String?
  /// The columns' names.
  package var columns: [String]
  /// The first rows, field by field.
  package var rows: [[String]]
  /// Which column gives which field: pairs of field and column.
  package var mapping: [MappedColumn]
  /// What speaks against bringing the file in so: rows that would be rejected, or count twice.
  package var cautions: [String] = []
  /// What hinders the import, or should be known, in words.
  package var notes: [String]
  /// What the columns' names suggest, where nobody said what they mean and no profile fits: the
  /// columns that were found, of which some may be missing.
  package var proposal: [MappedColumn] = []

  /// What the file leaves open, so that its rows would be rejected.
  package var questions: [ImportQuestion] = []

  /// Whether the file can be brought in as proposed; then ``mapping`` is the proposal.
  package var isProposed: Bool { !proposal.isEmpty && profile != nil }
}

/// What a file may leave open; the examples are harmless to show.
package enum ImportQuestion: Sendable, Hashable {
  /// Whether the day or the month comes first in dates such as the example.
  case dates(example: String)
  /// Which sign stands before the decimals of amounts such as the example.
  case decimals(example: String)
}

/// A field of the programme and the file's column that gives it.
package struct MappedColumn: Sendable, Hashable {
  /// The field, such as `amount`.
  package var field: String
  /// The column's name.
  package var column: String

  /// A pair.
  package init(field: String, column: String) { (self.field, self.column) = (field, column) }
}

/// What an import is asked to do.
package struct ImportRequest: Sendable, Hashable {
  /// The profile, or nil to recognise it by the header.
  package var profile: String?
  /// Columns picked by hand.
  package var mapping: [MappedColumn] = []
  /// Which sign stands before the decimals of amounts, where it is not to be told from the file.
  package var decimals: DecimalSign?
  /// Whether the day comes before the month, where that is not to be told from the file.
  package var dayFirst: Bool?
  /// Whether to write nothing.
  package var dryRun = false
  /// Whether the very bytes of an earlier import may come in anew, read otherwise.
  package var again = false
  /// What happens to a known customer whose file entry differs: replace, or keep what is there.
  package var replacesKnown = true

  /// The defaults: recognise the profile, write, and replace.
  package init() {}
}

/// The sign before the decimals of an amount.
package enum DecimalSign: String, Sendable, CaseIterable {
  case point, comma
}

/// What a decision does to an offer.
package enum Verdict: Sendable, Hashable {
  /// Accept it.
  case approve
  /// Decline it, with a reason.
  case reject(reason: String)
  /// Put it off until a day.
  case snooze(until: Day)
  /// Put it back into the queue.
  case reopen
}

/// What was done and can be taken back, in words.
package struct Receipt: Sendable, Hashable {
  /// What was done, in words.
  package var text: String
  /// The sequence numbers of the events that it made.
  package var events: [Int]
  /// The offers that changed.
  package var offers: [Int]
  /// The imports that were taken back, or done again.
  package var imports: [Int] = []
}

/// What came of an export.
package struct ExportReport: Sendable, Hashable {
  /// The file that was written.
  package var file: String
  /// The format.
  package var format: String
  /// Offers written.
  package var written: Int
  /// Approved offers that were written and are now exported.
  package var moved: Int
  /// Whether what was written has all run out by today, as in a demo.
  package var hasRunOut: Bool
  /// Offers that were kept back, with the reason of each.
  package var keptBack: [KeptBack]
}

/// An offer that an export kept back, and why.
package struct KeptBack: Sendable, Hashable {
  /// The offer.
  package var offer: Int
  /// The customer.
  package var customer: String
  /// Why, in words.
  package var reason: String
  /// Whether only the approval is missing.
  package var isUnapproved = false
}

/// The first rows of what an export would write.
package struct ExportPreview: Sendable, Hashable {
  /// The columns' names.
  package var columns: [String]
  /// The first rows, field by field.
  package var rows: [[String]]
  /// How many offers would be written.
  package var total: Int
  /// How many of them are approved, and become exported by it; the others went out before, or
  /// nobody approved them.
  package var approved: Int
  /// Whether they have all run out by today, as in a demo.
  package var hasRunOut: Bool
  /// Offers that would be kept back, with the reason of each.
  package var keptBack: [KeptBack]
}

/// One rule as a list shows it.
package struct RuleLine: Sendable, Hashable {
  /// The file within the store's folder of rules.
  package var file: String
  /// The identifier; the file's name when it cannot be read.
  package var id: String
  /// The version number.
  package var version: Int
  /// The title.
  package var title: String
  /// Whether it takes part: active, draft or paused; `broken` when it cannot be read.
  package var status: String
  /// Higher goes first.
  package var priority: Int
  /// Its offers that wait for a decision.
  package var offers: Int
  /// Its offers that were used.
  package var used: Int
  /// Its offers that ran out unused after they went out.
  package var unused: Int
  /// Mistakes found in it.
  package var problems: Int

  /// Whether it takes part.
  package var isActive: Bool { status == "active" }
}

/// The result of one test inside a rule.
package struct RuleTestOutcome: Sendable, Hashable {
  /// The rule; of a file that cannot be read its name.
  package var rule: String
  /// The name of the test; empty where the file cannot be read.
  package var test: String
  /// Whether it came out as expected.
  package var passed: Bool
  /// What was expected and what came, in words.
  package var text: String
}
