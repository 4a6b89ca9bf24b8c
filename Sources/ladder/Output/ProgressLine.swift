import Foundation
import LoyaltyWorkspace
import Synchronization
import TextFormats

/// One line on standard error that says how far long work is; only where a person reads it.
final class ProgressLine: Sendable {
  private struct Shown {
    var text = ""
    var at = Date.distantPast
  }
  private let shown = Mutex(Shown())

  /// Shows progress at most ten times a second; always goes on.
  var handler: ProgressHandler {
    { progress in
      guard StandardError.isTerminal else { return true }
      self.show(progress)
      return true
    }
  }

  private func show(_ progress: WorkProgress) {
    shown.withLock { shown in
      let now = Date()
      guard now.timeIntervalSince(shown.at) > 0.1 else { return }
      shown.at = now
      let percent = progress.fraction.map { " \(Int(($0 * 100).rounded(.down))) %" } ?? " …"
      let text = SafeText.shown(progress.activity) + percent
      let blank = String(repeating: " ", count: max(0, shown.text.count - text.count))
      StandardError.write("\r\(text)\(blank)")
      shown.text = text
    }
  }

  /// Wipes the line.
  func finish() {
    shown.withLock { shown in
      guard !shown.text.isEmpty else { return }
      StandardError.write("\r" + String(repeating: " ", count: shown.text.count) + "\r")
      shown.text = ""
    }
  }
}
