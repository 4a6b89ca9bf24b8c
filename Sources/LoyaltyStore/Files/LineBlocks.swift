import TextFormats

/// Reads a file of events from its beginning, so many whole lines at a time, and no further than
/// they check themselves.
struct LineBlocks {
  private static let blockSize = 1 << 22

  /// Where the lines that were given end.
  private(set) var end = 0
  /// The length of the file.
  let size: Int
  private let file: any OpenFile

  /// The lines of a file.
  init(_ file: any OpenFile) throws(DiskError) {
    self.file = file
    size = try file.status().size
  }

  /// The next lines and the bytes that they are ranges of; nil when no more are good.
  mutating func next() throws(DiskError) -> (bytes: [UInt8], lines: [Seal.Line])? {
    var wanted = Self.blockSize
    while end < size {
      let bytes = try file.read(min(wanted, size - end), at: end)
      let lines = Self.lines(bytes.span.bytes)
      if let last = lines.last {
        end += last.range.upperBound + 1
        return (bytes, lines)
      }
      // No line, or one that is longer than the block.
      if wanted >= size - end { return nil }
      wanted *= 2
    }
    return nil
  }

  private static func lines(_ bytes: RawSpan) -> [Seal.Line] {
    var (lines, offset) = ([Seal.Line](), 0)
    while let feed = Seal.lineFeed(bytes, from: offset),
      let line = Seal.line(bytes, offset..<feed)
    {
      lines.append(line)
      offset = feed + 1
    }
    return lines
  }
}
