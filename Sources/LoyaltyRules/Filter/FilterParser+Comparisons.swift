import LoyaltyModel

extension FilterParser {
  /// What stands between a fact and its value.
  private enum Sign: Equatable {
    case equals, differs, more, atLeast, less, atMost, colon, inList, notInList
    case comparator(Comparator)

    var typed: String {
      switch self {
      case .equals: "="
      case .differs: "!="
      case .more: ">"
      case .atLeast: ">="
      case .less: "<"
      case .atMost: "<="
      case .colon: ":"
      case .inList: "in"
      case .notInList: "not in"
      case .comparator(let comparator): comparator.rawValue
      }
    }
  }

  private static let signs: [String: Sign] = [
    "=": .equals, "!=": .differs, ">": .more, ">=": .atLeast, "<": .less, "<=": .atMost,
    ":": .colon,
  ]

  /// The comparators of several words before those of one, so that `at least` is not cut.
  private static let wordComparators = Comparator.allCases
    .filter { $0 != .equals && $0 != .differs }
    .map { (comparator: $0, words: $0.rawValue.split(separator: " ").map(String.init)) }
    .enumerated().sorted {
      ($1.element.words.count, $0.offset) < ($0.element.words.count, $1.offset)
    }
    .map(\.element)

  /// The comparison that follows a fact.
  mutating func comparison(of fact: Fact) throws(FilterIssue) -> Condition {
    let start = next
    guard let sign = sign() else {
      if case .yesNo = fact.type {
        let answer = peek?.keyword.flatMap(answer) ?? nil
        if answer != nil { next += 1 }
        return .fact(FactTest(fact: fact, comparison: Comparison(answer == false ? .no : .yes)))
      }
      throw issueHere(.expectedComparison(fact: fact.id, found: peek?.shown))
    }
    let comparator = Self.comparator(sign, fact.type)
    guard let comparator, Comparator.fitting(fact.type).contains(comparator) else {
      let fitting = Self.fitting(fact.type)
      throw issue(
        .unfitComparison(sign.typed, fact: fact.id, fitting: fitting), at: tokens[start])
    }
    var operand = try operand(comparator, sign, of: fact)
    // "After a day" and "up to a day" are the neighbours of what rules can say.
    if case .date = fact.type, case .integer(let day) = operand, sign == .more || sign == .atMost {
      operand = .integer(day + 1)
    }
    return .fact(FactTest(fact: fact, comparison: Comparison(comparator, operand)))
  }

  private mutating func sign() -> Sign? {
    if let token = peek, case .sign(let text) = token.kind, let sign = Self.signs[text] {
      next += 1
      return sign
    }
    if take(words: ["not", "in"]) || take(words: ["is", "not", "in"]) { return .notInList }
    if take(keyword: "in") || take(words: ["is", "in"]) { return .inList }
    if take(words: ["is", "not", "known"]) { return .comparator(.isUnknown) }
    let hasIs = take(keyword: "is")
    for (comparator, words) in Self.wordComparators where take(words: words) {
      return .comparator(comparator)
    }
    guard hasIs else { return nil }
    return take(keyword: "not") ? .differs : .equals
  }

  private static func comparator(_ sign: Sign, _ type: FactType) -> Comparator? {
    let isSet = type == .set
    let isDate = type == .date
    switch sign {
    case .comparator(let comparator): return comparator
    case .equals, .colon: return isSet ? .hasAnyOf : .equals
    case .differs: return isSet ? .hasNoneOf : .differs
    case .inList: return isSet ? .hasAnyOf : .oneOf
    case .notInList: return isSet ? .hasNoneOf : .noneOf
    case .more: return isDate ? .onOrAfter : .moreThan
    case .atLeast: return isDate ? .onOrAfter : .atLeast
    case .less: return isDate ? .before : .lessThan
    case .atMost: return isDate ? .before : .atMost
    }
  }

  static func fitting(_ type: FactType) -> [String] {
    switch type {
    case .choice, .text: ["=", "!=", "in", "not in", "known", "unknown"]
    case .set: [":", "in", "has all of", "has none of"]
    case .yesNo: ["yes", "no", "known", "unknown"]
    case .date: ["=", "<", ">=", "between", "within last", "known", "unknown"]
    default: ["=", "!=", "<", "<=", ">", ">=", "between", "known", "unknown"]
    }
  }

  // MARK: Values

  private mutating func operand(
    _ comparator: Comparator, _ sign: Sign, of fact: Fact
  ) throws(FilterIssue) -> Operand {
    switch comparator {
    case .isKnown, .isUnknown, .yes, .no: return .nothing
    case .withinLast, .notWithinLast: return .span(try span(of: fact))
    case .between: return try range(of: fact)
    case .oneOf, .noneOf, .hasAnyOf, .hasAllOf, .hasNoneOf:
      let isSingle = sign == .equals || sign == .differs || sign == .colon
      return try list(of: fact, isSingle: isSingle)
    default: return try value(of: fact)
    }
  }

  private mutating func list(
    of fact: Fact, isSingle: Bool
  ) throws(FilterIssue) -> Operand {
    var values: [Operand] = []
    if isSingle {
      values.append(try value(of: fact))
    } else {
      guard take(sign: "(") else { throw issueHere(.expectedList) }
      repeat { values.append(try value(of: fact)) } while take(sign: ",")
      guard take(sign: ")") else { throw issueHere(.expectedList) }
    }
    var (numbers, labels): ([Int64], [String]) = ([], [])
    for value in values {
      if case .integer(let number) = value { numbers.append(number) }
      if case .labels(let some) = value { labels += some }
    }
    return numbers.isEmpty ? .labels(labels) : .integerList(numbers)
  }

  private mutating func range(of fact: Fact) throws(FilterIssue) -> Operand {
    let start = next
    let low = try value(of: fact)
    guard take(keyword: "and") else { throw issueHere(.expectedAnd) }
    let high = try value(of: fact)
    let texts = [low, high].flatMap { Words.operand($0, type: fact.type, currency: currency) }
    let (operand, isReversed): (Operand, Bool)
    switch (low, high) {
    case (.integer(let first), .integer(let last)):
      (operand, isReversed) = (.integers(first, last), first > last)
    case (.decimal(let first), .decimal(let last)):
      (operand, isReversed) = (.decimals(first, last), first > last)
    default: throw issue(.expectedValue(fact: fact.id), at: tokens[start])
    }
    guard !isReversed else {
      let cause = FilterIssue.Cause.reversedRange(low: texts.first ?? "", high: texts.last ?? "")
      throw issue(cause, at: tokens[start])
    }
    return operand
  }

  private mutating func span(of fact: Fact) throws(FilterIssue) -> TimeSpan {
    guard let count = peek, let number = count.text else {
      throw issueHere(.expectedValue(fact: fact.id))
    }
    next += 1
    if let span = TimeSpan(number) { return span }
    guard let unit = peek?.keyword else { throw issue(.notSpan(number), at: count) }
    guard let span = TimeSpan("\(number) \(unit)") else {
      throw issue(.notSpan("\(number) \(unit)"), at: count)
    }
    next += 1
    return span
  }

  private mutating func value(of fact: Fact) throws(FilterIssue) -> Operand {
    guard let token = peek, let text = token.text, !["and", "or"].contains(token.keyword) else {
      throw issueHere(.expectedValue(fact: fact.id))
    }
    switch fact.type {
    case .choice(let known) where !known.isEmpty: return try label(fact, known)
    case .date: return .integer(Int64(try day(fact).number))
    default: next += 1
    }
    return try value(text, token, of: fact)
  }

  private func value(
    _ text: String, _ token: FilterToken, of fact: Fact
  ) throws(FilterIssue) -> Operand {
    switch fact.type {
    case .count where fact.id == "offer":
      guard let number = Int(text) ?? offerOfCode(text) else {
        throw issue(.notOffer(text), at: token)
      }
      return .integer(Int64(number))
    case .count:
      guard let number = Int32(text) else { throw issue(.notWhole(text, fact: fact.id), at: token) }
      return .integer(Int64(number))
    case .money:
      guard let amount = currency.minorUnits(decimalText: text) else {
        throw issue(.notMoney(text, fact: fact.id, digits: currency.digits), at: token)
      }
      return .integer(amount)
    case .number:
      guard let number = Double(text), number.isFinite else {
        throw issue(.notNumber(text, fact: fact.id), at: token)
      }
      return .decimal(number)
    case .probability: return .decimal(try probability(text, token, of: fact))
    case .yesNo:
      guard let answer = answer(text) else {
        throw issue(.notAnswer(text, fact: fact.id), at: token)
      }
      return .answer(answer)
    // Days, of several words at times, were read before.
    case .choice, .set, .text, .date: return .labels([text])
    }
  }

  private func answer(_ text: String) -> Bool? {
    switch words.word(written: text, among: ["yes", "true", "no", "false"]) {
    case "yes", "true": true
    case "no", "false": false
    default: nil
    }
  }

  private func probability(
    _ text: String, _ token: FilterToken, of fact: Fact
  ) throws(FilterIssue) -> Double {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text) else {
      throw issue(.notNumber(text, fact: fact.id), at: token)
    }
    let share = isPercent ? number / 100 : number
    guard (0...1).contains(share) else {
      let likely = share > 1 && share <= 100 ? Words.decimal(share / 100) : nil
      throw issue(.notProbability(text, fact: fact.id, likely: likely), at: token)
    }
    return share
  }

  /// A day, which may have blanks without quotes: `last_purchase < 31 Dec 2026`.
  ///
  /// What could be one of two days is none, whatever the language: a saved filter means one thing.
  private mutating func day(_ fact: Fact) throws(FilterIssue) -> Day {
    let start = next
    for length in [3, 1] where start + length <= tokens.count {
      let parts = tokens[start..<(start + length)].compactMap(\.text)
      guard parts.count == length else { continue }
      let text = parts.joined(separator: " ")
      if let day = Day(reading: text) ?? words.day(inWords: text) {
        next += length
        return day
      }
    }
    let token = tokens[start]
    throw issue(.notDay(token.shown, fact: fact.id), at: token)
  }

  /// A label of a closed list, which may have blanks without quotes: `stage = at risk`.
  private mutating func label(_ fact: Fact, _ known: [String]) throws(FilterIssue) -> Operand {
    let start = next
    for length in [3, 2, 1] where start + length <= tokens.count {
      let words = tokens[start..<(start + length)].compactMap(\.text)
      guard words.count == length else { continue }
      let text = words.joined(separator: " ")
      if let label = self.words.word(written: text, among: known) {
        next += length
        return .labels([label])
      }
    }
    let text = tokens[start].shown
    let nearest = Nearest.word(to: text, among: known)
    var issue = issue(
      .unknownLabel(text, fact: fact.id, nearest: nearest, known: known), at: tokens[start])
    let rest = tokens[start...].map(\.shown).joined(separator: " ")
    issue.isBegun = words.hasWord(beginning: rest, among: known)
    throw issue
  }
}
