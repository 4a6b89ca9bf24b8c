import Glibc
import Synchronization

/// A file that is open on a disk in memory.
final class MemoryFile: OpenFile {
  private let disk: MemoryDisk
  private let inode: UInt64
  private let path: String

  init(disk: MemoryDisk, inode: UInt64, path: String) {
    (self.disk, self.inode, self.path) = (disk, inode, path)
  }

  deinit { unlock() }

  func read(_ count: Int, at offset: Int) throws(DiskError) -> [UInt8] {
    try disk.contents.withLock { (contents) throws(DiskError) in
      try contents.step(.read, path)
      return Array((contents.nodes[inode]?.current ?? []).dropFirst(offset).prefix(count))
    }
  }

  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(DiskError) -> Int {
    try disk.contents.withLock { (contents) throws(DiskError) in
      try contents.step(.write, path)
      let bytes = bytes.prefix(Int(clamping: contents.space))
      contents.space -= Int64(bytes.count)
      guard var node = contents.nodes.removeValue(forKey: inode) else { return 0 }
      let missing = offset - node.current.count
      if missing > 0 { node.current += Array(repeating: 0, count: missing) }
      let end = min(offset + bytes.count, node.current.count)
      node.current.replaceSubrange(offset..<end, with: bytes)
      node.changes += 1
      contents.nodes[inode] = node
      return bytes.count
    }
  }

  func syncData() throws(DiskError) {
    try disk.contents.withLock { (contents) throws(DiskError) in
      try contents.step(.sync, path)
      let current = contents.nodes[inode]?.current ?? []
      contents.nodes[inode]?.durable = current
    }
  }

  func truncate(to length: Int) throws(DiskError) {
    try disk.contents.withLock { (contents) throws(DiskError) in
      try contents.step(.truncate, path)
      let kept = Array(contents.nodes[inode]?.current.prefix(length) ?? [])
      contents.nodes[inode]?.current = kept
      contents.nodes[inode]?.changes += 1
    }
  }

  func status() throws(DiskError) -> FileStatus {
    guard let status = disk.contents.withLock({ $0.status(inode) }) else {
      throw DiskError(.status, path, ENOENT)
    }
    return status
  }

  func map() -> FileMap? {
    guard let bytes = disk.contents.withLock({ $0.nodes[inode]?.current }), !bytes.isEmpty else {
      return nil
    }
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    copy.copyBytes(from: bytes)
    return FileMap(UnsafeRawBufferPointer(copy)) { $0.deallocate() }
  }

  func lock(waiting: Bool) throws(DiskError) -> Bool {
    while true {
      let taken = try disk.contents.withLock { (contents) throws(DiskError) in
        try contents.step(.lock, path)
        if let holder = contents.locks[inode], holder != ObjectIdentifier(self) { return false }
        contents.locks[inode] = ObjectIdentifier(self)
        return true
      }
      if taken || !waiting { return taken }
      sched_yield()
    }
  }

  func unlock() {
    disk.contents.withLock { contents in
      if contents.locks[inode] == ObjectIdentifier(self) { contents.locks[inode] = nil }
    }
  }
}
