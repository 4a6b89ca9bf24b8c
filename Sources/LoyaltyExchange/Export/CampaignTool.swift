package import LoyaltyModel
import TextFormats

/// A service that sends or redeems offers and takes them as a CSV file of its own layout.
///
/// The layouts are those that the services document for their import pages: Klaviyo "CSV headers for
/// profiles", Mailchimp "Format guidelines for your import file", HubSpot "Set up your import files",
/// Voucherify "Discount code import" (values are whole numbers, in the smallest unit of the currency;
/// days as ISO 8601 instants).
package enum CampaignTool: String, Sendable, CaseIterable {
  case klaviyo, mailchimp, hubspot, voucherify

  /// Whether it sends e-mail, so that a line is a person known by an address.
  ///
  /// A file of people stands for their consent as a whole: it holds only those who gave it, once each.
  package var sendsMail: Bool { self != .voucherify }

  /// The columns of its file.
  package var columns: [String] {
    switch self {
    case .klaviyo:
      [
        "Email", "Phone Number", "First Name", "Last Name", "City", "State / Region", "Country",
        "Zip Code",
      ] + Self.offerColumns
    case .mailchimp:
      ["Email Address", "First Name", "Last Name", "Address", "Phone Number", "Birthday", "Tags"]
        + Self.offerColumns
    case .hubspot:
      [
        "Email", "First Name", "Last Name", "Phone Number", "City", "Country/Region",
        "Lifecycle stage",
      ] + Self.offerColumns
    case .voucherify:
      [
        "code", "voucher_type", "value", "discount_type", "campaign", "category", "start_date",
        "expiration_date", "redemption_quantity", "redemption_count", "active", "customer_id",
        "customer_source_id",
      ]
    }
  }

  /// What a message of a service that sends e-mail can be filled with.
  private static let offerColumns = [
    "Offer Number", "Offer Code", "Offer Title", "Offer Text", "Offer Valid Until", "Offer Kind",
    "Offer Percent", "Offer Amount", "Offer From Basket", "Offer Currency", "Offer Campaign",
  ]

  /// What stands on the line of an offer, in the order of ``columns``.
  func values(_ row: ExportRow, _ currency: Currency) -> [ExportValue] {
    // A name is kept as it was given: where the family name stands differs between languages.
    let (name, last) = (ExportValue(row.name), ExportValue.none)
    let phone = row.mayBeTexted ? ExportValue(phone: row.phone) : .none
    switch self {
    case .klaviyo:
      return [
        ExportValue(row.email), phone, name, last, ExportValue(row.city), .none,
        ExportValue(row.country), .none,
      ] + offer(row, currency)
    case .mailchimp:
      let address = [row.city, row.country].filter { !$0.isEmpty }.joined(separator: ", ")
      return [
        ExportValue(row.email), name, last, ExportValue(address), phone, .none,
        ExportValue(row.tags.joined(separator: ", ")),
      ] + offer(row, currency)
    case .hubspot:
      return [
        ExportValue(row.email), name, last, phone, ExportValue(row.city), ExportValue(row.country),
        ExportValue(row.stage.hubSpotStage),
      ] + offer(row, currency)
    case .voucherify: return voucher(row)
    }
  }

  /// The same as texts, as the file has them.
  package func cells(_ row: ExportRow, _ currency: Currency) -> [String] {
    values(row, currency).map { value in
      switch value {
      case .number(let number): String(number)
      case .money(let units): currency.decimalText(minorUnits: units)
      case .text(let text), .plain(let text): text
      case .none: ""
      }
    }
  }

  private func offer(_ row: ExportRow, _ currency: Currency) -> [ExportValue] {
    let fields: [ExportField] = [
      .offer, .code, .title, .text, .validUntil, .kind, .percent, .amount, .threshold, .currency,
      .campaign,
    ]
    return fields.map { row.value($0, currency) }
  }

  private func voucher(_ row: ExportRow) -> [ExportValue] {
    [
      .text(row.code), .text("DISCOUNT_VOUCHER"),
      .number(row.percent ?? row.amount.map { Int($0) } ?? 0),
      .text(row.percent == nil ? "AMOUNT" : "PERCENT"), ExportValue(row.campaign),
      ExportValue(row.rule), .text("\(row.firstDay)T00:00:00.000Z"),
      .text("\(row.validUntil)T23:59:59.000Z"), .number(1), .number(0), .text("TRUE"), .none,
      .text(row.customer),
    ]
  }
}

extension LifecycleStage {
  /// HubSpot's own word for where somebody stands, as its imports name it.
  fileprivate var hubSpotStage: String {
    switch self {
    case .contact, .prospect: "lead"
    case .advocate: "evangelist"
    default: "customer"
    }
  }
}
