import LoyaltyModel
import TerminalKit

extension KeyBinding {
  /// A binding whose words are texts.
  ///
  /// - Parameters:
  ///   - keys: The keys that do it, the one to advertise first.
  ///   - command: What is done.
  ///   - text: The table and the command's stable name, such as `review.approve`; its label is the
  ///     text `keys.review.approve`, its explanation `keys.review.approve.help`.
  ///   - priority: How soon the hint gives way in a narrow footer; 0 is never shown.
  init(_ keys: [Key], _ command: Command, _ text: String, priority: Int = 1) {
    let name = text.split(separator: ".").last.map { String($0) } ?? text
    self.init(
      keys, command, name: name, label: "keys.\(text)", help: "keys.\(text).help",
      priority: priority)
  }

  /// The same with the words of a language.
  func written(in texts: Texts) -> KeyBinding {
    var copy = self
    copy.label = texts[label]
    copy.help = texts[help]
    return copy
  }
}
