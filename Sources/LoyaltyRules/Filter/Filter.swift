package import LoyaltyModel

/// The filter language of `--where`, the filter line and saved segments, read into the same
/// ``Condition`` that rules use.
///
/// ```
/// cohort = low and stage in (new, repeat) and value_12m >= 100 and not tag:staff
/// ```
///
/// A comparison is a fact, a sign or the words of a rule's comparison, and a value. `and`, `or`, `not`
/// and parentheses join them, `and` before `or`; two comparisons side by side mean `and`. A word
/// that is no fact searches the customer's number, name and e-mail address, without regard to case
/// and accents. Words with blanks stand in quotes; a quote within them is written twice, and what
/// stands in quotes is never the name of a fact. `saved:"our regulars"` stands for a filter that was
/// saved under a name.
package enum Filter {
  /// Reads a filter.
  ///
  /// - Parameters:
  ///   - text: The filter; blank means everybody.
  ///   - catalogue: The facts that it may use.
  ///   - currency: The currency of amounts.
  ///   - saved: Filters that were given a name, by it; they may name each other, but not in a circle.
  ///   - words: In which languages the words of the data are understood, besides that of files.
  ///   - offerOfCode: The number of the offer with a code such as `C16-7QX4`; nil where there is none.
  /// - Returns: The condition; nil when the text is blank.
  /// - Throws: The first place that cannot be understood.
  package static func read(
    _ text: String, catalogue: FactCatalogue, currency: Currency, saved: [String: String] = [:],
    words: DataWords = DataWords(), offerOfCode: @escaping (String) -> Int? = { _ in nil }
  ) throws(FilterIssue) -> Condition? {
    let tokens = try FilterLexer.tokens(of: text)
    guard !tokens.isEmpty else { return nil }
    var parser = FilterParser(
      text: text, tokens: tokens, catalogue: catalogue, currency: currency,
      saved: SavedFilters(saved), words: words, offerOfCode: offerOfCode)
    return try parser.whole(depth: 1)
  }
}

/// The first place of a filter that cannot be understood; the words are made by ``message``.
package struct FilterIssue: Error, Sendable, Hashable {
  /// What is wrong.
  package enum Cause: Sendable, Hashable {
    case unclosedQuote
    case unclosedParenthesis
    case expectedCondition(found: String?)
    case unexpected(String)
    case unknownFact(String, nearest: String?)
    case expectedComparison(fact: String, found: String?)
    case unfitComparison(String, fact: String, fitting: [String])
    case expectedValue(fact: String)
    case notNumber(String, fact: String)
    case notWhole(String, fact: String)
    case notProbability(String, fact: String, likely: String?)
    case notMoney(String, fact: String, digits: Int)
    case notDay(String, fact: String)
    case notSpan(String)
    case notOffer(String)
    case notAnswer(String, fact: String)
    case unknownLabel(String, fact: String, nearest: String?, known: [String])
    case expectedAnd
    case expectedList
    case reversedRange(low: String, high: String)
    case tooDeep(limit: Int)
    case unknownSaved(String, nearest: String?)
    indirect case brokenSaved(String, FilterIssue)
    /// Saved filters by the way from one to itself.
    case savedCircle([String])
    case tooManySaved(limit: Int)
  }

  /// The filter.
  package var text: String
  /// Which characters of the filter are meant, counted from 0; empty at the end of the text.
  package var range: Range<Int>
  /// What is wrong.
  package var cause: Cause
  /// Whether a word at the place is the beginning of one that fits.
  var isBegun = false

  /// Whether it may still become right when more is typed at the end.
  package var mayBecomeRight: Bool {
    switch cause {
    case .unclosedQuote, .unclosedParenthesis: true
    case .unknownLabel: isBegun
    case .tooDeep, .savedCircle, .tooManySaved, .brokenSaved: false
    default: range.upperBound == text.count
    }
  }
}
