import TextFormats

/// Reads a month of the audit from its newest events to its oldest, a block at a time, so that the
/// last few of a million cost no more than the last few of ten.
struct AuditReader {
  /// A run of whole lines, and where it begins in the file.
  struct Block {
    let start: Int
    let bytes: [UInt8]
    /// The lines whose own checksums fit; ranges within ``bytes``.
    let lines: [Seal.Line]
  }

  private static let firstBlock = 1 << 16
  private static let mostBlock = 1 << 23

  private let path: String
  private let files: StoreFiles
  private let file: any OpenFile
  /// Everything from here on was given, or is not wanted; the beginning of a line.
  private var end: Int
  private var block = AuditReader.firstBlock

  /// Opens a month.
  ///
  /// - Parameters:
  ///   - path: The file, within the store.
  ///   - bound: Only events before this number are wanted; others may be given all the same.
  ///   - files: The store's files.
  /// - Throws: What the disk does, also where a symbolic link stands there.
  init(_ path: String, before bound: Int, files: StoreFiles) throws(StoreError) {
    (self.path, self.files) = (path, files)
    (file, end) = try files.doing { () throws(DiskError) in
      let file = try files.disk.open(files.full(path), .readInside)
      return (file, try file.status().size)
    }
    if bound != .max { end = try seek(bound) }
  }

  /// The lines before those given last; nil when there are no more.
  mutating func next() throws(StoreError) -> Block? {
    while end > 0 {
      let start = max(0, end - block)
      block = min(block * 2, Self.mostBlock)
      let bytes = try read(start..<end)
      let span = bytes.span.bytes
      // The first line is whole only at the beginning of the file.
      let feed = start == 0 ? -1 : Seal.lineFeed(span, from: 0)
      guard let feed, feed + 1 < bytes.count else {
        // One line longer than the block: a larger one is tried.
        if end - start >= Self.mostBlock { block = min(end, (end - start) * 2) }
        continue
      }
      end = start + feed + 1
      return Block(start: start, bytes: bytes, lines: Self.lines(span, from: feed + 1))
    }
    return nil
  }

  /// The beginning of a line from which on no event is before a number: lines ascend, so the halves
  /// in which it lies are halved again.
  private func seek(_ bound: Int) throws(StoreError) -> Int {
    var (low, high) = (0, end)
    while high - low > Self.firstBlock * 2 {
      let middle = (low + high) / 2
      let bytes = try read(middle..<min(high, middle + Self.firstBlock))
      let span = bytes.span.bytes
      guard let feed = Seal.lineFeed(span, from: 0),
        let line = Self.lines(span, from: feed + 1).first(where: { $0.sequence != nil }),
        let sequence = line.sequence
      else { break }
      if sequence < bound { low = middle } else { high = middle + line.range.lowerBound }
    }
    return high
  }

  private static func lines(_ bytes: RawSpan, from start: Int) -> [Seal.Line] {
    var lines: [Seal.Line] = []
    var offset = start
    while let feed = Seal.lineFeed(bytes, from: offset) {
      if let line = Seal.line(bytes, offset..<feed) { lines.append(line) }
      offset = feed + 1
    }
    return lines
  }

  private func read(_ range: Range<Int>) throws(StoreError) -> [UInt8] {
    try files.doing { () throws(DiskError) in try file.read(range.count, at: range.lowerBound) }
  }
}
