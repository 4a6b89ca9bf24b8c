import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

/// The rows that could not be used, as the file that is written, and the first of them in words.
struct RejectedRows {
  private var writer: RejectedRowsWriter
  private let wording: Wording
  /// The file so far.
  private(set) var bytes: [UInt8] = []
  /// The first few in words.
  private(set) var first: [String] = []
  /// How many are told in words.
  private static let told = 5

  init(_ look: TableLook, _ wording: Wording) {
    self.wording = wording
    writer = RejectedRowsWriter(look, wording)
  }

  /// How many there are.
  var count: Int { writer.count }

  mutating func add(_ row: RejectedRow) {
    if count < Self.told {
      first.append(
        wording(
          "reject.line", ["line": String(row.line), "reason": row.reason.message(wording)]))
    }
    writer.append(row)
    bytes += writer.take()
  }
}

/// The file that rejected rows were written to.
struct RejectedPlace {
  /// Where it is.
  let path: String
  /// The file that was left as it is, since somebody may have mended it; nil where there was none.
  let kept: String?

  /// Writes rejected rows beside their file; a file that is there with other bytes is never
  /// replaced, for it may be half mended.
  ///
  /// - Parameters:
  ///   - bytes: The file to be.
  ///   - source: The file that the rows come from.
  ///   - disk: Where it lies.
  /// - Throws: What the disk does.
  init(_ bytes: [UInt8], of source: String, _ disk: any Disk) throws(DiskError) {
    var (name, number) = (source + ".rejected.csv", 1)
    var kept: String?
    while try disk.status(name) != nil {
      if try disk.readWhole(name, .read) == bytes {
        (path, self.kept) = (name, kept)
        return
      }
      kept = kept ?? name
      number += 1
      name = source + ".rejected-\(number).csv"
    }
    try disk.writeWhole(name, bytes, overwrite: false)
    (path, self.kept) = (name, kept)
  }

  /// What staff should know; nil where nothing was there.
  func note(_ wording: Wording) -> String? {
    kept.map { wording("import-note.kept-rejected", ["kept": $0, "file": path]) }
  }
}
