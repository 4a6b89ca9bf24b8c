import LoyaltyModel
import LoyaltyWorkspace

/// One row of a command's output: named values in the order in which they are written.
struct Record: Sendable {
  /// A value as the formats write it.
  indirect enum Value: Sendable {
    case null
    case text(String)
    /// A telephone number: text that CSV files have as it is dialled.
    case phone(String)
    case integer(Int)
    /// A number that names something and is never grouped.
    case identifier(Int)
    /// A number that is no amount of money; NaN and infinities are written as null.
    case number(Double)
    case flag(Bool)
    /// Minor units, written as exact decimal text.
    case money(Int64, Currency)
    case list([Value])
    case record(Record)
  }

  /// A name, as in JSON, and its value.
  struct Field: Sendable {
    let name: String
    let value: Value
  }

  private(set) var fields: [Field]

  init(_ fields: [(String, Value)]) { self.fields = fields.map { Field(name: $0.0, value: $0.1) } }
}

extension Record.Value {
  static func day(_ day: Day?) -> Self { day.map { .text($0.description) } ?? .null }
  static func text(optional text: String?) -> Self { text.map { .text($0) } ?? .null }
  static func number(optional value: Double?) -> Self { value.map { .number($0) } ?? .null }
  static func integer(optional value: Int?) -> Self { value.map { .integer($0) } ?? .null }

  /// The value as a cell of a table for people, and whether it is aligned to the right.
  func cell(_ display: DisplayFormat) -> (text: String, isNumber: Bool) {
    switch self {
    case .null: ("–", false)
    case .text(let text), .phone(let text): (text, false)
    case .integer(let value): (display.number(value), true)
    case .identifier(let value): (String(value), true)
    case .number(let value): (shortened(value), true)
    case .flag(let value): (value ? "yes" : "no", false)
    case .money(let amount, let currency): (display.amount(amount, currency), true)
    case .list(let values): (values.map { $0.cell(display).text }.joined(separator: ", "), false)
    case .record(let record):
      (
        record.fields.map { "\($0.name) \($0.value.cell(display).text)" }.joined(separator: ", "),
        false
      )
    }
  }

  /// The value as a field of a CSV file.
  var plain: String {
    switch self {
    case .null: ""
    case .integer(let value), .identifier(let value): String(value)
    case .number(let value): value.isFinite ? String(value) : ""
    case .flag(let value): value ? "true" : "false"
    case .money(let amount, let currency): currency.decimalText(minorUnits: amount)
    case .text(let text), .phone(let text): text
    case .list, .record: cell(DisplayFormat()).text
    }
  }

  var isNumeric: Bool {
    switch self {
    case .integer, .identifier, .number, .money: true
    default: false
    }
  }
}

/// A number with four decimals at most, for people.
private func shortened(_ value: Double) -> String {
  guard value.isFinite else { return "–" }
  let scaled = (value * 10_000).rounded() / 10_000
  return scaled == scaled.rounded() && abs(scaled) < 1e15 ? String(Int(scaled)) : String(scaled)
}
