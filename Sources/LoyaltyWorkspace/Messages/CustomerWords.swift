import LoyaltyModel
import LoyaltyStore

/// What customers are written to with: templates, words and forms of one language.
///
/// ``LoyaltyWorkspace/customerWords`` alone decides which language that is. It is the programme's,
/// whatever the language in which somebody looks the offers through; so is what a list of offers
/// says in words, since it is merged into letters and read by whoever calls.
struct CustomerWords {
  /// The language.
  let language: Language

  /// Its words.
  var texts: Texts { Texts.of(language) }

  /// How days, numbers and amounts stand in the texts of offers.
  var display: DisplayFormat { DisplayFormat(texts) }

  /// What letters, call sheets and lists are written with.
  ///
  /// English ones have their days by ISO 8601.
  var paper: Wording { language == .english ? .english : Wording(texts, display) }

  /// The text of an offer by the name of its template; nil where there is none.
  func template(_ name: String) -> String? { text("templates", name) }

  /// The text of a letter or a call sheet; nil where there is none.
  func letter(_ name: String) -> String? { text("letters", name) }

  /// What an offer is called: the title of its rule, as its file has it in English.
  func title(of offer: Offer) -> String {
    language == .english ? offer.rule.title : texts.ruleText(offer.rule.title)
  }

  /// The names of all templates that rules may use; they are the same in every language.
  static var templateNames: [String] {
    let folder = "templates/\(Language.english.rawValue)"
    return Resources.paths(under: folder).compactMap { path in
      guard path.hasSuffix(ending) else { return nil }
      let name = String(path.dropFirst(folder.count + 1).dropLast(ending.count))
      return name.hasPrefix("kind-") ? nil : name
    }
  }

  private static let ending = ".mustache"

  private func text(_ folder: String, _ name: String) -> String? {
    Resources.text("\(folder)/\(language.rawValue)/\(name)\(Self.ending)")
  }
}

extension LoyaltyWorkspace {
  /// What customers are written to with.
  var customerWords: CustomerWords { CustomerWords(language: state.programme.language) }
}
