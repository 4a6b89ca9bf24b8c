import LoyaltyModel
import TextFormats

/// A file of records between a first line that says what it holds and a last line that checks it:
/// shards, which folding replaces, and segments, which imports add.
///
/// `{"kind":"customers","schema":1,"through":120,"head":"b58b9799"}`, one record a line,
/// `{"end":2,"crc32c":"0d4aa1d5"}` with the number of records and the checksum of all bytes before.
enum ShardFile {
  /// The version of these files' own format, which the store's schema has not changed since.
  static let schema = 1

  /// The first line of a file.
  struct Header: Hashable {
    /// What the records are.
    var kind: String
    /// The version of the format.
    var schema = ShardFile.schema
    /// In shards, the last event that is in it.
    var head: ChainHead?
    /// In shards, how many files the records are spread over.
    var shards: Int?
    /// The highest number given to a record so far, where numbers are given once.
    var last: Int?
    /// In purchases, the month.
    var month: String?

    /// A first line.
    init(_ kind: String) { self.kind = kind }

    fileprivate func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.member("kind", kind)
      writer.member("schema", schema)
      if let head {
        writer.member("through", head.sequence)
        writer.member("head", checksum: head.checksum)
      }
      writer.member("shards", shards)
      writer.member("last", last)
      writer.member("month", month ?? "")
      writer.endObject()
      writer.newline()
    }

    init(_ reader: RecordReader) throws(RecordFlaw) {
      kind = try reader.requiredText("kind")
      schema = try reader.int("schema")
      if let through = try reader.optionalInt("through") {
        head = ChainHead(sequence: through, checksum: try reader.checksum("head"))
      }
      shards = try reader.optionalInt("shards")
      last = try reader.optionalInt("last")
      month = try reader.optionalText("month")
    }
  }

  /// The first line as bytes.
  static func first(_ header: Header) -> [UInt8] {
    var writer = JSONWriter()
    header.write(to: &writer)
    return writer.bytes
  }

  /// The last line as bytes, for a number of records and the checksum of all before.
  static func last(rows: Int, checksum: UInt32) -> [UInt8] {
    var writer = JSONWriter()
    writer.object {
      $0.member("end", rows)
      $0.member("crc32c", checksum: checksum)
    }
    writer.newline()
    return writer.bytes
  }

  /// A whole file of records that are lines already.
  static func whole(_ header: Header, rows: Int, _ records: [UInt8]) -> [UInt8] {
    let bytes = first(header) + records
    return bytes + last(rows: rows, checksum: CRC32C.checksum(of: bytes))
  }

  /// A file that was read: its first line understood, its last line checked.
  struct Contents {
    /// The path within the store.
    let file: String
    /// All bytes.
    let bytes: [UInt8]
    /// The first line.
    let header: Header
    /// Where the records are; they begin on line 2.
    let records: Range<Int>
    /// How many records the last line counts.
    let rows: Int
    /// The checksum of the whole file.
    let checksum: UInt32
    /// What the last line found changed, if it did; the records may still be readable.
    let flaw: Damage?
  }

  /// Understands the first and the last line of a file.
  static func read(
    _ bytes: [UInt8], file: String, kind: String
  ) throws(StoreError) -> Contents {
    let span = bytes.span.bytes
    guard let firstEnd = Seal.lineFeed(span, from: 0) else {
      throw StoreError.damaged(Damage(file, line: 1, byte: 0, .header))
    }
    let header: Header
    do throws(RecordFlaw) {
      header = try Header(RecordReader(json: Array(bytes[..<firstEnd])))
    } catch { throw StoreError.damaged(Damage(file, line: 1, byte: error.offset, .header)) }
    guard header.kind == kind, header.schema <= ShardFile.schema else {
      throw StoreError.damaged(Damage(file, line: 1, byte: 0, .header))
    }
    let lastStart = lastLine(bytes)
    guard lastStart > firstEnd,
      let last = try? RecordReader(json: Array(bytes[lastStart...])),
      let rows = try? last.int("end"), let expected = try? last.checksum("crc32c")
    else { throw StoreError.damaged(Damage(file, .footer)) }
    var checksum = CRC32C()
    checksum.update(span.extracting(0..<lastStart))
    let flaw = checksum.checksum == expected ? nil : Damage(file, .checksum)
    checksum.update(span.extracting(lastStart..<bytes.count))
    return Contents(
      file: file, bytes: bytes, header: header, records: firstEnd + 1..<lastStart, rows: rows,
      checksum: checksum.checksum, flaw: flaw)
  }

  /// Where the last line begins.
  private static func lastLine(_ bytes: [UInt8]) -> Int {
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    return (bytes[..<end].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
  }
}
