package import LoyaltyModel
package import TextFormats

/// Something that is wrong, or doubtful, in a rule file.
///
/// It says where and what; its words are made by ``message(_:)``.
package struct RuleIssue: Error, Sendable, Hashable {
  /// How bad it is.
  package enum Severity: String, Sendable {
    /// The rule cannot be used.
    case error
    /// The rule works, but look again.
    case warning
  }

  /// How bad it is.
  package var severity: Severity
  /// The file, as it was named to the reader.
  package var file: String
  /// The place, where there is one.
  package var position: SourcePosition?
  /// The path to the value, such as `/when/all/1/is`.
  package var pointer: JSONPointer
  /// What is wrong.
  package var cause: Cause

  /// An issue at a place.
  package init(
    _ severity: Severity = .error, file: String, position: SourcePosition?, pointer: JSONPointer,
    cause: Cause
  ) {
    (self.severity, self.file, self.position) = (severity, file, position)
    (self.pointer, self.cause) = (pointer, cause)
  }

  /// An issue of a text that is no JSON.
  init(_ error: JSONSyntaxError, in bytes: [UInt8], file: String) {
    let source = SourceText(bytes)
    self.init(
      file: file, position: source.position(at: error.offset), pointer: JSONPointer(),
      cause: .syntax(error.cause, earlier: error.reference.map { source.position(at: $0) }))
  }

  /// The issue with its place in the file's text, where it has none: that of the value that its
  /// pointer leads to, or of the nearest thing around it.
  package func placed(in document: JSONDocument) -> RuleIssue {
    guard position == nil else { return self }
    var issue = self
    var tokens = pointer.tokens[...]
    while true {
      if let node = document.node(at: JSONPointer(Array(tokens))) {
        issue.position = document.position(of: node)
        return issue
      }
      if tokens.popLast() == nil { return issue }
    }
  }

  /// What can be wrong.
  package enum Cause: Sendable, Hashable {
    // The file.
    /// A breach of the grammar, and the earlier place that it is about.
    case syntax(JSONSyntaxError.Cause, earlier: SourcePosition?)
    case unsupportedFormat(String)
    // Keys and kinds.
    case unknownKey(String, nearest: String?, known: [String])
    case missingKey(String, Purpose)
    case wrongKind(expected: Expectation, found: JSONKind)
    case emptyText
    case emptyList
    case unknownWord(String, nearest: String?, known: [String])
    // Conditions.
    case conditionShape
    case severalShapes([String])
    case unknownFact(String, nearest: String?)
    case unknownList(String, nearest: String?, known: [String])
    case unknownField(String, list: String, nearest: String?)
    case fieldMissing(measure: String, list: String)
    case fieldCannotBeMeasured(String, measure: String)
    case listWithinList(String)
    case textInRule(String)
    case unknownComparison(String, nearest: String?)
    case unfitComparison(Comparator, fact: String, fitting: [Comparator])
    case missingValue(Comparator)
    case needlessValue(Comparator)
    case tooDeep(limit: Int)
    case tooManyLeaves(Int, limit: Int)
    case neverTogether(FactTest, other: Comparison, line: Int, Currency)
    case moveContradicted(from: String, line: Int, asks: String)
    case alwaysExcepted(line: Int)
    // Values.
    case outsideProbability(name: String, text: String, likely: String?)
    case moneyUnquoted(name: String, likely: String)
    case notMoney(String, digits: Int)
    case notDay(String)
    case notSpan(String)
    case notWhole(name: String, text: String)
    case outsideRange(name: String, text: String, low: String, high: String?)
    case rangeShape
    case reversedRange(low: String, high: String)
    case unknownLabel(String, fact: String, nearest: String?, known: [String])
    // The parts of a rule.
    case identifier(String)
    case windowReversed(from: String, until: String)
    case moveNotUp(from: String, to: String)
    case gainWithoutMove
    case statedWithoutAmount
    case needlessTerm(String, with: String)
    case termsMissing(OfferKind)
    case termsUnfit(key: String, OfferKind)
    case notMoneyFact(String)
    case unknownPlaceholder(String, nearest: String?)
    case unclosedPlaceholder
    // Tests.
    case duplicateTest(String)
    case pointerNowhere(String)
    // Warnings.
    case noTests
    case discountAboveMargin(percent: Int, margin: String)
    case amountAboveMargin(amount: String, margin: String, count: Int)
    case duplicateRule(String, otherFile: String)
    case alwaysOvertaken(count: Int, by: [String])
    case mostlyOvertaken(count: Int, share: String, by: [String], left: Int)
    case benefitFalls(percent: Int, cohort: String, other: String, more: Int, lower: String)
    case bulkOffer(count: Int, share: String, limit: String)
    case otherPrice(other: String, count: Int)
    case matchesNobody(String)
    case windowOver(until: Day)
    case unknownTemplate(String, nearest: String?, OfferKind, known: [String])
    case unknownCampaign(String, nearest: String?)
    case campaignOver(String, until: Day)
    case campaignApart(String, dates: RuleWindow, window: RuleWindow)
  }

  /// What a missing key is for.
  package enum Purpose: Sendable, Hashable {
    /// Every rule has it.
    case always
    /// Both sides must have something from it.
    case benefit
    /// A rule says whom it is for.
    case audience
  }

  /// What stands where something else was expected.
  package enum Expectation: Sendable, Hashable {
    case object, list, text, number, answer, wholeNumber, money, day, span, label
  }
}

extension [RuleIssue] {
  /// The issues by their places; those at one place stay in the order in which they were found.
  package var byPlace: [RuleIssue] {
    enumerated().sorted { left, right in
      switch (left.element.position, right.element.position) {
      case (let first?, let second?) where first != second: first < second
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}

/// A rule file as it was read: the rule where it can be used, and all that is wrong with it.
package struct RuleReading: Sendable {
  /// The rule; nil when there are errors.
  package var rule: Rule?
  /// Errors and warnings, in the order of the file.
  package var issues: [RuleIssue]

  /// The outcome of reading a file.
  package init(rule: Rule?, issues: [RuleIssue]) { (self.rule, self.issues) = (rule, issues) }
}
