import LoyaltyModel
import Mustache
import Synchronization

/// What a customer reads: a text template filled with the offer's terms.
///
/// Templates are `Resources/templates/LANGUAGE/NAME.mustache`; one that is missing falls back to the
/// general text of the offer's kind, `kind-discount` and so on. A name that a template uses and nobody
/// knows is an error, not a gap: ``unknownNames(in:)`` finds it, and a test asks it of every file.
struct OfferMessage {
  /// The names that templates may use, each with what it stands for.
  static let names = [
    "name", "percent", "amount", "threshold", "category", "product", "valid_until",
  ]

  private let offer: Offer
  private let customerName: String
  private let productName: String
  private let currency: Currency
  private let words: CustomerWords

  /// A message about an offer.
  init(
    _ offer: Offer, customerName: String, productName: String, currency: Currency,
    _ words: CustomerWords
  ) {
    (self.offer, self.customerName, self.productName) = (offer, customerName, productName)
    (self.currency, self.words) = (currency, words)
  }

  /// The message, line by line.
  var lines: [String] { filled(with: values) }

  /// The message with a place such as `{{percent}}` for each of its values: what is left of the
  /// template for this offer, for somebody to change a word of.
  var text: String {
    let places = values.map { name, _ in (name, "{{\(name)}}") }
    return filled(with: Dictionary(uniqueKeysWithValues: places)).joined(separator: "\n")
  }

  private func filled(with values: [String: String]) -> [String] {
    let text = offer.terms.text.isEmpty ? templateText : offer.terms.text
    guard let template = try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text) else {
      return [title]
    }
    return template.render(values).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init).trimmingBlankEnds
  }

  /// The text of the offer's template.
  private var templateText: String {
    words.template(offer.terms.template)
      ?? words.template("kind-" + offer.terms.kind.rawValue) ?? title
  }

  private var title: String { words.title(of: offer) }

  private var values: [String: String] {
    var values: [String: String] = [:]
    func set(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { values[name] = text }
    }
    set("name", customerName)
    let (texts, display) = (words.texts, words.display)
    set("percent", offer.terms.percent.map { texts("message.percent", ["n": String($0)]) })
    set("amount", offer.terms.amount.map { display.money($0, currency) })
    set("threshold", offer.terms.threshold.map { display.money($0, currency) })
    set("category", offer.terms.category)
    set("product", productName)
    set("valid_until", display.day(offer.validUntil))
    return values
  }

  /// The names that may be used, as they are written.
  static var places: String { names.map { "{{\($0)}}" }.joined(separator: ", ") }

  /// The places for values that are written with single braces, such as `{name}`: the customer would
  /// read them as they stand.
  static func singleBraces(in text: String) -> [String] {
    text.matches(of: /(\{+)([^{}]+)(\}+)/).compactMap { group in
      let name = group.output.2.filter { $0 != " " }
      let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "_-.#/^&".contains($0) }
      let isSingle = group.output.1.count == 1 || group.output.3.count == 1
      return isName && !name.isEmpty && isSingle ? String(group.output.0) : nil
    }
  }

  /// The names that a template's text uses and that nobody knows.
  static func unknownNames(
    in text: String, known names: [String] = Self.names
  ) throws -> [String] {
    let asked = NameRecorder()
    let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    _ = template.render(asked)
    return asked.names.filter { !names.contains($0) }
  }
}

/// Stands in for the values and remembers which were asked for.
private final class NameRecorder: MustacheParent, Sendable {
  private let asked = Mutex<[String]>([])

  var names: [String] { asked.withLock { $0 } }

  func child(named name: String) -> Any? {
    asked.withLock { $0.append(name) }
    return "x"
  }
}

extension [String] {
  /// Without blank lines at the beginning and the end.
  fileprivate var trimmingBlankEnds: [String] {
    var lines = self[...]
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines = lines.dropFirst() }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines = lines.dropLast() }
    return Array(lines)
  }
}
