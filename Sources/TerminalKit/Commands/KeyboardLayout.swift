/// Finds the Latin key at the place of a key of another layout.
package enum KeyboardLayout {
  /// Layouts, as what their keys type and what a US keyboard types at the same places.
  private static let layouts: [(typed: String, latin: String)] = [
    // Russian, and the letters of Ukrainian and Belarusian that differ.
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"),
    ("іїєўІЇЄЎ", "s]'oS}\"O"),
    // Greek.
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    // Hebrew.
    ("קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"),
    // The digits of a French keyboard, which need Shift there; letters are used as printed.
    ("&é\"'(-è_çà", "1234567890"),
  ]

  private static let table: [Character: Character] = Dictionary(
    layouts.flatMap { zip($0.typed, $0.latin) }, uniquingKeysWith: { first, _ in first })

  /// The same key on a Latin layout; nil when the key is the same everywhere.
  package static func latinKey(for key: Key) -> Key? {
    guard case .character(let character) = key.code, let latin = table[character] else {
      return nil
    }
    return Key(.character(latin), key.modifiers)
  }
}
