import Foundation
import LoyaltyWorkspace
import Synchronization
import TextFormats

/// One line on standard error that says how far long work is, only where a person reads it; and the
/// way in which Control-C ends the work.
final class ProgressLine: Sendable {
  private struct Shown {
    var text = ""
    var at = Date.distantPast
  }
  private let shown = Mutex(Shown())
  private let interrupt = Interrupt()

  /// Shows progress at most ten times a second; goes on until Control-C is pressed.
  var handler: ProgressHandler {
    { progress in
      guard !self.interrupt.isRaised else { return false }
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

  /// Wipes the line, and lets Control-C end the process.
  func finish() {
    interrupt.giveBack()
    shown.withLock { shown in
      guard !shown.text.isEmpty else { return }
      StandardError.write("\r" + String(repeating: " ", count: shown.text.count) + "\r")
      shown.text = ""
    }
  }
}

/// Does long work with a line that says how far it is, and that Control-C ends.
func withProgress<Value>(_ work: (@escaping ProgressHandler) throws -> Value) rethrows -> Value {
  let progress = ProgressLine()
  defer { progress.finish() }
  return try work(progress.handler)
}
