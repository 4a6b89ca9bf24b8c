import LoyaltyModel
import Statistics

/// What the demo chain sells and where, and the words that go around in it.
struct DemoShop: Sendable {
  /// A shop in a town.
  struct Branch: Sendable {
    let name, city, country, phone: String
  }

  /// The products of one category, ascending by price.
  struct Shelf: Sendable {
    /// Prices in euros.
    var prices: [Double] = []
    var skus: [String] = []
  }

  let products: [Product]
  let shelves: [Shelf]
  let branches: [Branch]
  /// The name of the branch that sells over the web.
  let web: String
  let interests, consentSources, tags, needs: [String]
  let ratings, lowRatings, complaints, wishes: [String]
  private let rates: [String: Double]

  /// The shop of two data files' texts.
  init(shop: String, products lines: String) {
    let text = DemoText(shop)
    branches = text.rows("branch").filter { $0.count == 4 }.map {
      Branch(name: $0[0], city: $0[1], country: $0[2], phone: $0[3])
    }
    web = text.value("web")
    (interests, consentSources) = (text.values("interest"), text.values("consent-source"))
    (tags, needs) = (text.values("tag"), text.values("need"))
    (ratings, lowRatings) = (text.values("rating"), text.values("low-rating"))
    (complaints, wishes) = (text.values("complaint"), text.values("wish"))
    rates = Dictionary(
      text.values("currency").map { line in
        (String(line.prefix(3)), Double(line.dropFirst(4)) ?? 1)
      }, uniquingKeysWith: { $1 })
    (products, shelves) = DemoShop.range(lines)
  }

  /// How many units of a currency stand for a euro in the demo.
  func rate(of currency: Currency) -> Double { rates[currency.code] ?? 1 }

  /// The products of a file's text, and the same by category.
  private static func range(_ text: String) -> ([Product], [Shelf]) {
    var products: [Product] = []
    var priced: [(category: String, price: Double, sku: String)] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = DemoText.columns(line)
      guard columns.count == 6, let price = Double(columns[3]) else { continue }
      var product = Product(sku: columns[0])
      (product.name, product.category) = (columns[1], columns[2])
      product.margin = Double(columns[4])
      product.role = ProductRole(rawValue: columns[5])
      products.append(product)
      priced.append((columns[2], price, columns[0]))
    }
    var shelves: [Shelf] = []
    var last: String?
    for item in priced.sorted(by: {
      ($0.category, $0.price, $0.sku) < ($1.category, $1.price, $1.sku)
    }) {
      if item.category != last { shelves.append(Shelf()) }
      last = item.category
      shelves[shelves.count - 1].prices.append(item.price)
      shelves[shelves.count - 1].skus.append(item.sku)
    }
    return (products, shelves)
  }
}

extension DemoShop.Shelf {
  /// Draws what stands for an amount: one of the dearest products that it buys, and how many.
  /// - Parameters:
  ///   - amount: In euros.
  ///   - generator: The source of chance.
  /// - Returns: The stock-keeping unit, and at least one unit.
  func draw(for amount: Double, using generator: inout SeededGenerator) -> (String, Int32) {
    // A little less than the price may have been paid.
    let affordable = prices.prefix { $0 <= amount * 1.15 }.count
    guard affordable > 0 else { return (skus[0], 1) }
    let index = affordable - 1 - generator.uniform(below: min(3, affordable))
    return (skus[index], Int32(max(1, (amount / prices[index]).rounded())))
  }
}
