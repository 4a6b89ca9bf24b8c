import LoyaltyModel
import TextFormats

// MARK: Values of facts

extension RuleReader {
  mutating func money(_ node: JSONNode, _ pointer: JSONPointer, name: String) -> Int64? {
    switch node.value {
    case .string(let text):
      if let amount = currency.minorUnits(decimalText: text) { return amount }
      tell(.notMoney(text, digits: currency.digits), at: node, pointer)
    case .number(let text):
      let likely = node.double.map { Words.money(fromMajor: $0, currency) } ?? text
      tell(.moneyUnquoted(name: name, likely: likely), at: node, pointer)
    default: tell(.wrongKind(expected: .money, found: node.kind), at: node, pointer)
    }
    return nil
  }

  mutating func probability(_ node: JSONNode, _ pointer: JSONPointer, name: String) -> Double? {
    guard let number = node.double, let text = node.numberText else {
      tell(.wrongKind(expected: .number, found: node.kind), at: node, pointer)
      return nil
    }
    guard (0...1).contains(number) else {
      // Somebody who writes 55 means percent.
      let likely = number > 1 && number <= 100 ? Words.decimal(number / 100) : nil
      tell(.outsideProbability(name: name, text: text, likely: likely), at: node, pointer)
      return nil
    }
    return number
  }

  mutating func day(_ node: JSONNode, _ pointer: JSONPointer) -> Day? {
    guard let text = node.string else {
      tell(.wrongKind(expected: .day, found: node.kind), at: node, pointer)
      return nil
    }
    if let day = Day(text) { return day }
    tell(.notDay(text), at: node, pointer)
    return nil
  }

  mutating func span(_ node: JSONNode, _ pointer: JSONPointer) -> TimeSpan? {
    guard let text = node.string else {
      tell(.wrongKind(expected: .span, found: node.kind), at: node, pointer)
      return nil
    }
    if let span = TimeSpan(text) { return span }
    tell(.notSpan(text), at: node, pointer)
    return nil
  }

  mutating func integer(
    _ node: JSONNode, _ pointer: JSONPointer, type: FactType, name: String
  ) -> Int64? {
    switch type {
    case .money: return money(node, pointer, name: name)
    case .date: return day(node, pointer).map { Int64($0.number) }
    default:
      guard let text = node.numberText else {
        tell(.wrongKind(expected: .wholeNumber, found: node.kind), at: node, pointer)
        return nil
      }
      guard let number = Int64(text), Int32(exactly: number) != nil else {
        tell(.notWhole(name: name, text: text), at: node, pointer)
        return nil
      }
      return number
    }
  }

  mutating func decimal(
    _ node: JSONNode, _ pointer: JSONPointer, type: FactType, name: String
  ) -> Double? {
    if case .probability = type { return probability(node, pointer, name: name) }
    if let number = node.double { return number }
    tell(.wrongKind(expected: .number, found: node.kind), at: node, pointer)
    return nil
  }

  mutating func label(_ node: JSONNode, _ pointer: JSONPointer, fact: Fact) -> String? {
    guard let text = node.string else {
      tell(.wrongKind(expected: .label, found: node.kind), at: node, pointer)
      return nil
    }
    guard case .choice(let known) = fact.type, !known.isEmpty, !known.contains(text) else {
      return text
    }
    let nearest = Nearest.word(to: text, among: known)
    tell(.unknownLabel(text, fact: fact.id, nearest: nearest, known: known), at: node, pointer)
    return nil
  }
}

// MARK: Operands

extension RuleReader {
  /// The value of a comparison, by the type of what is compared.
  mutating func operand(
    _ comparator: Comparator, _ node: JSONNode, _ pointer: JSONPointer, of fact: Fact
  ) -> Operand? {
    switch comparator {
    case .isKnown, .isUnknown, .yes, .no: return .nothing
    case .withinLast, .notWithinLast: return span(node, pointer).map(Operand.span)
    case .between: return range(node, pointer, of: fact)
    case .oneOf, .noneOf, .hasAnyOf, .hasAllOf, .hasNoneOf:
      return list(node, pointer, of: fact)
    default: return single(node, pointer, of: fact)
    }
  }

  private mutating func single(
    _ node: JSONNode, _ pointer: JSONPointer, of fact: Fact
  ) -> Operand? {
    switch fact.type {
    case .count, .money, .date:
      return integer(node, pointer, type: fact.type, name: fact.id).map(Operand.integer)
    case .number, .probability:
      return decimal(node, pointer, type: fact.type, name: fact.id).map(Operand.decimal)
    case .yesNo:
      if let answer = node.bool { return .answer(answer) }
      tell(.wrongKind(expected: .answer, found: node.kind), at: node, pointer)
      return nil
    case .choice, .set, .text:
      return label(node, pointer, fact: fact).map { .labels([$0]) }
    }
  }

  private mutating func range(
    _ node: JSONNode, _ pointer: JSONPointer, of fact: Fact
  ) -> Operand? {
    guard let ends = node.elements, ends.count == 2 else {
      tell(.rangeShape, at: node, pointer)
      return nil
    }
    let (first, second) = (pointer.appending(0), pointer.appending(1))
    let operand: Operand
    let isReversed: Bool
    switch fact.type {
    case .number, .probability:
      let low = decimal(ends[0], first, type: fact.type, name: fact.id)
      let high = decimal(ends[1], second, type: fact.type, name: fact.id)
      guard let low, let high else { return nil }
      (operand, isReversed) = (.decimals(low, high), low > high)
    default:
      let low = integer(ends[0], first, type: fact.type, name: fact.id)
      let high = integer(ends[1], second, type: fact.type, name: fact.id)
      guard let low, let high else { return nil }
      (operand, isReversed) = (.integers(low, high), low > high)
    }
    guard !isReversed else {
      let texts = Words.operand(operand, type: fact.type, currency: currency)
      tell(.reversedRange(low: texts.first ?? "", high: texts.last ?? ""), at: node, pointer)
      return nil
    }
    return operand
  }

  private mutating func list(
    _ node: JSONNode, _ pointer: JSONPointer, of fact: Fact
  ) -> Operand? {
    guard let elements = node.elements else {
      tell(.wrongKind(expected: .list, found: node.kind), at: node, pointer)
      return nil
    }
    guard !elements.isEmpty else {
      tell(.emptyList, at: node, pointer)
      return nil
    }
    if case .count = fact.type {
      var numbers: [Int64] = []
      for (index, element) in elements.enumerated() {
        let place = pointer.appending(index)
        if let number = integer(element, place, type: fact.type, name: fact.id) {
          numbers.append(number)
        }
      }
      return numbers.count == elements.count ? .integerList(numbers) : nil
    }
    var labels: [String] = []
    for (index, element) in elements.enumerated() {
      if let label = label(element, pointer.appending(index), fact: fact) { labels.append(label) }
    }
    return labels.count == elements.count ? .labels(labels) : nil
  }
}
