import LoyaltyStore

extension WorkspaceEnvironment {
  /// Makes the folder for the program's own state, and gives a path in it.
  ///
  /// - Parameter name: The name of the file.
  /// - Returns: The path; nil where the program keeps nothing or the folder cannot be made.
  package func stateFile(_ name: String) -> String? {
    guard let stateFolder else { return nil }
    let path = stateFolder + "/" + name
    do throws(DiskError) {
      try disk.makeFolders(above: path)
      return path
    } catch {
      return nil
    }
  }
}
