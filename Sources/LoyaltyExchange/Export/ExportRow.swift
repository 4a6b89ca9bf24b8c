package import LoyaltyModel
import TextFormats

/// One offer as it is exported, with all that stands on its line.
///
/// The names of the fields in files are those of ``ExportField``.
package struct ExportRow: Sendable, Hashable {
  /// The offer's number.
  package var offer: Int
  /// The customer's identifier.
  package var customer: String
  /// The customer's name; empty when unknown.
  package var name = ""
  /// The e-mail address; empty when unknown.
  package var email = ""
  /// The telephone number; empty when unknown.
  package var phone = ""
  /// The town; empty when unknown.
  package var city = ""
  /// The country; empty when unknown.
  package var country = ""
  /// Words that staff or the source attached to the customer.
  package var tags: [String] = []
  /// Whether they agreed to text messages, so that a service may be given their number.
  package var mayBeTexted = false
  /// How the offer reaches the customer.
  package var channel: ContactChannel
  /// The offer's headline.
  package var title = ""
  /// The sentence that the customer reads.
  package var text = ""
  /// What kind of offer it is.
  package var kind: OfferKind
  /// The discount in percent, where it is one.
  package var percent: Int?
  /// The discount or voucher in minor units, where it is one.
  package var amount: Int64?
  /// The basket from which it holds, in minor units, where there is one.
  package var threshold: Int64?
  /// The code to redeem it by; empty when there is none.
  package var code = ""
  /// The first day on which it can be redeemed; by default the last.
  package var firstDay: Day
  /// The last day on which it can be redeemed.
  package var validUntil: Day
  /// The rule that suggested it.
  package var rule = ""
  /// The campaign of that rule when it suggested the offer; empty for none.
  package var campaign = ""
  /// The customer's lifecycle stage when it was suggested.
  package var stage: LifecycleStage
  /// The customer's cohort when it was suggested.
  package var cohort: ValueCohort
  /// The sentence that says why, for staff.
  package var why = ""
  /// Where it stands once the list is written.
  package var state = OfferState.exported
  /// The day on which it was used, where it was.
  package var redeemed: Day?
  /// What was spent then, in minor units, where that is known.
  package var spent: Int64?

  /// An offer whose texts and terms are filled in afterwards.
  package init(
    offer: Int, customer: String, channel: ContactChannel, kind: OfferKind, validUntil: Day,
    stage: LifecycleStage, cohort: ValueCohort
  ) {
    (self.offer, self.customer, self.channel, self.kind) = (offer, customer, channel, kind)
    (self.validUntil, self.stage, self.cohort) = (validUntil, stage, cohort)
    firstDay = validUntil
  }
}

/// A column of an export; the raw value is its name in CSV, JSON, NDJSON and Markdown, and lasts.
///
/// In JSON `offer` and `percent` are numbers, all else is text; money is exact decimal text such
/// as `"15.00"`; what is not there is null. `currency` is the ISO 4217 code of the amounts.
package enum ExportField: String, Sendable, CaseIterable {
  /// The offer's number.
  case offer
  /// The customer's identifier, verbatim.
  case customer
  /// The customer's name.
  case name
  /// The customer's e-mail address.
  case email
  /// The customer's telephone number.
  case phone
  /// `email`, `sms`, `phone`, `post`, `push` or `till`.
  case channel
  /// The offer's headline.
  case title
  /// The sentence that the customer reads.
  case text
  /// `discount`, `voucher`, `gift`, `free-delivery`, `trial`, `content`, `service`, `early-access`.
  case kind
  /// The discount in percent.
  case percent
  /// The discount or voucher as an amount.
  case amount
  /// The basket from which it holds.
  case threshold
  /// The currency of amount, threshold and what was spent.
  case currency
  /// The code to redeem it by.
  case code
  /// The last day on which it can be redeemed, `YYYY-MM-DD`.
  case validUntil = "valid_until"
  /// The rule that suggested it.
  case rule
  /// The campaign of that rule when it suggested the offer.
  case campaign
  /// The customer's lifecycle stage when it was suggested.
  case stage
  /// The customer's cohort when it was suggested.
  case cohort
  /// Why it was suggested, for staff.
  case why
  /// Where it stands once the list is written: `exported`, `redeemed`, `expired` and others.
  case state
  /// The day on which it was used, `YYYY-MM-DD`.
  case redeemed
  /// What was spent then.
  case spent
}

/// What stands in one field of an exported offer.
enum ExportValue {
  case number(Int)
  case money(Int64)
  case text(String)
  /// What the program made itself and no spreadsheet takes for a formula, such as `+493012345`.
  case plain(String)
  case none

  init(_ number: Int?) { self = number.map(Self.number) ?? .none }
  init(money: Int64?) { self = money.map(Self.money) ?? .none }
  init(_ text: String) { self = text.isEmpty ? .none : .text(text) }
  /// A telephone number as tools that send messages take it, where it has its country; else as it
  /// was given.
  init(phone: String) { self = SpreadsheetGuard.dialled(phone).map(Self.plain) ?? Self(phone) }
}

extension ExportRow {
  /// What stands in a field.
  func value(_ field: ExportField, _ currency: Currency) -> ExportValue {
    switch field {
    case .offer: .number(offer)
    case .percent: ExportValue(percent)
    case .amount: ExportValue(money: amount)
    case .threshold: ExportValue(money: threshold)
    case .spent: ExportValue(money: spent)
    case .currency:
      amount == nil && threshold == nil && spent == nil ? .none : .text(currency.code)
    default: ExportValue(text(field))
    }
  }

  private func text(_ field: ExportField) -> String {
    switch field {
    case .customer: customer
    case .name: name
    case .email: email
    case .phone: phone
    case .channel: channel.rawValue
    case .title: title
    case .text: text
    case .kind: kind.rawValue
    case .code: code
    case .validUntil: validUntil.description
    case .rule: rule
    case .campaign: campaign
    case .stage: stage.rawValue
    case .cohort: cohort.rawValue
    case .why: why
    case .state: state.rawValue
    case .redeemed: redeemed?.description ?? ""
    case .offer, .percent, .amount, .threshold, .currency, .spent: ""
    }
  }
}
