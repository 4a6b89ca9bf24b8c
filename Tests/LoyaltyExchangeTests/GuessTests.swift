import LoyaltyExchange
import LoyaltyModel
import LoyaltyWorkspace
import Testing

/// What a file is whose columns nobody named.
@Suite struct GuessTests {
  @Test(
    "a list of customers is known by the names of its columns",
    arguments: [
      (
        "Customer No,First name,Last name,E-mail,Phone,Newsletter consent\n"
          + "7,Ana,Example,ana@example.com,0170 1,Yes\n", true
      ),
      (
        "Kundennr;Vorname;Name;E-Mail;Telefon;Newsletter\n7;Ana;Example;ana@example.com;0170 1;ja\n",
        true
      ),
      ("Kundennr,Name,E-Mail,Telefon\n7,Ana Example,ana@example.com,0170 1\n", nil),
      (
        "No Pelanggan,Nama Depan,Nama Belakang,Email,No HP,Persetujuan email\n"
          + "7,Ana,Example,ana@example.com,0170 1,tidak\n", false
      ),
      (
        "customer,name,email,phone,Newsletter\n7,Ana Example,ana@example.com,0170 1,0\n", false
      ),
      // What a shop's own list adds tells of no sale.
      (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Phone,"
          + "Accepts SMS Marketing,Total Spent,Total Orders,Note,Member since\n"
          + "7,Ana,Example,ana@example.com,yes,0170 1,no,12.00,3,,2020-01-01\n", true
      ),
    ] as [(String, Bool?)])
  func customers(text: String, permits: Bool?) throws {
    let file = try importFile(text)
    #expect(file.probe.profile.records == .customers)
    var expected = Customer(id: "7")
    (expected.name, expected.email, expected.phone) = ("Ana Example", "ana@example.com", "0170 1")
    let read = try #require(file.read.customers.first)
    expected.consents = read.consents
    expected.statedOrders = read.statedOrders
    #expect(read == expected)
    #expect(read.consents.map(\.given) == (permits.map { [$0] } ?? []))
    // A newsletter comes by e-mail: nothing else is permitted by it.
    #expect(read.consents.allSatisfy { $0.channel == .email && $0.day == day("2026-06-30") })
    #expect(read.statedOrders == (text.contains("Total Orders") ? 3 : nil))
  }

  @Test(
    "a file of sales is taken as one where its columns leave no doubt",
    arguments: [
      "CustNo;Datum;Betrag\n7;31.01.2026;1,00\n", "顧客番号,日付,金額\n7,2026-01-31,1\n",
      "Pelanggan,Tanggal,Total Harga\n7,2026-01-31,1\n",
      "Kundennr,Name,Datum,Betrag\n7,Ana,2026-01-31,1\n",
      "Member,Date,Qty,Unit price,E-mail\n7,2026-01-31,1,1.00,\n",
    ])
  func sales(text: String) throws {
    let file = try importFile(text)
    #expect(file.probe.profile == .mapped)
    #expect(file.read.total == 100 && file.read.purchases.first?.customer == "7")
    let note = try #require(file.probe.notes.first?.message(.english))
    #expect(note.hasPrefix("The columns were taken by their names as those of sales: customer="))
  }

  @Test(
    "what is in doubt is asked for",
    arguments: [
      // Two columns could be the amount, or the customer; a part of a name is no certainty.
      "customer no,order date,amount,net amount\n7,2026-01-31,1,1\n",
      "customer id,client,date,amount\n7,8,2026-01-31,1\n",
      "customer,date of sale,amount in EUR\n7,2026-01-31,1\n",
      // Two columns could be the consent.
      "customer no,e-mail,newsletter,marketing consent\n7,a@example.com,yes,no\n",
      "square customer id,e-mail\n7,a@example.com\n",
    ])
  func doubt(text: String) {
    let words = refusal { try importFile(text) }
    #expect(words.contains("Say what they mean: --map "), "\(words)")
  }

  @Test(
    "columns picked by hand are those of the layout that is meant",
    arguments: [
      // Told by a field, by the columns' names, by the profile.
      ("No,Wer,Darf\n7,Ana,ja\n", ["customer=No", "name=Wer", "newsletter=Darf"], nil),
      ("Kundennr,Wer,E-Mail\n7,Ana,\n", ["customer=Kundennr", "name=Wer"], nil),
      ("No,Wer,Umsatz\n7,Ana,12\n", ["customer=No", "name=Wer"], .customers),
    ] as [(String, [String], ProfileRequest?)])
  func byHand(text: String, map: [String], profile: ProfileRequest?) throws {
    let file = try importFile(text, as: profile, map: map)
    #expect(file.probe.profile == .mappedCustomers)
    #expect(file.read.customers.map(\.name) == ["Ana"])
  }

  @Test func whatALayoutLacksIsNamed() {
    let text = "No,Wer,Mail\n7,Ana,\n"
    #expect(
      refusal { try importFile(text, as: .customers, map: ["email=Mail"]) }
        == "No column is given for customer. Its columns are: No, Wer, Mail. "
        + "Say what they mean: --map customer=COLUMN")
    #expect(
      refusal { try importFile(text, as: .customers, map: ["customer=No"]) }
        .hasPrefix("No column is given for name."))
    #expect(
      refusal { try importFile(text, as: .customers, map: ["amount=No"]) }
        .hasPrefix("--map knows no field \"amount\". Its fields are customer, name, first_name,"))
  }

  @Test("an answer that is none is rejected")
  func unknownAnswer() throws {
    let file = try importFile("Kundennr,Name,Newsletter\n7,Ana,vielleicht\n8,Bo,\n")
    #expect(file.read.customers.map(\.id) == ["8"])
    #expect(file.read.reasons.first?.hasPrefix("2: newsletter: ") == true)
  }
}
