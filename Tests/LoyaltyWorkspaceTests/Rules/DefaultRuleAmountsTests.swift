import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

@Suite("Amounts of the default rules")
struct DefaultRuleAmountsTests {
  /// What a free delivery, a welcome and a welcome back are taken to cost, and to what baskets are
  /// rounded, as a shop of the country would have it.
  static let amounts: [(code: String, delivery: String, prospect: String, back: String)] = [
    ("EUR", "5", "2", "3"), ("USD", "5", "2", "3"), ("JPY", "500", "200", "300"),
    ("IDR", "25000", "10000", "15000"), ("KWD", "1", "0.400", "0.600"),
    ("KRW", "5000", "2000", "3000"), ("JOD", "2.500", "1", "1.500"),
    ("VND", "50000", "20000", "30000"), ("XTS", "5", "2", "3"),
  ]

  @Test("they are round amounts of the currency", arguments: amounts)
  func perCurrency(_ code: String, delivery: String, prospect: String, back: String) throws {
    let currency = try #require(Currency(code: code))
    let files = DefaultRules.files(in: currency)
    func amount(_ file: String, _ pointer: String) throws -> String? {
      RuleEdit(try #require(files.first { $0.file == file }).text).text(at: pointer)
    }
    #expect(try amount("at-risk.keep-valuable.json", "/offer/cost/redeemed") == delivery)
    #expect(try amount("prospect.welcome.json", "/offer/cost/redeemed") == prospect)
    #expect(try amount("won-back.welcome-back.json", "/offer/cost/redeemed") == back)
    #expect(try amount("low-mid.return.json", "/offer/threshold/round") == delivery)
    // What is nothing, and what somebody in a test has spent, stays.
    #expect(try amount("lapsed.news-after-a-year.json", "/offer/cost/contact") == "0")
    #expect(
      try amount("low-mid.second-category.json", "/tests/0/customer/purchases/0/amount") == "19")
  }

  @Test("in every currency they have no mistakes, and their tests pass")
  func everyCurrency() throws {
    let known = try #require(Resources.text("currencies/price-levels.txt")).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { String($0.prefix(3)) }
    #expect(known == Set(known).sorted() && known.count > 60)
    for code in known + ["XTS", "LYD", "CLF"] {
      let currency = try #require(Currency(code: code))
      for file in DefaultRules.files(in: currency) {
        let reading = RuleReader.read(
          Array(file.text.utf8), file: file.file, catalogue: .customers, currency: currency)
        let rule = try #require(reading.rule, "\(code): \(reading.issues)")
        #expect(reading.issues.isEmpty, "\(code) \(file.file)")
        #expect(RuleTester.run(rule).allSatisfy { $0.passed }, "\(code) \(file.file)")
      }
    }
  }

  @Test("each known currency is one in use, at 1, 2 or 5 with zeros")
  func table() throws {
    for line in try #require(Resources.text("currencies/price-levels.txt")).split(separator: "\n")
    where !line.hasPrefix("#") {
      let parts = line.split(separator: " ")
      #expect(parts.count == 2 && Currency(inUse: String(parts[0])) != nil, "\(line)")
      #expect(["1", "2", "5"].contains(parts[1].filter { $0 != "0" && $0 != "." }), "\(line)")
    }
  }

  @Test("a programme of the currency begins with them, and its suggestions cost them")
  func programme() throws {
    let disk = MemoryDisk()
    let workspace = try LoyaltyWorkspace.create(
      at: "/disk/toko", currency: #require(Currency(code: "IDR")), timeZone: "Asia/Jakarta",
      environment: TestShop.environment(disk))
    let rule = try workspace.rule("at-risk.keep-valuable")
    // IDR has two decimals by ISO 4217.
    #expect(rule.offer.redeemedCost == 25_000 * workspace.currency.minorUnitsPerMajor)
    #expect(LoyaltyWorkspace.knowsPrices(in: workspace.currency))
    let other = try #require(Currency(code: "ARS"))
    #expect(!LoyaltyWorkspace.knowsPrices(in: other))
  }
}
