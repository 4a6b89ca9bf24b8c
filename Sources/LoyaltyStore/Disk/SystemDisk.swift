import Glibc

/// The machine's own disk, by POSIX calls.
package struct SystemDisk: Disk {
  /// The disk of this machine.
  package init() {}

  package func open(_ path: String, _ purpose: FilePurpose) throws(DiskError) -> any OpenFile {
    if case .lock(let privacy) = purpose {
      do throws(DiskError) {
        return try open(path, .create(privacy))
      } catch {
        // Whoever made it locks it too, or has.
        guard error.kind == .exists else { throw error }
        return try open(path, .update)
      }
    }
    let (flags, mode) = Self.flags(purpose)
    let descriptor = retrying { Glibc.open(path, flags | O_CLOEXEC, mode ?? 0) }
    guard descriptor >= 0 else { throw .current(.open, path) }
    let file = SystemFile(descriptor: descriptor, path: path)
    if case .create = purpose {
      // The process's umask must neither widen nor narrow what was asked for.
      guard fchmod(descriptor, mode ?? 0) == 0 else { throw .current(.open, path) }
    }
    // Opening a folder to read succeeds, and a pipe would block for ever.
    let status = try file.status()
    if status.kind == .folder { throw DiskError(.open, path, EISDIR) }
    return file
  }

  private static func flags(_ purpose: FilePurpose) -> (Int32, mode_t?) {
    switch purpose {
    case .read: (O_RDONLY, nil)
    case .readInside: (O_RDONLY | O_NOFOLLOW, nil)
    case .update: (O_RDWR | O_NOFOLLOW, nil)
    case .create(let privacy), .lock(let privacy):
      (O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, privacy.fileMode)
    }
  }

  package func status(_ path: String) throws(DiskError) -> FileStatus? {
    var buffer = stat()
    guard lstat(path, &buffer) == 0 else {
      if errno == ENOENT { return nil }
      throw .current(.status, path)
    }
    return FileStatus(buffer)
  }

  package func list(_ folder: String) throws(DiskError) -> [String] {
    guard let stream = opendir(folder) else { throw .current(.list, folder) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .current(.list, folder) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  package func makeFolder(_ path: String, _ privacy: FilePrivacy) throws(DiskError) {
    guard mkdir(path, privacy.folderMode) == 0, chmod(path, privacy.folderMode) == 0 else {
      throw .current(.makeFolder, path)
    }
  }

  package func protect(
    _ folder: String, _ privacy: FilePrivacy, group: String?
  ) throws(DiskError) {
    if let group {
      errno = 0
      guard let entry = getgrnam(group) else { throw DiskError(.share, group, ENOENT) }
      guard chown(folder, uid_t.max, entry.pointee.gr_gid) == 0 else {
        throw .current(.share, group)
      }
    }
    guard chmod(folder, privacy.folderMode) == 0 else { throw .current(.makeFolder, folder) }
  }

  package func rename(_ path: String, to newPath: String) throws(DiskError) {
    guard Glibc.rename(path, newPath) == 0 else { throw .current(.rename, newPath) }
  }

  package func renameUnlessTaken(_ path: String, to newPath: String) throws(DiskError) {
    if link(path, newPath) == 0 {
      guard unlink(path) == 0 else { throw .current(.remove, path) }
      return
    }
    // File systems without hard links: take the name with an empty file, then replace that.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS else {
      throw .current(.rename, newPath)
    }
    _ = try open(newPath, .create(.owner))
    try rename(path, to: newPath)
  }

  package func remove(_ path: String) throws(DiskError) {
    guard Glibc.remove(path) == 0 else { throw .current(.remove, path) }
  }

  package func syncFolder(_ path: String) throws(DiskError) {
    let descriptor = retrying { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .current(.sync, path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .current(.sync, path) }
  }

  package func freeSpace(_ path: String) throws(DiskError) -> Int64 {
    var buffer = statvfs()
    guard statvfs(path, &buffer) == 0 else { throw .current(.space, path) }
    return Int64(
      clamping: UInt64(buffer.f_bavail).multipliedReportingOverflow(
        by: UInt64(buffer.f_frsize)
      ).partialValue)
  }

  package func networkFileSystem(_ path: String) -> String? {
    var buffer = stat()
    guard stat(path, &buffer) == 0,
      let mounts = try? readWhole("/proc/self/mountinfo", .read)
    else { return nil }
    let device = UInt64(buffer.st_dev)
    let major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
    let minor = (device & 0xFF) | (device >> 12 & ~0xFF)
    let type = MountTable(mounts).type(ofDevice: "\(major):\(minor)")
    return type.flatMap { MountTable.isNetwork($0) ? $0 : nil }
  }
}

/// A file opened by the system.
private final class SystemFile: OpenFile {
  private let descriptor: Int32
  private let path: String

  init(descriptor: Int32, path: String) { (self.descriptor, self.path) = (descriptor, path) }

  deinit { close(descriptor) }

  func read(_ count: Int, at offset: Int) throws(DiskError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(count, at: offset, to: &bytes)
    return bytes
  }

  func read(_ count: Int, at offset: Int, to bytes: inout [UInt8]) throws(DiskError) {
    var failure: DiskError?
    bytes.append(addingCapacity: max(count, 0)) { span in
      span.withUnsafeMutableBufferPointer { buffer, filled in
        let (start, end) = (filled, filled + max(count, 0))
        while filled < end {
          let got = retrying {
            pread(
              descriptor, buffer.baseAddress.map { $0 + filled }, end - filled,
              offset + filled - start)
          }
          if got < 0 { failure = .current(.read, path) }
          if got <= 0 { return }
          filled += got
        }
      }
    }
    if let failure { throw failure }
  }

  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(DiskError) -> Int {
    let written = bytes.withUnsafeBytes { buffer in
      retrying { pwrite(descriptor, buffer.baseAddress, buffer.count, offset) }
    }
    guard written >= 0 else { throw .current(.write, path) }
    return written
  }

  func syncData() throws(DiskError) {
    // Not repeated when interrupted: after a failure the system may have forgotten what to write.
    guard fdatasync(descriptor) == 0 else { throw .current(.sync, path) }
  }

  func truncate(to length: Int) throws(DiskError) {
    guard ftruncate(descriptor, length) == 0 else { throw .current(.truncate, path) }
  }

  func status() throws(DiskError) -> FileStatus {
    var buffer = stat()
    guard fstat(descriptor, &buffer) == 0 else { throw .current(.status, path) }
    return FileStatus(buffer)
  }

  func lock(waiting: Bool) throws(DiskError) -> Bool {
    if retrying({ flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) }) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw .current(.lock, path)
  }

  func unlock() { _ = flock(descriptor, LOCK_UN) }

  func map() -> FileMap? {
    guard let size = try? status().size, size > 0 else { return nil }
    let start = mmap(nil, size, PROT_READ, MAP_SHARED | MAP_POPULATE, descriptor, 0)
    guard let start, start != MAP_FAILED else { return nil }
    return FileMap(UnsafeRawBufferPointer(start: start, count: size)) { bytes in
      _ = munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
  }
}

extension FileStatus {
  fileprivate init(_ buffer: stat) {
    let kind: Kind =
      switch buffer.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .symbolicLink
      default: .other
      }
    self.init(
      kind: kind, size: Int(buffer.st_size), inode: UInt64(buffer.st_ino),
      modified: Int64(buffer.st_mtim.tv_sec) * 1_000_000_000 + Int64(buffer.st_mtim.tv_nsec),
      changed: Int64(buffer.st_ctim.tv_sec) * 1_000_000_000 + Int64(buffer.st_ctim.tv_nsec),
      mode: buffer.st_mode & 0o7777)
  }
}

extension DiskError {
  /// The disk takes no more bytes.
  static func full(_ path: String) -> DiskError { DiskError(.write, path, ENOSPC) }
}

/// Makes a system call again when a signal interrupted it.
private func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
