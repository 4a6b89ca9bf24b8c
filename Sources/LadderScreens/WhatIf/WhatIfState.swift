import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// The numbers of a rule, and what they were turned to.
struct WhatIfState: Sendable {
  var rule = ""
  var title = ""
  var numbers: [RuleNumber] = []
  /// The numbers as they are in the file.
  var start: [RuleNumber] = []
  var table = TableState()
  /// The last outcome, shown until the next is there.
  var last: WhatIfReport?

  init() {}

  init(rule: String, title: String, numbers: [RuleNumber]) {
    (self.rule, self.title, self.numbers, start) = (rule, title, numbers, numbers)
  }

  var changed: [RuleNumber] { zip(numbers, start).filter { $0 != $1 }.map(\.0) }

  /// What to ask for: the rule beside itself where nothing was turned yet.
  var query: FigureQuery? {
    guard let first = numbers.first else { return nil }
    return .whatIf(rule, changed.isEmpty ? [first] : changed)
  }
}

extension AppModel {
  /// Does a command of the what-if screen.
  mutating func performWhatIf(_ command: Command) -> [Effect] {
    if let key = command.motion {
      _ = whatIf.table.handle(
        key, rowCount: whatIf.numbers.count, height: max(1, size.height / 2 - 4))
      return []
    }
    switch command {
    case .left: turn(-1)
    case .right: turn(1)
    case .turnDown: turn(-10)
    case .turnUp: turn(10)
    case .reset:
      whatIf.numbers = whatIf.start
    case .save: return [.saveNumbers(whatIf.rule, whatIf.changed)]
    default: break
    }
    return []
  }

  private mutating func turn(_ steps: Int) {
    let place = whatIf.table.selected
    guard whatIf.numbers.indices.contains(place) else { return }
    guard let value = whatIf.numbers[place].turned(by: steps) else {
      say(.hint(texts["what-if.no-further"]))
      return
    }
    whatIf.numbers[place].value = value
    shelf.forgetFailures()
  }

  func whyDisabledInWhatIf(_ command: Command) -> String? {
    switch command {
    case .left, .right, .turnUp, .turnDown:
      whatIf.numbers.isEmpty ? texts["what-if.no-numbers"] : nil
    case .save, .reset: whatIf.changed.isEmpty ? texts["what-if.unchanged"] : nil
    default: nil
    }
  }
}

extension ScreenBindings {
  /// The keys of the what-if screen.
  static let whatIf: [KeyBinding<Command>] = [
    KeyBinding([.right, .character("+")], .right, "what-if.more", priority: 10),
    KeyBinding([.left, .character("-")], .left, "what-if.less", priority: 9),
    KeyBinding([.character(">")], .turnUp, "what-if.much-more", priority: 3),
    KeyBinding([.character("<")], .turnDown, "what-if.much-less", priority: 0),
    KeyBinding([.character("r")], .reset, "what-if.reset", priority: 5),
    KeyBinding([.character("s")], .save, "what-if.save", priority: 7),
  ]
}
