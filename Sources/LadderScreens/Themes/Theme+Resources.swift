package import LoyaltyWorkspace
package import TerminalKit

extension Theme {
  /// The themes to choose from, the standard one first.
  ///
  /// They stand in `Resources/themes`; one that cannot be read is left out, and a test reads all.
  package static let choices = ThemeFile.all.compactMap { try? Theme($0) }

  /// The standard theme, for dark ground.
  package static var standard: Theme { choices.first ?? .monochrome }

  /// The theme to choose of a name.
  package static func named(_ name: String) -> Theme? { choices.first { $0.name == name } }

  /// The next theme to choose, around the end.
  package var next: Theme {
    let place = Self.choices.firstIndex { $0.name == name } ?? -1
    return Self.choices.isEmpty ? self : Self.choices[(place + 1) % Self.choices.count]
  }

  /// The theme of a file.
  package init(_ file: ThemeFile) throws(ThemeFlaw) {
    try self.init(name: file.name, written: file.basic, fine: file.fine)
  }
}
