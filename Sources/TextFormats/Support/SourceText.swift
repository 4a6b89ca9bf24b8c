/// A place in a text for people: both count from 1, the column in characters.
package struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package var description: String { "\(line):\(column)" }

  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// The bytes of a text file with its lines, to turn byte offsets into places for people.
///
/// Lines end with LF, CRLF or CR.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  /// The offset at which each line begins; never empty.
  package let lineStarts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case 0x0A: starts.append(offset + 1)
      case 0x0D where offset + 1 == bytes.count || bytes[offset + 1] != 0x0A:
        starts.append(offset + 1)
      default: break
      }
    }
    lineStarts = starts
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// The line, from 1, that holds a byte offset; offsets beyond the end belong to the last line.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The place of a byte offset; one beyond the end is taken as the end.
  package func position(at offset: Int) -> SourcePosition {
    let line = line(at: offset)
    let start = lineStarts[line - 1]
    let end = min(max(offset, start), bytes.count)
    let before = String(decoding: bytes[start..<end], as: UTF8.self)
    return SourcePosition(line: line, column: before.count + 1)
  }

  /// The bytes of a line, counted from 1, without its line end.
  package func byteRange(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The line of an offset and a caret under it, as two lines without escape codes.
  ///
  /// Control characters are replaced; a long line is cut around the caret to `limit` characters.
  /// `cells` says how many columns a character takes.
  package func excerpt(
    at offset: Int, limit: Int = 80, cells: (Character) -> Int = { _ in 1 }
  ) -> String {
    let place = position(at: offset)
    let text = String(decoding: bytes[byteRange(ofLine: place.line)], as: UTF8.self)
    let characters = text.map { Character(SafeText.shown(String($0))) }
    let caret = min(place.column - 1, characters.count)
    let room = max(limit, 10)
    var first = 0
    if characters.count > room { first = max(0, min(caret - room / 2, characters.count - room)) }
    let last = min(characters.count, first + room)
    var line = Array(characters[first..<last])
    if first > 0, !line.isEmpty { line[0] = "…" }
    if last < characters.count, !line.isEmpty { line[line.count - 1] = "…" }
    let indent = line.prefix(caret - first).reduce(0) { $0 + max(0, cells($1)) }
    return String(line) + "\n" + String(repeating: " ", count: indent) + "^"
  }
}
