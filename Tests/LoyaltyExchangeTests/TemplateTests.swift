import LoyaltyExchange
import LoyaltyModel
import Testing

@Suite struct TemplateTests {
  @Test(arguments: TemplateKind.allCases, ["EUR", "JPY", "KWD"])
  func eachTemplateIsReadBack(kind: TemplateKind, code: String) throws {
    let file = try importFile(kind.csv(currency: currency(code)), as: .ladder, currency: code)
    #expect(file.probe.profile.template == kind)
    #expect(file.probe.look.header == kind.columnNames)
    #expect(file.tally.read == 1)
    #expect(file.read.reasons == [])
    #expect(file.probe.notes == [])
  }

  /// The project's own layout of purchases takes what else stands in it about people and products.
  @Test func purchasesMaySayWhoBoughtWhat() throws {
    let text = """
      customer,Name,date,amount,product,city,E-mail,product_name,note
      C1,Ana Example,2026-06-01,12.50,A1,Kiel,ana@example.org,Mug,hello
      C1,Ana Example,2026-06-02,7.00,A1,Kiel,ana@example.org,Cup,
      ,,2026-06-03,1.00,A2,,,Jug,
      """
    let imported = try importFile(text)
    #expect(imported.probe.profile == .ladderPurchases)
    #expect(imported.tally.read == 3 && imported.tally.anonymous == 1)
    let person = try #require(imported.read.customers.first)
    #expect(imported.read.customers.count == 1)
    #expect((person.id, person.name, person.city) == ("C1", "Ana Example", "Kiel"))
    #expect(person.email == "ana@example.org")
    #expect(imported.read.products.map(\.name) == ["Mug", "Jug"])
  }

  @Test func purchasesTemplateReads() {
    #expect(
      String(decoding: TemplateKind.purchases.csv(currency: currency("EUR")), as: UTF8.self)
        == "customer,date,receipt,branch,channel,product,quantity,amount,refunds\r\n"
        + "00001,2026-01-31,4711,Main street,shop,P-100,2,29.90,\r\n")
  }

  @Test func customersAreReadWithAllFields() throws {
    let file = try importFile(
      """
      orders,tags,kind,customer,Name,E-Mail,city,country,branch,do_not_contact_since,phone
      12,"a; b, a;",organisation,00001,Łódź GmbH,info@example.com,Łódź,PL,Nord,2026-01-31,'+48 1
      x,,,00002,B,,,,,,
      ,,robot,00003,C,,,,,,
      ,,,,D,,,,,,
      ,,,00005,E,,,,,31.31.2026,
      """)
    #expect(file.probe.profile == .ladderCustomers)
    var customer = Customer(id: "00001")
    (customer.name, customer.email, customer.phone) = ("Łódź GmbH", "info@example.com", "+48 1")
    (customer.city, customer.country, customer.branch) = ("Łódź", "PL", "Nord")
    (customer.kind, customer.tags, customer.statedOrders) = (.organisation, ["a", "b"], 12)
    customer.doNotContactSince = day("2026-01-31")
    #expect(file.read.customers == [customer])
    #expect(
      file.read.reasons == [
        "3: orders: \"x\" is no whole number from 0 on",
        "4: kind: \"robot\" is none of person, organisation",
        "5: customer is empty",
        "6: do_not_contact_since: no month 31 in 31.31.2026; write the date as YYYY-MM-DD",
      ])
    #expect(file.tally.read == 5)
  }

  @Test func productsAndConsents() throws {
    let products = try importFile(
      """
      sku,name,category,margin,role
      P1,Tea,Drinks,0.35,engage
      P2,Cup,,"12,5 %",Profit
      P3,,,35,
      P4,,,,star
      """)
    #expect(products.read.products.map(\.margin) == [0.35, 0.125])
    #expect(products.read.products.map(\.role) == [.engage, .profit])
    #expect(
      products.read.reasons == [
        "4: margin: \"35\" is no share; write 0.35 or 35 %",
        "5: role: \"star\" is none of engage, stabilise, volume, profit",
      ])
    let consents = try importFile(
      """
      customer,channel,given,date,source
      7,email,yes,2026-01-31,form
      7,SMS,No,2026-02-01,
      7,fax,yes,2026-02-01,
      7,email,,2026-02-01,
      7,email,yes,2026-12-01,
      """)
    #expect(
      consents.read.customers.flatMap(\.consents) == [
        Consent(channel: .email, given: true, day: day("2026-01-31"), source: "form"),
        Consent(channel: .sms, given: false, day: day("2026-02-01")),
      ])
    #expect(
      consents.read.reasons == [
        "4: channel: \"fax\" is none of email, sms, phone, post, push, till",
        "5: given is empty", "6: date: 2026-12-01 lies after today, 2026-06-30",
      ])
  }
}
