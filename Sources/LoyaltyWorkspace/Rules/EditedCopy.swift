import LoyaltyStore

/// A copy of a file for somebody to edit, in a folder that nobody else can look into.
struct EditedCopy {
  /// The copy.
  let path: String
  private let folder: String
  private let disk: any Disk

  /// Makes a copy.
  ///
  /// - Parameters:
  ///   - text: What stands in it.
  ///   - name: Its name, which editors show.
  ///   - folder: Where its own folder is made.
  ///   - environment: The disk, and random numbers for the folder's name.
  /// - Throws: What the disk does.
  init(
    of text: String, named name: String, in folder: String, _ environment: WorkspaceEnvironment
  ) throws(WorkspaceError) {
    disk = environment.disk
    self.folder = folder + "/ladder-" + String(environment.random(), radix: 36)
    path = self.folder + "/" + name
    do throws(DiskError) {
      try disk.makeFolder(self.folder, .owner)
      try disk.writeWhole(path, Array(text.utf8), overwrite: false)
    } catch { throw .disk(error) }
  }

  /// What stands in it now.
  func text() throws(WorkspaceError) -> String {
    do throws(DiskError) {
      return String(decoding: try disk.readWhole(path, .read), as: UTF8.self)
    } catch { throw .disk(error) }
  }

  /// Removes it with whatever an editor left beside it.
  func remove() { try? disk.removeTree(folder) }
}
