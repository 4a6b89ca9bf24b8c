/// What a column of a file can mean; the raw value is its name in `--map` and in templates.
package enum ImportField: String, Sendable, CaseIterable, Hashable {
  /// The customer's identifier, verbatim; empty for an anonymous sale.
  case customer
  /// The day of the sale or consent.
  case date
  /// The net amount of the line.
  case amount
  /// How many were bought; also called `quantity` and `units`.
  case units = "quantity"
  /// The price of one, from which the amount is made where no column holds it.
  case price
  /// The receipt's number.
  case receipt
  /// The receipt that a refund refunds.
  case refunds
  /// The product's number; also called `sku`.
  case product
  /// The product's name.
  case productName = "product_name"
  /// The product's category.
  case category
  /// The branch.
  case branch
  /// The channel of a sale, or of a consent.
  case channel
  /// The customer's name.
  case name
  /// The customer's first name, where it stands apart.
  case firstName = "first_name"
  /// The customer's last name, where it stands apart.
  case lastName = "last_name"
  /// The customer's e-mail address.
  case email
  /// The customer's telephone number.
  case phone
  /// The customer's town.
  case city
  /// The customer's country.
  case country
  /// `person` or `organisation`.
  case kind
  /// Labels, separated by `;` or `,`.
  case tags
  /// The day since which the customer must not be contacted.
  case doNotContactSince = "do_not_contact_since"
  /// How many orders the source says exist.
  case orders
  /// The product's margin: a share such as `0.35`, or `35 %`.
  case margin
  /// The product's role: `engage`, `stabilise`, `volume`, `profit`.
  case role
  /// Whether a customer may be sent the newsletter, that is e-mails: yes or no.
  case newsletter
  /// Whether a consent was given: yes or no.
  case given
  /// Where a consent was recorded.
  case source
  /// The number of an offer.
  case offer
  /// The rule that an offer came from.
  case rule
  /// Whether an offer was used: yes or no.
  case redeemed

  /// The field of a name as people write it in `--map`, or nil.
  package init?(named name: String) {
    let plain = HeaderName.normalized(name)
    let field = Self.allCases.first { HeaderName.normalized($0.rawValue) == plain }
    guard let found = field ?? Self.otherNames[plain] else { return nil }
    self = found
  }

  private static let otherNames: [String: ImportField] = [
    "units": .units, "qty": .units, "sku": .product, "mail": .email, "store": .branch,
    "unitprice": .price, "client": .customer, "customerid": .customer, "day": .date,
    "telephone": .phone, "invoice": .receipt, "productname": .productName,
  ]

  /// The fields that a file of a layout may be mapped to, in the order in which they are listed.
  package static func mappable(in layout: ImportLayout) -> [ImportField] {
    switch layout {
    case .sales:
      [
        .customer, .date, .amount, .units, .price, .receipt, .refunds, .product, .productName,
        .category, .branch, .channel, .name, .email, .phone, .city, .country,
      ]
    case .customers:
      [
        .customer, .name, .firstName, .lastName, .email, .phone, .city, .country, .branch, .kind,
        .tags, .newsletter, .doNotContactSince, .orders,
      ]
    }
  }

  /// What a purchase file may say about the customer of a line.
  static let customerDetails: [ImportField] = [.name, .email, .phone, .city, .country]
  /// What a purchase file may say about the product of a line.
  static let productDetails: [ImportField] = [.productName, .category]
}

/// What the lines of a file are whose columns are picked by hand, or told by their names.
package enum ImportLayout: String, Sendable, CaseIterable {
  case sales, customers

  /// What must be known of a line; of a sale, a price and a quantity do for the amount.
  package var required: [ImportField] {
    switch self {
    case .sales: [.customer, .date, .amount]
    case .customers: [.customer, .name]
    }
  }

  /// The required fields that a mapping lacks; any word about a customer does for the name.
  func missing(in mapping: ImportMapping) -> [ImportField] {
    let hasProduct = mapping[.price] != nil && mapping[.units] != nil
    return required.filter { field in
      switch field {
      case .amount: mapping[.amount] == nil && !hasProduct
      case .name: !mapping.fields.contains { $0 != .customer }
      default: mapping[field] == nil
      }
    }
  }

  /// The layout to which alone a field belongs, or nil.
  init?(of field: ImportField) {
    let layouts = Self.allCases.filter { ImportField.mappable(in: $0).contains(field) }
    guard let only = layouts.first, layouts.count == 1 else { return nil }
    self = only
  }
}

/// Which field stands in which column of a file.
package struct ImportMapping: Sendable, Hashable {
  /// The columns by field, counted from 0.
  package private(set) var columns: [ImportField: Int]

  /// A mapping of fields to columns counted from 0.
  package init(_ columns: [ImportField: Int] = [:]) { self.columns = columns }

  /// The column of a field, or nil.
  package subscript(field: ImportField) -> Int? {
    get { columns[field] }
    set { columns[field] = newValue }
  }

  /// The mapping without some of its fields.
  func without(_ fields: [ImportField]) -> ImportMapping {
    ImportMapping(columns.filter { !fields.contains($0.key) })
  }

  /// The field of a column, or nil.
  package func field(ofColumn column: Int) -> ImportField? {
    ImportField.allCases.first { columns[$0] == column }
  }

  /// The mapped fields in their fixed order.
  package var fields: [ImportField] { ImportField.allCases.filter { columns[$0] != nil } }
}

/// One `--map FIELD=COLUMN` as it was asked for.
package struct MappingRequest: Sendable, Hashable {
  /// The field's name as written.
  package let field: String
  /// The column's name as written, or its number from 1 after `#`.
  package let column: String

  /// A request that a field stands in a column.
  package init(field: String, column: String) { (self.field, self.column) = (field, column) }

  /// The request of a text `FIELD=COLUMN`, or nil when it has no `=` or an empty side.
  package init?(_ text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let field = text[..<equals].trimmed
    let column = text[text.index(after: equals)...].trimmed
    guard !field.isEmpty, !column.isEmpty else { return nil }
    self.init(field: field, column: column)
  }
}

extension String {
  /// The text on one line: a line end or a tab, with the blanks around it, is one blank.
  var onOneLine: String {
    var text = String.UnicodeScalarView()
    var (blanks, hasBreak) = (String.UnicodeScalarView(), false)
    for scalar in unicodeScalars {
      if scalar == " " || (0x09...0x0D).contains(scalar.value) {
        hasBreak = hasBreak || scalar != " "
        blanks.append(scalar)
      } else {
        text.append(contentsOf: hasBreak ? " ".unicodeScalars : blanks)
        (blanks, hasBreak) = (String.UnicodeScalarView(), false)
        text.append(scalar)
      }
    }
    text.append(contentsOf: hasBreak ? " ".unicodeScalars : blanks)
    return String(text)
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
