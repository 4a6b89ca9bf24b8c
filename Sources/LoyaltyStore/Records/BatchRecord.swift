import LoyaltyModel
import TextFormats

/// The line of an import.
enum BatchRecord {
  static let keys: [StaticString] = [
    "id", "source", "profile", "counts", "first_day", "last_day", "segments", "rejected",
    "file", "seq",
  ]

  /// The same with the keys of the objects in it.
  static let known = KnownKeys(
    keys,
    [
      "counts": KnownKeys(countKeys.map(\.0)), "segments": KnownKeys(["path", "rows", "crc32c"]),
      "file": KnownKeys(["size", "crc32c"]),
    ])

  /// Reads an import from an object.
  static func read(_ reader: RecordReader) throws(RecordFlaw) -> ImportBatch {
    let number = try reader.int("id")
    guard (1...Int(UInt16.max)).contains(number) else { throw reader.flaw("id") }
    var batch = ImportBatch(
      number: number, source: try reader.text("source"), profile: try reader.text("profile"),
      counts: try counts(try reader.object("counts")),
      firstDay: try reader.optionalDay("first_day"), lastDay: try reader.optionalDay("last_day"),
      segments: try reader.list("segments") { (reader) throws(RecordFlaw) in
        let path = try reader.requiredText("path")
        guard SegmentPath(path) != nil else { throw reader.flaw("path") }
        return ImportBatch.Segment(
          path: path, rows: try reader.int("rows"), crc32c: try reader.checksum("crc32c"))
      })
    batch.rejected = try reader.text("rejected")
    if let file = try reader.optionalObject("file") {
      batch.fingerprint = ImportBatch.Fingerprint(
        size: try file.int("size"), crc32c: try file.checksum("crc32c"))
    }
    return batch
  }

  private static let countKeys:
    [(StaticString, any WritableKeyPath<ImportCounts, Int> & Sendable)] = [
      ("read", \.read), ("new", \.new), ("changed", \.changed), ("unchanged", \.unchanged),
      ("rejected", \.rejected), ("anonymous", \.anonymous), ("new_customers", \.newCustomers),
    ]

  private static func counts(_ reader: RecordReader) throws(RecordFlaw) -> ImportCounts {
    var counts = ImportCounts()
    for (key, path) in countKeys {
      counts[keyPath: path] = try reader.optionalInt(key.description) ?? 0
    }
    return counts
  }

  /// Writes an import as an object.
  ///
  /// - Parameters:
  ///   - batch: The import.
  ///   - sequence: The event that committed it, where the line says so.
  ///   - others: Members that are not known here.
  ///   - writer: Takes the object.
  static func write(
    _ batch: ImportBatch, sequence: Int? = nil, others: [JSONMember] = [],
    to writer: inout JSONWriter
  ) {
    writer.object(with: others, of: known) { write(batch, sequence, &$0) }
  }

  private static func write(
    _ batch: ImportBatch, _ sequence: Int?, _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("id", batch.number)
    writer.member("source", batch.source)
    writer.member("profile", batch.profile)
    writer.object("counts") { writer in
      for (key, path) in countKeys { writer.member(key, batch.counts[keyPath: path]) }
    }
    writer.member("first_day", batch.firstDay)
    writer.member("last_day", batch.lastDay)
    writer.list("segments", batch.segments) { writer, segment in
      writer.object {
        $0.member("path", segment.path)
        $0.member("rows", segment.rows)
        $0.member("crc32c", checksum: segment.crc32c)
      }
    }
    writer.member("rejected", batch.rejected)
    if let file = batch.fingerprint {
      writer.object("file") {
        $0.member("size", file.size)
        $0.member("crc32c", checksum: file.crc32c)
      }
    }
    writer.member("seq", sequence)
    writer.endObject()
  }
}
