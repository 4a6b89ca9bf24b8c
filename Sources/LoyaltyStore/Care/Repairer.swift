import LoyaltyModel
import TextFormats

/// Repairs what can be repaired without inventing anything: a damaged journal ends at its last good
/// event, a file of which all records can be read is sealed anew.
struct Repairer {
  private let files: StoreFiles
  private(set) var repairs: [Repair] = []

  init(files: StoreFiles) { self.files = files }

  /// Repairs the store in place; it must be a copy that nobody has open.
  mutating func run(_ examination: Examination) throws(StoreError) {
    for file in Set(examination.damages.map(\.file)).sorted() {
      let damages = examination.damages.filter { $0.file == file }
      if try !repair(file, damages) { repairs += damages.map { .left($0) } }
    }
  }

  private mutating func repair(_ file: String, _ damages: [Damage]) throws(StoreError) -> Bool {
    if file.hasPrefix(StorePath.journal + "/") { return try cut(file) }
    // What an import brought is named with its checksum by an event, which stays as it is.
    guard SegmentPath(file) == nil, let kind = Self.kind(file) else { return false }
    return try seal(file, kind: kind)
  }

  private static func kind(_ file: String) -> String? {
    if file == StorePath.recorded { return RecordedSettings.kind }
    let folder = folder(of: file)
    let shards = [StorePath.customers, StorePath.offers, StorePath.products, StorePath.imports]
    return shards.contains(folder) ? folder : nil
  }

  /// Cuts a journal where it is damaged; what is cut is kept.
  private mutating func cut(_ file: String) throws(StoreError) -> Bool {
    let bytes = try files.read(file)
    let scan = JournalScan(bytes.span.bytes, after: nil)
    guard case .damaged = scan.ending else { return false }
    let kept = String(file.dropLast(".ndjson".utf8.count)) + "-\(scan.end).torn"
    try files.replace(kept, Array(bytes[scan.end...]))
    try files.replace(file, Array(bytes[..<scan.end]))
    try files.sync([StorePath.journal])
    repairs.append(
      .cut(file: file, byte: scan.end, bytes: bytes.count - scan.end, kept: kept))
    return true
  }

  /// Writes the last line of a file anew, if all its records can be read.
  private mutating func seal(_ file: String, kind: String) throws(StoreError) -> Bool {
    guard let bytes = try files.readIfPresent(file) else { return false }
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: true)
    if let last = lines.last, (try? RecordReader(json: Array(last)).int("end")) != nil {
      lines.removeLast()
    }
    guard let first = lines.first else { return false }
    var body: [UInt8] = []
    for line in lines { body += line + [10] }
    let rows = lines.count - 1
    let sealed = body + ShardFile.last(rows: rows, checksum: CRC32C.checksum(of: body))
    guard let contents = try? ShardFile.read(sealed, file: file, kind: kind),
      contents.records.lowerBound == first.count + 1,
      let store = try? files.storeFile(),
      (try? RecordCheck(currency: store.currency).run(contents, kind: kind) { _ in }) != nil
    else { return false }
    try files.replace(file, sealed)
    try files.sync([folder(of: file)])
    repairs.append(.sealed(file: file, rows: rows))
    return true
  }
}

extension JSONStore {
  /// Copies a damaged store and repairs the copy; the store itself stays as it is, but that an
  /// erasing that was cut off is completed first.
  ///
  /// - Parameters:
  ///   - path: The store's folder.
  ///   - copy: The folder of the copy to be; it must be missing or empty.
  ///   - disk: Where they lie.
  /// - Returns: What was done to the copy, and what an examination of it finds now.
  /// - Throws: ``StoreError/notEmpty(path:)``, ``ReadOnlyReason/unfinished`` where an erasing was cut
  ///   off and cannot be completed, or what the disk does.
  package static func repair(
    at path: String, copyingTo copy: String, disk: any Disk
  ) throws(StoreError) -> (repairs: [Repair], left: Examination) {
    let source = StoreFiles(disk: disk, root: path)
    var copying = StoreCopy(source: source, to: copy)
    let examination = try source.settled { () throws(StoreError) in
      let found = try examine(at: path, disk: disk)
      _ = try copying.run()
      return found
    }
    var repairer = Repairer(files: copying.target)
    try repairer.run(examination)
    return (repairer.repairs, try examine(at: copy, disk: disk))
  }
}
