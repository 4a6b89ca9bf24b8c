import LoyaltyModel
import TextFormats

extension Core {
  /// Takes in what others have committed; the lock is held.
  mutating func catchUp() throws(StoreError) {
    if try isRotated() { return try reload() }
    guard let file = journal.file else { return }
    let size = try files.doing { () throws(DiskError) in try file.status().size }
    guard size != journal.end else { return }
    guard size > journal.end, try takeTail(file, size) else { return try reload() }
  }

  /// Takes in what others have committed and edited, without waiting for a lock.
  ///
  /// - Returns: Whether anything changed.
  mutating func refresh() throws(StoreError) -> Bool {
    let (sequence, oldAccess, oldEdits) = (state.sequence, access, handEdits)
    if try isRotated() {
      // While somebody folds, what is known stays; when they are done the files change again.
      isBehind = try !reloadUnlessLocked()
      if isBehind { return false }
    } else if let file = try journalForReading() {
      let size = try files.doing { () throws(DiskError) in try file.status().size }
      if size > journal.end { _ = try takeTail(file, size) }
    }
    if try workingFilesChanged() { try checkWorkingFiles() }
    return sequence != state.sequence || oldAccess != access || oldEdits != handEdits
  }

  /// Reads everything anew, unless somebody is writing.
  private mutating func reloadUnlessLocked() throws(StoreError) -> Bool {
    guard let lock else {
      if try Overhaul.isWaiting(files) { return false }
      try reload()
      return true
    }
    guard try files.doing({ () throws(DiskError) in try lock.lock(waiting: false) }) else {
      return false
    }
    defer { lock.unlock() }
    try Overhaul.carryOut(files)
    try reload()
    return true
  }

  private mutating func journalForReading() throws(StoreError) -> (any OpenFile)? {
    if let file = journal.file { return file }
    let path = files.full(StorePath.journal(journal.generation))
    return try files.doing { () throws(DiskError) in
      guard try files.disk.status(path) != nil else { return nil }
      return try files.disk.open(path, .readInside)
    }
  }

  /// Whether somebody started a new generation of the journal, or replaced it.
  func isRotated() throws(StoreError) -> Bool {
    guard journal.file != nil || access != .readWrite else { return false }
    let newest = try generations().last ?? journal.generation
    if newest != journal.generation { return true }
    guard journal.file != nil else { return false }
    let found = try files.doing { () throws(DiskError) in
      try files.disk.status(files.full(StorePath.journal(journal.generation)))
    }
    return found?.inode != journal.inode
  }

  /// Applies the finished transactions behind the part of the journal that is known.
  ///
  /// - Returns: False when bytes follow that are no finished transaction; a writer is at work, or
  ///   was killed.
  private mutating func takeTail(_ file: any OpenFile, _ size: Int) throws(StoreError) -> Bool {
    let start = journal.end
    let bytes = try files.doing { () throws(DiskError) in
      try file.read(size - start, at: start)
    }
    let scan = JournalScan(bytes.span.bytes, after: head, line: journal.nextLine)
    var next = self
    let path = StorePath.journal(journal.generation)
    if next.replay(bytes, scan.lines, file: path) != nil { return false }
    if next.importEvents.count > importEvents.count { try next.loadTables() }
    next.head = scan.head
    next.journal.end = start + scan.end
    next.journal.nextLine = scan.nextLine
    next.journalBytes += scan.end
    next.journalEvents += scan.lines.count
    self = next
    return scan.ending == .clean
  }
}
