import TextFormats

/// A theme of the screens as its file under `Resources/themes` has it.
package struct ThemeFile: Sendable, Hashable {
  /// What a file must say that it is.
  static let format = "ladder.theme/1"

  /// The theme's name: that of its file.
  package let name: String
  /// Where it stands among the themes to choose from, from 1.
  package let place: Int
  /// The looks with base colours, by the names of the roles.
  package let basic: [String: String]
  /// Other looks where the terminal has 256 colours or more.
  package let fine: [String: String]

  /// All themes that the program carries, in the order in which they are offered.
  package static let all = Resources.paths(under: "themes")
    .compactMap { path in Resources.bytes(path).flatMap { ThemeFile(path, $0) } }
    .sorted { ($0.place, $0.name) < ($1.place, $1.name) }

  /// Reads a file; nil where it is no theme.
  package init?(_ path: String, _ bytes: [UInt8]) {
    guard let root = (try? JSONDocument(parsing: bytes))?.root,
      root["format"]?.string == Self.format,
      let place = root["place"]?.numberText.flatMap({ Int($0) }),
      let basic = root["basic"]?.texts, let fine = root["fine"]?.texts,
      let name = path.split(separator: "/").last?.split(separator: ".").first
    else { return nil }
    (self.name, self.place, self.basic, self.fine) = (String(name), place, basic, fine)
  }
}

extension JSONNode {
  /// The members of an object of texts; nil where there is anything else, or a key twice.
  fileprivate var texts: [String: String]? {
    guard let members else { return nil }
    var texts: [String: String] = [:]
    for member in members {
      guard let text = member.value.string,
        texts.updateValue(text, forKey: member.key) == nil
      else { return nil }
    }
    return texts
  }
}
