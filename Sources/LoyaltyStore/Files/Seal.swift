import TextFormats

/// The fixed end of each line of the journal and the audit:
/// `,"prev":"aef15f59","crc":"b58b9799"}`.
///
/// The checksum is the CRC-32C of all bytes of the line before `,"crc"`, and `prev` is the checksum
/// of the line before: each line checks itself, and the lines form a chain. Checking needs no
/// parser, since the length of the end never changes.
enum Seal {
  /// The bytes of `,"crc":"b58b9799"}`.
  static let checksumLength = 18
  /// The bytes of `,"prev":"aef15f59"`.
  static let previousLength = 18

  private static let checksumStart = Array(#","crc":""#.utf8)
  private static let checksumEnd = Array(#""}"#.utf8)
  private static let previousStart = Array(#","prev":""#.utf8)
  private static let more = Array(#","more":1"#.utf8)
  private static let transactionStart = Array(#","tx":"#.utf8)
  private static let sequenceStart = Array(#"{"seq":"#.utf8)

  /// Ends a line that was begun as an object with at least one member.
  static func seal(_ begun: [UInt8], after previous: UInt32) -> (bytes: [UInt8], checksum: UInt32) {
    var bytes = begun
    bytes += previousStart
    bytes += Array(CRC32C.hexadecimal(previous).utf8)
    bytes.append(UInt8(ascii: "\""))
    let checksum = CRC32C.checksum(of: bytes)
    bytes += checksumStart
    bytes += Array(CRC32C.hexadecimal(checksum).utf8)
    bytes += checksumEnd
    bytes.append(UInt8(ascii: "\n"))
    return (bytes, checksum)
  }

  /// A line whose own checksum fits.
  struct Line: Hashable {
    /// The bytes without the line feed.
    let range: Range<Int>
    /// The sequence number; nil for a checkpoint.
    let sequence: Int?
    /// The first event of its transaction; nil when it stands alone.
    let transaction: Int?
    /// Whether its transaction goes on in the next line.
    let more: Bool
    /// The checksum that the line before should have.
    let previous: UInt32
    /// The line's own checksum.
    let checksum: UInt32
  }

  /// The line of a range, without its line feed, or nil when it does not check itself.
  static func line(_ bytes: RawSpan, _ range: Range<Int>) -> Line? {
    guard range.count > checksumLength + previousLength else { return nil }
    let body = range.lowerBound..<range.upperBound - checksumLength
    guard bytes.equals(body.upperBound..<body.upperBound + 8, checksumStart),
      bytes.equals(range.upperBound - 2..<range.upperBound, checksumEnd),
      let checksum = hexadecimal(bytes, at: body.upperBound + 8),
      CRC32C.checksum(of: bytes.extracting(body)) == checksum
    else { return nil }
    let previousAt = body.upperBound - previousLength
    guard bytes.equals(previousAt..<previousAt + 9, previousStart),
      let previous = hexadecimal(bytes, at: previousAt + 9)
    else { return nil }
    let moreAt = max(previousAt - more.count, range.lowerBound)
    let goesOn = bytes.equals(moreAt..<previousAt, more)
    return Line(
      range: range, sequence: sequence(bytes, range),
      transaction: transaction(bytes, range.lowerBound..<(goesOn ? moreAt : previousAt)),
      more: goesOn, previous: previous, checksum: checksum)
  }

  /// The bytes of a line before its seal.
  static func body(_ bytes: RawSpan, _ line: Line) -> [UInt8] {
    bytes.array(
      line.range.lowerBound..<line.range.upperBound - checksumLength - previousLength)
  }

  /// The number of a transaction that stands at the end of a range, or nil.
  private static func transaction(_ bytes: RawSpan, _ range: Range<Int>) -> Int? {
    var start = range.upperBound
    while start > range.lowerBound, bytes.byte(at: start - 1) &- 48 < 10 { start -= 1 }
    let key = start - transactionStart.count
    guard key > range.lowerBound, range.upperBound - start < 18,
      bytes.equals(key..<start, transactionStart)
    else { return nil }
    var number = 0
    for offset in start..<range.upperBound {
      number = number * 10 + Int(bytes.byte(at: offset) - 48)
    }
    return number
  }

  private static func sequence(_ bytes: RawSpan, _ range: Range<Int>) -> Int? {
    var offset = range.lowerBound + sequenceStart.count
    guard offset < range.upperBound,
      bytes.equals(range.lowerBound..<offset, sequenceStart)
    else { return nil }
    var number = 0
    while offset < range.upperBound, bytes.byte(at: offset) &- 48 < 10, number < 1 << 56 {
      number = number * 10 + Int(bytes.byte(at: offset) - 48)
      offset += 1
    }
    return number
  }

  private static func hexadecimal(_ bytes: RawSpan, at start: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in start..<start + 8 {
      let byte = bytes.byte(at: offset)
      switch byte {
      case 48...57: value = value << 4 | UInt32(byte - 48)
      case 97...102: value = value << 4 | UInt32(byte - 87)
      default: return nil
      }
    }
    return value
  }

  /// Where the next event begins in a range, or nil.
  static func start(_ bytes: RawSpan, in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset + sequenceStart.count <= range.upperBound {
      if bytes.equals(offset..<offset + sequenceStart.count, sequenceStart) { return offset }
      offset += 1
    }
    return nil
  }

  /// The end of the line that begins at an offset: the place of its line feed, or nil.
  static func lineFeed(_ bytes: RawSpan, from start: Int) -> Int? {
    bytes.lineFeed(from: start)
  }
}
