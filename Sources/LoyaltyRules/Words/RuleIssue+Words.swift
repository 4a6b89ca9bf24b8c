import LoyaltyModel
import TextFormats

// What is wrong with a rule, in words: the one place for them.

extension RuleIssue: CustomStringConvertible {
  /// Place, path, cause and remedy in one line.
  ///
  /// `low-mid.json:8:32 /when/all/1/is  "atleast" is no comparison. Did you mean "at least"?`
  package var description: String {
    let place = position.map { "\(file):\($0)" } ?? file
    let path = pointer.tokens.isEmpty ? "" : " \(pointer)"
    let word = severity == .warning ? "warning: " : ""
    return "\(place)\(path)  \(word)\(message)"
  }

  /// Cause and remedy, without the place.
  package var message: String { cause.message }
}

extension RuleIssue.Cause {
  /// Cause and remedy.
  package var message: String {
    structureMessage ?? conditionMessage ?? valueMessage ?? partMessage
  }

  private var structureMessage: String? {
    switch self {
    case .syntax(let message): message
    case .unsupportedFormat(let text):
      "\(quoted(text)) is no rule format. Write \"\(RuleReader.format)\"."
    case .unknownKey(let key, let nearest, let known):
      "Nothing is called \(quoted(key)) here. \(meant(nearest, known))"
    case .missingKey(let key, .always): "\(quoted(key)) is missing. Add it to this object."
    case .missingKey(let key, .benefit):
      "\(quoted(key)) is missing: say what the customer and what the business has from this."
    case .missingKey(let key, .audience):
      "\(quoted(key)) is missing: say whom it is for, \"customer\" (buys) or \"consumer\" (uses)."
    case .wrongKind(let expected, let found): "Expected \(expected.words), found \(found.noun)."
    case .emptyText: "This text is empty. Write something or remove the key."
    case .emptyList: "This list is empty. Put something in or remove it."
    case .unknownWord(let word, let nearest, let known):
      "\(quoted(word)) is not possible here. \(meant(nearest, known))"
    default: nil
    }
  }

  private var conditionMessage: String? {
    switch self {
    case .conditionShape:
      "This is no condition. Write \"fact\", \"count\", \"sum\", \"min\", \"max\", \"distinct\", "
        + "\"some\", \"every\", \"all\", \"any\" or \"none\"."
    case .severalShapes(let shapes):
      "This says \(shapes.map(quoted).joined(separator: " and ")) at once. "
        + "Write one condition for each, within \"all\"."
    case .unknownFact(let name, let nearest):
      "No fact \(quoted(name)). \(nearestFact(nearest))"
    case .unknownList(let name, let nearest, let known):
      "No list \(quoted(name)). \(meant(nearest, known))"
    case .unknownField(let name, let list, let nearest):
      "An entry of \(list) has no \(quoted(name)). \(nearestFact(nearest))"
    case .fieldMissing(let measure, let list):
      "\(quoted(measure)) of what? Name the field: \"of\": \"amount\", or \"\(list).amount\"."
    case .fieldCannotBeMeasured(let field, let measure):
      "\(quoted(measure)) cannot be taken of \(field). Use another field."
    case .listWithinList(let shape):
      "\(quoted(shape)) cannot stand within \"where\": an entry has no lists of its own."
    case .textInRule(let name):
      "\(name) is for searching; rules cannot compare it. Use a tag or another fact."
    case .unknownComparison(let word, let nearest):
      "\(quoted(word)) is no comparison. \(meant(nearest, Comparator.allCases.map(\.rawValue)))"
    case .unfitComparison(let comparator, let fact, let fitting):
      "\(fact) cannot be compared with \(quoted(comparator.rawValue)). "
        + "Possible: \(fitting.map { quoted($0.rawValue) }.joined(separator: ", "))."
    case .missingValue(let comparator):
      "\(quoted(comparator.rawValue)) needs a \"value\"."
    case .needlessValue(let comparator):
      "\(quoted(comparator.rawValue)) stands alone. Remove \"value\"."
    case .tooDeep(let limit): "Conditions may nest \(limit) deep, this is deeper. Split the rule."
    case .tooManyLeaves(let count, let limit):
      "\(count) comparisons; a rule may have \(limit). Split the rule."
    case .neverTogether(let fact, let asks, let line, let other):
      "This can never match: \(fact) \(asks) here, but \(other) on line \(line)."
    case .moveContradicted(let from, let line, let asks):
      "This can never match: the move starts from \(quoted(from)) (line \(line)), "
        + "this asks for cohort \(quoted(asks))."
    default: nil
    }
  }

  private var valueMessage: String? {
    switch self {
    case .outsideProbability(let name, let text, let likely):
      "\(name) is a probability, 0 to 1; \(text) is outside."
        + (likely.map { " Did you mean \($0)?" } ?? "")
    case .moneyUnquoted(let name, let likely):
      "\(name) is money: write \(quoted(likely)) in quotes."
    case .notMoney(let text, let digits):
      "\(quoted(text)) is no amount. Write it plainly with at most \(digits) decimals, "
        + "such as \(quoted(digits > 0 ? "15." + String(repeating: "0", count: digits) : "15"))."
    case .notDay(let text):
      "\(quoted(text)) is no day of the calendar. Write it as \"2026-07-01\"."
    case .notSpan(let text):
      "\(quoted(text)) is no stretch of time. Write it as \"90 days\", \"2 weeks\", "
        + "\"12 months\" or \"1 year\"."
    case .notWhole(let name, let text): "\(name) is a whole number; \(text) is not."
    case .outsideRange(let name, let text, let low, .some(let high)):
      "\(name) goes from \(low) to \(high); \(text) is outside."
    case .outsideRange(let name, let text, let low, .none):
      "\(name) is at least \(low); \(text) is less."
    case .rangeShape: "\"between\" needs two values: [lowest, highest]."
    case .reversedRange(let low, let high):
      "The range is the wrong way round. Write [\(high), \(low)]."
    case .unknownLabel(let text, let fact, let nearest, let known):
      "\(fact) is never \(quoted(text)). \(meant(nearest, known))"
    default: nil
    }
  }

  private var partMessage: String {
    switch self {
    case .identifier(let text):
      "\(quoted(text)) cannot be an id. Use small letters, digits, \".\", \"-\", \"_\"; at most 60."
    case .windowReversed(let from, let until):
      "The window ends (\(until)) before it begins (\(from)). Exchange the two."
    case .moveNotUp(let from, let to):
      "A move leads upward; \(quoted(from)) is not below \(quoted(to))."
    case .gainWithoutMove:
      "\"clv-gain\" is the gain of a move between cohorts, but there is no \"move\". "
        + "Add one, or use \"year-at-risk\", \"next-basket\", \"stated\" or \"nothing\"."
    case .statedWithoutAmount: "\"stated\" needs an \"amount\": what a response is worth."
    case .needlessTerm(let key, let other):
      "\(quoted(key)) means nothing together with \(quoted(other)). Remove one of them."
    case .termsMissing(let kind):
      "A \(kind.rawValue) needs \"percent\" or \"amount\"."
    case .termsUnfit(let key, let kind):
      "\(quoted(kind.rawValue)) lowers no price. Remove \(quoted(key)), or make it a \"discount\"."
    case .notMoneyFact(let name):
      "\(name) is no money. Use one that is, such as average_basket."
    case .unknownPlaceholder(let name, let nearest):
      "No fact or count {\(name)} in this rule. \(nearestFact(nearest))"
    case .unclosedPlaceholder: "A \"{\" has no \"}\" after it."
    case .duplicateTest(let name): "Another test is called \(quoted(name)) already. Rename one."
    case .pointerNowhere(let text):
      "\(quoted(text)) leads to no condition of this rule. Write a path such as \"/when/all/0\"."
    default: warningMessage
    }
  }

  private var warningMessage: String {
    switch self {
    case .noTests: "This rule has no tests. Add one that matches and one that does not."
    case .discountAboveMargin(let percent, let margin):
      "\(percent) % off is more than the margin of \(margin): each sale would lose money."
    case .amountAboveMargin(let amount, let margin, let count):
      "\(amount) off is more than the margin of \(margin) of the basket for \(count) who match: "
        + "each such sale would lose money. Lower it, or let it hold from a bigger basket."
    case .duplicateRule(let id, let other): "\(quoted(id)) is in \(other) too. Rename one."
    case .alwaysOvertaken(let count, let others):
      "All \(count) who match also match \(others.joined(separator: " or ")) (same group, higher "
        + "priority): it will never be chosen. Narrow the other, or raise this one's priority."
    case .mostlyOvertaken(let count, let share, let others, let left):
      "\(share) of the \(count) who match also match \(others.joined(separator: " or ")) (same group, "
        + "higher priority): \(left) are left to it."
    case .benefitFalls(let percent, let cohort, let other, let more, let lower):
      "\(percent) % off for \(cohort), but \(other) gives \(lower) \(more) %: who is worth more "
        + "should not get less. Raise this one or lower the other."
    case .bulkOffer(let count, let share, let limit):
      "It would reach \(count) of the high cohort, \(share) of it (more than \(limit)): they buy "
        + "without a discount. Narrow the conditions, or offer something without a price."
    case .otherPrice(let other, let count):
      "\(count) who match would get the same offer from \(other) at another price through other "
        + "channels. Give both the same terms, or exclude one group."
    case .matchesNobody: "It matches nobody at present."
    default: campaignMessage
    }
  }

  private var campaignMessage: String {
    switch self {
    case .unknownCampaign(let name, let nearest?):
      "There is no campaign \(quoted(name)), so it has no dates, branches or budget. "
        + "\(meant(nearest, [])) Else make it: ladder campaigns set \(quoted(name)) --budget 500"
    case .unknownCampaign(let name, nil):
      "There is no campaign \(quoted(name)), so it has no dates, branches or budget. Make it: "
        + "ladder campaigns set \(quoted(name)) --from 2026-07-01 --to 2026-09-30 --budget 500"
    case .campaignOver(let name, let until):
      "The campaign \(quoted(name)) ended on \(until): this rule offers nothing. Give the campaign "
        + "another last day, or the rule another campaign."
    case .campaignApart(let name, let dates, let window):
      "The campaign \(quoted(name)) runs \(dates), this rule \(window): it can never offer anything. "
        + "Let the dates meet."
    default: ""
    }
  }
}

private func quoted(_ text: String) -> String { "\"\(SafeText.shown(text, limit: 60))\"" }

private func meant(_ nearest: String?, _ known: [String]) -> String {
  if let nearest { return "Did you mean \(quoted(nearest))?" }
  return "Possible: \(known.map { "\"\($0)\"" }.joined(separator: ", "))."
}

private func nearestFact(_ nearest: String?) -> String {
  nearest.map { "Nearest: \($0)." } ?? "The manual lists all facts."
}

extension RuleIssue.Expectation {
  fileprivate var words: String {
    switch self {
    case .object: "an object in { }"
    case .list: "a list in [ ]"
    case .text: "text in quotes"
    case .number: "a number without quotes"
    case .answer: "true or false"
    case .wholeNumber: "a whole number without quotes"
    case .money: "an amount in quotes such as \"15.00\""
    case .day: "a day in quotes such as \"2026-07-01\""
    case .span: "a stretch of time in quotes such as \"90 days\""
    case .label: "a word in quotes"
    }
  }
}

extension JSONKind {
  fileprivate var noun: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
