import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// What was computed and still holds.
struct Memo {
  var analyses: [(key: AnalysisKey, analysis: Analysis)] = []
  /// Rules as they were read, by file and text.
  var rules: [RuleFile: RuleReading] = [:]
  /// The most analyses that are kept: the present one and one to compare it with.
  static let most = 2
}

/// What figures depend on.
struct AnalysisKey: Hashable {
  let asOf: Day
  let programme: Programme
  /// The imports that are in force.
  let batches: [Int]
}

/// All figures as of a date, with the tables that they were made of.
struct Analysis: Sendable {
  let customers: CustomerTable
  let purchases: PurchaseTable
  let programme: Programme
  let figures: CustomerAnalysis
  /// The facts that filters read; without the list of offers, which changes with every decision.
  let facts: FactTable

  var asOf: Day { figures.asOf }
}
