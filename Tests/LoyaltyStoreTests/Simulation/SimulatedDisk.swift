import Glibc
import Synchronization

@testable import LoyaltyStore

/// A disk in memory that does with what was not synced whatever a real one may do when the power
/// goes: see ``crashed()``.
///
/// Bytes that were written since the last sync of their file become old, new, zero or garbage, a
/// sector at a time; of names that were made, changed or removed since the last sync of their
/// folder any subset holds; the length of a file is the old one, the new one or between. Bytes that
/// were synced are safe even when others in their sector are written ("powersafe overwrite" in
/// SQLite's words). A failed sync stores some sectors and marks all of them clean, so that a later
/// sync succeeds without storing the others: what Linux does.
final class SimulatedDisk: Disk {
  struct Node {
    var kind = FileStatus.Kind.file
    var mode: UInt32 = 0o600
    var current: [UInt8] = []
    var durable: [UInt8] = []
    /// What was written since the last sync.
    var dirty: [Range<Int>] = []
    var isLengthDirty = false
    var changes: Int64 = 0
  }

  /// A change of names in one folder that is not synced yet.
  struct NameChange {
    var folder: String
    var removed: String?
    var added: (path: String, inode: UInt64)?
  }

  struct Contents {
    var random: SplitMix
    var nodes: [UInt64: Node] = [:]
    var names: [String: UInt64] = [:]
    var durableNames: [String: UInt64] = [:]
    var pending: [NameChange] = []
    var locks: [UInt64: ObjectIdentifier] = [:]
    var lastInode: UInt64 = 0
    var operations = 0
    var failing: (turns: ClosedRange<Int>, number: Int32)?
    var isPowerGone = false
    var space = Int64.max
    var tearsWrites = false
    var sector = 512
  }

  let contents: Mutex<Contents>

  init(seed: UInt64 = 0, folder: String = "/disk") {
    contents = Mutex(Contents(random: SplitMix(seed)))
    contents.withLock { contents in
      contents.durableNames[folder] = contents.add(Node(kind: .folder, mode: 0o700), at: folder)
      contents.pending = []
    }
  }

  private init(_ contents: sending Contents) { self.contents = Mutex(contents) }

  /// How many operations were made since the last plan.
  var operations: Int { contents.withLock { $0.operations } }
  /// Whether the power is gone.
  var isPowerGone: Bool { contents.withLock { $0.isPowerGone } }

  /// Plans what goes wrong from now on; operations are counted from 1.
  func plan(_ plan: FaultPlan) {
    contents.withLock { contents in
      contents.operations = 0
      (contents.failing, contents.isPowerGone) = (nil, false)
      (contents.space, contents.tearsWrites) = (.max, plan.tearsWrites)
      switch plan.fault {
      case .none: break
      case .error(let turns, let number): contents.failing = (turns, number)
      case .powerCut(let turn): contents.failing = (turn...Int.max, EIO)
      case .space(let bytes): contents.space = bytes
      }
    }
  }

  /// The same disk for a new process: all that was written is there, locks are gone.
  func killed(seed: UInt64? = nil) -> SimulatedDisk {
    SimulatedDisk(contents.withLock { $0.restarted(seed: seed) })
  }

  /// The disk as it may be found after the power went.
  func crashed() -> SimulatedDisk {
    SimulatedDisk(
      contents.withLock { contents in
        var found = contents.restarted(seed: nil)
        found.loseWhatIsNotSynced()
        return found
      })
  }

  var files: [String] {
    contents.withLock { contents in
      contents.names.filter { contents.nodes[$0.value]?.kind == .file }.keys.sorted()
    }
  }

  // MARK: Disk

  func open(_ path: String, _ purpose: FilePurpose) throws(DiskError) -> any OpenFile {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.open, path)
      if let inode = contents.names[path] {
        if case .create = purpose { throw DiskError(.open, path, EEXIST) }
        if contents.nodes[inode]?.kind == .folder { throw DiskError(.open, path, EISDIR) }
        return SimulatedFile(disk: self, inode: inode, path: path)
      }
      switch purpose {
      case .read, .readInside, .update: throw DiskError(.open, path, ENOENT)
      case .create(let privacy), .lock(let privacy):
        try contents.checkFolder(of: path, .open)
        let inode = contents.add(Node(mode: privacy.fileMode), at: path)
        return SimulatedFile(disk: self, inode: inode, path: path)
      }
    }
  }

  func status(_ path: String) throws(DiskError) -> FileStatus? {
    contents.withLock { contents in contents.names[path].flatMap { contents.status($0) } }
  }

  func list(_ folder: String) throws(DiskError) -> [String] {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.list, folder)
      guard contents.names[folder] != nil else { throw DiskError(.list, folder, ENOENT) }
      return contents.children(of: folder).map { String($0.dropFirst(folder.count + 1)) }.sorted()
    }
  }

  func protect(_ folder: String, _ privacy: FilePrivacy, group: String?) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.makeFolder, folder)
    }
  }

  func makeFolder(_ path: String, _ privacy: FilePrivacy) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.makeFolder, path)
      guard contents.names[path] == nil else { throw DiskError(.makeFolder, path, EEXIST) }
      try contents.checkFolder(of: path, .makeFolder)
      _ = contents.add(Node(kind: .folder, mode: privacy.folderMode), at: path)
    }
  }

  func rename(_ path: String, to newPath: String) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.rename, newPath)
      guard let inode = contents.names[path] else { throw DiskError(.rename, path, ENOENT) }
      try contents.checkFolder(of: newPath, .rename)
      contents.names[path] = nil
      contents.names[newPath] = inode
      let (from, to) = (folder(of: path), folder(of: newPath))
      if from == to {
        contents.pending.append(
          NameChange(folder: from, removed: path, added: (newPath, inode)))
      } else {
        contents.pending.append(NameChange(folder: to, added: (newPath, inode)))
        contents.pending.append(NameChange(folder: from, removed: path))
      }
    }
  }

  func renameUnlessTaken(_ path: String, to newPath: String) throws(DiskError) {
    if try status(newPath) != nil { throw DiskError(.rename, newPath, EEXIST) }
    try rename(path, to: newPath)
  }

  func remove(_ path: String) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.remove, path)
      guard contents.names[path] != nil else { throw DiskError(.remove, path, ENOENT) }
      guard contents.children(of: path).isEmpty else {
        throw DiskError(.remove, path, ENOTEMPTY)
      }
      contents.names[path] = nil
      contents.pending.append(NameChange(folder: folder(of: path), removed: path))
    }
  }

  func syncFolder(_ path: String) throws(DiskError) {
    try contents.withLock { (contents) throws(DiskError) in
      try contents.step(.sync, path)
      for change in contents.pending where change.folder == path {
        change.apply(to: &contents.durableNames)
      }
      contents.pending.removeAll { $0.folder == path }
    }
  }

  func freeSpace(_ path: String) throws(DiskError) -> Int64 { contents.withLock { $0.space } }

  func networkFileSystem(_ path: String) -> String? { nil }
}

/// What goes wrong during a session.
struct FaultPlan {
  enum Fault {
    case none
    /// Operations fail with an error number.
    case error(turns: ClosedRange<Int>, number: Int32)
    /// The power goes at an operation.
    case powerCut(turn: Int)
    /// So many bytes can still be written.
    case space(Int64)
  }

  var fault = Fault.none
  /// Whether a write may take fewer bytes than it is given.
  var tearsWrites = false
}

extension SimulatedDisk.NameChange {
  func apply(to names: inout [String: UInt64]) {
    if let removed { names[removed] = nil }
    if let added { names[added.path] = added.inode }
  }
}

/// A generator whose numbers follow from its seed: splitmix64 (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to below a bound.
  mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
