import LoyaltyExchange
import LoyaltyModel
import Mustache
import TextFormats

/// Letters and call sheets: a page of plain text for each offer, made from
/// `Resources/letters/LANGUAGE`.
///
/// Pages are parted by a form feed, so that each begins on a sheet of its own when they are printed.
struct Letters {
  /// The names that the templates may use.
  static let names = [
    "name", "city", "country", "date", "text", "code", "phone", "customer", "offer",
    "valid_until", "why",
  ]

  /// The channels whose offers are on paper: written, or called by somebody with a sheet.
  static let channels: [ContactChannel] = [.post, .phone]

  /// The day that stands on the letters.
  let day: Day
  /// What they are written with.
  let words: CustomerWords

  /// The whole file.
  func text(_ rows: some Sequence<ExportRow>) -> String {
    rows.map(page).joined(separator: "\u{C}")
  }

  /// The page of an offer.
  func page(_ row: ExportRow) -> String {
    let name = row.channel == .phone ? "call-sheet" : "letter"
    let template = words.letter(name).flatMap {
      try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + $0)
    }
    return template?.render(values(row)) ?? row.text
  }

  private func values(_ row: ExportRow) -> [String: String] {
    let paper = words.paper
    let all = [
      "name": row.name.isEmpty ? row.customer : row.name, "city": row.city,
      "country": row.country, "date": paper.day(day), "text": row.text, "code": row.code,
      "phone": row.phone, "customer": row.customer, "offer": String(row.offer),
      "valid_until": paper.day(row.validUntil), "why": row.why,
    ]
    // What is empty is not there, so that its section is left out.
    return all.filter { !$0.value.isEmpty }.mapValues(Self.plain)
  }

  /// A text that cannot steer a printer or end its page.
  private static func plain(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { SafeText.shown(String($0)) }.joined(separator: "\n")
  }
}
