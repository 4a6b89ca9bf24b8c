/// A column of choices from a closed list, a byte each.
package struct ChoiceColumn<Choice: CaseIterable & Hashable & Sendable>: Sendable, Hashable {
  /// The places of the choices in the order of their declaration.
  package private(set) var places: Column<UInt8>
  private let choices = Array(Choice.allCases)

  /// A column of some choices.
  package init(_ values: some Collection<Choice>) {
    var numbers: [Choice: UInt8] = [:]
    for (place, choice) in Choice.allCases.enumerated() { numbers[choice] = UInt8(place) }
    places = Column(values.map { numbers[$0] ?? 0 })
  }

  /// How many rows have each choice, in the order of their declaration.
  package var counts: [(choice: Choice, count: Int)] {
    var counts = [Int](repeating: 0, count: choices.count)
    places.withElements { for place in $0 { counts[Int(place)] += 1 } }
    return Array(zip(choices, counts))
  }

  /// How many of some rows have each choice, in the order of their declaration.
  package func counts(among rows: RowSet) -> [(choice: Choice, count: Int)] {
    var counts = [Int](repeating: 0, count: choices.count)
    places.withElements { places in rows.forEach { counts[Int(places[$0])] += 1 } }
    return Array(zip(choices, counts))
  }

  /// Visits the column; what is put in its place must be of the list.
  package mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&places)
    let (places, count) = (places, choices.count)
    try visitor.require(places.withElements { $0.allSatisfy { $0 < count } })
  }
}

extension ChoiceColumn: RandomAccessCollection {
  package typealias Indices = Range<Int>

  /// 0.
  package var startIndex: Int { 0 }
  /// The number of rows.
  package var endIndex: Int { places.count }
  /// The choice of a row.
  package subscript(row: Int) -> Choice { choices[Int(places[row])] }
}

extension ChoiceColumn: ExpressibleByArrayLiteral {
  /// A column of some choices.
  package init(arrayLiteral elements: Choice...) { self.init(elements) }
}
