import LoyaltyModel
import TextFormats

/// A place in the chain of events: the last event and its checksum.
struct ChainHead: Hashable {
  /// The sequence number of the last event; 0 before the first.
  var sequence = 0
  /// Its checksum; 0 before the first.
  var checksum: UInt32 = 0
}

/// What a file of the journal holds: the lines that follow the chain, and how it ends.
struct JournalScan {
  /// How the good part of a file ends.
  enum Ending: Hashable {
    /// With the file.
    case clean
    /// Then come bytes of a write that was never finished, from an offset on.
    case torn(at: Int)
    /// Then come bytes that were good once: events after them are intact.
    case damaged(line: Int, byte: Int, Damage.Flaw)
  }

  /// The lines of finished transactions, in order.
  private(set) var lines: [Seal.Line] = []
  /// The end of the last of them.
  private(set) var end: Int
  /// The place in the chain after the last of them.
  private(set) var head: ChainHead
  /// The number of the line after the last of them.
  private(set) var nextLine: Int
  /// How the good part ends.
  private(set) var ending = Ending.clean

  /// Walks over the bytes of a file from an offset on.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - start: Where the first line begins.
  ///   - head: The place in the chain before it; nil takes what the first line says.
  ///   - line: The number of the first line.
  init(_ bytes: RawSpan, from start: Int = 0, after head: ChainHead?, line: Int = 1) {
    (end, nextLine) = (start, line)
    self.head = head ?? ChainHead()
    var (offset, number, open) = (start, line, 0)
    var follows = head
    while offset < bytes.byteCount {
      guard let feed = Seal.lineFeed(bytes, from: offset),
        let sealed = Seal.line(bytes, offset..<feed), let sequence = sealed.sequence
      else {
        ending = ending(bytes, from: offset, line: number)
        break
      }
      let expected = follows ?? ChainHead(sequence: sequence - 1, checksum: sealed.previous)
      guard expected == ChainHead(sequence: sequence - 1, checksum: sealed.previous) else {
        // The line is intact, so that this is no torn write.
        ending = .damaged(line: number, byte: offset, .chain(expected: expected.sequence + 1))
        break
      }
      follows = ChainHead(sequence: sequence, checksum: sealed.checksum)
      lines.append(sealed)
      (offset, number) = (feed + 1, number + 1)
      open = sealed.more ? open + 1 : 0
      if open == 0, let follows { (end, nextLine, self.head) = (offset, number, follows) }
    }
    if open > 0 {
      lines.removeLast(open)
      if ending == .clean { ending = .torn(at: end) }
    }
  }

  /// Bytes that are not good are the end of a torn write, unless intact events come after them
  /// that were committed later: a disk may store the end of a transaction and not its beginning,
  /// but each commit waits until the one before it is stored.
  ///
  /// An intact event is looked for in the middle of a line too, since its line feed may be what
  /// was damaged; text cannot look like the beginning of one, as quotes in it are escaped.
  private func ending(_ bytes: RawSpan, from bad: Int, line: Int) -> Ending {
    var offset = bad
    while let feed = Seal.lineFeed(bytes, from: offset) {
      while let start = Seal.start(bytes, in: offset..<feed) {
        if start > bad, let found = Seal.line(bytes, start..<feed),
          found.transaction != head.sequence + 1
        {
          return .damaged(line: line, byte: bad, .checksum)
        }
        offset = start + 1
      }
      offset = feed + 1
    }
    return .torn(at: end)
  }
}
