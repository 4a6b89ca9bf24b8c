/// The words that the screens are written in, in one language.
///
/// Each text has a key, such as `review.empty`. A text may hold places for values, written
/// `{name}`; one that depends on a number has a form for one and a form for others. Where a
/// sentence tells what to do next, commands name another command; what the screens say instead,
/// which is a key, stands beside it under the same key with `.on-screen` behind.
package struct Texts: Sendable, Hashable {
  /// The language of the texts.
  package let language: Language
  /// Whether they are said on the screens, where people press keys rather than write commands.
  package let isOnScreen: Bool
  private let entries: [String: Entry]

  /// A text as it stands in the resources.
  package enum Entry: Sendable, Hashable {
    /// The same for every number.
    case plain(String)
    /// A form for exactly one and a form for every other number.
    case counted(one: String, other: String)
  }

  /// The texts of a language, by their keys.
  package init(_ language: Language, _ entries: [String: Entry]) {
    (self.language, self.entries, isOnScreen) = (language, entries, false)
  }

  private init(_ language: Language, onScreen entries: [String: Entry]) {
    (self.language, self.entries, isOnScreen) = (language, entries, true)
  }

  /// What the key of a text ends with that the screens say in place of the one without it.
  package static let screenEnding = ".on-screen"

  /// The texts as the screens say them.
  package var onScreen: Texts {
    let own = entries.compactMap { key, entry in
      key.hasSuffix(Self.screenEnding)
        ? (String(key.dropLast(Self.screenEnding.count)), entry) : nil
    }
    return Texts(language, onScreen: entries.merging(own, uniquingKeysWith: { $1 }))
  }

  /// The keys, ascending by bytes.
  package var keys: [String] { entries.keys.sorted() }

  /// The text of a key as it stands in the resources; nil where there is none.
  package func entry(_ key: String) -> Entry? { entries[key] }

  /// A text without values; the key itself where there is no such text, so that a lack is seen.
  package subscript(key: String) -> String { form(key, 2) }

  /// A text with values in its places.
  ///
  /// - Parameters:
  ///   - key: The key of the text.
  ///   - values: What stands in the places, by name. A place without a value stays as it is.
  /// - Returns: The text, as it is to be shown.
  package func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
    Self.fill(form(key, 2), values)
  }

  /// A text in the form that a number asks for: `1 offer`, `1,204 offers`.
  ///
  /// - Parameters:
  ///   - key: The key of the text.
  ///   - count: The number that decides the form.
  ///   - values: What stands in the places, the written number among them.
  /// - Returns: The text, as it is to be shown.
  package func callAsFunction(
    _ key: String, count: Int, _ values: KeyValuePairs<String, String>
  ) -> String {
    Self.fill(form(key, count), values)
  }

  private func form(_ key: String, _ count: Int) -> String {
    switch entries[key] {
    case .plain(let text): text
    case .counted(let one, let other): count == 1 ? one : other
    case nil: key
    }
  }

  /// Puts values into their places in one pass, so that a value which looks like a place is kept.
  private static func fill(_ text: String, _ values: KeyValuePairs<String, String>) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      rest = rest[open...]
      let inner = rest[rest.index(after: open)...]
      guard let close = inner.firstIndex(of: "}") else { break }
      let name = inner[..<close]
      if let value = values.first(where: { $0.key == name })?.value {
        filled += value
      } else {
        filled += rest[...close]
      }
      rest = inner[inner.index(after: close)...]
    }
    return filled + rest
  }
}

extension Texts.Entry {
  /// The forms of the text.
  package var forms: [String] {
    switch self {
    case .plain(let text): [text]
    case .counted(let one, let other): [one, other]
    }
  }

  /// The names of the places for values in any of its forms, ascending.
  package var places: [String] {
    let names = forms.flatMap { form in
      form.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
        part.firstIndex(of: "}").map { String(part[..<$0]) }
      }
    }
    return Set(names).sorted()
  }
}
