package import LoyaltyModel
import TextFormats

// What is wrong with a filter, in words: the one place for them.

extension FilterIssue {
  /// The message, the filter and a caret under the place, on three lines.
  package func description(_ wording: Wording) -> String { "\(message(wording))\n\(marked)" }

  /// The filter and, below it, carets under the place.
  package var marked: String {
    let carets = String(repeating: "^", count: max(1, range.count))
    return SafeText.shown(text) + "\n" + String(repeating: " ", count: range.lowerBound) + carets
  }

  /// Cause and remedy in one line.
  package func message(_ wording: Wording) -> String {
    switch cause {
    case .unclosedQuote: wording["filter.unclosed-quote"]
    case .unclosedParenthesis: wording["filter.unclosed-parenthesis"]
    case .expectedCondition(.some(let found)):
      wording("filter.expected", ["text": quoted(found)])
    case .expectedCondition(.none): wording["filter.missing"]
    case .unexpected(let text): wording("filter.unexpected", ["text": quoted(text)])
    case .unknownFact(let name, .some(let nearest)):
      wording("filter.unknown-fact.nearest", ["name": quoted(name), "nearest": nearest])
    case .unknownFact(let name, .none):
      wording("filter.unknown-fact", ["name": quoted(name)])
    case .expectedComparison(let fact, .some(let found)):
      wording("filter.comparison.before", ["fact": fact, "text": quoted(found)])
    case .expectedComparison(let fact, .none): wording("filter.comparison", ["fact": fact])
    case .unfitComparison(let sign, let fact, let fitting):
      wording(
        "filter.unfit-comparison",
        ["fact": fact, "sign": quoted(sign), "known": fitting.joined(separator: " · ")])
    case .expectedAnd: wording["filter.and"]
    case .expectedList: wording["filter.list"]
    case .unknownSaved(let name, let nearest):
      wording.perhaps(
        wording("filter.unknown-saved", ["name": quoted(name)]), nearest.map(quoted))
    case .brokenSaved(let name, let cause):
      wording("filter.broken-saved", ["name": quoted(name), "reason": cause.message(wording)])
    case .savedCircle(let names):
      wording(
        "filter.saved-circle",
        [
          "name": quoted(names.first ?? ""),
          "way": names.map { SafeText.shown($0, limit: 60) }.joined(separator: " > "),
        ])
    case .tooManySaved(let limit): wording("filter.too-many-saved", ["n": String(limit)])
    case .tooDeep(let limit): wording("filter.too-deep", ["n": String(limit)])
    default: value(wording)
    }
  }

  private func value(_ wording: Wording) -> String {
    switch cause {
    case .expectedValue(let fact): wording("filter.value", ["fact": fact])
    case .notOffer(let text): wording("filter.not-offer", ["text": quoted(text)])
    case .notNumber(let text, let fact):
      wording("filter.not-number", ["fact": fact, "text": quoted(text)])
    case .notWhole(let text, let fact):
      wording("filter.not-whole", ["fact": fact, "text": quoted(text)])
    case .notProbability(let text, let fact, let likely):
      wording.perhaps(
        wording("filter.not-probability", ["fact": fact, "text": text]), likely)
    case .notMoney(let text, let fact, let digits):
      wording(
        "filter.not-money", ["fact": fact, "text": quoted(text), "digits": String(digits)])
    case .notDay(let text, let fact):
      wording("filter.not-day", ["fact": fact, "text": quoted(text)])
    case .notSpan(let text): wording("filter.not-span", ["text": quoted(text)])
    case .notAnswer(let text, let fact):
      wording("filter.not-answer", ["fact": fact, "text": quoted(text)])
    case .unknownLabel(let text, let fact, let nearest, let known):
      unknownLabel(
        wording("filter.unknown-label", ["fact": fact, "text": quoted(text)]),
        nearest, known, wording)
    case .reversedRange(let low, let high):
      wording("filter.reversed-range", ["high": high, "low": low])
    default: ""
    }
  }

  private func unknownLabel(
    _ message: String, _ nearest: String?, _ known: [String], _ wording: Wording
  ) -> String {
    let texts = wording.texts
    if let nearest { return wording.perhaps(message, quoted(texts.value(nearest))) }
    return wording(
      "issue.possible",
      ["message": message, "known": known.map(texts.value).joined(separator: ", ")])
  }

  private func quoted(_ text: String) -> String { "\"\(SafeText.shown(text, limit: 60))\"" }
}
