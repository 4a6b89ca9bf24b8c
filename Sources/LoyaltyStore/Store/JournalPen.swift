import LoyaltyModel
import TextFormats

/// Writes the events of one action at the end of the journal, a piece at a time, so that an action
/// of a million events takes no more memory than one of a few.
///
/// Nothing of an action counts before its last line is on the disk: whoever reads the file before
/// that takes it for a write that is going on, or never ended.
struct JournalPen {
  private static let pieceSize = 1 << 20

  /// The place in the chain after the events so far.
  private(set) var head: ChainHead
  /// Where the next piece goes.
  private(set) var end: Int
  /// How many events were added.
  private(set) var events = 0
  /// Whether something may have been written that would have to be cut off.
  private(set) var isBegun = false
  /// The journal's file.
  let file: any OpenFile

  private let path: String
  private let currency: Currency
  private var piece: [UInt8] = []

  /// A pen for a file, whose good part has an end, for events after a place in the chain.
  init(
    _ file: any OpenFile, path: String, at end: Int, after head: ChainHead, _ currency: Currency
  ) {
    (self.file, self.path, self.end) = (file, path, end)
    (self.head, self.currency) = (head, currency)
  }

  /// Adds an event; `more` says that its action goes on.
  mutating func add(_ event: Event, more: Bool) throws(DiskError) {
    let line = EventRecord.line(event, more: more, after: head.checksum, currency)
    piece += line.bytes
    head = ChainHead(sequence: head.sequence + 1, checksum: line.checksum)
    events += 1
    if !more || piece.count >= Self.pieceSize { try write() }
  }

  /// Leaves what was written to others.
  mutating func rest() { isBegun = false }

  private mutating func write() throws(DiskError) {
    isBegun = true
    try file.writeAll(piece[...], at: end, path: path)
    end += piece.count
    piece.removeAll(keepingCapacity: true)
  }
}
