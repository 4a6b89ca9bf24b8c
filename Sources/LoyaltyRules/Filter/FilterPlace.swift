package import LoyaltyModel

/// What may stand at the end of a filter that is being typed, for completing it.
package struct FilterPlace: Sendable, Hashable {
  /// What is expected.
  package enum Kind: Sendable, Hashable {
    /// A fact to ask about.
    case fact
    /// How a fact is compared.
    case comparison(Fact)
    /// A value that a fact is compared with.
    case value(Fact)
    /// The name of a saved filter.
    case saved
    /// What joins the comparison to the next.
    case joiner
    /// What goes on with a list of values, or ends it.
    case listSign
  }

  /// What is expected.
  package var kind: Kind
  /// What has been typed of it, without a quote; empty where it has not been begun.
  package var begun: String
  /// How many characters at the end of the text that takes, a quote included.
  package var length: Int
}

extension Filter {
  /// What may stand at the end of a filter.
  ///
  /// - Parameters:
  ///   - text: The filter as far as it has been typed.
  ///   - catalogue: The facts that it may use.
  /// - Returns: What is expected there; nil where it is a number, a day or nothing that is listed.
  package static func place(atEndOf text: String, _ catalogue: FactCatalogue) -> FilterPlace? {
    FilterPlaceFinder(text, catalogue).place
  }

  /// How facts of a type can be compared, as it stands in a filter.
  package static func comparisons(of type: FactType) -> [String] {
    FilterParser.fitting(type).map { $0.hasSuffix("in") ? $0 + " (" : $0 }
  }
}

/// Tells from the pieces of a filter what comes next.
private struct FilterPlaceFinder {
  let catalogue: FactCatalogue
  /// The pieces before the one that has been begun.
  private var tokens: [FilterToken]
  private var begun = ""
  private var length = 0

  init(_ text: String, _ catalogue: FactCatalogue) {
    self.catalogue = catalogue
    do throws(FilterIssue) {
      tokens = try FilterLexer.tokens(of: text)
      guard let last = tokens.last, last.range.upperBound == text.count,
        case .word(let word) = last.kind
      else { return }
      tokens.removeLast()
      (begun, length) = (word, word.count)
    } catch {
      // The quote of the last value is still open.
      let start = error.range.lowerBound
      tokens = (try? FilterLexer.tokens(of: String(text.prefix(start)))) ?? []
      (begun, length) = (String(text.dropFirst(start + 1)), text.count - start)
    }
  }

  var place: FilterPlace? {
    if let whole = valueOfSeveralWords { return whole }
    return kind.map { FilterPlace(kind: $0, begun: begun, length: length) }
  }

  private var kind: FilterPlace.Kind? {
    guard let last = tokens.last else { return .fact }
    if case .sign(let sign) = last.kind { return kind(after: sign) }
    if let comparator { return comparator.standsAlone ? .joiner : nil }
    switch last.keyword {
    case "and" where isBetween, "in": return nil
    case "and", "or": return .fact
    case "not" where word(before: 1) == "is": return fact(before: 2).map { .value($0) }
    case "not": return fact(before: 1) == nil ? .fact : nil
    case "is": return fact(before: 1).map { .value($0) }
    case _ where listFact != nil: return .listSign
    default:
      guard !isValue(tokens.count - 1), let fact = fact(before: 0) else { return .joiner }
      return .comparison(fact)
    }
  }

  /// The comparison in words that was typed last, behind a fact: `within last`.
  private var comparator: Comparator? {
    for count in 1...4 where fact(at: tokens.count - 1 - count) != nil {
      var words = tokens.suffix(count).compactMap(\.keyword)
      if words.first == "is", words.count > 1 { words.removeFirst() }
      let comparator = Comparator(rawValue: words.joined(separator: " "))
      if let comparator, comparator != .equals { return comparator }
    }
    return nil
  }

  private func kind(after sign: String) -> FilterPlace.Kind? {
    switch sign {
    case ")": return .joiner
    case "(", ",": return listFact.map { .value($0) } ?? .fact
    case ":" where word(before: 1) == "saved": return .saved
    default: return fact(before: 1).map { .value($0) }
    }
  }

  /// A value of a closed list of which several words have been typed without quotes.
  private var valueOfSeveralWords: FilterPlace? {
    for count in 1...2 where tokens.count > count + 1 {
      let words = tokens.suffix(count)
      let sign = tokens[tokens.count - count - 1]
      guard words.allSatisfy({ $0.keyword != nil }), case .sign = sign.kind,
        let fact = fact(before: count + 1), case .choice(let known) = fact.type,
        let first = words.first
      else { continue }
      let text = (words.map(\.shown) + [begun]).joined(separator: " ")
      let isBegun = known.contains { $0.lowercased().hasPrefix(text.lowercased()) }
      guard isBegun else { continue }
      let end = (tokens.last?.range.upperBound ?? 0) + 1 + begun.count
      return FilterPlace(kind: .value(fact), begun: text, length: end - first.range.lowerBound)
    }
    return nil
  }

  /// The fact of the list that is open: that of `stage in (new, `.
  private var listFact: Fact? {
    guard let open = tokens.lastIndex(where: { $0.isSign("(") }), open > 0,
      !tokens[open...].contains(where: { $0.isSign(")") }), tokens[open - 1].keyword == "in"
    else { return nil }
    var place = open - 2
    while place >= 0, ["not", "is"].contains(tokens[place].keyword) { place -= 1 }
    return fact(at: place)
  }

  /// Whether the piece at a place is what a fact is compared with.
  private func isValue(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    if case .sign(let sign) = tokens[place - 1].kind { return !["(", ")"].contains(sign) }
    return tokens[place - 1].keyword == "is" && fact(at: place - 2) != nil
  }

  private var isBetween: Bool { word(before: 2) == "between" }

  private func word(before count: Int) -> String? {
    let place = tokens.count - 1 - count
    return place >= 0 ? tokens[place].keyword : nil
  }

  private func fact(before count: Int) -> Fact? { fact(at: tokens.count - 1 - count) }

  private func fact(at place: Int) -> Fact? {
    guard tokens.indices.contains(place) else { return nil }
    return tokens[place].keyword.flatMap { catalogue.fact($0) }
  }
}
