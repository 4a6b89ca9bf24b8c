import LoyaltyModel
import TextFormats

/// Passes on what a purchase file says about customers and products, once and not with each line.
///
/// Of a customer each change is passed on, since later lines know better; of a product the first
/// description counts, since later ones tend to be notes of the stockroom.
struct DetailTracker {
  private let people: PeopleReader
  private let customer: Int
  private let product: Int
  private let customerDetails: [Int]
  private let productDetails: [Int]
  private var seenCustomers: [UInt64: UInt64] = [:]
  private var seenProducts: Set<UInt64> = []

  init(_ probe: ImportProbe) {
    let mapping = probe.mapping
    people = PeopleReader(probe)
    customer = mapping[.customer] ?? -1
    product = mapping[.product] ?? -1
    customerDetails = ImportField.customerDetails.compactMap { mapping[$0] }
    productDetails = ImportField.productDetails.compactMap { mapping[$0] }
  }

  /// Whether the file has columns about customers or products.
  var isActive: Bool { !customerDetails.isEmpty || !productDetails.isEmpty }

  /// What a row says about its customer that was not said before, or nil.
  mutating func customer(_ row: TextRow) throws(Rejection) -> Customer? {
    guard !customerDetails.isEmpty, !row.isEmpty(customer) else { return nil }
    guard let details = hash(row, customerDetails) else { return nil }
    let key = hash(row, [customer]) ?? 0
    guard seenCustomers[key] != details else { return nil }
    let found = try people.contact(row)
    seenCustomers[key] = details
    return found
  }

  /// What a row that was sold for something says about its product for the first time, or nil.
  mutating func product(_ row: TextRow, amount: Int64) throws(Rejection) -> Product? {
    guard !productDetails.isEmpty, product >= 0, amount > 0, !row.isEmpty(product) else {
      return nil
    }
    guard hash(row, productDetails) != nil else { return nil }
    let key = hash(row, [product]) ?? 0
    guard !seenProducts.contains(key) else { return nil }
    let found = try people.description(row)
    seenProducts.insert(key)
    return found
  }

  /// A hash of some cells; nil when all are empty.
  private func hash(_ row: TextRow, _ columns: [Int]) -> UInt64? {
    var hash = ContentHash()
    var isEmpty = true
    for column in columns {
      row.withCell(column) { cell in
        isEmpty = isEmpty && cell.byteCount == 0
        hash.combine(cell)
      }
    }
    return isEmpty ? nil : hash.value
  }
}
