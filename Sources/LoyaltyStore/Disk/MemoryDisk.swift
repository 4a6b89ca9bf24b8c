import Glibc
import Synchronization

/// A disk that exists in memory: for tests, and to plan failures.
///
/// What was written but not synced is lost by ``crashed()``: contents of files that were not
/// synced, and names in folders that were not synced. Any one operation can be made to fail.
package final class MemoryDisk: Disk {
  struct Node {
    var kind = FileStatus.Kind.file
    var mode: UInt32 = 0o600
    var current: [UInt8] = []
    var durable: [UInt8] = []
    var changes: Int64 = 0
  }

  struct Contents {
    var nodes: [UInt64: Node] = [:]
    var names: [String: UInt64] = [:]
    var durableNames: [String: UInt64] = [:]
    var locks: [UInt64: ObjectIdentifier] = [:]
    var lastInode: UInt64 = 0
    var operations = 0
    var failing: (at: Int, number: Int32, onwards: Bool)?
    var space = Int64.max
    var network: String?
    var foreign: Set<String> = []
  }

  let contents = Mutex(Contents())

  /// An empty disk with one folder.
  package init(folder: String = "/disk") {
    contents.withLock { contents in
      let inode = contents.add(Node(kind: .folder, mode: 0o700), at: folder)
      contents.durableNames[folder] = inode
    }
  }

  private init(_ contents: sending Contents) {
    self.contents.withLock { [contents] in $0 = contents }
  }

  /// How many operations that could fail were made.
  package var operations: Int { contents.withLock { $0.operations } }

  /// Lets an operation fail, counted from 1 from now on, with an error number; and all after it
  /// too where asked for, as when the power goes.
  package func fail(at operation: Int, number: Int32 = EIO, onwards: Bool = false) {
    contents.withLock {
      $0.operations = 0
      $0.failing = (operation, number, onwards)
    }
  }

  /// Lets nothing fail any more.
  package func mend() { contents.withLock { $0.failing = nil } }

  /// Limits how many bytes can still be written.
  package func limitSpace(_ bytes: Int64) { contents.withLock { $0.space = bytes } }

  /// Pretends that the disk is on another machine.
  package func pretendNetwork(_ type: String?) { contents.withLock { $0.network = type } }

  /// Pretends that a folder is somebody else's, so that only they decide who may use it.
  package func pretendForeign(_ folder: String) {
    _ = contents.withLock { $0.foreign.insert(folder) }
  }

  /// The disk as it is found after the power went: only what was synced, no locks.
  package func crashed() -> MemoryDisk {
    var found = contents.withLock { $0 }
    found.names = found.durableNames
    for inode in found.nodes.keys {
      let durable = found.nodes[inode]?.durable ?? []
      found.nodes[inode]?.current = durable
    }
    return MemoryDisk(found.restarted())
  }

  /// The disk as it is found after the program was killed: all that was written, no locks.
  package func killed() -> MemoryDisk { MemoryDisk(contents.withLock { $0 }.restarted()) }

  /// The paths of all files.
  package var files: [String] {
    contents.withLock { contents in
      contents.names.filter { contents.nodes[$0.value]?.kind == .file }.keys.sorted()
    }
  }

  /// Puts a file there as if it had always been there.
  package func put(_ path: String, _ bytes: [UInt8]) {
    contents.withLock { contents in
      let inode = contents.names[path] ?? contents.add(Node(), at: path)
      contents.nodes[inode]?.current = bytes
      contents.nodes[inode]?.durable = bytes
      contents.nodes[inode]?.changes += 1
      contents.durableNames[path] = inode
    }
  }

  // MARK: Disk

  package func open(_ path: String, _ purpose: FilePurpose) throws(DiskError) -> any OpenFile {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.open, path)
      if let inode = contents.names[path] {
        if case .create = purpose { throw DiskError(.open, path, EEXIST) }
        if contents.nodes[inode]?.kind == .folder { throw DiskError(.open, path, EISDIR) }
        return MemoryFile(disk: self, inode: inode, path: path)
      }
      switch purpose {
      case .read, .readInside, .update: throw DiskError(.open, path, ENOENT)
      case .create(let privacy), .lock(let privacy):
        try contents.checkFolder(of: path, .open)
        let inode = contents.add(Node(mode: privacy.fileMode), at: path)
        return MemoryFile(disk: self, inode: inode, path: path)
      }
    }
  }

  package func status(_ path: String) throws(DiskError) -> FileStatus? {
    contents.withLock { contents in
      contents.names[path].flatMap { contents.status($0) }
    }
  }

  package func list(_ folder: String) throws(DiskError) -> [String] {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.list, folder)
      guard contents.names[folder] != nil else { throw DiskError(.list, folder, ENOENT) }
      return contents.children(of: folder, contents.names).map {
        String($0.dropFirst(folder.count + 1))
      }.sorted()
    }
  }

  package func makeFolder(_ path: String, _ privacy: FilePrivacy) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.makeFolder, path)
      guard contents.names[path] == nil else { throw DiskError(.makeFolder, path, EEXIST) }
      try contents.checkFolder(of: path, .makeFolder)
      _ = contents.add(Node(kind: .folder, mode: privacy.folderMode), at: path)
    }
  }

  package func protect(
    _ folder: String, _ privacy: FilePrivacy, group: String?
  ) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.makeFolder, folder)
      guard let inode = contents.names[folder] else { throw DiskError(.makeFolder, folder, ENOENT) }
      if contents.foreign.contains(folder) {
        throw DiskError(group == nil ? .makeFolder : .share, group ?? folder, EPERM)
      }
      contents.nodes[inode]?.mode = privacy.folderMode
    }
  }

  package func rename(_ path: String, to newPath: String) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.rename, newPath)
      guard let inode = contents.names[path] else { throw DiskError(.rename, path, ENOENT) }
      try contents.checkFolder(of: newPath, .rename)
      guard contents.children(of: newPath, contents.names).isEmpty else {
        throw DiskError(.rename, newPath, ENOTEMPTY)
      }
      contents.names[path] = nil
      contents.names[newPath] = inode
      Contents.moveInside(path, to: newPath, &contents.names)
    }
  }

  package func renameUnlessTaken(_ path: String, to newPath: String) throws(DiskError) {
    if try status(newPath) != nil { throw DiskError(.rename, newPath, EEXIST) }
    try rename(path, to: newPath)
  }

  package func remove(_ path: String) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.remove, path)
      guard contents.names[path] != nil else { throw DiskError(.remove, path, ENOENT) }
      guard contents.children(of: path, contents.names).isEmpty else {
        throw DiskError(.remove, path, ENOTEMPTY)
      }
      contents.names[path] = nil
    }
  }

  package func syncFolder(_ path: String) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.sync, path)
      let before = contents.durableNames
      for name in contents.children(of: path, contents.durableNames) {
        contents.durableNames[name] = nil
      }
      for name in contents.children(of: path, contents.names) {
        let inode = contents.names[name]
        // A folder takes along what was synced in it under the name that it had.
        if let old = before.first(where: { $0.value == inode })?.key, old != name {
          Contents.moveInside(old, to: name, &contents.durableNames)
        }
        contents.durableNames[name] = inode
      }
    }
  }

  package func freeSpace(_ path: String) throws(DiskError) -> Int64 {
    contents.withLock { $0.space }
  }

  package func networkFileSystem(_ path: String) -> String? { contents.withLock { $0.network } }
}

extension MemoryDisk.Contents {
  /// Counts an operation, and fails when it is its turn.
  mutating func step(_ operation: DiskError.Operation, _ path: String) throws(DiskError) {
    operations += 1
    guard let failing else { return }
    if operations == failing.at || failing.onwards && operations > failing.at {
      throw DiskError(operation, path, failing.number)
    }
  }

  mutating func add(_ node: MemoryDisk.Node, at path: String) -> UInt64 {
    lastInode += 1
    nodes[lastInode] = node
    names[path] = lastInode
    return lastInode
  }

  func checkFolder(of path: String, _ operation: DiskError.Operation) throws(DiskError) {
    guard let inode = names[folder(of: path)], nodes[inode]?.kind == .folder else {
      throw DiskError(operation, path, ENOENT)
    }
  }

  func children(of path: String, _ names: [String: UInt64]) -> [String] {
    names.keys.filter { $0.hasPrefix(path + "/") && !$0.dropFirst(path.count + 1).contains("/") }
  }

  /// Gives everything in a folder the folder's new name.
  static func moveInside(_ path: String, to newPath: String, _ names: inout [String: UInt64]) {
    for (name, inode) in names where name.hasPrefix(path + "/") {
      names[name] = nil
      names[newPath + name.dropFirst(path.count)] = inode
    }
  }

  func status(_ inode: UInt64) -> FileStatus? {
    nodes[inode].map {
      FileStatus(
        kind: $0.kind, size: $0.current.count, inode: inode, modified: $0.changes,
        changed: $0.changes, mode: $0.mode)
    }
  }

  func restarted() -> Self {
    var contents = self
    contents.locks = [:]
    contents.failing = nil
    contents.operations = 0
    return contents
  }
}
