package import LoyaltyModel
import LoyaltyRules
import TextFormats

/// What a check of a rule's file found.
package struct RuleCheck: Sendable, Hashable {
  /// One mistake or warning.
  package struct Issue: Sendable, Hashable {
    /// Whether it keeps the rule from working.
    package var isError: Bool
    /// The line and the column in the file, from 1; nil where it has no place there.
    package var line: Int?
    /// See ``line``.
    package var column: Int?
    /// The JSON pointer to the value that it is about; empty for the whole rule.
    package var pointer: String
    /// What is wrong and what to do, in words.
    package var message: String
    /// The same with its place, as a line for people.
    package var text: String
  }

  /// The file.
  package var file: String
  /// What is wrong.
  package var issues: [Issue]
  /// How many customers the rule would match; nil where that was not asked or it has mistakes.
  package var matched: Int?
  /// Whom it would reach, in words; empty where that is not known.
  package var reach: [String]

  /// Mistakes that keep the rule from working.
  package var errors: Int { issues.count(where: \.isError) }
  /// Every mistake and warning in words, with its place, then whom the rule would reach.
  package var messages: [String] { issues.map(\.text) + reach }
}

extension RuleCheck.Issue {
  init(_ issue: RuleIssue, _ wording: Wording) {
    isError = issue.severity == .error
    (line, column) = (issue.position?.line, issue.position?.column)
    pointer = issue.pointer.description
    (message, text) = (issue.message(wording), issue.description(wording))
  }
}

/// A rule in plain sentences.
package struct RuleDescription: Sendable, Hashable {
  /// The rule's identifier.
  package var rule: String
  /// Its version.
  package var version: Int
  /// Its title.
  package var title: String
  /// Whether it is active, paused or a draft, as the file says.
  package var status: String
  /// Its priority.
  package var priority: Int
  /// Whom it matches on the date, were it active; nil without customers.
  package var matched: Int?
  /// The date.
  package var asOf: Day
  /// The sentences.
  package var lines: [String]
}

/// Why a rule does, or does not, match a customer.
package struct RuleAnswer: Sendable, Hashable {
  /// A comparison that decided it.
  package struct Ground: Sendable, Hashable {
    /// The JSON pointer to it in the rule.
    package var pointer: String
    /// Whether it holds; nil where a fact that would decide it is unknown.
    package var holds: Bool?
    /// The comparison with what it saw, in words.
    package var text: String
  }

  /// The rule's identifier.
  package var rule: String
  /// The customer's identifier.
  package var customer: String
  /// The date.
  package var asOf: Day
  /// What the rule says of the customer: `match`, `no match`, `excluded` or `unknown`.
  package var outcome: String
  /// The comparisons that decided it.
  package var grounds: [Ground]
  /// All of it as lines for people, with what became of every rule that matches the customer.
  package var lines: [String]
}
