/// Appends lines to a month of the audit.
///
/// After a failure the file is as long as before, so that the next folding writes the lines again:
/// after a failed sync they may look stored and not be.
struct AuditPen {
  /// The month.
  let month: String
  private let file: any OpenFile
  private let path: String
  private let start: Int
  private var end: Int

  /// A pen at the end of a month, which begins where there is none yet.
  init(_ month: String, _ files: StoreFiles) throws(DiskError) {
    self.month = month
    path = files.full(StorePath.audit(month: month))
    let exists = try files.disk.status(path) != nil
    file = try files.disk.open(path, exists ? .update : .create(files.privacy))
    start = try file.status().size
    end = start
  }

  /// Appends lines.
  mutating func add(_ lines: ArraySlice<UInt8>) throws(DiskError) {
    do throws(DiskError) {
      try file.writeAll(lines, at: end, path: path)
      end += lines.count
    } catch {
      try? file.truncate(to: start)
      throw error
    }
  }

  /// Waits until all lines are on the disk.
  func finish() throws(DiskError) {
    do throws(DiskError) {
      try file.syncData()
    } catch {
      try? file.truncate(to: start)
      throw error
    }
  }
}
