/// The words of the data, such as stages and cohorts, as somebody may write them: as files have them,
/// or as any language of the screens names them, in capitals or small letters.
package struct DataWords: Sendable, Hashable {
  private let languages: [Texts]

  /// The words as some languages name them; those of files are always understood.
  package init(_ languages: [Texts] = []) { self.languages = languages }

  /// The word of the data that was written; nil where it is none of those possible.
  package func word(written text: String, among known: [String]) -> String? {
    let wanted = text.lowercased()
    return known.first { $0.lowercased() == wanted }
      ?? known.first { word in
        languages.contains { $0.names(of: word).contains { $0.lowercased() == wanted } }
      }
  }

  /// Whether what was written is the beginning of a word of the data.
  package func hasWord(beginning text: String, among known: [String]) -> Bool {
    let begun = text.lowercased()
    return known.contains { word in
      word.lowercased().hasPrefix(begun)
        || languages.contains { $0.names(of: word).contains { $0.lowercased().hasPrefix(begun) } }
    }
  }

  /// The day that was written with its month in words of any of the languages.
  package func day(inWords text: String) -> Day? {
    for texts in languages {
      if let day = DisplayFormat(texts).day(inWords: text) { return day }
    }
    return nil
  }
}

extension Texts {
  /// What a word of the data is called on the screens and in sentences.
  fileprivate func names(of word: String) -> [String] {
    switch word {
    case "yes", "no": [self["word.\(word)"]]
    default: [value(word)] + (OfferState(rawValue: word).map { [title($0)] } ?? [])
    }
  }
}

extension DisplayFormat {
  /// Words of the data as they stand in a field: `low, mid`; `rendah, sedang` on the screens.
  package func words(_ words: [String]) -> String {
    words.map { texts?.value($0) ?? $0 }.joined(separator: ", ")
  }
}
