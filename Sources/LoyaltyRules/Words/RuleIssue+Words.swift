package import LoyaltyModel
import TextFormats

// What is wrong with a rule, in words: the one place for them.

extension RuleIssue {
  /// Place, path, cause and remedy in one line.
  ///
  /// `low-mid.json:8:32 /when/all/1/is  "atleast" is no comparison. Did you mean "at least"?`
  package func description(_ wording: Wording) -> String {
    let message = message(wording)
    return wording(
      "issue.place",
      [
        "place": position.map { "\(file):\($0)" } ?? file,
        "path": pointer.tokens.isEmpty ? "" : " \(pointer)",
        "message": severity == .warning
          ? wording("issue.warning", ["message": message]) : message,
      ])
  }

  /// Cause and remedy, without the place.
  package func message(_ wording: Wording) -> String { cause.message(wording) }
}

extension RuleIssue.Cause {
  /// Cause and remedy.
  package func message(_ wording: Wording) -> String {
    structure(wording) ?? condition(wording) ?? comparison(wording) ?? value(wording)
      ?? part(wording) ?? warning(wording)
  }

  private func structure(_ wording: Wording) -> String? {
    switch self {
    case .syntax(let cause, let earlier):
      cause.message(wording, earlier: earlier?.description ?? "")
    case .unsupportedFormat(let text):
      wording("issue.format", ["text": quoted(text), "format": RuleReader.format])
    case .unknownKey(let key, let nearest, let known):
      wording.meant(wording("issue.unknown-key", ["key": quoted(key)]), nearest, known)
    case .missingKey(let key, .always): wording("issue.missing-key", ["key": quoted(key)])
    case .missingKey(let key, .benefit): wording("issue.missing-benefit", ["key": quoted(key)])
    case .missingKey(let key, .audience):
      wording("issue.missing-audience", ["key": quoted(key)])
    case .wrongKind(let expected, let found):
      wording(
        "issue.wrong-kind", ["expected": expected.words(wording), "found": found.noun(wording)])
    case .emptyText: wording["issue.empty-text"]
    case .emptyList: wording["issue.empty-list"]
    case .unknownWord(let word, let nearest, let known):
      wording.meant(wording("issue.unknown-word", ["word": quoted(word)]), nearest, known)
    default: nil
    }
  }

  private func condition(_ wording: Wording) -> String? {
    switch self {
    case .conditionShape: wording["issue.condition-shape"]
    case .severalShapes(let shapes):
      wording(
        "issue.several-shapes",
        ["shapes": shapes.map(quoted).joined(separator: " \(wording["word.and"]) ")])
    case .unknownFact(let name, let nearest):
      wording.nearestFact(wording("issue.unknown-fact", ["name": quoted(name)]), nearest)
    case .unknownList(let name, let nearest, let known):
      wording.meant(wording("issue.unknown-list", ["name": quoted(name)]), nearest, known)
    case .unknownField(let name, let list, let nearest):
      wording.nearestFact(
        wording("issue.unknown-field", ["list": list, "name": quoted(name)]), nearest)
    case .fieldMissing(let measure, let list):
      wording("issue.field-missing", ["measure": quoted(measure), "list": list])
    case .fieldCannotBeMeasured(let field, let measure):
      wording("issue.field-unmeasured", ["measure": quoted(measure), "field": field])
    case .listWithinList(let shape):
      wording("issue.list-in-list", ["shape": quoted(shape)])
    case .textInRule(let name): wording("issue.text-in-rule", ["name": name])
    default: nil
    }
  }

  private func comparison(_ wording: Wording) -> String? {
    switch self {
    case .unknownComparison(let word, let nearest):
      wording.meant(
        wording("issue.unknown-comparison", ["word": quoted(word)]), nearest,
        Comparator.allCases.map(\.rawValue))
    case .unfitComparison(let comparator, let fact, let fitting):
      wording(
        "issue.unfit-comparison",
        [
          "fact": fact, "word": quoted(comparator.rawValue),
          "known": fitting.map { quoted($0.rawValue) }.joined(separator: ", "),
        ])
    case .missingValue(let comparator):
      wording("issue.missing-value", ["word": quoted(comparator.rawValue)])
    case .needlessValue(let comparator):
      wording("issue.needless-value", ["word": quoted(comparator.rawValue)])
    case .tooDeep(let limit): wording("issue.too-deep", ["n": String(limit)])
    case .tooManyLeaves(let count, let limit):
      wording("issue.too-many", ["n": String(count), "limit": String(limit)])
    case .neverTogether(let test, let other, let line, let currency):
      wording(
        "issue.never-together",
        [
          "fact": test.fact.id, "line": String(line),
          "asks": RuleWords(wording, currency).comparison(test.comparison, test.fact.type),
          "other": RuleWords(wording, currency).comparison(other, test.fact.type),
        ])
    case .moveContradicted(let from, let line, let asks):
      wording(
        "issue.move-contradicted",
        ["from": quoted(from), "line": String(line), "asks": quoted(asks)])
    case .alwaysExcepted(let line):
      wording("issue.always-excepted", ["line": String(line)])
    default: nil
    }
  }

  private func value(_ wording: Wording) -> String? {
    switch self {
    case .outsideProbability(let name, let text, let likely):
      wording.perhaps(
        wording("issue.probability", ["name": name, "text": text]), likely)
    case .moneyUnquoted(let name, let likely):
      wording("issue.money-unquoted", ["name": name, "likely": quoted(likely)])
    case .notMoney(let text, let digits):
      wording(
        "issue.not-money",
        [
          "text": quoted(text), "digits": String(digits),
          "example": quoted(digits > 0 ? "15." + String(repeating: "0", count: digits) : "15"),
        ])
    case .notDay(let text): wording("issue.not-day", ["text": quoted(text)])
    case .notSpan(let text): wording("issue.not-span", ["text": quoted(text)])
    case .notWhole(let name, let text):
      wording("issue.not-whole", ["name": name, "text": text])
    case .outsideRange(let name, let text, let low, .some(let high)):
      wording("issue.outside", ["name": name, "low": low, "high": high, "text": text])
    case .outsideRange(let name, let text, let low, .none):
      wording("issue.too-little", ["name": name, "low": low, "text": text])
    case .rangeShape: wording["issue.range-shape"]
    case .reversedRange(let low, let high):
      wording("issue.reversed-range", ["high": high, "low": low])
    case .unknownLabel(let text, let fact, let nearest, let known):
      wording.meant(
        wording("issue.unknown-label", ["fact": fact, "text": quoted(text)]), nearest, known)
    default: nil
    }
  }

  private func part(_ wording: Wording) -> String? {
    switch self {
    case .identifier(let text): wording("issue.identifier", ["text": quoted(text)])
    case .windowReversed(let from, let until):
      wording(
        "issue.window-reversed", ["until": until, "from": from])
    case .moveNotUp(let from, let to):
      wording("issue.move-not-up", ["from": quoted(from), "to": quoted(to)])
    case .gainWithoutMove: wording["issue.gain-without-move"]
    case .statedWithoutAmount: wording["issue.stated-without-amount"]
    case .needlessTerm(let key, let other):
      wording("issue.needless-term", ["key": quoted(key), "other": quoted(other)])
    case .termsMissing(let kind): wording("issue.terms-missing", ["kind": kind.rawValue])
    case .termsUnfit(let key, let kind):
      wording("issue.terms-unfit", ["kind": quoted(kind.rawValue), "key": quoted(key)])
    case .notMoneyFact(let name): wording("issue.not-money-fact", ["name": name])
    case .unknownPlaceholder(let name, let nearest):
      wording.nearestFact(wording("issue.placeholder", ["name": "{\(name)}"]), nearest)
    case .unclosedPlaceholder: wording("issue.unclosed-placeholder", ["brace": "{"])
    case .duplicateTest(let name): wording("issue.duplicate-test", ["name": quoted(name)])
    case .pointerNowhere(let text): wording("issue.pointer-nowhere", ["text": quoted(text)])
    default: nil
    }
  }

  private func warning(_ wording: Wording) -> String {
    switch self {
    case .noTests: wording["issue.no-tests"]
    case .discountAboveMargin(let percent, let margin):
      wording(
        "issue.discount-above-margin",
        ["percent": "\(percent)", "margin": wording.display.pointed(margin)])
    case .amountAboveMargin(let amount, let margin, let count):
      wording(
        "issue.amount-above-margin",
        [
          "amount": wording.display.pointed(amount),
          "margin": wording.display.pointed(margin), "n": "\(count)",
        ])
    case .duplicateRule(let id, let other):
      wording("issue.duplicate-rule", ["id": quoted(id), "other": other])
    case .otherPrice(let other, let count):
      wording("issue.other-price", ["n": String(count), "other": other])
    case .matchesNobody(let id): wording("issue.matches-nobody", ["rule": id])
    case .windowOver(let until): wording("issue.window-over", ["until": wording.day(until)])
    case .unknownTemplate(let name, let nearest, let kind, let known):
      wording.meant(
        wording(
          "issue.unknown-template",
          ["name": quoted(name), "kind": wording.texts.value(kind.rawValue)]), nearest, known)
    case .unknownCampaign, .campaignOver, .campaignApart: campaign(wording)
    default: crowding(wording)
    }
  }

  /// What is doubtful about the campaign of a rule.
  private func campaign(_ wording: Wording) -> String {
    switch self {
    case .unknownCampaign(let name, let nearest?):
      wording("issue.unknown-campaign.nearest", ["name": quoted(name), "nearest": quoted(nearest)])
    case .unknownCampaign(let name, nil):
      wording("issue.unknown-campaign", ["name": quoted(name)])
    case .campaignOver(let name, let until):
      wording("issue.campaign-over", ["name": quoted(name), "until": wording.day(until)])
    case .campaignApart(let name, let dates, let window):
      wording(
        "issue.campaign-apart",
        [
          "name": quoted(name), "dates": wording.dates(dates), "window": wording.dates(window),
        ])
    default: ""
    }
  }

  /// What is doubtful about whom a rule reaches.
  private func crowding(_ wording: Wording) -> String {
    switch self {
    case .alwaysOvertaken(let count, let others):
      wording("issue.always-overtaken", ["n": "\(count)", "others": either(others, wording)])
    case .mostlyOvertaken(let count, let share, let others, let left):
      wording(
        "issue.mostly-overtaken",
        [
          "share": wording.display.pointed(share), "n": "\(count)",
          "others": either(others, wording), "left": "\(left)",
        ])
    case .benefitFalls(let percent, let cohort, let other, let more, let lower):
      wording(
        "issue.benefit-falls",
        [
          "percent": "\(percent)", "cohort": wording.texts.value(cohort), "other": other,
          "lower": wording.texts.value(lower), "more": "\(more)",
        ])
    case .bulkOffer(let count, let share, let limit):
      wording(
        "issue.bulk-offer",
        [
          "n": "\(count)", "share": wording.display.pointed(share),
          "limit": wording.display.pointed(limit),
        ])
    default: ""
    }
  }

  private func either(_ names: [String], _ wording: Wording) -> String {
    names.joined(separator: " \(wording["word.or"]) ")
  }
}

private func quoted(_ text: String) -> String { "\"\(SafeText.shown(text, limit: 60))\"" }

extension Wording {
  /// A message with the word that was probably meant, or else those that are possible.
  fileprivate func meant(_ message: String, _ nearest: String?, _ known: [String]) -> String {
    if let nearest { return perhaps(message, quoted(nearest)) }
    let known = known.map { "\"\($0)\"" }.joined(separator: ", ")
    return self("issue.possible", ["message": message, "known": known])
  }

  /// A message with what was probably meant, where that is known.
  func perhaps(_ message: String, _ nearest: String?) -> String {
    nearest.map { self("issue.meant", ["message": message, "nearest": $0]) } ?? message
  }

  fileprivate func nearestFact(_ message: String, _ nearest: String?) -> String {
    nearest.map { self("issue.nearest-fact", ["message": message, "nearest": $0]) }
      ?? self("issue.all-facts", ["message": message])
  }
}

extension RuleIssue.Expectation {
  fileprivate func words(_ wording: Wording) -> String {
    switch self {
    case .object: wording("issue.kind.object", ["braces": "{ }"])
    case .list: wording["issue.kind.list"]
    case .text: wording["issue.kind.text"]
    case .number: wording["issue.kind.number"]
    case .answer: wording["issue.kind.answer"]
    case .wholeNumber: wording["issue.kind.whole-number"]
    case .money: wording["issue.kind.money"]
    case .day: wording["issue.kind.day"]
    case .span: wording["issue.kind.span"]
    case .label: wording["issue.kind.label"]
    }
  }
}

extension JSONKind {
  fileprivate func noun(_ wording: Wording) -> String {
    switch self {
    case .null: wording["issue.found.null"]
    case .bool: wording["issue.found.bool"]
    case .number: wording["issue.found.number"]
    case .string: wording["issue.found.string"]
    case .array: wording["issue.found.array"]
    case .object: wording["issue.found.object"]
    }
  }
}
