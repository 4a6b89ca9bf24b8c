import LoyaltyModel
import LoyaltyWorkspace
import Testing

/// The demo's data files are read leniently, so their form is proven here.
@Suite("Demo data files")
struct DemoResourcesTests {
  /// The lines of a file that are no remarks, as key and value.
  static func lines(_ path: String) throws -> [(key: String, value: String)] {
    try #require(Resources.text(path)).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      let parts = $0.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  @Test(
    "a file of names has every part, each with its ASCII form",
    arguments: Resources.paths(under: "demo/people"))
  func names(path: String) throws {
    let lines = try Self.lines(path)
    let values = Dictionary(
      lines.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    #expect(lines.count == values.count, "a key stands twice")
    let known: Set = ["weight", "order", "mononyms", "country", "city", "phone", "given", "family"]
    #expect(known.isSuperset(of: values.keys))
    #expect((Double(values["weight"] ?? "") ?? 0) > 0)
    #expect(["given family", "family given", "familygiven"].contains(values["order"]))
    #expect(values["country"]?.utf8.count == 2)
    #expect(values["city"]?.isEmpty == false)
    for key in ["given", "family"] {
      let entries = try #require(values[key]).split(
        separator: ",", omittingEmptySubsequences: false)
      #expect(entries.count >= 12)
      #expect(Set(entries).count == entries.count, "\(path): a name stands twice")
      for entry in entries {
        let ascii = entry.split(separator: "=").last.map { $0.drop { $0 == " " } } ?? ""
        #expect(!ascii.isEmpty, "\(path): \(entry)")
        #expect(
          ascii.utf8.allSatisfy { (97...122).contains($0 | 32) || $0 == 45 }, "\(path): \(entry)")
      }
    }
  }

  @Test("the shop has branches with a town, a country and numbers, and words for everything")
  func shop() throws {
    let lines = try Self.lines("demo/shop.txt")
    let branches = lines.filter { $0.key == "branch" }
    #expect(branches.count == 4)
    for branch in branches { #expect(branch.value.split(separator: "|").count == 4) }
    for currency in lines.filter({ $0.key == "currency" }) {
      let parts = currency.value.split(separator: " ")
      #expect(Currency(code: String(parts[0])) != nil)
      #expect((Double(parts[1]) ?? 0) > 0)
    }
    let words = [
      "web", "interest", "consent-source", "tag", "need", "rating", "low-rating", "complaint",
      "wish",
    ]
    #expect(Set(lines.map(\.key)) == Set(words + ["branch", "currency"]))
  }

  @Test("ten categories of twelve products, with prices, margins and every role")
  func products() throws {
    let text = try #require(Resources.text("demo/products.txt"))
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let eur = try #require(Currency(code: "EUR"))
    let products = DemoPopulation(customers: 0, seed: 0, currency: eur).products
    #expect(lines.count == 120)
    #expect(products.count == 120)
    #expect(Set(products.map(\.sku)).count == 120)
    #expect(Set(products.map(\.name)).count == 120)
    let sizes = Dictionary(grouping: products, by: \.category).mapValues(\.count)
    #expect(sizes.count == 10)
    #expect(sizes.values.allSatisfy { $0 == 12 })
    #expect(Set(products.map(\.role)) == Set(ProductRole.allCases.map(Optional.init)))
    for product in products {
      let margin = try #require(product.margin)
      #expect((0.2...0.7).contains(margin))
    }
  }
}
