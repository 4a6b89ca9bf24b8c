import LoyaltyModel
import LoyaltyWorkspace

/// One action of the log: all that was done by one command.
struct ActivityLine: Sendable {
  /// The entry that stands for all.
  var entry: LogEntry
  /// How many entries the action made.
  var count: Int

  /// What was done, in words.
  var text: String {
    count == 1 ? entry.text : "\(entry.text), and \(count - 1) more at once"
  }

  /// Entries, newest first, with those of one action drawn together.
  static func lines(of entries: [LogEntry]) -> [ActivityLine] {
    var lines: [ActivityLine] = []
    for entry in entries {
      if let transaction = entry.event.transaction,
        let last = lines.last, last.entry.event.transaction == transaction
      {
        // The first event of an action, which comes last here, tells it best.
        lines[lines.count - 1] = ActivityLine(entry: entry, count: last.count + 1)
      } else {
        lines.append(ActivityLine(entry: entry, count: 1))
      }
    }
    return lines
  }
}
