import Glibc

extension DiskError {
  /// The reasons that the program tells apart.
  package enum Kind: Sendable, Hashable {
    /// Nothing stands there.
    case missing
    /// Something stands there already.
    case exists
    /// No permission.
    case permission
    /// The file system can only be read.
    case readOnlyFileSystem
    /// No room is left, or a quota is reached.
    case full
    /// A folder where a file is needed.
    case isFolder
    /// A file where a folder is needed.
    case notFolder
    /// A symbolic link where none is allowed.
    case symbolicLink
    /// Anything else.
    case other
  }

  /// The reason.
  package var kind: Kind {
    switch number {
    case ENOENT: .missing
    case EEXIST, ENOTEMPTY: .exists
    case EACCES, EPERM: .permission
    case EROFS: .readOnlyFileSystem
    case ENOSPC, EDQUOT, EFBIG: .full
    case EISDIR: .isFolder
    case ENOTDIR: .notFolder
    case ELOOP: .symbolicLink
    default: .other
    }
  }

  /// The system's words for the reason, in the language of the machine's C library.
  package var systemText: String { String(cString: strerror(number)) }

  /// The failure of the system call that was made just now.
  static func current(_ operation: Operation, _ path: String) -> DiskError {
    DiskError(operation, path, errno)
  }
}
