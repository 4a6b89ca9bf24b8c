import LoyaltyModel
import TextFormats

// MARK: Conditions that cannot hold together

extension RuleReader {
  /// Finds conditions that exclude the rule's own move, or each other.
  ///
  /// Only conditions that must all hold are compared: those of the outermost `all`, and of `all`
  /// directly within it.
  mutating func checkTogether(_ when: Condition?, _ move: CohortMove?) {
    guard let when else { return }
    var tests: [(test: FactTest, pointer: JSONPointer)] = []
    Self.gather(when, JSONPointer(["when"]), into: &tests)
    for (index, later) in tests.enumerated() {
      guard let possible = Possible(later.test) else { continue }
      let place = later.pointer
      guard let node = document.node(at: place.appending("value")) ?? document.node(at: place)
      else { continue }
      let asks = Words.operand(later.test, currency).joined(separator: ", ")
      if let move, later.test.fact.id == "cohort",
        !possible.meets(.labels(Set(move.from.map(\.rawValue))))
      {
        let from = move.from.map(\.rawValue).joined(separator: ", ")
        let line = line(of: JSONPointer(["move"]))
        tell(.moveContradicted(from: from, line: line, asks: asks), at: node, place)
        continue
      }
      for earlier in tests[..<index] where earlier.test.fact == later.test.fact {
        guard let other = Possible(earlier.test), !possible.meets(other) else { continue }
        let line = line(of: earlier.pointer)
        let cause = RuleIssue.Cause.neverTogether(
          later.test, other: earlier.test.comparison, line: line, currency)
        tell(cause, at: node, place)
        break
      }
    }
  }

  /// Finds an exception that holds for everybody who meets the conditions.
  ///
  /// Told by the form of both: the exception, or one of several of which any suffices, is among the
  /// conditions that must all hold, or lets all through that one of them does.
  mutating func checkExceptions(_ when: Condition?, _ unless: Condition?) {
    guard let when, let unless else { return }
    let pointer = JSONPointer(["unless"])
    if when.implies(unless) {
      return tellExcepted(at: pointer, JSONPointer(["when"]))
    }
    var tests: [(test: FactTest, pointer: JSONPointer)] = []
    Self.gather(when, JSONPointer(["when"]), into: &tests)
    var exceptions = [(condition: unless, pointer: pointer)]
    if case .any(let parts) = unless {
      exceptions = parts.enumerated().map {
        ($1, pointer.appending("any").appending($0))
      }
    }
    for exception in exceptions {
      guard case .fact(let test) = exception.condition, let wide = Possible(test),
        let narrow = tests.first(where: { narrow in
          narrow.test.fact == test.fact && Possible(narrow.test)?.isWithin(wide) == true
        })
      else { continue }
      return tellExcepted(at: exception.pointer, narrow.pointer)
    }
  }

  private mutating func tellExcepted(at exception: JSONPointer, _ condition: JSONPointer) {
    guard let node = document.node(at: exception) else { return }
    tell(.alwaysExcepted(line: line(of: condition)), at: node, exception)
  }

  private static func gather(
    _ condition: Condition, _ pointer: JSONPointer,
    into tests: inout [(test: FactTest, pointer: JSONPointer)]
  ) {
    switch condition {
    case .fact(let test): tests.append((test, pointer))
    case .all(let parts):
      for (index, part) in parts.enumerated() {
        gather(part, pointer.appending("all").appending(index), into: &tests)
      }
    default: break
    }
  }
}

/// The values that a comparison lets through, where that is a range or a list of labels.
private enum Possible {
  case labels(Set<String>)
  case range(Double, Double)

  init?(_ test: FactTest) {
    let comparator = test.comparison.comparator
    switch (comparator, test.comparison.operand) {
    case (.equals, .labels(let labels)), (.oneOf, .labels(let labels)):
      self = .labels(Set(labels))
    case (_, .integers(let low, let high)): self = .range(Double(low), Double(high))
    case (_, .decimals(let low, let high)): self = .range(low, high)
    case (_, .integer(let value)):
      guard let range = Possible.range(comparator, Double(value), step: 1) else { return nil }
      self = range
    case (_, .decimal(let value)):
      guard let range = Possible.range(comparator, value, step: value.ulp) else { return nil }
      self = range
    default: return nil
    }
  }

  private static func range(_ comparator: Comparator, _ value: Double, step: Double) -> Possible? {
    switch comparator {
    case .equals, .exactly: .range(value, value)
    case .moreThan: .range(value + step, .infinity)
    case .atLeast, .onOrAfter: .range(value, .infinity)
    case .lessThan, .before: .range(-.infinity, value - step)
    case .atMost: .range(-.infinity, value)
    default: nil
    }
  }

  /// Whether another lets everything through that this does.
  func isWithin(_ other: Possible) -> Bool {
    switch (self, other) {
    case (.labels(let left), .labels(let right)): left.isSubset(of: right)
    case (.range(let low, let high), .range(let otherLow, let otherHigh)):
      otherLow <= low && high <= otherHigh
    default: false
    }
  }

  func meets(_ other: Possible) -> Bool {
    switch (self, other) {
    case (.labels(let left), .labels(let right)): !left.isDisjoint(with: right)
    case (.range(let low, let high), .range(let otherLow, let otherHigh)):
      low <= otherHigh && otherLow <= high
    default: true
    }
  }
}

// MARK: The sentence that says why

extension RuleReader {
  mutating func why(_ root: JSONNode, when: Condition?) -> String? {
    guard let why = text(root, "why", JSONPointer()), let node = root["why"] else { return nil }
    let pointer = JSONPointer(["why"])
    guard let parts = Placeholders.parse(why) else {
      tell(.unclosedPlaceholder, at: node, pointer)
      return nil
    }
    let lists = when.map(Placeholders.listNames) ?? []
    // What a condition that cannot be read would count is not known: one mistake is one message.
    let knowsLists = when != nil || root["when"] == nil
    for case .name(let name) in parts where !lists.contains(name) && catalogue.fact(name) == nil {
      guard knowsLists || !name.contains(" ") else { continue }
      let nearest =
        Nearest.word(to: name, among: lists) ?? Nearest.fact(to: name, among: catalogue.facts)
      tell(.unknownPlaceholder(name, nearest: nearest), at: node, pointer)
    }
    return why
  }
}

/// The `{names}` within a rule's `why`.
enum Placeholders {
  enum Part: Equatable {
    case text(String)
    case name(String)
  }

  /// The parts of a text; nil when a brace is not closed.
  static func parse(_ text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      let after = rest[rest.index(after: open)...]
      guard let close = after.firstIndex(of: "}") else { return nil }
      parts.append(.name(String(after[..<close])))
      rest = after[after.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }

  /// The names of everything that a condition counts over lists.
  static func listNames(_ condition: Condition) -> [String] {
    switch condition {
    case .list(let test): [test.name]
    case .all(let parts), .any(let parts), .noneOf(let parts): parts.flatMap(listNames)
    case .fact, .search: []
    }
  }
}
