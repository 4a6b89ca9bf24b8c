import TextFormats

/// Finds lines of a file that are the same in every cell as one before, in bounded memory.
///
/// Only so many different lines are remembered; in a longer file a line that repeats a later one is
/// not found.
struct RepeatedLines {
  /// How many lines are remembered: some 30 MB.
  static let mostKept = 1 << 20

  private var seen: Set<UInt64> = []

  /// Whether a line says what one before said.
  mutating func repeats(_ row: TextRow) -> Bool {
    var hash = ContentHash()
    for column in 0..<row.count { row.withBytes(column) { hash.combine($0) } }
    guard seen.count < Self.mostKept else { return seen.contains(hash.value) }
    return !seen.insert(hash.value).inserted
  }
}
