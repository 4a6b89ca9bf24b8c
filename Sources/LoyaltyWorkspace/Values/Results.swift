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
  /// The first and last purchase day in the file.
  package var firstDay: Day?
  /// See ``firstDay``.
  package var lastDay: Day?
  /// The file of the rows that could not be used, where there are any.
  package var rejectedFile: String?
  /// The first rejected rows in words: line and reason.
  package var rejections: [String]
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
  /// What hinders the import, or should be known, in words.
  package var notes: [String]
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
  /// Its offers that wait or were approved.
  package var offers: Int
  /// Mistakes found in it.
  package var problems: Int

  /// Whether it takes part.
  package var isActive: Bool { status == "active" }
}

/// What a check of a rule's file found.
package struct RuleCheck: Sendable, Hashable {
  /// The file.
  package var file: String
  /// Mistakes that keep the rule from working.
  package var errors: Int
  /// Every mistake and warning in words, with its place.
  package var messages: [String]
}

/// The result of one test inside a rule.
package struct RuleTestOutcome: Sendable, Hashable {
  /// The rule.
  package var rule: String
  /// Whether it came out as expected.
  package var passed: Bool
  /// What was expected and what came, in words.
  package var text: String
}
