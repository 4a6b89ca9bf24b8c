/// What stands before the first row of a table, and how its fields stand apart.
struct Preamble {
  /// How many bytes to leave out.
  let length: Int
  /// The line that follows them.
  let firstLine: Int
  let layout: TableLayout

  init(_ head: [UInt8], layout: TableLayout) {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = head[start...]
    if layout != .blanks, let (delimiter, end) = Self.separatorLine(text) {
      length = end
      firstLine = 2
      self.layout = layout == .automatic ? .delimited(by: delimiter) : layout
      return
    }
    length = start
    firstLine = 1
    self.layout = layout == .automatic ? .delimited(by: Self.sniff(text)) : layout
  }

  /// Excel's hint `sep=;` as a line of its own, and the offset after it.
  private static func separatorLine(_ text: ArraySlice<UInt8>) -> (UInt8, Int)? {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, line.starts(with: Array("sep=".utf8)), let delimiter = line.last else {
      return nil
    }
    var end = line.endIndex
    if end < text.endIndex, text[end] == 0x0D { end += 1 }
    if end < text.endIndex, text[end] == 0x0A { end += 1 }
    return (delimiter, end)
  }

  /// The candidate that stands most often outside of quotes in the first line that is not empty;
  /// a comma when none does.
  static func sniff(_ text: ArraySlice<UInt8>) -> UInt8 {
    let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
    var counts = [0, 0, 0, 0]
    var isQuoted = false
    var isEmpty = true
    for byte in text {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, byte == 0x0A || byte == 0x0D {
        if isEmpty { continue }
        break
      }
      isEmpty = false
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    var best = 0
    for index in 1..<4 where counts[index] > counts[best] { best = index }
    return candidates[best]
  }
}
