import LoyaltyModel

/// Makes conditions ready for the columns of one table.
struct Compiler {
  let asOf: Day
  /// The columns that facts are looked up in: the customers', or those of a list's entries.
  let columns: LaterValues<FactColumn>
  let facts: FactTable
  /// The text columns made ready for searching; nil where none are, and for the entries of a list.
  var index: SearchIndex?

  func program(_ condition: Condition) -> Program {
    switch condition {
    case .all(let parts): .all(ordered(parts))
    case .any(let parts): .any(ordered(parts))
    case .noneOf(let parts): .noneOf(ordered(parts))
    case .fact(let test): .leaf(kernel(test))
    case .list(let test): .list(ListKernel(test, compiler: self))
    case .search(let text): .leaf(indexedSearch(text) ?? search(text))
    }
  }

  private func ordered(_ parts: [Condition]) -> [Program] {
    parts.map(program).enumerated()
      .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element)
  }

  private func indexedSearch(_ text: String) -> Kernel? {
    guard let index, let needle = Needle(Folding.fold(text)) else { return nil }
    return .search(
      IndexedSearch(
        columns: SearchIndex.searched.compactMap { index.columns[$0] }, needle: needle))
  }

  func search(_ text: String) -> Kernel {
    let texts = SearchIndex.searched.compactMap { name -> TextColumn? in
      if case .text(let column)? = columns[name] { column } else { nil }
    }
    return .text(TextTest(columns: texts, kind: .contains(Folding.fold(text))))
  }

  // MARK: One fact

  func kernel(_ test: FactTest) -> Kernel {
    let comparator = test.comparison.comparator
    guard let column = columns[test.fact.id] else {
      switch comparator {
      case .isKnown: return .constant(.no)
      case .isUnknown: return .constant(.yes)
      default: return .constant(.unknown)
      }
    }
    if comparator == .isKnown || comparator == .isUnknown {
      return .known(column, wanted: comparator == .isKnown)
    }
    return kernel(column, test.comparison)
  }

  private func kernel(_ column: FactColumn, _ comparison: Comparison) -> Kernel {
    switch column {
    case .int32(let values): return int32(values, comparison)
    case .int64(let values):
      guard let range = WholeRange(comparison, asOf: asOf) else { return .constant(.unknown) }
      let low = max(range.low, Int64.min + 1)
      guard low <= range.high else {
        return .int64(values, low: .min, high: .min, negated: range.isNegated)
      }
      return .int64(values, low: low, high: range.high, negated: range.isNegated)
    case .double(let values):
      guard let range = DecimalRange(comparison) else { return .constant(.unknown) }
      return .double(values, low: range.low, high: range.high, negated: range.isNegated)
    case .yesNo(let values):
      guard let wanted = comparison.wantedAnswer else { return .constant(.unknown) }
      return .yesNo(values, wanted: wanted ? 1 : 0)
    case .choice(let values, let labels): return choice(values, labels, comparison)
    case .set(let offsets, let members, let labels):
      return set(.init(offsets: offsets, members: members), labels, comparison)
    case .text(let texts):
      guard case .labels(let labels) = comparison.operand else { return .constant(.unknown) }
      let wanted = Set(labels.map { Folding.fold($0) })
      return .text(
        TextTest(columns: [texts], kind: .oneOf(wanted, negated: comparison.isNegated)))
    }
  }

  private func int32(_ values: Column<Int32>, _ comparison: Comparison) -> Kernel {
    if case .integerList(let list) = comparison.operand {
      let wanted = list.compactMap { Int32(exactly: $0) }
      return .int32List(values, wanted, negated: comparison.isNegated)
    }
    guard let range = WholeRange(comparison, asOf: asOf) else { return .constant(.unknown) }
    let low = Int32(clamping: max(range.low, Int64(Int32.min) + 1))
    let high = Int32(clamping: range.high)
    guard range.low <= range.high, Int64(low) <= range.high, Int64(high) >= range.low else {
      return .int32(values, low: .min, high: .min, negated: range.isNegated)
    }
    return .int32(values, low: low, high: high, negated: range.isNegated)
  }

  private func choice(
    _ values: Column<UInt16>, _ labels: LabelList, _ comparison: Comparison
  ) -> Kernel {
    guard case .labels(let wanted) = comparison.operand else { return .constant(.unknown) }
    let folded = Set(wanted.map { Folding.fold($0) })
    var fits = labels.labels.map { label -> UInt8 in
      folded.contains(Folding.fold(label)) != comparison.isNegated ? 1 : 0
    }
    fits.append(0)
    return .choice(values, fits: fits)
  }

  private func set(
    _ column: Kernel.SetColumn, _ labels: LabelList, _ comparison: Comparison
  ) -> Kernel {
    guard case .labels(let wanted) = comparison.operand else { return .constant(.unknown) }
    let folded = Set(wanted.map { Folding.fold($0) })
    let numbers = labels.labels.indices.filter { folded.contains(Folding.fold(labels.labels[$0])) }
      .map { UInt16($0) }
    switch comparison.comparator {
    case .hasAllOf:
      // A label that nobody carries cannot be among a customer's.
      let known = Set(numbers.map { Folding.fold(labels.labels[Int($0)]) })
      return .set(column, wanted: numbers, known.count == folded.count ? .all : .impossible)
    case .hasNoneOf: return .set(column, wanted: numbers, .none)
    default: return .set(column, wanted: numbers, .any)
    }
  }
}

extension Comparison {
  /// Whether the comparison asks for the opposite of its operand.
  var isNegated: Bool {
    switch comparator {
    case .differs, .noneOf, .hasNoneOf, .notWithinLast: true
    default: false
    }
  }

  /// The answer that a comparison of a yes-or-no fact asks for.
  var wantedAnswer: Bool? {
    switch (comparator, operand) {
    case (.yes, _): true
    case (.no, _): false
    case (.equals, .answer(let answer)): answer
    case (.differs, .answer(let answer)): !answer
    default: nil
    }
  }
}

/// The whole numbers that a comparison lets through: a range, or all outside it.
struct WholeRange: Sendable {
  var low: Int64
  var high: Int64
  var isNegated = false

  /// Nil when the comparison is not one of whole numbers.
  init?(_ comparison: Comparison, asOf: Day) {
    (low, high) = (Int64.min + 1, .max)
    isNegated = comparison.isNegated
    switch (comparison.comparator, comparison.operand) {
    case (_, .integers(let first, let last)): (low, high) = (first, last)
    case (_, .span(let span)):
      (low, high) = (Int64(span.start(before: asOf).number) + 1, Int64(asOf.number))
    case (let comparator, .integer(let value)):
      switch comparator {
      case .equals, .exactly, .differs: (low, high) = (value, value)
      case .moreThan: low = value == .max ? .max : value + 1
      case .atLeast, .onOrAfter: low = value
      case .lessThan, .before: high = value == .min ? .min : value - 1
      case .atMost: high = value
      default: return nil
      }
    default: return nil
    }
  }
}

/// The numbers that a comparison lets through: a range, or all outside it.
struct DecimalRange: Sendable {
  var low: Double
  var high: Double
  var isNegated = false

  /// Nil when the comparison is not one of numbers.
  init?(_ comparison: Comparison) {
    (low, high) = (-.infinity, .infinity)
    isNegated = comparison.isNegated
    switch (comparison.comparator, comparison.operand) {
    case (_, .decimals(let first, let last)): (low, high) = (first, last)
    case (let comparator, .decimal(let value)):
      switch comparator {
      case .equals, .exactly, .differs: (low, high) = (value, value)
      case .moreThan: low = value.nextUp
      case .atLeast: low = value
      case .lessThan: high = value.nextDown
      case .atMost: high = value
      default: return nil
      }
    default: return nil
    }
  }
}
