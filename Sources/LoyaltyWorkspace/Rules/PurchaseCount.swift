import LoyaltyModel
import LoyaltyRules

/// How much somebody bought, as the form of a rule has it: a number or sum of purchases, of a category
/// or a product or of anything, within a time or ever.
///
/// ```
/// at least 2 purchases of Tea within 90 days
/// at most 50.00 spent on product T-100 within 12 months
/// at most 0 purchases within 30 days
/// ```
struct PurchaseCount: Sendable, Hashable {
  /// Whether purchases or their net amounts are counted.
  enum Measure: Sendable, Hashable {
    case number(Int64)
    /// In minor units.
    case sum(Int64)
  }

  /// What was bought.
  enum Subject: Sendable, Hashable {
    case anything
    case category(String)
    case product(String)
  }

  let isAtLeast: Bool
  let measure: Measure
  let subject: Subject
  /// Nil for ever.
  let within: TimeSpan?
}

// MARK: As a condition

extension PurchaseCount {
  private static func field(_ id: String) -> Fact? {
    FactCatalogue.customers.lists.first { $0.name == "purchases" }?.fields.first { $0.id == id }
  }

  /// The condition of a rule; nil where the catalogue lacks a field.
  var condition: Condition? {
    var parts: [Condition] = []
    switch subject {
    case .anything: break
    case .category(let name):
      guard let test = Self.label("category", name) else { return nil }
      parts.append(test)
    case .product(let name):
      guard let test = Self.label("product", name) else { return nil }
      parts.append(test)
    }
    if let within {
      guard let date = Self.field("date") else { return nil }
      parts.append(
        .fact(FactTest(fact: date, comparison: Comparison(.withinLast, .span(within)))))
    }
    let filter: Condition? = parts.isEmpty ? nil : .all(parts)
    let comparator: Comparator = isAtLeast ? .atLeast : .atMost
    switch measure {
    case .number(let number):
      return .list(
        ListTest(
          list: "purchases", measure: .count, filter: filter,
          comparison: Comparison(comparator, .integer(number))))
    case .sum(let amount):
      return Self.field("amount").map { field in
        .list(
          ListTest(
            list: "purchases", measure: .sum(field), filter: filter,
            comparison: Comparison(comparator, .integer(amount))))
      }
    }
  }

  private static func label(_ id: String, _ name: String) -> Condition? {
    field(id).map { .fact(FactTest(fact: $0, comparison: Comparison(.equals, .labels([name])))) }
  }

  /// A condition that says nothing else; nil for any other.
  init?(_ condition: Condition) {
    guard case .list(let test) = condition, test.list == "purchases",
      let comparison = test.comparison, case .integer(let value) = comparison.operand,
      [.atLeast, .atMost].contains(comparison.comparator)
    else { return nil }
    switch test.measure {
    case .count where value >= 0: measure = .number(value)
    case .sum(let field) where field.id == "amount": measure = .sum(value)
    default: return nil
    }
    isAtLeast = comparison.comparator == .atLeast
    var (subject, within) = (Subject.anything, TimeSpan?.none)
    for part in Self.parts(test.filter) {
      guard case .fact(let fact) = part else { return nil }
      switch (fact.fact.id, fact.comparison.comparator, fact.comparison.operand) {
      case ("category", .equals, .labels(let names)), ("category", .oneOf, .labels(let names)):
        guard names.count == 1, names[0] != "", subject == .anything else { return nil }
        subject = .category(names[0])
      case ("product", .equals, .labels(let names)), ("product", .oneOf, .labels(let names)):
        guard names.count == 1, names[0] != "", subject == .anything else { return nil }
        subject = .product(names[0])
      case ("date", .withinLast, .span(let span)):
        guard within == nil else { return nil }
        within = span
      default: return nil
      }
    }
    (self.subject, self.within) = (subject, within)
  }

  private static func parts(_ filter: Condition?) -> [Condition] {
    switch filter {
    case .all(let parts)?: parts
    case .some(let one): [one]
    case nil: []
    }
  }
}

// MARK: As it is typed

extension PurchaseCount {
  /// Why a text is no such count.
  enum Flaw: Error, Hashable {
    case beginning(String)
    case number(String)
    case amount(String, digits: Int)
    case measure(String)
    case subject
    case span(String)

    /// Cause and remedy.
    func message(_ wording: Wording) -> String {
      let example = wording["draft.purchases.example"]
      return switch self {
      case .beginning(let text):
        wording("draft.purchases.beginning", ["text": text, "example": example])
      case .number(let text):
        wording("draft.purchases.number", ["text": text, "example": example])
      case .amount(let text, let digits):
        wording(
          "draft.purchases.amount", ["text": text, "n": "\(digits)", "example": example])
      case .measure(let text):
        wording("draft.purchases.measure", ["text": text, "example": example])
      case .subject: wording("draft.purchases.subject", ["example": example])
      case .span(let text): wording("draft.purchases.span", ["text": text])
      }
    }
  }

  /// As it is typed; read again it is the same.
  func text(_ currency: Currency) -> String {
    var words = [isAtLeast ? "at least" : "at most"]
    switch measure {
    case .number(let number): words.append("\(number) \(number == 1 ? "purchase" : "purchases")")
    case .sum(let amount): words.append("\(currency.decimalText(minorUnits: amount)) spent")
    }
    let joint = if case .sum = measure { "on" } else { "of" }
    switch subject {
    case .anything: break
    case .category(let name): words += [joint, Self.quoted(name)]
    case .product(let name): words += [joint, "product", Self.quoted(name)]
    }
    if let within { words.append("within \(within)") }
    return words.joined(separator: " ")
  }

  /// A name, in quotes where its words could be taken for others.
  private static func quoted(_ name: String) -> String {
    let words = name.split(separator: " ", omittingEmptySubsequences: false)
    let isPlain =
      words.allSatisfy { !$0.isEmpty && $0.lowercased() != "within" }
      && !["product", "category"].contains(words.first?.lowercased())
      && !name.contains { $0 == "\"" || $0 == ";" || ($0.isWhitespace && $0 != " ") }
    return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
  }

  /// Reads what was typed.
  init(_ text: String, _ currency: Currency) throws(Flaw) {
    var words = Self.words(text)
    let beginning = words.prefix(2).map(\.keyword)
    guard beginning == ["at", "least"] || beginning == ["at", "most"] else {
      throw .beginning(text.trimmed)
    }
    isAtLeast = beginning == ["at", "least"]
    words.removeFirst(2)
    let value = words.isEmpty ? "" : words.removeFirst().text
    let kind = words.isEmpty ? "" : words.removeFirst().text
    switch kind.lowercased() {
    case "purchase", "purchases":
      guard let number = Int32(value), number >= 0 else { throw .number(value) }
      measure = .number(Int64(number))
    case "spent":
      guard let amount = currency.minorUnits(decimalText: value) else {
        throw .amount(value, digits: currency.digits)
      }
      measure = .sum(amount)
    default: throw .measure(kind)
    }
    let end = words.firstIndex { $0.keyword == "within" } ?? words.endIndex
    subject = try Self.subject(Array(words[..<end]))
    let span = words[end...].dropFirst().map(\.text).joined(separator: " ")
    within = TimeSpan(span)
    if end < words.endIndex, within == nil { throw .span(span) }
  }

  private static func subject(_ words: [Word]) throws(Flaw) -> Subject {
    guard let joint = words.first else { return .anything }
    guard ["of", "on", "in"].contains(joint.keyword) else { throw .subject }
    var rest = Array(words.dropFirst())
    let kind = rest.first?.keyword
    if kind == "product" || kind == "category" { rest.removeFirst() }
    let name = rest.map(\.text).joined(separator: " ")
    guard !name.isEmpty else { throw .subject }
    return kind == "product" ? .product(name) : .category(name)
  }

  /// A word as typed; a keyword only outside quotes.
  private struct Word {
    var text: String
    var isQuoted: Bool
    var keyword: String { isQuoted ? "" : text.lowercased() }
  }

  /// The words of a text; what stands in quotes is one, with a quote in it written twice.
  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "\"" {
        rest.removeFirst()
        var inner = ""
        while let next = rest.popFirst() {
          if next != "\"" {
            inner.append(next)
          } else if rest.first == "\"" {
            inner.append(rest.removeFirst())
          } else {
            break
          }
        }
        words.append(Word(text: inner, isQuoted: true))
      } else {
        let word = rest.prefix { !$0.isWhitespace && $0 != "\"" }
        rest.removeFirst(word.count)
        words.append(Word(text: String(word), isQuoted: false))
      }
    }
    return words
  }

  /// Several counts, separated by semicolons outside quotes.
  static func all(_ text: String, _ currency: Currency) throws(Flaw) -> [PurchaseCount] {
    var parts = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == ";", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    var counts: [PurchaseCount] = []
    for part in parts where !part.trimmed.isEmpty {
      counts.append(try PurchaseCount(part, currency))
    }
    return counts
  }
}
