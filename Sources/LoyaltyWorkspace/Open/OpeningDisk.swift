import Glibc
import LoyaltyStore
import Synchronization

/// The disk of a store that is being opened, which can be stopped.
///
/// Then no file is opened to be read any more, so that the opening ends there; what is being
/// written is finished. When the store is open, this is the disk itself.
final class OpeningDisk: Disk {
  private struct State {
    var fraction: Double?
    var isStopped = false
    var hasEnded = false
  }

  private let disk: any Disk
  private let title: String
  private let progress: ProgressHandler
  private let state = Mutex(State())

  init(_ disk: any Disk, _ title: String, _ progress: @escaping ProgressHandler) {
    (self.disk, self.title, self.progress) = (disk, title, progress)
  }

  /// Whether the opening was stopped.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Takes how much has been read, from 0 to 1.
  func report(_ fraction: Double) {
    state.withLock { $0.fraction = fraction }
    _ = goesOn()
  }

  /// The store is open: nothing is stopped any more.
  func end() { state.withLock { $0.hasEnded = true } }

  /// Throws when the opening was stopped.
  func checkpoint() throws(StoreError) {
    guard goesOn() else { throw .disk(DiskError(.open, title, ECANCELED)) }
  }

  private func goesOn() -> Bool {
    let now = state.withLock { $0 }
    if now.hasEnded { return true }
    if now.isStopped { return false }
    if progress(WorkProgress(title, fraction: now.fraction)) { return true }
    state.withLock { $0.isStopped = true }
    return false
  }

  // MARK: Disk

  func open(_ path: String, _ purpose: FilePurpose) throws(DiskError) -> any OpenFile {
    if purpose == .read || purpose == .readInside, !goesOn() {
      throw DiskError(.open, path, ECANCELED)
    }
    return try disk.open(path, purpose)
  }

  func status(_ path: String) throws(DiskError) -> FileStatus? { try disk.status(path) }

  func list(_ folder: String) throws(DiskError) -> [String] { try disk.list(folder) }

  func makeFolder(_ path: String, _ privacy: FilePrivacy) throws(DiskError) {
    try disk.makeFolder(path, privacy)
  }

  func protect(
    _ folder: String, _ privacy: FilePrivacy, group: String?
  ) throws(DiskError) { try disk.protect(folder, privacy, group: group) }

  func rename(_ path: String, to newPath: String) throws(DiskError) {
    try disk.rename(path, to: newPath)
  }

  func renameUnlessTaken(_ path: String, to newPath: String) throws(DiskError) {
    try disk.renameUnlessTaken(path, to: newPath)
  }

  func remove(_ path: String) throws(DiskError) { try disk.remove(path) }

  func syncFolder(_ path: String) throws(DiskError) { try disk.syncFolder(path) }

  func freeSpace(_ path: String) throws(DiskError) -> Int64 { try disk.freeSpace(path) }

  func networkFileSystem(_ path: String) -> String? { disk.networkFileSystem(path) }
}
