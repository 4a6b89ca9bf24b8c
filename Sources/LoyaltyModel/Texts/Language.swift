/// A language that the screens are written in.
package enum Language: String, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// Indonesian.
  case indonesian = "id"

  /// The one after it, and the first after the last.
  package var next: Language {
    let all = Self.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }

  /// The language that a locale of POSIX names, such as `id_ID.UTF-8`; nil when the screens are not
  /// written in it.
  package init?(locale: String) {
    let code = locale.prefix { $0.isASCII && $0.isLetter }.lowercased()
    // `in` is the code that ISO 639 had for Indonesian before 1989; old systems still use it.
    self.init(rawValue: code == "in" ? "id" : code)
  }
}
