import Glibc
import Synchronization

@testable import LoyaltyStore

extension SimulatedDisk.Contents {
  /// Counts an operation, and fails when it is its turn.
  mutating func step(_ operation: DiskError.Operation, _ path: String) throws(DiskError) {
    operations += 1
    guard let failing, failing.turns.contains(operations) else { return }
    if failing.turns.upperBound == .max { isPowerGone = true }
    throw DiskError(operation, path, failing.number)
  }

  mutating func add(_ node: SimulatedDisk.Node, at path: String) -> UInt64 {
    lastInode += 1
    nodes[lastInode] = node
    names[path] = lastInode
    pending.append(
      SimulatedDisk.NameChange(folder: folder(of: path), added: (path, lastInode)))
    return lastInode
  }

  func checkFolder(of path: String, _ operation: DiskError.Operation) throws(DiskError) {
    guard let inode = names[folder(of: path)], nodes[inode]?.kind == .folder else {
      throw DiskError(operation, path, ENOENT)
    }
  }

  func children(of path: String) -> [String] {
    let start = path + "/"
    return names.keys.filter {
      $0.utf8.starts(with: start.utf8) && !$0.utf8.dropFirst(start.utf8.count).contains(0x2F)
    }
  }

  func status(_ inode: UInt64) -> FileStatus? {
    nodes[inode].map {
      FileStatus(
        kind: $0.kind, size: $0.current.count, inode: inode, modified: $0.changes,
        changed: $0.changes, mode: $0.mode)
    }
  }

  func restarted(seed: UInt64?) -> Self {
    var contents = self
    (contents.locks, contents.failing, contents.operations) = ([:], nil, 0)
    (contents.space, contents.isPowerGone, contents.tearsWrites) = (.max, false, false)
    if let seed { contents.random = SplitMix(seed) }
    return contents
  }

  // MARK: The power

  /// Decides about all that is not synced.
  mutating func loseWhatIsNotSynced() {
    let likelihood: Double = [0, 0.3, 0.7, 1].randomElement(using: &random) ?? 0
    for change in pending where Double.random(in: 0..<1, using: &random) < likelihood {
      change.apply(to: &durableNames)
    }
    names = durableNames.filter { hasFolder($0.key) }
    (durableNames, pending) = (names, [])
    let fates = SectorFates.mixtures.randomElement(using: &random) ?? SectorFates.mixtures[0]
    for (_, inode) in names.sorted(by: { $0.key < $1.key }) {
      guard var node = nodes[inode], node.kind == .file else { continue }
      node.settle(fates, sector: sector, &random)
      node.current = node.durable
      nodes[inode] = node
    }
  }

  /// Whether all folders above a path are there.
  private func hasFolder(_ path: String) -> Bool {
    var above = folder(of: path)
    while above != "/" && above != "/disk" {
      if durableNames[above] == nil { return false }
      above = folder(of: above)
    }
    return true
  }
}

/// How often each fate of a sector that was not synced comes.
struct SectorFates {
  enum Fate { case old, new, zero, garbage }

  var choices: [Fate]

  static let mixtures = [
    SectorFates(choices: [.old]), SectorFates(choices: [.new]),
    SectorFates(choices: [.old, .new]), SectorFates(choices: [.new, .new, .new, .zero]),
    SectorFates(choices: [.old, .new, .zero, .garbage]), SectorFates(choices: [.zero]),
    SectorFates(choices: [.garbage]),
  ]

  /// What a failed sync leaves: stored or not.
  static let failedSync = SectorFates(choices: [.old, .new])
}

extension SimulatedDisk.Node {
  /// Stores what was written since the last sync, and nothing else.
  mutating func sync() {
    resizeDurable(to: current.count)
    for range in dirty {
      let range = range.clamped(to: 0..<current.count)
      durable.replaceSubrange(range, with: current[range])
    }
    (dirty, isLengthDirty) = ([], false)
  }

  /// Lets each sector that was not synced meet its fate; then nothing is left to sync.
  mutating func settle(_ fates: SectorFates, sector: Int, _ random: inout SplitMix) {
    guard isLengthDirty || !dirty.isEmpty else { return }
    let lengths = [durable.count, current.count]
    let (shorter, longer) = (lengths.min() ?? 0, lengths.max() ?? 0)
    var length = lengths.randomElement(using: &random) ?? shorter
    if Int.random(in: 0..<3, using: &random) == 0 {
      // A file grows by whole sectors as they are stored.
      let between = Int.random(in: shorter...longer, using: &random)
      length = min(longer, (between + sector - 1) / sector * sector)
    }
    resizeDurable(to: max(length, durable.count))
    for range in dirty {
      var start = range.lowerBound
      while start < range.upperBound {
        let end = min((start / sector + 1) * sector, range.upperBound)
        settle(min(start, durable.count)..<min(end, durable.count), fates, &random)
        start = end
      }
    }
    resizeDurable(to: length)
    (dirty, isLengthDirty) = ([], false)
  }

  private mutating func settle(
    _ range: Range<Int>, _ fates: SectorFates, _ random: inout SplitMix
  ) {
    switch fates.choices.randomElement(using: &random) ?? .old {
    case .old: break
    case .new:
      let there = range.clamped(to: 0..<current.count)
      durable.replaceSubrange(there, with: current[there])
    case .zero: for offset in range { durable[offset] = 0 }
    case .garbage:
      for offset in range { durable[offset] = UInt8.random(in: 0...255, using: &random) }
    }
  }

  private mutating func resizeDurable(to length: Int) {
    if durable.count > length { durable.removeLast(durable.count - length) }
    if durable.count < length {
      durable += Array(repeating: 0, count: length - durable.count)
    }
  }
}

/// A file that is open on a simulated disk.
final class SimulatedFile: OpenFile {
  private let disk: SimulatedDisk
  private let inode: UInt64
  private let path: String

  init(disk: SimulatedDisk, inode: UInt64, path: String) {
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
      var bytes = bytes.prefix(Int(clamping: contents.space))
      if bytes.count > 1, contents.tearsWrites {
        bytes = bytes.prefix(Int.random(in: 1...bytes.count, using: &contents.random))
      }
      var failure: DiskError?
      do throws(DiskError) {
        try contents.step(.write, path)
      } catch {
        // A write that fails, or during which the power goes, may have done part of its work.
        failure = error
        bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &contents.random))
      }
      contents.space -= Int64(bytes.count)
      contents.nodes[inode]?.write(bytes, at: offset)
      if let failure { throw failure }
      return bytes.count
    }
  }

  func syncData() throws(DiskError) {
    try disk.contents.withLock { (contents) throws(DiskError) in
      do throws(DiskError) {
        try contents.step(.sync, path)
      } catch {
        if !contents.isPowerGone {
          let sector = contents.sector
          var random = contents.random
          contents.nodes[inode]?.settle(.failedSync, sector: sector, &random)
          contents.random = random
        }
        throw error
      }
      contents.nodes[inode]?.sync()
    }
  }

  func truncate(to length: Int) throws(DiskError) {
    try disk.contents.withLock { (contents) throws(DiskError) in
      try contents.step(.truncate, path)
      let kept = Array(contents.nodes[inode]?.current.prefix(length) ?? [])
      contents.nodes[inode]?.current = kept
      contents.nodes[inode]?.changes += 1
      contents.nodes[inode]?.isLengthDirty = true
    }
  }

  func status() throws(DiskError) -> FileStatus {
    guard let status = disk.contents.withLock({ $0.status(inode) }) else {
      throw DiskError(.status, path, ENOENT)
    }
    return status
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

extension SimulatedDisk.Node {
  mutating func write(_ bytes: ArraySlice<UInt8>, at offset: Int) {
    guard !bytes.isEmpty else { return }
    let missing = offset - current.count
    if missing > 0 { current += Array(repeating: 0, count: missing) }
    let end = min(offset + bytes.count, current.count)
    current.replaceSubrange(offset..<end, with: bytes)
    dirty.append(offset..<offset + bytes.count)
    changes += 1
  }
}
