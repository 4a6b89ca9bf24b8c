import LoyaltyModel
import TextFormats

/// Makes partial records of customers and products from rows.
struct PeopleReader {
  private let mapping: ImportMapping
  private let cells: CellReader
  /// Where a consent to the newsletter was read: the name of its column.
  private let newsletterSource: String

  init(_ probe: ImportProbe) {
    mapping = probe.mapping
    cells = CellReader(probe)
    newsletterSource =
      mapping[.newsletter].map { SafeText.shown(probe.look.header[$0], limit: 60) } ?? ""
  }

  // MARK: Customers

  /// The customer of a row of the customers template.
  func customer(_ row: TextRow) throws(Rejection) -> Customer {
    var customer = try contact(row)
    customer.branch = try text(row, .branch)
    if let kind = try word(row, .kind, Self.kinds) { customer.kind = kind }
    let tags = try text(row, .tags)
    for tag in tags.split(whereSeparator: { $0 == ";" || $0 == "," }).map(\.trimmed)
    where !tag.isEmpty && !customer.tags.contains(tag) {
      customer.tags.append(tag)
    }
    if let column = filled(row, .doNotContactSince) {
      customer.doNotContactSince = try row.withCell(column) { cell throws(Rejection) in
        try cells.day(cell, .doNotContactSince)
      }
    }
    let orders = try text(row, .orders)
    if !orders.isEmpty {
      guard let count = Int(orders), count >= 0 else { throw .count(.orders, orders) }
      customer.statedOrders = count
    }
    if let given = try word(row, .newsletter, Self.subscriptions) {
      customer.consents = [
        Consent(channel: .email, given: given, day: cells.consentDay, source: newsletterSource)
      ]
    }
    return customer
  }

  /// The customer of a row with what any file may say about them.
  func contact(_ row: TextRow) throws(Rejection) -> Customer {
    var customer = Customer(id: try identifier(row, .customer))
    customer.name = try name(row)
    customer.email = try text(row, .email)
    customer.phone = try text(row, .phone)
    customer.city = try text(row, .city)
    customer.country = try text(row, .country)
    return customer
  }

  /// The name as a whole, else of its parts.
  private func name(_ row: TextRow) throws(Rejection) -> String {
    let whole = try text(row, .name)
    guard whole.isEmpty else { return whole }
    let parts = [try text(row, .firstName), try text(row, .lastName)]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The customer of a row of the consents template, with that consent alone.
  func consent(_ row: TextRow) throws(Rejection) -> Customer {
    var customer = Customer(id: try identifier(row, .customer))
    guard let channel = try word(row, .channel, Self.channels) else { throw .missing(.channel) }
    guard let given = try word(row, .given, Self.answers) else { throw .missing(.given) }
    let day = try row.withCell(mapping[.date] ?? -1) { cell throws(Rejection) in
      try cells.day(cell, .date)
    }
    let source = try text(row, .source)
    customer.consents = [Consent(channel: channel, given: given, day: day, source: source)]
    return customer
  }

  // MARK: Products

  /// The product of a row of the products template.
  func product(_ row: TextRow) throws(Rejection) -> Product {
    var product = try description(row)
    product.margin = try margin(row)
    product.role = try word(row, .role, Self.roles)
    return product
  }

  /// The product of a row with what a purchase file may say about it.
  func description(_ row: TextRow) throws(Rejection) -> Product {
    var product = Product(sku: try identifier(row, .product))
    product.name = try text(row, .productName)
    product.category = try text(row, .category)
    return product
  }

  private func margin(_ row: TextRow) throws(Rejection) -> Double? {
    let text = try text(row, .margin)
    guard !text.isEmpty else { return nil }
    let isPercent = text.hasSuffix("%")
    let number = (isPercent ? String(text.dropLast()) : text).trimmed
      .replacingCommaByPoint
    guard let value = Double(number), value.isFinite else { throw .margin(text) }
    let margin = isPercent ? value / 100 : value
    guard (0...1).contains(margin) else { throw .margin(text) }
    return margin
  }

  // MARK: Cells

  /// The column of a field that has a text in this row, or nil.
  private func filled(_ row: TextRow, _ field: ImportField) -> Int? {
    guard let column = mapping[field], !row.cell(column).isEmpty else { return nil }
    return column
  }

  private func identifier(_ row: TextRow, _ field: ImportField) throws(Rejection) -> String {
    try row.checkLength(mapping[field] ?? -1, field, limit: CellReader.longestIdentifier)
    let text = row.cell(mapping[field])
    guard !text.isEmpty else { throw .missing(field) }
    return text
  }

  private func text(_ row: TextRow, _ field: ImportField) throws(Rejection) -> String {
    guard let column = mapping[field] else { return "" }
    try row.checkLength(column, field, limit: CellReader.longestText)
    return row.cell(column)
  }

  /// What a word stands for; nil where the cell is empty.
  private func word<Value>(
    _ row: TextRow, _ field: ImportField, _ words: [(String, Value)]
  ) throws(Rejection) -> Value? {
    let text = try text(row, field)
    guard !text.isEmpty else { return nil }
    let plain = text.lowercased()
    guard let match = words.first(where: { $0.0 == plain }) else {
      throw .unknownWord(field, text, known: words.map(\.0))
    }
    return match.1
  }

  private static let kinds = PartyKind.allCases.map { ($0.rawValue, $0) }
  private static let channels = ContactChannel.allCases.map { ($0.rawValue, $0) }
  private static let roles = ProductRole.allCases.map { ($0.rawValue, $0) }
  static let answers = [
    ("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false),
    ("ja", true), ("nein", false), ("ya", true), ("tidak", false),
  ]
  private static let subscriptions = answers + [("subscribed", true), ("unsubscribed", false)]
}

extension String {
  /// The text with a decimal comma written as a point.
  fileprivate var replacingCommaByPoint: String {
    String(map { $0 == "," ? "." : $0 })
  }
}
