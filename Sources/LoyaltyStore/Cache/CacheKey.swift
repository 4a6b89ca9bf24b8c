import TextFormats

/// Names a file of columns by a hash of everything that it was made from.
struct CacheKey: Sendable, Hashable {
  /// Changes whenever the columns or what they mean do.
  private static let version = 5

  /// How the names of files of its kind begin.
  let prefix: String
  /// Two hashes.
  let words: [UInt64]
  /// The name of the file.
  var name: String { prefix + words.map { SipHash.hexadecimal($0) }.joined() }

  /// The key of columns.
  ///
  /// - Parameters:
  ///   - prefix: How the names of their files begin.
  ///   - sources: Every file that they are made from, in the order that counts, and how it looks.
  ///   - build: What tells this program from another build of it.
  init(
    prefix: String, sources: [(what: String, status: FileStatus, end: [UInt8])], build: String
  ) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", Self.version)
      writer.member("schema", JSONStore.knownSchema)
      writer.member("build", build)
      writer.list("sources", sources) { writer, source in
        writer.object {
          $0.member("what", source.what)
          $0.member("size", source.status.size)
          $0.member("inode", String(source.status.inode))
          $0.member("modified", String(source.status.modified))
          $0.member("changed", String(source.status.changed))
          $0.member("end", String(decoding: source.end, as: UTF8.self))
        }
      }
    }
    self.init(prefix: prefix, contents: writer.bytes)
  }

  /// The key of columns that are made from what some bytes tell.
  init(prefix: String, contents: [UInt8]) {
    self.prefix = prefix
    words = [SipHash(low: 1, high: 2), SipHash(low: 3, high: 4)].map { $0.hash(contents) }
  }
}

/// Columns that are to be kept for the next opening.
struct DueColumns: Sendable {
  /// Under what they are kept.
  let key: CacheKey
  /// Writes them to a file at a path.
  let write: @Sendable (any OpenFile, String) throws(DiskError) -> Void
}
