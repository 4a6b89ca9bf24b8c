package import LoyaltyModel
import TextFormats

/// Writes conditions: as rule files have them, and in the filter language.
package struct ConditionWriter: Sendable {
  private let currency: Currency

  /// A writer of amounts in a currency.
  package init(_ currency: Currency) { self.currency = currency }

  // MARK: As rule files have them

  /// The condition as JSON on one line.
  package func json(_ condition: Condition) -> String {
    switch condition {
    case .all(let parts): group("all", parts)
    case .any(let parts): group("any", parts)
    case .noneOf(let parts): group("none", parts)
    case .fact(let test):
      "{ \"fact\": \(quoted(test.fact.id)), \(comparison(test.comparison, test.fact.type)) }"
    case .list(let test): list(test)
    case .search(let text): "{ \"search\": \(quoted(text)) }"
    }
  }

  private func group(_ key: String, _ parts: [Condition]) -> String {
    "{ \"\(key)\": [ \(parts.map(json).joined(separator: ", ")) ] }"
  }

  private func list(_ test: ListTest) -> String {
    let name = test.measure.field.map { "\(test.list).\($0.id)" } ?? test.list
    var members = ["\(quoted(test.measure.word)): \(quoted(name))"]
    if let wanted = test.comparison { members.append(comparison(wanted, test.type)) }
    if let filter = test.filter { members.append("\"where\": \(json(filter))") }
    return "{ \(members.joined(separator: ", ")) }"
  }

  private func comparison(_ comparison: Comparison, _ type: FactType) -> String {
    let word = "\"is\": \(quoted(comparison.comparator.rawValue))"
    guard let value = value(comparison, type) else { return word }
    return "\(word), \"value\": \(value)"
  }

  private func value(_ comparison: Comparison, _ type: FactType) -> String? {
    switch comparison.operand {
    case .nothing: return nil
    case .integer(let number): return whole(number, type)
    case .integers(let low, let high): return "[\(whole(low, type)), \(whole(high, type))]"
    case .integerList(let numbers):
      return "[\(numbers.map { whole($0, type) }.joined(separator: ", "))]"
    case .decimal(let number): return decimal(number)
    case .decimals(let low, let high): return "[\(decimal(low)), \(decimal(high))]"
    case .answer(let answer): return answer ? "true" : "false"
    case .labels(let labels):
      let isSingle = comparison.comparator == .equals || comparison.comparator == .differs
      return isSingle
        ? quoted(labels.first ?? "") : "[\(labels.map(quoted).joined(separator: ", "))]"
    case .span(let span): return quoted(span.description)
    }
  }

  private func whole(_ number: Int64, _ type: FactType) -> String {
    let text = Words.integer(number, type: type, currency: currency)
    switch type {
    case .money, .date: return quoted(text)
    default: return text
    }
  }

  private func decimal(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : "\(number)"
  }

  private func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

// MARK: In the filter language

extension ConditionWriter {
  /// The condition as a filter; nil where the filter language cannot say it: counts over lists.
  package func filter(_ condition: Condition) -> String? {
    switch condition {
    case .all(let parts): return joined(parts, "and") { $0.readsAsAlternatives }
    case .any(let parts): return joined(parts, "or") { _ in false }
    case .noneOf(let parts):
      guard let inner = joined(parts, "or", { _ in false }) else { return nil }
      return parts.count == 1 && parts[0].isLeaf ? "not \(inner)" : "not (\(inner))"
    case .fact(let test): return filter(test)
    // In quotes, because a bare word may be the name of a fact.
    case .search(let text): return quotation(text)
    case .list: return nil
    }
  }

  private func joined(
    _ parts: [Condition], _ word: String, _ needsParentheses: (Condition) -> Bool
  ) -> String? {
    var texts: [String] = []
    for part in parts {
      guard let text = filter(part) else { return nil }
      texts.append(needsParentheses(part) ? "(\(text))" : text)
    }
    return texts.isEmpty ? nil : texts.joined(separator: " \(word) ")
  }

  private func filter(_ test: FactTest) -> String {
    let (comparison, type) = (test.comparison, test.fact.type)
    let values = Words.operand(comparison.operand, type: type, currency: currency).map(word)
    let list = "(\(values.joined(separator: ", ")))"
    let first = values.first ?? ""
    let tail =
      switch comparison.comparator {
      case .equals, .exactly: "= \(first)"
      case .differs: "!= \(first)"
      case .moreThan: "> \(first)"
      case .atLeast, .onOrAfter: ">= \(first)"
      case .lessThan, .before: "< \(first)"
      case .atMost: "<= \(first)"
      case .between: "between \(values.joined(separator: " and "))"
      case .oneOf, .hasAnyOf: "in \(list)"
      case .noneOf, .hasNoneOf: "not in \(list)"
      case .hasAllOf: "has all of \(list)"
      case .withinLast, .notWithinLast:
        "\(comparison.comparator.rawValue) \(span(comparison.operand))"
      case .isKnown, .isUnknown, .yes, .no: comparison.comparator.rawValue
      }
    return "\(test.fact.id) \(tail)"
  }

  private func span(_ operand: Operand) -> String {
    if case .span(let span) = operand { span.description } else { "" }
  }

  /// A word, in quotes unless it is plain.
  private func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".unicodeScalars.contains($0)
      } && !["and", "or", "not", "in", "is"].contains(text.lowercased())
    return isPlain ? text : quotation(text)
  }

  private func quotation(_ text: String) -> String {
    "\"\(text.map { $0 == "\"" ? "\"\"" : String($0) }.joined())\""
  }
}

extension Condition {
  /// Whether its filter is joined by "or": a group of one part reads as its part.
  fileprivate var readsAsAlternatives: Bool {
    switch self {
    case .any(let parts) where parts.count > 1: true
    case .all(let parts) where parts.count == 1: parts[0].readsAsAlternatives
    case .any(let parts) where parts.count == 1: parts[0].readsAsAlternatives
    default: false
    }
  }
}
