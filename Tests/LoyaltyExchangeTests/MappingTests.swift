import LoyaltyExchange
import LoyaltyModel
import LoyaltyWorkspace
import Testing
import TextFormats

@Suite struct MappingTests {
  static let shop = """
    CustNo;Datum;Betrag;Filiale;Bon;Notiz
    7;31.01.2026;1.234,56;Nord;b-1;
    ;01.02.2026;-12,50;Süd;b-2;bar
    """

  @Test func mappedColumnsAreRead() throws {
    let maps = ["customer=CustNo", "date=Datum", "amount=Betrag", "branch=filiale", "receipt=#5"]
    let file = try importFile(Self.shop, map: maps, currency: "EUR")
    #expect(file.probe.profile == .mapped)
    #expect(file.probe.amountStyle == .decimalComma)
    #expect(file.probe.notes == [.unusedColumns(["Notiz"])])
    var first = Purchase(customer: "7", day: day("2026-01-31"), amount: 123_456)
    (first.branch, first.receipt) = ("Nord", "b-1")
    var second = Purchase(customer: "", day: day("2026-02-01"), amount: -1250)
    (second.branch, second.receipt, second.units) = ("Süd", "b-2", -1)
    #expect(file.read.purchases == [first, second])
    #expect(file.tally.anonymous == 1)
  }

  @Test(arguments: [
    (
      "Kunde;Datum;Summe;Betrag\n7;31.01.2026;2,00;1,00\n",
      "Its columns are: Kunde, Datum, Summe, Betrag. Say what they mean: "
        + "--map customer=Kunde --map date=Datum --map amount=Betrag"
    ),
    (
      "Order Total,Order Date,Client's No\n1,2026-01-31,7\n",
      "Its columns are: Order Total, Order Date, Client's No. Say what they mean: "
        + "--map 'customer=Client'\\''s No' --map 'date=Order Date' --map 'amount=Order Total'"
    ),
    (
      "顧客番号,日付,金額 計\n7,2026-01-31,1\n",
      "Its columns are: 顧客番号, 日付, 金額 計. Say what they mean: "
        + "--map 'customer=顧客番号' --map 'date=日付' --map amount=COLUMN"
    ),
    (
      "Name,E-Mail,Telefon\nAna,ana@example.com,\n",
      "Its columns are: Name, E-Mail, Telefon. Say what they mean: "
        + "--map name=Name --map email=E-Mail --map phone=Telefon --map customer=COLUMN"
    ),
    (
      "a,b\n7,8\n",
      "Its columns are: a, b. Say what they mean: "
        + "--map customer=COLUMN --map date=COLUMN --map amount=COLUMN"
    ),
  ])
  func unknownFileNamesItsColumnsAndAMapping(text: String, advice: String) {
    #expect(refusal { try importFile(text) } == "No profile fits this file. " + advice)
  }

  @Test(arguments: [
    (["costumer=CustNo"], "--map knows no field \"costumer\". Did you mean customer?"),
    (["customer=CustNr"], "The file has no column \"CustNr\". Did you mean \"CustNo\"?"),
    (["customer=#9"], "The file has no column \"#9\". Its columns are: CustNo, Datum"),
    (["customer=CustNo", "customer=Bon"], "The field customer is mapped twice."),
    (
      ["customer=CustNo"],
      "No column is given for date and amount. Its columns are: CustNo, Datum, Betrag, Filiale, "
        + "Bon, Notiz. Say what they mean: --map date=Datum --map amount=Betrag"
    ),
    (["margin=Betrag"], "--map knows no field \"margin\"."),
  ])
  func wrongMappingsAreRefused(maps: [String], message: String) {
    let words = refusal { try importFile(Self.shop, map: maps) }
    #expect(words.hasPrefix(message), "\(words)")
  }

  @Test func equalColumnNamesAreTakenByNumber() throws {
    let text = "customer,date,Total,Total\n7,2026-01-31,1.00,2.00\n"
    #expect(
      refusal { try importFile(text, map: ["amount=Total"]) }
        == "The file has 2 columns \"Total\"; give one by its number: #3 or #4.")
    #expect(try importFile(text, map: ["amount=#4"]).read.total == 200)
  }

  @Test func namedProfileMustFit() {
    #expect(
      refusal { try importFile("customer_id date\n7 20260131\n", as: .cdnow) }
        == "This is no cdnow file: number_of_cds and dollar_value are missing. "
        + "Its columns are: customer_id, date.")
    #expect(
      refusal { try importFile(Self.shop, as: .ladder, map: ["customer=CustNo"]) }
        == "A ladder file has a mapping of its own; leave out --map, or --as.")
  }

  @Test func detailsOfPeopleAndProductsAreHandedOverOnce() throws {
    let file = try importFile(
      """
      customer,date,amount,name,email,product,product_name,category
      7,2026-01-01,1.00,Ana,,P1,Tea,Drinks
      7,2026-01-02,1.00,Ana,,P1,Tea again,
      7,2026-01-03,1.00,Ana B,ana@example.com,P2,,
      8,2026-01-04,1.00,,,P2,Coffee,Drinks
      ,2026-01-05,1.00,Nobody,,,,
      """, map: ["name=name"])
    #expect(file.read.customers.map(\.name) == ["Ana", "Ana B"])
    #expect(file.read.customers.map(\.email) == ["", "ana@example.com"])
    #expect(file.read.products.map(\.name) == ["Tea", "Coffee"])
    #expect(file.read.products.map(\.category) == ["Drinks", "Drinks"])
    #expect(file.tally.read == 5)
  }

  @Test func amountIsMadeFromPriceAndQuantity() throws {
    let file = try importFile(
      """
      customer,date,price,quantity
      7,2026-01-01,1.459,40.5
      7,2026-01-02,0.005,1
      7,2026-01-03,-0.005,1
      7,2026-01-04,9000000000000,9000000
      7,2026-01-05,2.00,0.2
      """, map: ["price=price"])
    // 1.459 × 40.5 = 59.0895
    #expect(file.read.purchases.map(\.amount) == [5909, 1, -1, 40])
    #expect(file.read.purchases.map(\.units) == [41, 1, -1, 1])
    #expect(
      file.read.reasons == ["5: amount: quantity times price is larger than an amount may be"])
  }

  @Test func fingerprintIgnoresWritingAndAddedColumns() throws {
    let plain = try TableLook(Array("Cust No,Date\n1,2\n".utf8), isWhole: true)
    let same = try TableLook(Array("cust_no;DATE;line;reason\n1;2;3;4\n".utf8), isWhole: true)
    let other = try TableLook(Array("Date,Cust No\n1,2\n".utf8), isWhole: true)
    #expect(plain.fingerprint == same.fingerprint)
    #expect(plain.fingerprint != other.fingerprint)
    #expect(plain.fingerprint.utf8.count == 16)
  }

  @Test(arguments: [
    ("customer=CustNo", "customer", "CustNo"), (" a = b=c ", "a", "b=c"),
  ])
  func requestsAreRead(text: String, field: String, column: String) {
    #expect(MappingRequest(text) == MappingRequest(field: field, column: column))
  }

  @Test(arguments: ["customer", "=x", "x=", ""])
  func brokenRequestsAreNone(text: String) { #expect(MappingRequest(text) == nil) }

  @Test(arguments: [
    ("No,Datum,Betrag,Gruppe", ["category=Gruppe"], ["category"], "category needs"),
    (
      "No,Datum,Betrag,Gruppe,Titel", ["category=Gruppe", "product_name=Titel"],
      ["product_name", "category"], "product_name and category need"
    ),
    ("No,Datum,Betrag,Gruppe,Art", ["category=Gruppe", "product=Art"], [], ""),
    ("customer,date,amount,category", [], ["category"], "category needs"),
  ])
  func whatSaysNothingWithoutAProductIsTold(
    header: String, map: [String], idle: [String], words: String
  ) throws {
    let maps = map.isEmpty ? [] : ["customer=No", "date=Datum", "amount=Betrag"] + map
    let cells = header.split(separator: ",").dropFirst(3).map { _ in ",x" }.joined()
    let file = try importFile("\(header)\n7,2026-01-31,1.00\(cells)\n", map: maps)
    let notes = file.probe.notes.filter { if case .needsProduct = $0 { true } else { false } }
    let fields = idle.compactMap { ImportField(rawValue: $0) }
    let expected: [ImportNote] = fields.isEmpty ? [] : [.needsProduct(fields)]
    #expect(notes == expected)
    // What is not used is not said to be, and nothing is told of it twice.
    #expect(fields.allSatisfy { file.probe.mapping[$0] == nil })
    #expect(!file.probe.notes.contains { if case .unusedColumns = $0 { true } else { false } })
    #expect(notes.allSatisfy { $0.message(.english).hasPrefix(words + " a product column") })
  }

  @Test(arguments: [
    "offer,customer,rule,used,date,amount\n4,,,yes,2026-01-31,5.00\n",
    "offer,Used\n4,no\n", "customer,rule,used\n7,low,no\n", "offer,redeemed\n4,no\n",
  ])
  func whatTellsOfOffersIsNoFileOfSales(text: String) throws {
    let file = try importFile(text)
    #expect(file.probe.profile == .ladderResults)
    #expect((file.read.results.count, file.read.purchases.count) == (1, 0))
  }

  @Test(arguments: [
    ("offer,customer,date,amount\n4,7,2026-01-31,5.00\n", "since it has a column offer;"),
    (
      "customer,date,amount,rule\n7,2026-01-31,5.00,x\n",
      "since it has the columns rule and customer;"
    ),
  ])
  func resultsWithoutAnAnswerAreRefusedAndNeverBooked(text: String, because: String) throws {
    for profile in [nil, ProfileRequest.ladder] {
      let words = refusal { try importFile(text, as: profile) }
      #expect(words.contains(because) && words.contains("redeemed or used"), "\(words)")
    }
    // Whoever says that these are sales is believed.
    #expect(try importFile(text, as: .mapped).read.purchases.count == 1)
  }

  @Test(arguments: [
    ("a\r\nb", "a b"), ("a \t \n b", "a b"), ("a  b", "a  b"), ("", ""), ("\u{B}a", " a"),
    ("Zeilen\numbruch \u{1F984}", "Zeilen umbruch \u{1F984}"),
  ])
  func aNameStandsOnOneLine(cell: String, name: String) throws {
    let file = try importFile(
      "customer,date,amount,name\n7,2026-01-31,1.00,\"x\(cell)y\"\n",
      map: ["customer=customer"])
    #expect(file.read.customers.map(\.name) == ["x\(name)y"])
  }

  @Test(arguments: ["Storno", "Cancelled", "Void", "Batal", "is cancelled?"])
  func aColumnOfCancellationsIsToldWithWhatToDo(name: String) throws {
    let file = try importFile("customer,date,amount,\(name),Note\n7,2026-01-31,1.00,x,\n")
    #expect(file.probe.notes == [.cancellations([name]), .unusedColumns(["Note"])])
    let words = try #require(file.probe.notes.first?.message(.english))
    #expect(words.hasPrefix("\(name) seems to say which sales were cancelled"), "\(words)")
    let people = try importFile("Kundennr,Name,\(name)\n7,Ana,\n")
    #expect(people.probe.notes.contains(.unusedColumns([name])))
  }
}
