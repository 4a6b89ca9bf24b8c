package import LoyaltyModel

extension ProductReport {
  /// Sums up a history.
  /// - Parameters:
  ///   - history: The purchases as known on the as-of date.
  ///   - purchases: The table that the history was made of.
  ///   - level: What the rows stand for.
  package init(_ history: PurchaseHistory, purchases: PurchaseTable, by level: Level) {
    let places = ProductPlaces(purchases, level)
    var tally = ProductTally(count: places.labels.count)
    for row in 0..<history.customers {
      for line in history.lines.range(ofCustomer: row) {
        let purchase = Int(history.lines.rows[line])
        tally.add(
          places[purchases.product[purchase]], customer: row, units: purchases.units[purchase],
          amount: history.lines.amounts[line])
      }
    }
    let loose = history.looseRefunds
    for line in 0..<loose.count {
      let place = places[purchases.product[Int(loose.rows[line])]]
      tally.values[place] += loose.amounts[line]
      tally.used[place] = true
    }
    let rows = places.labels.indices.filter { tally.used[$0] }.map { place in
      Row(
        label: places.labels[place], customers: tally.customers[place], lines: tally.lines[place],
        units: tally.units[place], value: tally.values[place])
    }.sorted { left, right in
      left.value == right.value
        ? left.label.utf8.lexicographicallyPrecedes(right.label.utf8) : left.value > right.value
    }
    self.init(asOf: history.asOf, level: level, rows: rows)
  }
}

/// The place of each product's row.
private struct ProductPlaces {
  /// The labels of the places; the first is the empty one.
  let labels: [String]
  private let places: [Int]

  init(_ purchases: PurchaseTable, _ level: ProductReport.Level) {
    var list = LabelList([""])
    places = purchases.products.map { product in
      list.number(adding: level == .product ? product.sku : product.category)
    }
    labels = list.labels
  }

  /// The place of a product's number; the first for an unknown one.
  subscript(product: Int32) -> Int { product < 0 ? 0 : places[Int(product)] }
}

/// Sums by place.
private struct ProductTally {
  var customers: [Int]
  var lines: [Int]
  var units: [Int]
  var values: [Int64]
  var used: [Bool]
  private var lastCustomer: [Int]

  init(count: Int) {
    customers = Array(repeating: 0, count: count)
    (lines, units, lastCustomer) = (customers, customers, Array(repeating: -1, count: count))
    values = Array(repeating: 0, count: count)
    used = Array(repeating: false, count: count)
  }

  /// Adds a line of a customer; customers come one after the other.
  mutating func add(_ place: Int, customer: Int, units unitCount: Int32, amount: Int64) {
    used[place] = true
    lines[place] += 1
    units[place] += Int(unitCount)
    values[place] += amount
    if lastCustomer[place] != customer {
      lastCustomer[place] = customer
      customers[place] += 1
    }
  }
}
