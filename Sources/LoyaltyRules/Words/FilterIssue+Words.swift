import TextFormats

// What is wrong with a filter, in words: the one place for them.

extension FilterIssue: CustomStringConvertible {
  /// The message, the filter and a caret under the place, on three lines.
  package var description: String { "\(message)\n\(marked)" }

  /// The filter and, below it, carets under the place.
  package var marked: String {
    let carets = String(repeating: "^", count: max(1, range.count))
    return SafeText.shown(text) + "\n" + String(repeating: " ", count: range.lowerBound) + carets
  }

  /// Cause and remedy in one line.
  package var message: String {
    switch cause {
    case .unclosedQuote: "The closing quote is missing."
    case .unclosedParenthesis: "This parenthesis is not closed."
    case .expectedCondition(.some(let found)):
      "Expected a fact or a word to search for, found \(quoted(found))."
    case .expectedCondition(.none): "Something is missing here: a fact or a word to search for."
    case .unexpected(let text): "\(quoted(text)) does not belong here."
    case .unknownFact(let name, let nearest):
      "No fact \(quoted(name)). " + (nearest.map { "Nearest: \($0)." } ?? "See the list of facts.")
    case .expectedComparison(let fact, let found):
      "How is \(fact) to be compared? Write a sign such as = or >="
        + (found.map { " before \(quoted($0))." } ?? ".")
    case .unfitComparison(let sign, let fact, let fitting):
      "\(fact) cannot be compared with \(quoted(sign)). Possible: "
        + fitting.joined(separator: " · ") + "."
    case .expectedAnd: "\"between\" needs two values: between 1 and 5."
    case .expectedList: "Expected a list in parentheses: (new, repeat)."
    case .unknownSaved(let name, let nearest):
      "No filter is saved as \(quoted(name))."
        + (nearest.map { " Did you mean \(quoted($0))?" } ?? "")
    case .brokenSaved(let name, let reason):
      "The filter saved as \(quoted(name)) cannot be read: \(reason)"
    case .savedCircle(let names):
      "The filter saved as \(quoted(names.first ?? "")) names itself: "
        + names.map { SafeText.shown($0, limit: 60) }.joined(separator: " > ") + "."
    case .tooManySaved(let limit):
      "The saved filters name each other more than \(limit) times. Write some of them out shorter."
    case .tooDeep(let limit): "Nested too deeply: at most \(limit) levels."
    default: valueMessage
    }
  }

  private var valueMessage: String {
    switch cause {
    case .expectedValue(let fact): "What is \(fact) compared with? A value is missing here."
    case .notNumber(let text, let fact): "\(fact) is a number; \(quoted(text)) is none."
    case .notWhole(let text, let fact): "\(fact) is a whole number; \(quoted(text)) is none."
    case .notProbability(let text, let fact, let likely):
      "\(fact) is a probability, 0 to 1; \(text) is outside."
        + (likely.map { " Did you mean \($0)?" } ?? "")
    case .notMoney(let text, let fact, let digits):
      "\(fact) is money; write \(quoted(text)) plainly with at most \(digits) decimals."
    case .notDay(let text, let fact):
      "\(fact) is a date; write \(quoted(text)) as 2026-07-01."
    case .notSpan(let text):
      "\(quoted(text)) is no stretch of time; write 90 days, 2 weeks, 12 months or 1 year."
    case .notAnswer(let text, let fact): "\(fact) is yes or no; \(quoted(text)) is neither."
    case .unknownLabel(let text, let fact, let nearest, let known):
      "\(fact) is never \(quoted(text)). "
        + (nearest.map { "Did you mean \(quoted($0))?" }
          ?? "Possible: \(known.joined(separator: ", ")).")
    case .reversedRange(let low, let high):
      "The range is the wrong way round: write between \(high) and \(low)."
    default: ""
    }
  }

  private func quoted(_ text: String) -> String { "\"\(SafeText.shown(text, limit: 60))\"" }
}
