package import LoyaltyModel

/// Puts rules, and what came of them, into sentences: values, comparisons and conditions here.
package struct RuleWords: Sendable {
  /// What the sentences are written with.
  let wording: Wording
  /// The currency of every amount in the rules.
  let currency: Currency

  /// Words for rules of a currency.
  package init(_ wording: Wording, _ currency: Currency) {
    (self.wording, self.currency) = (wording, currency)
  }

  /// A value of a fact as people read it; `unknown` where it is not known.
  package func value(_ value: FactValue, _ type: FactType) -> String {
    switch value {
    case .integer(let number): integer(number, type)
    case .decimal(let number): decimal(number)
    case .answer(let answer): wording[answer ? "word.yes" : "word.no"]
    case .label(let label): self.label(label, type)
    case .labels(let labels):
      labels.isEmpty ? wording["word.nothing"] : labels.joined(separator: ", ")
    case .unknown: wording["word.unknown"]
    }
  }

  /// A whole value of a type: a count, an amount or a day.
  private func integer(_ value: Int64, _ type: FactType) -> String {
    switch type {
    case .money: wording.display.plainAmount(value, currency)
    case .date: wording.day(Day(number: Int32(clamping: value)))
    default: String(value)
    }
  }

  private func decimal(_ value: Double) -> String {
    wording.display.pointed(Words.decimal(value))
  }

  /// A label; only those of a closed list are words of the program.
  private func label(_ label: String, _ type: FactType) -> String {
    guard case .choice(let known) = type, !known.isEmpty else { return label }
    return wording.texts.value(label)
  }

  /// The values that something is compared with, one text each.
  private func operand(_ operand: Operand, _ type: FactType) -> [String] {
    switch operand {
    case .nothing: []
    case .integer(let value): [integer(value, type)]
    case .integers(let low, let high): [low, high].map { integer($0, type) }
    case .integerList(let values): values.map(String.init)
    case .decimal(let value): [decimal(value)]
    case .decimals(let low, let high): [decimal(low), decimal(high)]
    case .answer(let answer): [wording[answer ? "word.yes" : "word.no"]]
    case .labels(let labels): labels.map { label($0, type) }
    case .span(let span): [wording.span(span)]
    }
  }

  /// Texts joined by a word: `new or repeat`.
  func joined(_ texts: [String], _ word: String) -> String {
    texts.joined(separator: " \(wording[word]) ")
  }
}

// MARK: Conditions

extension RuleWords {
  /// A comparison as it follows its subject: `is one of new, repeat`; `is at least 15.00`.
  package func comparison(_ comparison: Comparison, _ type: FactType) -> String {
    let values = operand(comparison.operand, type)
    let list =
      comparison.comparator == .between
      ? joined(values, "word.and") : values.joined(separator: ", ")
    return wording(
      Self.key(comparison.comparator, alone: values.count == 1), ["value": list + unit(type)])
  }

  private static func key(_ comparator: Comparator, alone: Bool) -> String {
    switch comparator {
    case .equals: "compare.is"
    case .oneOf where alone: "compare.is"
    case .differs: "compare.is-not"
    case .noneOf where alone: "compare.is-not"
    default: "compare.\(comparator.rawValue.replacing(" ", with: "-"))"
    }
  }

  /// A comparator alone: `at least`.
  package func words(_ comparator: Comparator) -> String {
    wording["comparator.\(comparator.rawValue.replacing(" ", with: "-"))"]
  }

  private func unit(_ type: FactType) -> String {
    switch type {
    case .count(let unit) where unit == "days" || unit == "years":
      " " + wording.texts.unit(unit)
    default: ""
    }
  }

  /// One comparison as a sentence without its end: `lifecycle stage is one of new, repeat`.
  package func leaf(_ condition: Condition) -> String {
    switch condition {
    case .fact(let test):
      wording.texts.label(test.fact) + " " + comparison(test.comparison, test.fact.type)
    case .list(let test): list(test)
    case .search(let text): wording("condition.search", ["text": text])
    case .all, .any, .noneOf: sentence(condition)
    }
  }

  private func list(_ test: ListTest) -> String {
    let tail = test.comparison.map { " " + comparison($0, test.type) } ?? ""
    let name = wording.texts.list(test.list)
    let what =
      test.filter.map {
        wording("condition.where", ["list": name, "condition": sentence($0)])
      } ?? name
    func measured(_ key: String, _ field: Fact) -> String {
      wording(key, ["field": wording.texts.label(field), "what": what, "tail": tail])
    }
    switch test.measure {
    case .count: return wording("condition.count", ["what": what, "tail": tail])
    case .sum(let field): return measured("condition.sum", field)
    case .least(let field): return measured("condition.least", field)
    case .most(let field): return measured("condition.most", field)
    case .distinct(let field): return measured("condition.distinct", field)
    case .some: return wording("condition.some", ["what": what])
    case .every:
      guard let filter = test.filter else { return wording("condition.every", ["what": name]) }
      return wording("condition.every-fits", ["list": name, "condition": sentence(filter)])
    }
  }

  /// A whole condition as one sentence without its end.
  package func sentence(_ condition: Condition) -> String {
    func joined(_ parts: [Condition], _ word: String) -> String {
      self.joined(
        parts.map { part in
          let text = sentence(part)
          return part.parts.count > 1 && !part.isLeaf ? "(\(text))" : text
        }, word)
    }
    switch condition {
    case .all(let parts):
      return parts.isEmpty ? wording["condition.always"] : joined(parts, "word.and")
    case .any(let parts):
      return parts.isEmpty ? wording["condition.never"] : joined(parts, "word.or")
    case .noneOf(let parts):
      return wording("condition.not", ["parts": joined(parts, "word.or")])
    case .fact, .list, .search: return leaf(condition)
    }
  }
}

extension Wording {
  /// A stretch of time: `90 days`.
  package func span(_ span: TimeSpan) -> String {
    self("span.\(span.unit.rawValue)", count: span.count, ["n": String(span.count)])
  }
}
