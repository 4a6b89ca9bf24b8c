import LoyaltyModel
import TextFormats

extension RuleReader {
  private static let groups = ["all", "any", "none"]
  private static let measures = ["count", "sum", "min", "max", "distinct", "some", "every"]

  /// A condition and, recursively, its parts; nil when anything below is wrong.
  ///
  /// It is about the entries of `list`, or about the customer where that is nil; `depth` is its
  /// level, from 1.
  mutating func condition(
    _ node: JSONNode, _ pointer: JSONPointer, depth: Int = 1, list: String? = nil
  ) -> Condition? {
    guard let members = node.members else {
      tell(.wrongKind(expected: .object, found: node.kind), at: node, pointer)
      return nil
    }
    guard depth <= Self.depthLimit else {
      tell(.tooDeep(limit: Self.depthLimit), at: node, pointer)
      return nil
    }
    let shapes = ["fact"] + Self.groups + Self.measures
    let found = members.map(\.key).filter(shapes.contains)
    guard let shape = found.first else {
      tellShape(node, pointer, shapes)
      return nil
    }
    guard found.count == 1 else {
      tell(.severalShapes(found), at: node, pointer)
      return nil
    }
    if shape == "fact" { return factTest(node, pointer, list: list) }
    if Self.groups.contains(shape) {
      return group(shape, node, pointer, depth: depth, list: list)
    }
    guard list == nil else {
      tell(.listWithinList(shape), at: node, pointer)
      return nil
    }
    return listTest(shape, node, pointer, depth: depth)
  }

  private mutating func tellShape(_ node: JSONNode, _ pointer: JSONPointer, _ shapes: [String]) {
    for member in node.members ?? [] {
      guard let nearest = Nearest.word(to: member.key, among: shapes) else { continue }
      tell(
        .unknownKey(member.key, nearest: nearest, known: shapes),
        atOffset: member.keyRange.lowerBound, pointer.appending(member.key))
      return
    }
    tell(.conditionShape, at: node, pointer)
  }

  private mutating func group(
    _ shape: String, _ node: JSONNode, _ pointer: JSONPointer, depth: Int, list: String?
  ) -> Condition? {
    _ = object(node, pointer, keys: [shape])
    guard let value = node[shape] else { return nil }
    let place = pointer.appending(shape)
    guard let elements = value.elements else {
      tell(.wrongKind(expected: .list, found: value.kind), at: value, place)
      return nil
    }
    guard !elements.isEmpty else {
      tell(.emptyList, at: value, place)
      return nil
    }
    var parts: [Condition] = []
    for (index, element) in elements.enumerated() {
      let part = condition(element, place.appending(index), depth: depth + 1, list: list)
      if let part { parts.append(part) }
    }
    guard parts.count == elements.count else { return nil }
    switch shape {
    case "all": return .all(parts)
    case "any": return .any(parts)
    default: return .noneOf(parts)
    }
  }

  private mutating func factTest(
    _ node: JSONNode, _ pointer: JSONPointer, list: String?
  ) -> Condition? {
    _ = object(node, pointer, keys: ["fact", "is", "value"])
    let fact = fact(node, pointer, list: list)
    guard let comparison = comparison(node, pointer, of: fact), let fact else { return nil }
    return .fact(FactTest(fact: fact, comparison: comparison))
  }

  private mutating func fact(
    _ node: JSONNode, _ pointer: JSONPointer, list: String?
  ) -> Fact? {
    guard let name = text(node, "fact", pointer), let value = node["fact"] else { return nil }
    let place = pointer.appending("fact")
    if let list { return field(name, of: list, at: value, place) }
    guard let fact = catalogue.fact(name) else {
      let nearest = Nearest.fact(to: name, among: catalogue.facts)
      tell(.unknownFact(name, nearest: nearest), at: value, place)
      return nil
    }
    if case .text = fact.type {
      tell(.textInRule(name), at: value, place)
      return nil
    }
    return fact
  }

  private mutating func field(
    _ name: String, of list: String, at node: JSONNode, _ pointer: JSONPointer
  ) -> Fact? {
    let fields = catalogue.fields(of: list) ?? []
    if let field = fields.first(where: { $0.id == name }) { return field }
    let nearest = Nearest.fact(to: name, among: fields)
    tell(.unknownField(name, list: list, nearest: nearest), at: node, pointer)
    return nil
  }

  /// The `is` and `value` of a condition.
  ///
  /// Without a fact, because its name is wrong, only the word of the comparison is checked.
  private mutating func comparison(
    _ node: JSONNode, _ pointer: JSONPointer, of fact: Fact?
  ) -> Comparison? {
    guard let comparator = comparator(node, pointer) else { return nil }
    guard let fact else { return nil }
    let fitting = Comparator.fitting(fact.type)
    guard fitting.contains(comparator) else {
      if let place = node["is"] {
        tell(
          .unfitComparison(comparator, fact: fact.id, fitting: fitting), at: place,
          pointer.appending("is"))
      }
      return nil
    }
    guard let value = node["value"] else {
      if comparator.standsAlone { return Comparison(comparator) }
      tell(.missingValue(comparator), at: node, pointer)
      return nil
    }
    guard !comparator.standsAlone else {
      tell(.needlessValue(comparator), at: value, pointer.appending("value"))
      return nil
    }
    let operand = operand(comparator, value, pointer.appending("value"), of: fact)
    if let operand { checkCount(operand, value, pointer.appending("value"), of: fact, node) }
    return operand.map { Comparison(comparator, $0) }
  }

  /// A number of entries is never negative, so a comparison with less says nothing.
  private mutating func checkCount(
    _ operand: Operand, _ value: JSONNode, _ pointer: JSONPointer, of fact: Fact, _ node: JSONNode
  ) {
    guard node["count"] != nil || node["distinct"] != nil else { return }
    let least: Int64 =
      switch operand {
      case .integer(let number), .integers(let number, _): number
      case .integerList(let numbers): numbers.min() ?? 0
      default: 0
      }
    guard least < 0 else { return }
    tell(
      .outsideRange(name: fact.id, text: String(least), low: "0", high: nil), at: value, pointer)
  }

  private mutating func comparator(_ node: JSONNode, _ pointer: JSONPointer) -> Comparator? {
    guard let value = node["is"] else {
      missing("is", in: node, pointer)
      return nil
    }
    guard let word = text(node, "is", pointer) else { return nil }
    if let comparator = Comparator(rawValue: word) { return comparator }
    let nearest = Nearest.word(to: word, among: Comparator.allCases.map(\.rawValue))
    tell(.unknownComparison(word, nearest: nearest), at: value, pointer.appending("is"))
    return nil
  }
}

// MARK: Lists

extension RuleReader {
  private mutating func listTest(
    _ shape: String, _ node: JSONNode, _ pointer: JSONPointer, depth: Int
  ) -> Condition? {
    let answers = shape == "some" || shape == "every"
    let measuresField = !answers && shape != "count"
    let keys =
      [shape] + (measuresField ? ["of"] : []) + ["where"] + (answers ? [] : ["is", "value"])
    _ = object(node, pointer, keys: keys)
    guard let name = text(node, shape, pointer), let place = node[shape] else { return nil }
    let (list, path) = measuresField ? split(name) : (name, nil)
    guard catalogue.fields(of: list) != nil else {
      let known = catalogue.lists.map(\.name)
      let nearest = Nearest.word(to: list, among: known)
      tell(
        .unknownList(list, nearest: nearest, known: known), at: place, pointer.appending(shape))
      return nil
    }
    let measure = measure(shape, list: list, path: path, node, pointer)
    let filter = node["where"].map {
      condition($0, pointer.appending("where"), depth: depth + 1, list: list)
    }
    var comparison: Comparison?
    if !answers {
      let type = measure?.type(ofList: list)
      let stand = type.map { Fact("\(shape) \(name)", $0, shape, .actionable, "") }
      comparison = self.comparison(node, pointer, of: stand)
    }
    guard let measure, answers || comparison != nil else { return nil }
    if case .some(.none) = filter { return nil }
    return .list(
      ListTest(list: list, measure: measure, filter: filter ?? nil, comparison: comparison))
  }

  /// `purchases.category` as list and field.
  private func split(_ name: String) -> (String, String?) {
    guard let dot = name.firstIndex(of: ".") else { return (name, nil) }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }

  private mutating func measure(
    _ shape: String, list: String, path: String?, _ node: JSONNode, _ pointer: JSONPointer
  ) -> ListMeasure? {
    switch shape {
    case "count": return .count
    case "some": return .some
    case "every": return .every
    default: break
    }
    let key = node["of"] == nil ? shape : "of"
    guard let place = node[key] else { return nil }
    guard let name = path ?? text(node, "of", pointer) else {
      if node["of"] == nil { tell(.fieldMissing(measure: shape, list: list), at: node, pointer) }
      return nil
    }
    if path != nil, key == "of" {
      tell(.needlessTerm("of", with: "\(list).\(name)"), at: place, pointer.appending(key))
    }
    guard let field = field(name, of: list, at: place, pointer.appending(key)) else { return nil }
    guard Self.canMeasure(shape, field.type) else {
      let cause = RuleIssue.Cause.fieldCannotBeMeasured(field.id, measure: shape)
      tell(cause, at: place, pointer.appending(key))
      return nil
    }
    switch shape {
    case "sum": return .sum(field)
    case "min": return .least(field)
    case "max": return .most(field)
    default: return .distinct(field)
    }
  }

  /// Whether a measure can be taken of a field of a type.
  static func canMeasure(_ shape: String, _ type: FactType) -> Bool {
    switch type {
    case .count, .money: true
    case .number, .probability: shape != "distinct"
    case .date: shape != "sum"
    case .choice: shape == "distinct"
    case .yesNo, .set, .text: false
    }
  }
}
