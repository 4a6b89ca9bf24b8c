package import LoyaltyModel
import Statistics

/// The people of the demo and what they bought in two years: made as they are asked for, never all kept.
///
/// Somebody depends on the seed and their own index alone, so that a larger population begins with
/// the smaller one, and any part can be made by itself. Customers come in the order of their
/// identifiers, each with purchases in the order of their days.
package struct DemoPopulation: RandomAccessCollection, Sendable {
  /// One customer with all their purchases and refunds, ascending by day.
  package struct Member: Hashable, Sendable {
    /// The customer.
    package let customer: Customer
    /// What they bought and brought back.
    package let purchases: [Purchase]
  }

  /// The most customers that there can be: identifiers have seven digits.
  package static let mostCustomers = 9_999_999
  /// The number of days over which there are purchases.
  package static let dayCount = 730
  /// The last day of the demo, 2026-06-30: its figures are the same for ever.
  package static let lastDay = Day(number: 20_634)

  /// The currency of all amounts.
  package let currency: Currency
  /// The laws by which the people buy.
  package let laws: DemoLaws
  package let endIndex: Int
  package var startIndex: Int { 0 }

  let seed: UInt64
  let shop: DemoShop
  let names: [DemoNames]
  let nameTable: AliasTable?
  /// Units of the currency for a euro.
  let rate: Double

  /// A population.
  /// - Parameters:
  ///   - customers: How many there are, from 0 to ``mostCustomers``; prospects count.
  ///   - seed: Any number: the same seed gives the same people.
  ///   - currency: The currency of all amounts; prices are scaled to look right in it.
  ///   - laws: The laws by which the people buy.
  package init(customers: Int, seed: UInt64, currency: Currency, laws: DemoLaws = DemoLaws()) {
    precondition((0...Self.mostCustomers).contains(customers), "identifiers have seven digits")
    (endIndex, self.seed, self.currency, self.laws) = (customers, seed, currency, laws)
    shop = DemoShop(
      shop: Resources.text("demo/shop.txt") ?? "",
      products: Resources.text("demo/products.txt") ?? "")
    names = Resources.paths(under: "demo/people").map { DemoNames(Resources.text($0) ?? "") }
    nameTable = AliasTable(names.map(\.weight))
    rate = shop.rate(of: currency)
  }

  /// What the shop sells, ten categories of twelve products.
  package var products: [Product] { shop.products }

  /// Makes the customer of an index.
  package subscript(index: Int) -> Member {
    precondition(indices.contains(index), "there is no such customer")
    var generator = SeededGenerator(seed: seed, stream: UInt64(index))
    let part = Part(drawnBy: &generator)
    let entry = entryTime(using: &generator)
    let language = names[nameTable?.draw(using: &generator) ?? 0]
    var customer = person(index, named: language, since: Int(entry), using: &generator)
    guard part == .buyer else {
      complete(&customer, as: part, since: Int(entry), using: &generator)
      return Member(customer: customer, purchases: [])
    }
    let purchases = purchases(of: customer, from: entry, using: &generator)
    addFamily(to: &customer, named: language, using: &generator)
    addFeedback(to: &customer, since: Int(entry), using: &generator)
    return Member(customer: customer, purchases: purchases)
  }

  /// What somebody is in the demo.
  enum Part {
    case buyer
    /// Showed interest and bought nothing.
    case prospect
    /// Only an address.
    case contact
    /// Said to have orders, none of which are here.
    case withoutHistory

    /// Draws a part: five of a hundred are prospects, nearly all others buy.
    init(drawnBy generator: inout SeededGenerator) {
      let chance = generator.uniform()
      self =
        chance < 0.05
        ? .prospect : chance < 0.06 ? .contact : chance < 0.065 ? .withoutHistory : .buyer
    }
  }

  /// Draws when somebody came first, in days from the first day; more came early than late.
  private func entryTime(using generator: inout SeededGenerator) -> Double {
    let share = generator.uniform()
    return Double(Self.dayCount) * share * share.squareRoot()
  }

  /// The day of a number of days from the first one.
  func day(_ offset: Int) -> Day { Self.lastDay - (Self.dayCount - 1 - offset) }
}
