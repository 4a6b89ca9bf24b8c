/// The files of a machine, as far as the store and its neighbours need them.
///
/// All file I/O of the program goes through this protocol, so that tests can put a disk in its
/// place that fails, tears and forgets. Calls block. Paths are those of POSIX.
package protocol Disk: Sendable {
  /// Opens a file.
  func open(_ path: String, _ purpose: FilePurpose) throws(DiskError) -> any OpenFile
  /// What stands at a path, without following a symbolic link there; nil when nothing does.
  func status(_ path: String) throws(DiskError) -> FileStatus?
  /// The names in a folder, in the order of their bytes.
  func list(_ folder: String) throws(DiskError) -> [String]
  /// Makes one folder; an error when anything stands there.
  func makeFolder(_ path: String, _ privacy: FilePrivacy) throws(DiskError)
  /// Sets who may use a folder that is there, and which group of people shares it.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - privacy: Who may use it.
  ///   - group: The name of the group that it is to belong to; nil leaves that as it is.
  /// - Throws: An error of operation ``DiskError/Operation/share`` where the group is unknown or
  ///   not one's own.
  func protect(_ folder: String, _ privacy: FilePrivacy, group: String?) throws(DiskError)
  /// Gives a file another name, in one step; whatever had that name is gone.
  func rename(_ path: String, to newPath: String) throws(DiskError)
  /// Gives a file another name unless something has it already (`DiskError.Kind.exists`).
  func renameUnlessTaken(_ path: String, to newPath: String) throws(DiskError)
  /// Removes a file, or an empty folder.
  func remove(_ path: String) throws(DiskError)
  /// Waits until the names in a folder are on the disk.
  func syncFolder(_ path: String) throws(DiskError)
  /// How many bytes can still be written near a path.
  func freeSpace(_ path: String) throws(DiskError) -> Int64
  /// The type of the network file system that holds a path, such as `nfs4`; nil when it is local.
  func networkFileSystem(_ path: String) -> String?
}

/// A file that is open; it closes itself when nobody holds it any more.
package protocol OpenFile: AnyObject, Sendable {
  /// Reads up to so many bytes from an offset on; fewer only at the end of the file.
  func read(_ count: Int, at offset: Int) throws(DiskError) -> [UInt8]
  /// Reads as ``read(_:at:)`` does, and adds the bytes to others: for reading many files into one
  /// piece of memory.
  func read(_ count: Int, at offset: Int, to bytes: inout [UInt8]) throws(DiskError)
  /// Writes bytes at an offset.
  ///
  /// - Returns: How many were written; fewer than given when the disk is full.
  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(DiskError) -> Int
  /// Waits until the contents, and the length, are on the disk.
  func syncData() throws(DiskError)
  /// Cuts the file to a length.
  func truncate(to length: Int) throws(DiskError)
  /// The file as it is now.
  func status() throws(DiskError) -> FileStatus
  /// Takes the lock of the whole file for this opening, shared with nobody.
  ///
  /// - Parameter waiting: Whether to wait for it.
  /// - Returns: Whether the lock was taken; always true when waiting.
  /// - Throws: What the system refuses, such as locks on a file system without them.
  func lock(waiting: Bool) throws(DiskError) -> Bool
  /// Gives the lock back.
  func unlock()
  /// The bytes of the file without reading them; nil where that cannot be had.
  ///
  /// They are those of the file for as long as nobody changes it: for files that are only ever
  /// replaced.
  func map() -> FileMap?
}

/// The bytes of a file in memory, read by the system when they are looked at.
package final class FileMap: @unchecked Sendable {
  /// The bytes; they never move.
  package let bytes: UnsafeRawBufferPointer
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// Bytes that are released when nobody looks at them any more.
  package init(
    _ bytes: UnsafeRawBufferPointer, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    (self.bytes, self.release) = (bytes, release)
  }

  deinit { release(bytes) }
}

/// What a file is opened for.
package enum FilePurpose: Sendable, Hashable {
  /// To be read; a symbolic link is followed: for files that a person names.
  case read
  /// To be read, and refused when it is a symbolic link: for files inside a store.
  case readInside
  /// To be read and written, refused when it is a symbolic link.
  case update
  /// To be made and written; refused when anything stands there.
  case create(FilePrivacy)
  /// To be made where it is missing, and locked.
  case lock(FilePrivacy)
}

/// Who may read and write what is made.
package enum FilePrivacy: Sendable, Hashable {
  /// The owner alone: files 0600, folders 0700.
  case owner
  /// The owner's group too: files 0660, folders 2770.
  case group

  /// The permission bits of a file.
  package var fileMode: UInt32 { self == .owner ? 0o600 : 0o660 }
  /// The permission bits of a folder.
  package var folderMode: UInt32 { self == .owner ? 0o700 : 0o2770 }
}

/// What stands at a path.
package struct FileStatus: Sendable, Hashable {
  /// The kinds of entries that matter here.
  package enum Kind: Sendable, Hashable { case file, folder, symbolicLink, other }
  /// What it is.
  package var kind: Kind
  /// The length in bytes.
  package var size: Int
  /// The number that tells two files of the same name apart.
  package var inode: UInt64
  /// When the contents were last changed, in nanoseconds since 1970.
  package var modified: Int64
  /// When contents or name were last changed, in nanoseconds since 1970; nobody can set it back.
  package var changed: Int64
  /// The permission bits.
  package var mode: UInt32

  /// A status.
  package init(
    kind: Kind, size: Int, inode: UInt64, modified: Int64, changed: Int64, mode: UInt32
  ) {
    (self.kind, self.size, self.inode) = (kind, size, inode)
    (self.modified, self.changed, self.mode) = (modified, changed, mode)
  }
}

/// An operation on the disk that failed: what, where, and the system's number for the reason.
package struct DiskError: Error, Sendable, Hashable {
  /// What was tried.
  package enum Operation: String, Sendable, Hashable {
    case open, read, write, sync, truncate, lock, status, list, makeFolder, rename, remove, space
    /// Giving a folder to a group; the path is the group's name.
    case share
  }
  /// What was tried.
  package var operation: Operation
  /// On which path.
  package var path: String
  /// The system's error number.
  package var number: Int32

  /// A failure.
  package init(_ operation: Operation, _ path: String, _ number: Int32) {
    (self.operation, self.path, self.number) = (operation, path, number)
  }
}
