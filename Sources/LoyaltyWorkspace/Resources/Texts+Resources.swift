package import LoyaltyModel
import TextFormats

extension Texts {
  /// The texts of the screens in English.
  package static let english = Texts(embedded: .english)

  private static let indonesian = Texts(embedded: .indonesian)

  /// The texts of a language, read but once.
  package static func of(_ language: Language) -> Texts {
    switch language {
    case .english: english
    case .indonesian: indonesian
    }
  }

  /// The texts of the screens in a language, from `Resources/texts`.
  ///
  /// A file that cannot be read gives no texts, so that keys show on the screen; tests read both.
  package init(embedded language: Language) {
    let path = "texts/\(language.rawValue).json"
    let document = Resources.bytes(path).flatMap { try? JSONDocument(parsing: $0) }
    let members = document?.root.members ?? []
    let entries = members.compactMap { member in
      Entry(member.value).map { (member.key, $0) }
    }
    self.init(language, Dictionary(entries, uniquingKeysWith: { first, _ in first }))
  }
}

extension DataWords {
  /// The words in every language: what one person wrote, a colleague reads in another.
  package static let embedded = DataWords(
    Language.allCases.map(Texts.of))
}

extension Wording {
  /// What commands write with: English, days by ISO 8601.
  package static let english = Wording(.english, DisplayFormat())
}

extension Texts.Entry {
  /// A string, or an object of the forms `one` and `other`.
  fileprivate init?(_ node: JSONNode) {
    if let text = node.string {
      self = .plain(text)
    } else if let one = node["one"]?.string, let other = node["other"]?.string {
      self = .counted(one: one, other: other)
    } else {
      return nil
    }
  }
}
