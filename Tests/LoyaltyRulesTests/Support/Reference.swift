import LoyaltyModel

@testable import LoyaltyRules

/// A plain reference for the column evaluator: one customer after the other, one entry after the
/// other, by the words of the definitions.
///
/// Where it is doubtful which entries count, every combination is tried, and the measure is known as
/// the range of what came out; so lists must be short.
struct Reference {
  let facts: FactTable

  func answer(_ condition: Condition, row: Int) -> Truth {
    switch condition {
    case .all(let parts): return parts.map { answer($0, row: row) }.min(by: less) ?? .yes
    case .any(let parts): return parts.map { answer($0, row: row) }.max(by: less) ?? .no
    case .noneOf(let parts): return answer(.any(parts), row: row).negated
    case .fact(let test): return leaf(test, facts.columns[test.fact.id], row)
    case .list(let test): return list(test, row)
    case .search(let text):
      let found = ["id", "name", "email"].contains { name in
        guard case .text(let texts)? = facts.columns[name] else { return false }
        return texts[row].lowercased().contains(text.lowercased())
      }
      return Truth(found)
    }
  }

  private func less(_ left: Truth, _ right: Truth) -> Bool { left.rawValue < right.rawValue }

  private func leaf(_ test: FactTest, _ column: FactColumn?, _ row: Int) -> Truth {
    let seen = column.map { value($0, row) } ?? FactValue.unknown
    return compare(seen, test.comparison)
  }

  private func value(_ column: FactColumn, _ row: Int) -> FactValue {
    switch column {
    case .int32(let values): values[row] == .min ? .unknown : .integer(Int64(values[row]))
    case .int64(let values): values[row] == .min ? .unknown : .integer(values[row])
    case .double(let values): values[row].isNaN ? .unknown : .decimal(values[row])
    case .yesNo(let values): values[row] == 2 ? .unknown : .answer(values[row] == 1)
    case .choice(let values, let labels):
      values[row] == .max ? .unknown : .label(labels.labels[Int(values[row])])
    case .set(let offsets, let members, let labels):
      .labels(
        (offsets[row]..<offsets[row + 1]).map { labels.labels[Int(members[Int($0)])] })
    case .text(let texts): texts.isEmpty(row) ? .unknown : .label(texts[row])
    }
  }

  private func compare(_ value: FactValue, _ comparison: Comparison) -> Truth {
    switch comparison.comparator {
    case .isKnown: return Truth(value != .unknown)
    case .isUnknown: return Truth(value == .unknown)
    default: break
    }
    switch value {
    case .unknown: return .unknown
    case .integer(let number): return Truth(compare(number, comparison))
    case .decimal(let number): return Truth(compare(number, comparison))
    case .answer(let answer):
      switch (comparison.comparator, comparison.operand) {
      case (.yes, _): return Truth(answer)
      case (.no, _): return Truth(!answer)
      case (.equals, .answer(let wanted)): return Truth(answer == wanted)
      case (.differs, .answer(let wanted)): return Truth(answer != wanted)
      default: return .unknown
      }
    case .label(let label): return Truth(compare([label], comparison))
    case .labels(let labels): return Truth(compare(labels, comparison))
    }
  }

  private func compare(_ value: Int64, _ comparison: Comparison) -> Bool {
    switch (comparison.comparator, comparison.operand) {
    case (.equals, .integer(let other)), (.exactly, .integer(let other)): value == other
    case (.differs, .integer(let other)): value != other
    case (.moreThan, .integer(let other)): value > other
    case (.atLeast, .integer(let other)), (.onOrAfter, .integer(let other)): value >= other
    case (.lessThan, .integer(let other)), (.before, .integer(let other)): value < other
    case (.atMost, .integer(let other)): value <= other
    case (.between, .integers(let low, let high)): low <= value && value <= high
    case (.oneOf, .integerList(let list)): list.contains(value)
    case (.noneOf, .integerList(let list)): !list.contains(value)
    case (.withinLast, .span(let span)): isWithin(value, span)
    case (.notWithinLast, .span(let span)): !isWithin(value, span)
    default: preconditionFailure("no comparison of whole numbers: \(comparison)")
    }
  }

  private func isWithin(_ day: Int64, _ span: TimeSpan) -> Bool {
    let first =
      switch span.unit {
      case .days: facts.asOf - span.count
      case .weeks: facts.asOf - 7 * span.count
      case .months: facts.asOf.adding(months: -span.count)
      case .years: facts.asOf.adding(months: -12 * span.count)
      }
    return Int64(first.number) < day && day <= Int64(facts.asOf.number)
  }

  private func compare(_ value: Double, _ comparison: Comparison) -> Bool {
    switch (comparison.comparator, comparison.operand) {
    case (.equals, .decimal(let other)), (.exactly, .decimal(let other)): value == other
    case (.differs, .decimal(let other)): value != other
    case (.moreThan, .decimal(let other)): value > other
    case (.atLeast, .decimal(let other)): value >= other
    case (.lessThan, .decimal(let other)): value < other
    case (.atMost, .decimal(let other)): value <= other
    case (.between, .decimals(let low, let high)): low <= value && value <= high
    default: preconditionFailure("no comparison of numbers: \(comparison)")
    }
  }

  private func compare(_ labels: [String], _ comparison: Comparison) -> Bool {
    guard case .labels(let wanted) = comparison.operand else {
      preconditionFailure("no comparison of labels: \(comparison)")
    }
    switch comparison.comparator {
    case .equals, .oneOf, .hasAnyOf: return labels.contains(where: wanted.contains)
    case .differs, .noneOf, .hasNoneOf: return !labels.contains(where: wanted.contains)
    case .hasAllOf: return wanted.allSatisfy(labels.contains)
    default: preconditionFailure("no comparison of labels: \(comparison)")
    }
  }

  // MARK: Lists

  private func list(_ test: ListTest, _ row: Int) -> Truth {
    let list = facts.lists[test.list]
    let entries = list.map { Array(Int($0.offsets[row])..<Int($0.offsets[row + 1])) } ?? []
    var table = FactTable(asOf: facts.asOf, count: Int(list?.offsets.last ?? 0))
    table.columns = list?.columns ?? [:]
    let inner = Reference(facts: table)
    let verdicts = entries.map { entry in
      test.filter.map { inner.answer($0, row: entry) } ?? .yes
    }
    let certain = zip(entries, verdicts).filter { $1 == .yes }.map(\.0)
    let doubtful = zip(entries, verdicts).filter { $1 == .unknown }.map(\.0)
    var outcomes: [FactValue] = []
    for choice in 0..<(1 << doubtful.count) {
      let taken = doubtful.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
      outcomes += measure(test, (certain + taken).sorted(), of: entries, table)
    }
    return judge(outcomes, test)
  }

  /// What a measure may be when exactly these entries count.
  private func measure(
    _ test: ListTest, _ taken: [Int], of entries: [Int], _ table: FactTable
  ) -> [FactValue] {
    func values(_ field: Fact) -> [FactValue] {
      taken.map { entry in
        table.columns[field.id].map { value($0, entry) } ?? FactValue.unknown
      }
    }
    switch test.measure {
    case .some: return [.answer(!taken.isEmpty)]
    case .every: return [.answer(taken.count == entries.count)]
    case .count: return [.integer(Int64(taken.count))]
    case .sum(let field): return [sum(values(field), field)]
    case .least(let field): return [extreme(values(field), by: <)]
    case .most(let field): return [extreme(values(field), by: >)]
    case .distinct(let field):
      let all = values(field)
      let known = Set(all.filter { $0 != .unknown }).count
      // Each unknown value may be one that was seen or a new one.
      let unknown = all.filter { $0 == .unknown }.count
      return (known...(known + unknown)).map { .integer(Int64($0)) }
    }
  }

  /// The answer for everything from the least to the greatest outcome.
  private func judge(_ outcomes: [FactValue], _ test: ListTest) -> Truth {
    guard let comparison = test.comparison else {
      return agreed(outcomes.map { Truth($0 == .answer(true)) })
    }
    let isKnowing = [.isKnown, .isUnknown].contains(comparison.comparator)
    if isKnowing || outcomes.contains(.unknown) {
      return agreed(outcomes.map { compare($0, comparison) })
    }
    let numbers = outcomes.map { value in
      if case .integer(let number) = value { number } else { Int64.min }
    }
    guard let low = numbers.min(), let high = numbers.max(), low > .min else { return .unknown }
    return agreed((low...high).map { compare(.integer($0), comparison) })
  }

  private func agreed(_ answers: [Truth]) -> Truth {
    answers.allSatisfy { $0 == answers.first } ? answers.first ?? .unknown : .unknown
  }

  private func sum(_ values: [FactValue], _ field: Fact) -> FactValue {
    var (whole, isDecimal, number) = (Int64(0), false, 0.0)
    if case .number = field.type { isDecimal = true }
    for value in values {
      switch value {
      case .integer(let part): whole += part
      case .decimal(let part): number += part
      default: return .unknown
      }
    }
    return isDecimal ? .decimal(number) : .integer(whole)
  }

  private func extreme(
    _ values: [FactValue], by isBefore: (Double, Double) -> Bool
  ) -> FactValue {
    func number(_ value: FactValue) -> Double? {
      switch value {
      case .integer(let number): Double(number)
      case .decimal(let number): number
      default: nil
      }
    }
    guard var best = values.first, number(best) != nil else { return .unknown }
    for value in values {
      guard let new = number(value), let old = number(best) else { return .unknown }
      if isBefore(new, old) { best = value }
    }
    return best
  }
}
