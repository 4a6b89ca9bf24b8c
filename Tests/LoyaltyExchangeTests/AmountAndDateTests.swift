import LoyaltyExchange
import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

@Suite struct AmountAndDateTests {
  private func read(
    amounts: [String], currency: String = "EUR", _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> Imported {
    let rows = amounts.map { "7;2026-01-31;\($0)\n" }
    return try importFile(
      "customer;date;amount\n" + rows.joined(), currency: currency, change)
  }

  private func read(
    dates: [String], _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> Imported {
    let rows = dates.map { "7;\($0);1.00\n" }
    return try importFile("customer;date;amount\n" + rows.joined(), change)
  }

  @Test(arguments: [
    (["1,234.56", "12.00", "1,234"], [123_456, 1200, 123_400]),
    (["1.234,56", "12,00", "1.234"], [123_456, 1200, 123_400]),
    // No amount tells by its form, but a euro has no thousandths.
    (["1,234", "2,000", "15"], [123_400, 200_000, 1500]),
    (["1.234", "2.000", "15"], [123_400, 200_000, 1500]),
    (["$8.00", "(12.50)", "-3.10", "+1"], [800, -1250, -310, 100]),
    (["1 234,50 €", "1'234,50", "0,5"], [123_450, 123_450, 50]),
    ([".5", "5.", "0", "-0"], [50, 500, 0, 0]),
    (["12.500", "0.000", "3.20"], [1250, 0, 320]),
  ])
  func notationsOfAColumn(amounts: [String], minorUnits: [Int64]) throws {
    let file = try read(amounts: amounts)
    #expect(file.read.purchases.map(\.amount) == minorUnits)
    #expect(file.read.rejected.isEmpty)
  }

  /// What only the currency tells is a guess, and told with an example; what an amount shows is none.
  @Test(
    arguments: [
      (["1.234", "2.500"], "1.234", "1234.00"), (["15", "2,505"], "2,505", "2505.00"),
      (["1.234,50", "2.500"], nil, nil), (["1.50", "2,500"], nil, nil), (["15", "2"], nil, nil),
    ] as [([String], String?, String?)])
  func whatIsTakenForThousandsIsTold(
    amounts: [String], example: String?, reading: String?
  ) throws {
    let file = try read(amounts: amounts)
    let expected = zip([example].compactMap(\.self), [reading].compactMap(\.self))
      .map { ImportNote.thousands(example: $0, reading: $1) }
    #expect(file.probe.notes == expected)
    guard let note = file.probe.notes.first else { return }
    #expect(note.message(.english).contains("--decimals point or --decimals comma"))
    let said = try read(amounts: amounts) { $0.amountStyle = file.probe.amountStyle }
    #expect(said.probe.notes.isEmpty && said.read.total == file.read.total)
  }

  @Test func twoNotationsAreReadEachByItself() throws {
    let file = try read(amounts: ["1,234.56", "1.234,56", "12,5", "1,234"])
    #expect(file.read.purchases.map(\.amount) == [123_456, 123_456, 1250])
    #expect(
      file.probe.notes == [.mixedAmounts(decimalPoint: "1,234.56", decimalComma: "1.234,56")])
    #expect(
      file.read.reasons.first?.hasPrefix("5: amount: \"1,234\" can mean 1.234 or 1234") == true)
  }

  @Test func ambiguousAmountsAreRejectedUnlessTheStyleIsGiven() throws {
    let open = try read(amounts: ["15.000", "2.500"])
    #expect(open.probe.notes == [.ambiguousAmounts(example: "15.000")])
    #expect(open.tally.isUseless)
    let given = try read(amounts: ["15.000", "2.500"]) { $0.amountStyle = .decimalComma }
    #expect(given.read.total == 1_750_000)
  }

  @Test("an amount beyond what a line may hold is rejected, and the bound is told")
  func beyondTheBound() throws {
    let file = try read(amounts: ["4111111111111111", "-10000000000.01", "92233720368547758.08"])
    #expect(
      file.read.reasons == [
        "2: amount: 4111111111111111.00 is beyond 10000000000.00, the most that a line may amount "
          + "to",
        "3: amount: -10000000000.01 is beyond 10000000000.00, the most that a line may amount to",
        "4: amount: \"92233720368547758.08\" is larger than an amount may be.",
      ])
    let priced = try importFile(
      "customer,date,quantity,price\n7,2026-01-31,1000,20000000.00\n", as: .mapped)
    #expect(
      priced.read.reasons == [
        "2: price: 20000000000.00 is beyond 10000000000.00, the most that a line may amount to"
      ])
  }

  @Test func aLaterContradictionIsRejectedByItself() throws {
    let amounts = Array(repeating: "1.50", count: 6_000) + ["1,50", "1.234,00"]
    let file = try read(amounts: amounts)
    #expect(file.read.purchases.count == 6_000)
    #expect(
      file.read.reasons == [
        "6002: amount: \"1,50\" is not written with a decimal point.",
        "6003: amount: \"1.234,00\" is not written with a decimal point.",
      ])
  }

  @Test(arguments: [
    ("JPY", "1200", 1200), ("JPY", "1200.00", 1200), ("KWD", "1.2345", nil),
    ("KWD", "12.3450", 12345), ("EUR", "10000000000.00", 1_000_000_000_000),
    ("EUR", "10000000000.01", nil), ("EUR", "-10000000000.00", -1_000_000_000_000),
    ("EUR", "-92233720368547758.08", nil), ("JPY", "1000000000001", nil),
    ("EUR", "1e5", nil), ("EUR", "--5", nil), ("EUR", "NaN", nil), ("EUR", "", nil),
    ("EUR", "1.005", nil), ("EUR", "１２", nil),
  ])
  func decimalsAndLimits(code: String, text: String, minorUnits: Int64?) throws {
    let file = try read(amounts: [text], currency: code) { $0.amountStyle = .decimalPoint }
    #expect(file.read.purchases.first?.amount == minorUnits)
    #expect(file.read.rejected.count == (minorUnits == nil ? 1 : 0))
  }

  @Test(arguments: [
    ("1997-01-31", "1997-01-31"), ("19970131", "1997-01-31"), ("31.1.1997", "1997-01-31"),
    ("1997/01/31", "1997-01-31"), ("31/01/1997", "1997-01-31"), ("01/31/1997", "1997-01-31"),
    ("1997-01-31 23:59", "1997-01-31"), ("1997-01-31 23:59:59", "1997-01-31"),
    ("1997-01-31T23:59:59Z", "1997-01-31"), ("2025-10-02 23:09:34 -0300", "2025-10-02"),
    ("2024-02-29", "2024-02-29"), ("2026-06-30", "2026-06-30"),
    ("1997-01-31 24:00:00", nil), ("1997-01-31x", nil), ("31.01.97", nil), ("2023-02-29", nil),
    ("2026-07-01", nil), ("1899-12-31", nil), ("0000-01-01", nil), ("", nil), ("35000", nil),
    ("03/04/2025", nil), ("19971301", nil), ("19970100", nil),
  ])
  func dates(text: String, expected: String?) throws {
    let file = try read(dates: [text])
    #expect(file.read.purchases.first?.day == expected.map(day))
    #expect(file.read.rejected.count == (expected == nil ? 1 : 0))
  }

  @Test(arguments: [
    (["03/04/2025", "13/04/2025"], ["2025-04-03", "2025-04-13"]),
    (["03/04/2025", "04/13/2025"], ["2025-03-04", "2025-04-13"]),
  ])
  func theColumnTellsWhichComesFirst(dates: [String], days: [String]) throws {
    #expect(try read(dates: dates).read.purchases.map(\.day) == days.map(day))
  }

  @Test func ambiguousDatesAreRejectedUnlessTheOrderIsGiven() throws {
    let open = try read(dates: ["03/04/2025"])
    #expect(open.probe.notes == [.ambiguousDates(example: "03/04/2025")])
    let words = try #require(open.probe.notes.first?.message(.english))
    #expect(words.contains("--dates day or --dates month"))
    let given = try read(dates: ["03/04/2025"]) { $0.dateStyle = .monthFirst }
    #expect(given.read.purchases.map(\.day) == [day("2025-03-04")])
  }
}
