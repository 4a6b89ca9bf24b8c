import LoyaltyModel
import TextFormats

/// What tells the contents of a store from any other, found without reading them: how each file
/// looks that data come from, and its last bytes.
///
/// Two identities are the same only where nothing was written in between; a store that was only
/// opened and closed keeps its own.
package struct StoreIdentity: Sendable, Hashable {
  /// A file.
  struct Entry: Sendable, Hashable {
    var size: Int
    var inode: UInt64
    var modified: Int64
    var changed: Int64
    /// The last line vouches for the others.
    var end: [UInt8]
  }

  /// The files, by their paths within the store.
  private(set) var files: [String: Entry] = [:]

  /// How many bytes at the end of a file take part.
  private static let tail = 64
  /// What is no part of the data: who writes, and what an import has not finished.
  private static let locks: Set<String> = [StorePath.lock, "compact.lock"]

  /// The identity of the store in a folder; nil where there is none that could be opened just so.
  package init?(at path: String, disk: any Disk) {
    self.init(StoreFiles(disk: disk, root: path))
  }

  init?(_ store: StoreFiles) {
    // Half of the files may be in their places.
    guard let isWaiting = try? Overhaul.isWaiting(store), !isWaiting else { return nil }
    let folders = StorePath.folders.filter { $0 != StorePath.spool }
    for folder in [""] + folders {
      guard let names = try? store.list(folder) else { return nil }
      for name in names where !(folder.isEmpty && Self.locks.contains(name)) {
        let path = folder.isEmpty ? name : folder + "/" + name
        guard add(path, store) else { return nil }
      }
    }
    guard files[StorePath.store] != nil else { return nil }
  }

  /// Adds a file; false where it cannot be looked at.
  private mutating func add(_ path: String, _ store: StoreFiles) -> Bool {
    guard let found = try? store.disk.status(store.full(path)) else { return false }
    if found.kind == .folder { return true }
    guard found.kind == .file,
      let file = try? store.disk.open(store.full(path), .readInside),
      let status = try? file.status(),
      let end = try? file.read(Self.tail, at: max(0, status.size - Self.tail))
    else { return false }
    files[path] = Entry(
      size: status.size, inode: status.inode, modified: status.modified, changed: status.changed,
      end: end)
    return true
  }

  /// How many bytes of customers, products, purchases and offers there are.
  package var dataBytes: Int {
    let folders = [
      StorePath.customers, StorePath.products, StorePath.purchases, StorePath.offers,
      StorePath.journal,
    ]
    return files.reduce(0) { $0 + (folders.contains(folder(of: $1.key)) ? $1.value.size : 0) }
  }

  /// A name for what was computed from these contents: 32 hexadecimal digits.
  ///
  /// - Parameter circumstances: What else it was computed from.
  /// - Returns: The name.
  package func key(_ circumstances: [String]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("circumstances", circumstances)
      writer.list("files", files.sorted { $0.key < $1.key }) { writer, file in
        writer.object {
          $0.member("path", file.key)
          $0.member("size", file.value.size)
          $0.member("inode", String(file.value.inode))
          $0.member("modified", String(file.value.modified))
          $0.member("changed", String(file.value.changed))
          $0.member("end", String(decoding: file.value.end, as: UTF8.self))
        }
      }
    }
    return [SipHash(low: 5, high: 6), SipHash(low: 7, high: 8)]
      .map { SipHash.hexadecimal($0.hash(writer.bytes)) }.joined()
  }

  /// Whether an opening folded the store in between: the journal began anew.
  package func isFolded(since earlier: StoreIdentity) -> Bool {
    journals != earlier.journals
  }

  private var journals: Set<String> {
    Set(files.keys.filter { folder(of: $0) == StorePath.journal })
  }

  /// Whether all that changed since an opening are events and what they follow from: files that
  /// the opening read are as they were, and new ones are those of imports.
  func continues(_ opened: StoreIdentity, with imported: Set<String>) -> Bool {
    let (before, now) = (opened.read, read)
    return before.allSatisfy { now[$0.key] == $0.value }
      && now.keys.allSatisfy { before[$0] != nil || imported.contains($0) }
  }

  /// The files that are read once, when the store is opened.
  private var read: [String: Entry] {
    let folders = [
      StorePath.customers, StorePath.products, StorePath.purchases, StorePath.offers,
      StorePath.imports, StorePath.audit,
    ]
    return files.filter { folders.contains(folder(of: $0.key)) || $0.key == StorePath.recorded }
  }
}

extension JSONStore {
  /// What tells this program from another build of it: what one kept, another does not show.
  package static func build(_ disk: any Disk) -> String { Core.build(disk) }

  /// The contents of a file that was kept, for whoever has not opened the store yet; nil when it is
  /// not there or cannot be read.
  package static func cached(_ name: String, at path: String, disk: any Disk) -> [UInt8]? {
    StoreFiles(disk: disk, root: path).cached(name)
  }

  /// Keeps what was computed from the contents as of an event, where these are what the files
  /// hold: what somebody else changed meanwhile, or erased, never comes back by it.
  ///
  /// Nobody waits: where somebody writes just now, nothing is kept.
  ///
  /// - Parameters:
  ///   - sequence: The event.
  ///   - opened: The identity of the files as they were read.
  ///   - keeping: How many files of the same prefix stay.
  ///   - contents: The name and the bytes, by the identity of the files as they are.
  /// - Returns: Whether it is there now, as far as the disk allowed.
  package func cache(
    asOf sequence: Int, since opened: StoreIdentity, keeping: Int,
    _ contents: (StoreIdentity) -> (name: String, bytes: [UInt8])
  ) -> Bool {
    withCore { core in
      guard core.access == .readWrite, core.state.sequence == sequence, let lock = core.lock,
        (try? lock.lock(waiting: false)) == true
      else { return false }
      defer { lock.unlock() }
      let imported = Set(core.state.batches.flatMap { $0.segments.map(\.path) })
      guard let identity = StoreIdentity(core.files), core.isLikeFiles,
        identity.continues(opened, with: imported)
      else { return false }
      let kept = contents(identity)
      core.files.keep(kept.bytes, as: kept.name, keeping: keeping)
      return true
    }
  }
}

extension Core {
  /// Whether the files hold nothing that is not known here; the lock is held.
  fileprivate var isLikeFiles: Bool {
    guard handEdits.allSatisfy({ $0.change == nil }), let file = journal.file,
      (try? isRotated()) == false, (try? file.status().size) == journal.end,
      (try? workingFilesChanged()) == false
    else { return false }
    return true
  }
}
