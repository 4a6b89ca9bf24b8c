import LoyaltyModel

/// One row of a purchase table, as a test writes it.
struct Sale {
  var customer: Int
  var day: Int32
  var amount: Int64
  var units: Int32 = 1
  var product = ""
  var channel = ""
  var branch = ""
  /// The place of the row that this one refunds, in the list of rows.
  var refunds: Int?

  init(
    _ customer: Int, _ day: Int32, _ amount: Int64, units: Int32? = nil, product: String = "",
    channel: String = "", branch: String = "", refunds: Int? = nil
  ) {
    (self.customer, self.day, self.amount) = (customer, day, amount)
    self.units = units ?? (amount < 0 ? -1 : 1)
    (self.product, self.channel, self.branch) = (product, channel, branch)
    self.refunds = refunds
  }
}

extension PurchaseTable {
  /// The table of rows in any order, whose places in the list become their import rows.
  ///
  /// A product `tea/green` is the product `tea/green` of the category `tea`.
  static func of(_ sales: [Sale], customers: Int) -> PurchaseTable {
    var table = PurchaseTable()
    var products = LabelList()
    let order = sales.indices.sorted {
      (sales[$0].customer, sales[$0].day, $0) < (sales[$1].customer, sales[$1].day, $1)
    }
    var rowOfPlace: [Int: Int] = [:]
    for (row, place) in order.enumerated() { rowOfPlace[place] = row }
    for (row, place) in order.enumerated() {
      let sale = sales[place]
      table.days.append(sale.day)
      table.amounts.append(sale.amount)
      table.units.append(sale.units)
      table.product.append(
        sale.product.isEmpty ? -1 : Int32(products.number(adding: sale.product)))
      table.branch.append(
        sale.branch.isEmpty ? .max : UInt16(table.branches.number(adding: sale.branch)))
      table.channel.append(
        sale.channel.isEmpty ? .max : UInt8(table.channels.number(adding: sale.channel)))
      table.batch.append(1)
      table.batchRow.append(UInt32(place + 1))
      if let refunded = sale.refunds { table.refundedRow[row] = rowOfPlace[refunded] }
    }
    table.products = products.labels.map { sku in
      var product = Product(sku: sku)
      let parts = sku.split(separator: "/")
      if parts.count == 2 { product.category = String(parts[0]) }
      return product
    }
    var start = 0
    for customer in 0..<customers {
      while start < order.count, sales[order[start]].customer <= customer { start += 1 }
      table.offsets.append(UInt32(start))
    }
    return table
  }
}

extension CustomerTable {
  /// Customers `c00000`, `c00001` … of whom the test fills what it needs.
  static func of(_ count: Int, _ fill: (Int, inout Customer) -> Void = { _, _ in }) -> CustomerTable
  {
    var table = CustomerTable()
    for row in 0..<count {
      let digits = String(row)
      var customer = Customer(id: "c" + String(repeating: "0", count: 5 - digits.count) + digits)
      fill(row, &customer)
      table.append(customer)
    }
    return table
  }
}

extension Day {
  /// The day of a date that a test writes; traps when there is none.
  static func of(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("no date: \(text)") }
    return day
  }
}

extension Programme {
  /// A programme in euros with the default settings.
  static var euros: Programme {
    guard let currency = Currency(code: "EUR") else { preconditionFailure("EUR is a currency") }
    return Programme(currency: currency, timeZone: "Europe/Berlin")
  }
}

/// A small seeded generator (Knuth's MMIX multiplier), so that random tests repeat.
struct TestGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of such a sequence repeat soon: mix the high ones in.
    return (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
  }
}

/// Random sales, refunds among them, of some customers over some days.
func randomSales(_ count: Int, customers: Int, days: Int32, seed: UInt64) -> [Sale] {
  var random = TestGenerator(seed: seed)
  var sales: [Sale] = []
  let products = ["", "tea/green", "tea/black", "cup/blue", "bare"]
  for place in 0..<count {
    let refund = Int.random(in: 0..<5, using: &random) == 0
    let amount = Int64.random(in: 0...8, using: &random) * 250
    var sale = Sale(
      Int.random(in: 0..<customers, using: &random), Int32.random(in: 0..<days, using: &random),
      refund ? -amount : amount, units: refund ? -1 : 1,
      product: products.randomElement(using: &random) ?? "",
      channel: ["", "web", "shop"].randomElement(using: &random) ?? "")
    if refund, place > 0, Bool.random(using: &random) {
      let refunded = Int.random(in: 0..<place, using: &random)
      sale.refunds = refunded
      // Mostly a link that makes sense.
      if Int.random(in: 0..<4, using: &random) > 0 {
        sale.customer = sales[refunded].customer
        sale.day = max(sale.day, sales[refunded].day)
      }
    }
    sales.append(sale)
  }
  return sales
}

/// The same rows in another order, links kept.
func shuffled(_ sales: [Sale], seed: UInt64) -> [Sale] {
  var random = TestGenerator(seed: seed)
  let order = sales.indices.shuffled(using: &random)
  var places = [Int](repeating: 0, count: sales.count)
  for (place, original) in order.enumerated() { places[original] = place }
  return order.map { original in
    var sale = sales[original]
    sale.refunds = sale.refunds.map { places[$0] }
    return sale
  }
}
