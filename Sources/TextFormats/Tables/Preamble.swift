/// What stands before the first row of a table, and how its fields stand apart.
struct Preamble {
  /// How many bytes to leave out.
  let length: Int
  /// The line that follows them.
  let firstLine: Int
  let layout: TableLayout

  /// Looks at the beginning of a file, of which so many lines above the table are left out.
  init(_ head: [UInt8], layout: TableLayout, linesAbove: Int = 0) {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = head[start...]
    let separator = layout == .blanks ? nil : Self.separatorLine(text)
    let top = text[(separator?.end ?? start)...]
    length = top.offset(afterLines: linesAbove) ?? top.endIndex
    firstLine = (separator == nil ? 1 : 2) + linesAbove
    self.layout =
      layout == .automatic
      ? .delimited(by: separator?.delimiter ?? Self.sniff(text[length...])) : layout
  }

  /// Excel's hint `sep=;` as a line of its own, and the offset after it.
  private static func separatorLine(
    _ text: ArraySlice<UInt8>
  ) -> (delimiter: UInt8, end: Int)? {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, line.starts(with: Array("sep=".utf8)), let delimiter = line.last else {
      return nil
    }
    return (delimiter, text.offset(afterLines: 1) ?? text.endIndex)
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

extension ArraySlice<UInt8> {
  /// Where the line begins that so many lines stand above; nil where there are fewer.
  ///
  /// LF, CRLF and CR end a line.
  func offset(afterLines count: Int) -> Int? {
    var (offset, left) = (startIndex, count)
    while left > 0 {
      guard let end = self[offset...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
        return nil
      }
      let isPair = self[end] == 0x0D && end + 1 < endIndex && self[end + 1] == 0x0A
      offset = end + (isPair ? 2 : 1)
      left -= 1
    }
    return offset
  }
}

extension TableReader {
  /// The first lines of a text as they stand, below a byte order mark and a line `sep=;`, without
  /// their ends; of the first 64 KiB, and not the last one where it has no end.
  package static func topLines(of text: [UInt8], most: Int) -> [String] {
    let head = text[...].prefix(mostHead)
    let start = Preamble(Array(head), layout: .automatic).length
    var rest = head[start...]
    var lines: [String] = []
    while lines.count < most, let next = rest.offset(afterLines: 1) {
      let line = rest[..<next].prefix { $0 != 0x0A && $0 != 0x0D }
      lines.append(String(decoding: line, as: UTF8.self))
      rest = rest[next...]
    }
    return lines
  }
}
