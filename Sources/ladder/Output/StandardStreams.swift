import Foundation

/// The process's standard output, written whole or the program ends quietly when nobody reads.
enum StandardOutput {
  /// Whether a person reads it.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes all bytes.
  static func write(_ bytes: [UInt8]) { writeAll(bytes, to: STDOUT_FILENO) }
}

/// The process's standard error: messages and progress.
enum StandardError {
  /// Whether a person reads it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a text as it is.
  static func write(_ text: String) { writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// Whether keys can be read and screens be shown.
enum Terminal {
  static var isPresent: Bool { isatty(STDIN_FILENO) == 1 && StandardOutput.isTerminal }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { return }
    rest = rest.dropFirst(written)
  }
}
