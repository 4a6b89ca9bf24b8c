package import LoyaltyModel
import TerminalKit

/// The keys of all screens as a manual has them, from the tables that the screens go by.
package struct KeyManual: Sendable {
  /// What one key, or several alike, do.
  package struct Line: Sendable, Hashable {
    /// The screen on which they do it; what works on all is said once.
    package let screen: String
    /// The keys, the one to remember first.
    package let keys: String
    /// What is done, in a word or two.
    package let label: String
    /// The same in a sentence.
    package let help: String
  }

  /// What works everywhere first, then each screen's own.
  package let lines: [Line]

  /// The manual in a language.
  ///
  /// - Parameters:
  ///   - texts: The words.
  ///   - unicode: Whether keys may be shown as signs, such as arrows.
  package init(_ texts: Texts, unicode: Bool = true) {
    typealias Bindings = ScreenBindings
    let common =
      Bindings.everywhere + Bindings.movement + Bindings.ranges + Bindings.explaining
      + Bindings.asking
    let sections =
      [(texts["keys.everywhere"], common)]
      + ScreenID.allCases.map { (texts["screen.\($0.rawValue)"], Bindings.own($0)) }
    lines = sections.flatMap { title, bindings in
      bindings.map { $0.written(in: texts) }.filter { !$0.keys.isEmpty }.map {
        Line(
          screen: title,
          keys: $0.keys.map { $0.label(unicode: unicode) }.joined(separator: ", "),
          label: $0.label, help: $0.help)
      }
    }
  }
}
