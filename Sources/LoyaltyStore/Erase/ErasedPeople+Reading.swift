import LoyaltyModel
import TextFormats

/// Who was erased from a store, as far as its files can still tell.
package struct ErasureFindings: Sendable, Hashable {
  /// The people whom the files name.
  package private(set) var people = ErasedPeople()
  /// Files that may have named others.
  package private(set) var damages: [Damage] = []

  /// Reads the few files that know it; where one is damaged, every line of it that is not.
  fileprivate mutating func read(_ files: StoreFiles) throws(StoreError) {
    let isRecorded = try readRecorded(files)
    try readEvents(files, in: StorePath.journal) { StorePath.generation(ofName: $0) != nil }
    // The audit tells again what was recorded.
    if !isRecorded { try readEvents(files, in: StorePath.audit) { $0.hasSuffix(".ndjson") } }
  }

  fileprivate mutating func note(_ damage: Damage) { damages.append(damage) }

  /// What was recorded when the journal was folded last; false where that cannot be trusted.
  private mutating func readRecorded(_ files: StoreFiles) throws(StoreError) -> Bool {
    let path = StorePath.recorded
    do throws(StoreError) {
      let contents = try files.records(path, kind: RecordedSettings.kind)
      people = try RecordedSettings(contents).erased
      if let flaw = contents.flaw { note(flaw) }
      return contents.flaw == nil
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      note(damage)
    }
    for line in (try? files.read(path))?.split(separator: 10) ?? [] {
      guard let reader = try? RecordReader(json: Array(line)),
        let erased = try? reader.optionalObject("erased"), let people = try? ErasedPeople(erased)
      else { continue }
      self.people = people
    }
    return false
  }

  /// The erasings among the events in a folder.
  private mutating func readEvents(
    _ files: StoreFiles, in folder: String, _ isIncluded: (String) -> Bool
  ) throws(StoreError) {
    let names = try files.list(folder).filter(isIncluded)
    if names.isEmpty { note(Damage(folder, .missing)) }
    for name in names {
      let path = folder + "/" + name
      let bytes: [UInt8]
      do throws(StoreError) {
        bytes = try files.read(path)
      } catch {
        guard case .damaged(let damage) = error else { throw error }
        note(damage)
        continue
      }
      let span = bytes.span.bytes
      if folder == StorePath.journal,
        case .damaged(let line, let byte, let flaw) = JournalScan(span, after: nil).ending
      {
        note(Damage(path, line: line, byte: byte, flaw))
      }
      for line in Core.auditLines(span) {
        guard let reader = try? RecordReader(json: span.array(line.range)),
          (try? reader.text("op")) == "customer.erase",
          let erasure = try? ErasureRecord.read(reader)
        else { continue }
        people.add(erasure)
      }
    }
  }
}

extension ErasedPeople {
  /// Reads the people whom a fold recorded.
  init(_ reader: RecordReader) throws(RecordFlaw) {
    guard let function = SipHash(hexadecimal: try reader.text("key")) else {
      throw reader.flaw("key")
    }
    self.init(function, try ErasureRecord.hashes(reader))
  }
}

extension JSONStore {
  /// The people who were erased from a store, however damaged it is.
  ///
  /// - Parameters:
  ///   - path: The store's folder; where none is, nobody was erased.
  ///   - disk: Where it lies.
  /// - Returns: Who they are, and what could not be read of it.
  /// - Throws: ``ReadOnlyReason/unfinished`` where an erasing was cut off and cannot be completed,
  ///   or what the disk does.
  package static func erasedPeople(
    at path: String, disk: any Disk
  ) throws(StoreError) -> ErasureFindings {
    let files = StoreFiles(disk: disk, root: path)
    var findings = ErasureFindings()
    let found = try files.doing { () throws(DiskError) in try disk.status(path) }
    guard found?.kind == .folder || found?.kind == .symbolicLink,
      try files.list("").contains(where: { $0 != StorePath.lock })
    else { return findings }
    do throws(StoreError) {
      try files.settled { () throws(StoreError) in try findings.read(files) }
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      // What waits to be done there cannot be done, and may have erased somebody.
      findings.note(damage)
      try findings.read(files)
    }
    return findings
  }
}
