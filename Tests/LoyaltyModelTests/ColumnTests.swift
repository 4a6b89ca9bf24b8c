import LoyaltyModel
import Synchronization
import Testing

@Suite("Columns, and what is made later")
struct ColumnTests {
  /// A column over memory that somebody else holds.
  private static func mapped(_ numbers: [Int32]) -> Column<Int32> {
    let memory = Memory(numbers)
    return Column(mapped: memory.start, count: numbers.count, owner: memory)
  }

  private final class Memory: @unchecked Sendable {
    let start: UnsafePointer<Int32>

    init(_ numbers: [Int32]) {
      let buffer = UnsafeMutableBufferPointer<Int32>.allocate(capacity: max(1, numbers.count))
      _ = buffer.update(fromContentsOf: numbers)
      start = UnsafePointer(buffer.baseAddress.unsafelyUnwrapped)
    }

    deinit { start.deallocate() }
  }

  @Test func ownAndMappedColumnsAreAlike() {
    let (own, mapped) = (Column<Int32>([3, 1, 2]), Self.mapped([3, 1, 2]))
    #expect(own == mapped && own.hashValue == mapped.hashValue)
    #expect(mapped.map { $0 * 2 } == [6, 2, 4] && mapped[1..<3].reduce(0, +) == 3)
    #expect(mapped.withContiguousStorageIfAvailable { $0.count } == 3)
    var changed = mapped
    changed[0] = 9
    changed.append(contentsOf: [7])
    #expect(changed == [9, 1, 2, 7] && mapped == [3, 1, 2])
  }

  @Test func textsAreFoundWhereTheyWouldStand() {
    var column = TextColumn()
    for text in ["b", "d", "dd", "f"] { column.append(text) }
    let places = ["a", "b", "c", "d", "da", "dd", "e", "g", ""].map {
      column.lowerBound(of: $0, in: 0..<4)
    }
    #expect(places == [0, 0, 1, 1, 2, 2, 3, 4, 0])
    #expect(column.lowerBound(of: "a", in: 2..<3) == 2)
  }

  @Test func choicesAreCounted() {
    let column = ChoiceColumn<ValueCohort>([.low, .high, .low, .none])
    #expect(column.map { $0 } == [.low, .high, .low, .none])
    for cohort in ValueCohort.allCases {
      #expect(column.counts.first { $0.choice == cohort }?.count == column.count { $0 == cohort })
    }
  }

  @Test func whatIsMadeLaterIsMadeOnce() {
    let made = Atomic(0)
    var values: LaterValues<Int> = ["there": 1]
    values.set("later") { made.add(1, ordering: .relaxed).newValue + 41 }
    let copy = values.mapped { $0 * 2 }
    #expect(made.load(ordering: .relaxed) == 0 && values.names == ["later", "there"])
    #expect(copy["later"] == 84 && values["later"] == 42 && copy["later"] == 84)
    #expect(made.load(ordering: .relaxed) == 1 && values["nobody"] == nil)
    #expect(values.values == [42, 1])
  }

  @Test func numbersAreSortedDownwards() {
    let numbers = (0..<1_000).map { Int64(($0 * 7_919) % 2_003 - 1_000) } + [.min, .max, 0, -1]
    #expect(RowOrder.descending(numbers) == numbers.sorted(by: >))
  }

  @Test func offersAreCountedByRule() {
    var packed = PackedOffers()
    for number in 1...200 {
      packed.append(
        Offer(
          id: number, customer: "\(number)",
          rule: RuleReference(id: "r\(number % 3)", version: 1, hash: "h", title: ""),
          asOf: Day(number: 1), state: number % 4 == 0 ? .rejected : .suggested,
          terms: OfferTerms(template: "", kind: .discount), channel: .email,
          validUntil: Day(number: 9), expectedCost: 1, expectedValue: 2, stage: .new,
          cohort: .low, target: nil, evidence: Evidence()))
    }
    var book = OfferBook(packed)
    book[5]?.state = .approved
    book[6]?.rule.id = "other"
    let expected = Dictionary(
      grouping: book.filter { $0.state == .suggested }, by: \.rule.id
    ).mapValues(\.count)
    #expect(book.counts { $0 == .suggested } == expected)
    #expect(expected.values.reduce(0, +) == 149 && expected["other"] == 1)
  }
}
