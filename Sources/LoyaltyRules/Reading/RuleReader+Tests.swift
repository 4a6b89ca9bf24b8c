package import LoyaltyModel
import TextFormats

extension RuleReader {
  mutating func tests(_ root: JSONNode) -> [RuleTest] {
    let pointer = JSONPointer(["tests"])
    guard let node = root["tests"] else {
      tell(.noTests, at: root, JSONPointer(), .warning)
      return []
    }
    guard let elements = node.elements else {
      tell(.wrongKind(expected: .list, found: node.kind), at: node, pointer)
      return []
    }
    if elements.isEmpty { tell(.noTests, at: node, pointer, .warning) }
    var tests: [RuleTest] = []
    for (index, element) in elements.enumerated() {
      guard let test = test(element, pointer.appending(index)) else { continue }
      if tests.contains(where: { $0.name == test.name }), let name = element["name"] {
        let place = pointer.appending(index).appending("name")
        tell(.duplicateTest(test.name), at: name, place)
      }
      tests.append(test)
    }
    return tests
  }

  private mutating func test(_ node: JSONNode, _ pointer: JSONPointer) -> RuleTest? {
    let needs = ["name", "as_of", "customer", "expect"]
    guard object(node, pointer, keys: needs + ["because"], needs: needs) else { return nil }
    let name = text(node, "name", pointer)
    let asOf = day(node, "as_of", pointer)
    let expect = word(node, "expect", pointer, as: RuleOutcome.self)
    let because = because(node, pointer)
    guard let customer = node["customer"] else { return nil }
    let place = pointer.appending("customer")
    let source: RuleTest.Source?
    if customer.string != nil {
      source = text(node, "customer", pointer).map(RuleTest.Source.file)
    } else {
      source = fixture(customer, place).map(RuleTest.Source.inline)
    }
    guard let name, let asOf, let expect, let source else { return nil }
    return RuleTest(name: name, asOf: asOf, customer: source, expect: expect, because: because)
  }

  private mutating func because(_ node: JSONNode, _ pointer: JSONPointer) -> JSONPointer? {
    guard let text = text(node, "because", pointer), let value = node["because"] else { return nil }
    let found = JSONPointer(parsing: text)
    if let found,
      ["when", "unless", "move", "window", "audience"].contains(found.tokens.first ?? ""),
      document.node(at: found) != nil
    {
      return found
    }
    tell(.pointerNowhere(text), at: value, pointer.appending("because"))
    return nil
  }

  /// A made-up customer; nil when the value is no object.
  mutating func fixture(_ node: JSONNode, _ pointer: JSONPointer) -> FixtureCustomer? {
    guard let members = node.members else {
      tell(.wrongKind(expected: .object, found: node.kind), at: node, pointer)
      return nil
    }
    var customer = FixtureCustomer()
    for member in members {
      let place = pointer.appending(member.key)
      if let fields = catalogue.fields(of: member.key) {
        let entries = entries(member.value, place, list: member.key, fields)
        customer.lists.append(FixtureList(name: member.key, entries: entries))
      } else if let fact = catalogue.fact(member.key) {
        if let value = factValue(member.value, place, fact) {
          customer.facts.append(FixtureFact(fact: fact, value: value))
        }
      } else {
        let nearest = Nearest.fact(to: member.key, among: catalogue.facts)
        tell(
          .unknownFact(member.key, nearest: nearest), atOffset: member.keyRange.lowerBound, place)
      }
    }
    return customer
  }

  private mutating func entries(
    _ node: JSONNode, _ pointer: JSONPointer, list: String, _ fields: [Fact]
  ) -> [[FixtureFact]] {
    guard let elements = node.elements else {
      tell(.wrongKind(expected: .list, found: node.kind), at: node, pointer)
      return []
    }
    var entries: [[FixtureFact]] = []
    for (index, element) in elements.enumerated() {
      let place = pointer.appending(index)
      guard let members = element.members else {
        tell(.wrongKind(expected: .object, found: element.kind), at: element, place)
        continue
      }
      var entry: [FixtureFact] = []
      for member in members {
        let spot = place.appending(member.key)
        guard let field = fields.first(where: { $0.id == member.key }) else {
          let nearest = Nearest.fact(to: member.key, among: fields)
          let cause = RuleIssue.Cause.unknownField(member.key, list: list, nearest: nearest)
          tell(cause, atOffset: member.keyRange.lowerBound, spot)
          continue
        }
        if let value = factValue(member.value, spot, field) {
          entry.append(FixtureFact(fact: field, value: value))
        }
      }
      entries.append(entry)
    }
    return entries
  }

  private mutating func factValue(
    _ node: JSONNode, _ pointer: JSONPointer, _ fact: Fact
  ) -> FactValue? {
    if node.isNull { return .unknown }
    switch fact.type {
    case .count, .money, .date:
      return integer(node, pointer, type: fact.type, name: fact.id).map(FactValue.integer)
    case .number, .probability:
      return decimal(node, pointer, type: fact.type, name: fact.id).map(FactValue.decimal)
    case .yesNo:
      if let answer = node.bool { return .answer(answer) }
      tell(.wrongKind(expected: .answer, found: node.kind), at: node, pointer)
      return nil
    case .choice, .text: return label(node, pointer, fact: fact).map(FactValue.label)
    case .set:
      guard let elements = node.elements else {
        tell(.wrongKind(expected: .list, found: node.kind), at: node, pointer)
        return nil
      }
      var labels: [String] = []
      for (index, element) in elements.enumerated() {
        if let text = label(element, pointer.appending(index), fact: fact) { labels.append(text) }
      }
      return .labels(labels)
    }
  }
}

extension RuleReader {
  /// Reads a made-up customer from a file of its own.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, as messages are to show it.
  ///   - catalogue: The facts that the customer may have.
  ///   - currency: The currency of the programme.
  /// - Returns: The customer, nil when there are errors; and what is wrong.
  package static func readFixture(
    _ bytes: [UInt8], file: String, catalogue: FactCatalogue, currency: Currency
  ) -> (customer: FixtureCustomer?, issues: [RuleIssue]) {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes)
      var reader = RuleReader(
        file: file, catalogue: catalogue, currency: currency, document: document)
      let customer = reader.fixture(document.root, JSONPointer())
      return (reader.hasErrors ? nil : customer, reader.issues)
    } catch {
      let issue = RuleIssue(error, in: bytes, file: file)
      return (nil, [issue])
    }
  }
}
