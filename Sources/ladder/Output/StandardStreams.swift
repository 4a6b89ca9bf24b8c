import Foundation

/// The process's standard output, written whole or the program ends quietly when nobody reads.
enum StandardOutput {
  /// Whether a person reads it.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes all bytes; where that fails, says so and ends the process with 1.
  ///
  /// A reader that has seen enough, such as `head`, is no failure.
  static func write(_ bytes: [UInt8]) {
    let failure = writeAll(bytes, to: STDOUT_FILENO)
    guard failure != 0, failure != EPIPE else { return }
    StandardError.write(
      "ladder: the output could not be written: \(String(cString: strerror(failure))). "
        + "What it says is not complete.\n")
    exit(1)
  }
}

/// The process's standard error: messages and progress.
enum StandardError {
  /// Whether a person reads it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a text as it is.
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// Whether keys can be read and screens be shown.
enum Terminal {
  static var isPresent: Bool { isatty(STDIN_FILENO) == 1 && StandardOutput.isTerminal }
}

/// Writes all bytes; the system's number of what went wrong, 0 when nothing did.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { return written < 0 ? errno : EIO }
    rest = rest.dropFirst(written)
  }
  return 0
}
