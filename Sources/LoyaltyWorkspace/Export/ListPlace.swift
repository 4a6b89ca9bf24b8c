import LoyaltyStore

/// The place of a list: what stood there comes back when nothing comes of the new one.
struct ListPlace {
  private let path: String
  /// Where the list of before waits meanwhile; nil where there was none.
  private let aside: String?
  private let isNew: Bool
  private let disk: any Disk

  init(_ options: ExportOptions, _ disk: any Disk) throws(WorkspaceError) {
    (path, self.disk) = (options.file, disk)
    do throws(DiskError) {
      let status = try disk.status(path)
      isNew = status == nil
      guard options.overwrites, let kind = status?.kind, kind != .folder else {
        aside = nil
        return
      }
      let other = path + ".before.tmp"
      try disk.rename(path, to: other)
      aside = other
    } catch {
      throw .disk(error)
    }
  }

  /// Removes what was written of the new list.
  func putBack() {
    if let aside {
      try? disk.rename(aside, to: path)
    } else if isNew {
      try? disk.remove(path)
    }
  }

  /// Lets the list of before go.
  func keep() { if let aside { try? disk.remove(aside) } }
}
