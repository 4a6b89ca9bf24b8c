package import LoyaltyModel
import TextFormats

/// A table of the project's own layout; the raw value names it in `ladder template KIND`.
package enum TemplateKind: String, Sendable, CaseIterable {
  case customers, purchases, products, consents, results
}

extension TemplateKind {
  /// A column of a template.
  struct Column {
    /// The name in the header.
    let name: String
    let field: ImportField
    /// What the example row says.
    let example: String
    /// Whether a table without it is another kind of table.
    var identifies = false
    /// What else the column may be called in a file.
    var otherNames: [String] = []
  }

  /// The names of the columns, in order.
  package var columnNames: [String] { columns.map(\.name) }

  /// The columns, in order.
  var columns: [Column] {
    switch self {
    case .customers:
      [
        Column(name: "customer", field: .customer, example: "00001", identifies: true),
        Column(name: "name", field: .name, example: "Ana Example", identifies: true),
        Column(name: "email", field: .email, example: "ana@example.com"),
        Column(name: "phone", field: .phone, example: "0170 5550100"),
        Column(name: "city", field: .city, example: "Hamburg"),
        Column(name: "country", field: .country, example: "DE"),
        Column(name: "branch", field: .branch, example: "Main street"),
        Column(name: "kind", field: .kind, example: "person"),
        Column(name: "tags", field: .tags, example: "regular; garden"),
        Column(name: "do_not_contact_since", field: .doNotContactSince, example: ""),
        Column(name: "orders", field: .orders, example: ""),
      ]
    case .purchases:
      [
        Column(name: "customer", field: .customer, example: "00001", identifies: true),
        Column(name: "date", field: .date, example: "2026-01-31", identifies: true),
        Column(name: "receipt", field: .receipt, example: "4711"),
        Column(name: "branch", field: .branch, example: "Main street"),
        Column(name: "channel", field: .channel, example: "shop"),
        Column(name: "product", field: .product, example: "P-100"),
        Column(name: "quantity", field: .units, example: "2"),
        Column(name: "amount", field: .amount, example: "29.90", identifies: true),
        Column(name: "refunds", field: .refunds, example: ""),
      ]
    case .products:
      [
        Column(name: "sku", field: .product, example: "P-100", identifies: true),
        Column(name: "name", field: .productName, example: "Coffee, 500 g"),
        Column(name: "category", field: .category, example: "Coffee"),
        Column(name: "margin", field: .margin, example: "0.35"),
        Column(name: "role", field: .role, example: "volume"),
      ]
    case .consents:
      [
        Column(name: "customer", field: .customer, example: "00001", identifies: true),
        Column(name: "channel", field: .channel, example: "email", identifies: true),
        Column(name: "given", field: .given, example: "yes", identifies: true),
        Column(name: "date", field: .date, example: "2026-01-31", identifies: true),
        Column(name: "source", field: .source, example: "sign-up form"),
      ]
    case .results:
      [
        Column(name: "offer", field: .offer, example: "12"),
        Column(name: "customer", field: .customer, example: ""),
        Column(name: "rule", field: .rule, example: ""),
        Column(
          name: "redeemed", field: .redeemed, example: "yes", identifies: true,
          otherNames: ["used"]),
        Column(name: "date", field: .date, example: "2026-01-31"),
        Column(name: "amount", field: .amount, example: "29.90"),
      ]
    }
  }

  /// The template as a CSV file: its header and one example row, to be written over, whose amount
  /// stands in the decimals of the programme's currency.
  package func csv(currency: Currency) -> [UInt8] {
    var writer = CSVWriter()
    writer.row(columnNames)
    for column in columns {
      if column.field == .amount {
        writer.number(minorUnits: 2990 * currency.minorUnitsPerMajor / 100, digits: currency.digits)
      } else {
        writer.text(column.example)
      }
    }
    writer.endRow()
    return writer.take()
  }
}
