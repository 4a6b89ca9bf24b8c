import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// The rules that a new programme begins with.
enum DefaultRules {
  /// The rules, their amounts written in a currency.
  ///
  /// They are thought in euros; where the price level of the currency is not known the same numbers
  /// stand, and somebody has to look them over.
  static func files(in currency: Currency) -> [RuleFile] {
    let level = PriceLevel(of: currency)
    return Resources.paths(under: "rules").compactMap { path in
      Resources.text(path).map { text in
        RuleFile(
          file: String(path.dropFirst("rules/".count)),
          text: level.map { adapted(text, to: $0) } ?? text)
      }
    }
  }

  /// Where amounts stand that are what something costs or is rounded to, rather than what somebody
  /// has spent.
  private static let amounts = [
    "/offer/amount", "/offer/threshold/round", "/offer/cost/contact", "/offer/cost/redeemed",
    "/limits/budget", "/score/amount",
  ]

  private static func adapted(_ text: String, to level: PriceLevel) -> String {
    guard level.isOther, let euro = Currency(code: "EUR") else { return text }
    var edit = RuleEdit(text)
    for path in amounts {
      guard let written = edit.text(at: path), let cents = euro.minorUnits(decimalText: written),
        cents != 0
      else { continue }
      _ = edit.set(path, to: level.text(cents: cents))
    }
    return edit.text
  }
}

/// What prices are like in a currency beside those in euros: an order of magnitude.
struct PriceLevel {
  private let currency: Currency
  /// How many tenths of the currency buy what one euro buys.
  private let tenths: Int64

  /// The level of a currency; nil where it is not known.
  init?(of currency: Currency) {
    self.currency = currency
    let lines = Resources.text("currencies/price-levels.txt")?.split(separator: "\n") ?? []
    guard let line = lines.first(where: { $0.hasPrefix(currency.code + " ") }) else { return nil }
    // One digit after the point, if any.
    let parts = line.dropFirst(4).split(separator: ".")
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    tenths = whole * 10 + (parts.count > 1 ? Int64(parts[1]) ?? 0 : 0)
  }

  /// Whether its amounts are others than those in euros.
  var isOther: Bool { tenths != 10 }

  /// What corresponds to an amount in euros, in minor units; at least one.
  func minorUnits(cents: Int64) -> Int64 {
    max(1, cents * tenths * currency.minorUnitsPerMajor / 1000)
  }

  /// The same as rules write it: without decimals where it is whole.
  func text(cents: Int64) -> String {
    let amount = minorUnits(cents: cents)
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: currency.minorUnitsPerMajor)
    return rest == 0 ? String(whole) : currency.decimalText(minorUnits: amount)
  }
}
