import TextFormats

/// A kind of file that the import knows; the raw value names it in counts and in the journal.
package enum ImportProfile: String, Sendable, CaseIterable, Hashable {
  /// CDNOW: customer, YYYYMMDD, units, dollars, between blanks; the sample has its own number
  /// after the customer's, which is not used: its customers are those of the master file.
  case cdnow
  /// UCI Online Retail: invoice lines; `C…` invoices are cancellations.
  case onlineRetail = "online-retail"
  /// Any table with at least customer, date and amount (or price), by a mapping.
  case mapped
  /// Any table of customers with at least a number and a word about them, by a mapping.
  case mappedCustomers = "mapped-customers"
  /// The project's own table of purchases.
  case ladderPurchases = "ladder-purchases"
  /// The project's own table of customers.
  case ladderCustomers = "ladder-customers"
  /// The project's own table of products.
  case ladderProducts = "ladder-products"
  /// The project's own table of consents.
  case ladderConsents = "ladder-consents"
  /// The project's own table of what came of offers.
  case ladderResults = "ladder-results"

  /// What the lines of such a file are.
  package var records: RecordKind {
    switch self {
    case .cdnow, .onlineRetail, .mapped, .ladderPurchases: .purchases
    case .ladderCustomers, .mappedCustomers: .customers
    case .ladderProducts: .products
    case .ladderConsents: .consents
    case .ladderResults: .results
    }
  }

  /// The template that a profile of the project's own reads.
  package var template: TemplateKind? {
    switch self {
    case .ladderPurchases: .purchases
    case .ladderCustomers: .customers
    case .ladderProducts: .products
    case .ladderConsents: .consents
    case .ladderResults: .results
    case .cdnow, .onlineRetail, .mapped, .mappedCustomers: nil
    }
  }
}

/// What the lines of a file are.
package enum RecordKind: String, Sendable, CaseIterable {
  case purchases, customers, products, consents, results
}

/// A profile as people name it with `--as`; the raw value is that name.
package enum ProfileRequest: String, Sendable, CaseIterable {
  case cdnow
  case onlineRetail = "online-retail"
  case mapped
  /// Any table of sales.
  case sales
  /// Any table of customers.
  case customers
  /// What came of offers.
  case results
  /// Any of the project's own templates; the header tells which.
  case ladder

  /// What the lines are where the columns may be picked by hand; nil for a profile of its own.
  package var layout: ImportLayout? {
    switch self {
    case .mapped, .sales: .sales
    case .customers: .customers
    case .cdnow, .onlineRetail, .results, .ladder: nil
    }
  }
}

extension ImportLayout {
  /// The profile of a file of this layout whose columns were picked.
  var profile: ImportProfile {
    switch self {
    case .sales: .mapped
    case .customers: .mappedCustomers
    }
  }
}

/// What profile a file fits, and which column means what.
struct ProfileMatch {
  let profile: ImportProfile
  let mapping: ImportMapping
  /// The layout that was told by the columns' names alone; nil where it was known or said.
  var guessed: ImportLayout?

  /// The first profile among those asked for that a table fits, or nil.
  static func find(_ table: TableLook, among request: ProfileRequest?) -> ProfileMatch? {
    let isOpen = request == nil || request == .sales
    if isOpen || request == .cdnow, let match = cdnow(table) { return match }
    if isOpen || request == .onlineRetail, let match = onlineRetail(table) { return match }
    if request == .results { return ladder(table, among: [.ladderResults]) }
    if request == .sales { return ladder(table, among: [.ladderPurchases]) }
    if request == .customers { return ladder(table, among: [.ladderCustomers]) }
    // The most particular first: every purchase file has a customer column, too.
    let own: [ImportProfile] = [
      .ladderResults, .ladderConsents, .ladderPurchases, .ladderProducts, .ladderCustomers,
    ]
    if request == nil || request == .ladder { return ladder(table, among: own) }
    return nil
  }

  private static func cdnow(_ table: TableLook) -> ProfileMatch? {
    let names = table.names
    if table.hasHeader {
      let wanted = ["customerid", "date", "numberofcds", "dollarvalue"]
      let columns = wanted.compactMap(names.firstIndex)
      return columns.count == 4 ? cdnow(columns) : nil
    }
    return cdnow(names.count == 5 ? [0, 2, 3, 4] : [0, 1, 2, 3])
  }

  private static func cdnow(_ columns: [Int]) -> ProfileMatch {
    let fields: [ImportField] = [.customer, .date, .units, .amount]
    let mapping = Dictionary(uniqueKeysWithValues: zip(fields, columns))
    return ProfileMatch(profile: .cdnow, mapping: ImportMapping(mapping))
  }

  private static func onlineRetail(_ table: TableLook) -> ProfileMatch? {
    guard table.hasHeader else { return nil }
    var mapping = ImportMapping()
    // The second edition of the data set has other names for three of the columns.
    let wanted: [(ImportField, [String])] = [
      (.receipt, ["invoiceno", "invoice"]), (.product, ["stockcode"]),
      (.units, ["quantity"]), (.date, ["invoicedate"]),
      (.price, ["unitprice", "price"]), (.customer, ["customerid"]),
    ]
    for (field, names) in wanted {
      guard let column = names.compactMap(table.names.firstIndex).first else { return nil }
      mapping[field] = column
    }
    mapping[.productName] = table.names.firstIndex(of: "description")
    mapping[.country] = table.names.firstIndex(of: "country")
    return ProfileMatch(profile: .onlineRetail, mapping: mapping)
  }

  /// The columns by which a table tells what came of offers, whatever else it has; empty where it
  /// does not.
  static func signsOfResults(_ table: TableLook) -> [String] {
    guard table.hasHeader else { return [] }
    let own = Set(table.names)
    if own.contains(ImportField.offer.rawValue) { return [ImportField.offer.rawValue] }
    let signs = [ImportField.rule.rawValue, ImportField.customer.rawValue]
    return own.isSuperset(of: signs) ? signs : []
  }

  private static func ladder(
    _ table: TableLook, among profiles: [ImportProfile]
  ) -> ProfileMatch? {
    guard table.hasHeader else { return nil }
    for profile in profiles {
      guard let template = profile.template else { continue }
      var mapping = ImportMapping()
      for column in template.columns {
        mapping[column.field] =
          ([column.name] + column.otherNames)
          .compactMap { table.names.firstIndex(of: HeaderName.normalized($0)) }.first
      }
      let identifying = template.columns.filter(\.identifies)
      // A result is of an offer by its number, else by its customer and rule.
      let isOfSomething =
        profile != .ladderResults || mapping[.offer] != nil
        || mapping[.customer] != nil && mapping[.rule] != nil
      if isOfSomething, identifying.allSatisfy({ mapping[$0.field] != nil }) {
        if profile == .ladderPurchases { mapping.addDetails(table) }
        if profile == .ladderCustomers { mapping.addGuessed(table) }
        return ProfileMatch(profile: profile, mapping: mapping)
      }
    }
    return nil
  }
}

extension ImportMapping {
  /// Adds what else the columns' names surely say of customers.
  fileprivate mutating func addGuessed(_ table: TableLook) {
    let guess = MappingGuess(for: table.ownColumns, as: .customers)
    for field in ImportField.mappable(in: .customers)
    where self[field] == nil && !guess.doubtful.contains(field) {
      guard let column = guess.mapping[field], self.field(ofColumn: column) == nil else { continue }
      self[field] = column
    }
  }

  /// Adds what a purchase file says about customers and products on the way, by the fields' names.
  fileprivate mutating func addDetails(_ table: TableLook) {
    for field in ImportField.customerDetails + ImportField.productDetails where self[field] == nil {
      let column = table.names.firstIndex(of: HeaderName.normalized(field.rawValue))
      if let column, self.field(ofColumn: column) == nil { self[field] = column }
    }
  }
}
