import LoyaltyModel
import LoyaltyRules

/// What a filter that is being typed may go on with.
package struct FilterWords: Sendable, Hashable {
  /// One way to go on.
  package struct Word: Sendable, Hashable {
    /// What stands in the filter.
    package let text: String
    /// What it means, for people; empty where the word says it.
    package let about: String
  }

  /// How many characters at the end of the text a word takes the place of.
  package var length: Int
  /// The ways, those that begin as was typed first.
  package var words: [Word]
}

extension LoyaltyWorkspace {
  /// The most values of an open list, such as branches, that are named.
  private static let mostWords = 200

  /// What a filter may go on with.
  ///
  /// - Parameters:
  ///   - text: The filter up to the place of the cursor.
  ///   - isOfOffers: Whether it is a filter of offers, which have facts of their own.
  /// - Returns: The facts, comparisons, values or saved filters that fit what was begun; none where a
  ///   number or a day is expected.
  package func filterWords(atEndOf text: String, isOfOffers: Bool) -> FilterWords {
    let catalogue = isOfOffers ? FactCatalogue.offers : .customers
    guard let place = Filter.place(atEndOf: text, catalogue) else {
      return FilterWords(length: 0, words: [])
    }
    let begun = place.begun.folded
    let words = words(place.kind, catalogue, isOfOffers)
    let first = words.filter { $0.text.unquoted.folded.hasPrefix(begun) }
    let others = words.filter { word in
      !first.contains(word)
        && (word.text.folded.contains(begun) || word.about.folded.contains(begun))
    }
    return FilterWords(length: place.length, words: Array((first + others).prefix(Self.mostWords)))
  }

  private func words(
    _ kind: FilterPlace.Kind, _ catalogue: FactCatalogue, _ isOfOffers: Bool
  ) -> [FilterWords.Word] {
    switch kind {
    case .fact:
      return catalogue.facts.map { FilterWords.Word(text: $0.id, about: texts.label($0)) }
        + savedFilters.keys.sorted().map { .init(text: "saved:" + $0.quoted, about: "") }
    case .comparison(let fact):
      return Filter.comparisons(of: fact.type).map { FilterWords.Word(text: $0, about: "") }
    case .value(let fact): return values(of: fact, isOfOffers)
    case .saved: return savedFilters.keys.sorted().map { .init(text: $0.quoted, about: "") }
    case .listSign: return [",", ")"].map { FilterWords.Word(text: $0, about: "") }
    case .joiner: return ["and", "or"].map { FilterWords.Word(text: $0, about: "") }
    }
  }

  private func values(of fact: Fact, _ isOfOffers: Bool) -> [FilterWords.Word] {
    switch fact.type {
    case .choice(let known) where !known.isEmpty:
      known.map { word in
        let name = texts.value(word)
        return FilterWords.Word(text: word.quoted, about: name == word ? "" : name)
      }
    case .yesNo: ["yes", "no"].map { FilterWords.Word(text: $0, about: texts["word.\($0)"]) }
    case .choice, .set:
      labels(of: fact.id, isOfOffers).filter { !$0.isEmpty }.sorted()
        .map { FilterWords.Word(text: $0.quoted, about: ruleTitles[$0] ?? "") }
    default: []
    }
  }

  /// The values of an open list that stand in the data.
  private func labels(of fact: String, _ isOfOffers: Bool) -> [String] {
    let analysis = analysis()
    let own = isOfOffers ? offerFacts(analysis).facts.columns[fact] : nil
    return switch own ?? analysis.facts.columns[fact] {
    case .choice(_, let labels), .set(_, _, let labels): labels.labels
    default: []
    }
  }
}

extension String {
  /// As a value of a filter: in quotes where it holds more than letters and digits.
  fileprivate var quoted: String {
    let isPlain = !isEmpty && allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    return isPlain ? self : "\"" + replacing("\"", with: "\"\"") + "\""
  }

  fileprivate var unquoted: String { hasPrefix("\"") ? String(dropFirst()) : self }

  /// Without regard to case.
  fileprivate var folded: String { lowercased() }
}
