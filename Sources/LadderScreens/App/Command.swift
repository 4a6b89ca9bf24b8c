import TerminalKit

/// Everything that a key or the palette can do; what it does depends on the screen.
package enum Command: Hashable, Sendable {
  // Everywhere.
  case show(ScreenID)
  case nextScreen, previousScreen, help, palette, messages, undo, redo, back, leave, dismiss
  case toggleMouse, nextTheme, beginOwn
  // In lists.
  case down, up, pageDown, pageUp, first, last, extendDown, extendUp
  case left, right, open, filter, mark, markRange, sort, reverse
  // Customers and cards.
  case offersOfCustomers, nextCustomer, previousCustomer, segments, hideColumn, showColumns
  // Figures.
  case explain, dates, branch, changeScopeBack
  // Review.
  case approve, reject, snooze, reopen, markAll, approveMarked, rejectMarked
  case scrollDown, scrollUp, changeScope, byRule, takeBatch, giveBatchBack, summary, editOffer
  // What customers read: review, export.
  case nextLanguage
  // Forms: rules, export, import, welcome.
  case edit, run, tryOut, nextChoice, previousChoice, results, takeOver, newFile
  // Activity.
  case takeBack
  // Rules.
  case switchRule, editFile, newRule, formOfRule, whatIfOfRule, tryOnLastYear, nearRule, why
  case turnUp, turnDown, save, reset
  // Campaigns.
  case newCampaign, editCampaign, removeCampaign

  /// The movement that the command stands for in a list.
  var motion: Key? {
    switch self {
    case .down: .down
    case .up: .up
    case .pageDown: .pageDown
    case .pageUp: .pageUp
    case .first: .home
    case .last: .end
    case .extendDown: .shiftDown
    case .extendUp: .shiftUp
    default: nil
    }
  }

  /// Whether it decides about what stands on the screen, so that it counts only when that was
  /// drawn before the key was pressed.
  var isDeciding: Bool {
    switch self {
    case .approve, .reject, .snooze, .reopen, .approveMarked, .rejectMarked, .takeBack, .run,
      .editOffer, .switchRule, .save, .removeCampaign:
      true
    default: false
    }
  }

  /// Whether it begins long work, of which there is one at a time.
  var isLong: Bool { self == .run || self == .tryOut || self == .results }

  /// Whether it changes data, which a programme that can only be read forbids.
  var isWriting: Bool {
    switch self {
    case .tryOut: false
    case .takeBatch, .giveBatchBack, .undo, .redo, .editFile, .results, .nextLanguage: true
    default: isDeciding
    }
  }
}
