package import LoyaltyModel
import LoyaltyStore

/// Something wrong in a file of the store.
package struct StoreProblem: Sendable, Hashable {
  /// The path within the store.
  package let file: String
  /// The line, from 1; nil when it is about the whole file.
  package let line: Int?
  /// The byte within the file, from 0; nil when it is about the whole file.
  package let byte: Int?
  /// What is wrong, in words.
  package let text: String

  init(_ damage: Damage) {
    (file, line, byte, text) = (
      damage.file, damage.line, damage.byte, damage.flaw.message(.english)
    )
  }

  init(_ edit: ShardEdit) {
    (file, line, byte) = (edit.file, edit.line, nil)
    if edit.line == nil {
      text =
        "\(edit.record) was taken out"
        + (edit.isAcceptable ? "" : "; it comes back (to remove a person: ladder erase)")
    } else {
      let changes = edit.differences.map {
        "\($0.key) \($0.recorded ?? "nothing") → \($0.found ?? "nothing")"
      }
      text = "\(edit.record): " + changes.joined(separator: ", ")
    }
  }
}

/// What an examination of a store found.
package struct StoreHealth: Sendable, Hashable {
  /// How many files were read.
  package let files: Int
  /// How many records and events were read.
  package let records: Int
  /// What is wrong: nothing should be.
  package let problems: [StoreProblem]
  /// Files beside the journal with bytes of writes that were never finished.
  package let tornFiles: [String]

  init(_ found: Examination) {
    (files, records, tornFiles) = (found.files, found.records, found.tornFiles)
    problems = found.damages.map { StoreProblem($0) }
  }
}

/// What a repair did to the copy of a store.
package struct RepairReport: Sendable, Hashable {
  /// What was changed, in words.
  package let changes: [String]
  /// What is wrong with the copy still.
  package let left: [StoreProblem]
}

/// What a backup holds.
package struct BackupReceipt: Sendable, Hashable {
  /// How many files were copied.
  package let files: Int
  /// How many bytes.
  package let bytes: Int
}

/// What a restore did.
package struct RestoreReport: Sendable, Hashable {
  /// Where the store that stood there is now; nil when there was none.
  package let aside: String?
  /// How many people of the backup had been erased since and were erased again.
  package let erasedAgain: Int
  /// Why others who were erased since may be back: what could not be read of the store that stood
  /// there.
  package let unreadErasures: [StoreProblem]
}

extension LoyaltyWorkspace {
  /// Reads every file of a store and names everything that is wrong; nothing is changed.
  package static func examine(
    at path: String, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> StoreHealth {
    do throws(StoreError) {
      return StoreHealth(try JSONStore.examine(at: path, disk: environment.disk))
    } catch { throw .store(error) }
  }

  /// Repairs a copy of a damaged store; the store itself stays as it is.
  ///
  /// - Parameters:
  ///   - path: The folder of the store.
  ///   - copy: The folder of the copy to be; it must be missing or empty.
  ///   - environment: The disk.
  /// - Returns: What was changed in the copy, and what is wrong with it still.
  /// - Throws: An error when there is no store, or the disk fails.
  package static func repair(
    at path: String, copyingTo copy: String, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> RepairReport {
    do throws(StoreError) {
      let (repairs, left) = try JSONStore.repair(
        at: path, copyingTo: copy, disk: environment.disk)
      return RepairReport(
        changes: repairs.compactMap(\.words), left: left.damages.map { StoreProblem($0) })
    } catch { throw .store(error) }
  }

  /// What somebody changed by hand in the records of the store, in words.
  package static func handEdits(
    at path: String, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> [StoreProblem] {
    do throws(StoreError) {
      return try JSONStore.shardEdits(at: path, disk: environment.disk).map { StoreProblem($0) }
    } catch { throw .store(error) }
  }

  /// Takes over what somebody changed by hand in the records of the store; it is logged, and can
  /// be taken back.
  ///
  /// - Returns: How many records were taken over.
  /// - Throws: An error where the store is damaged otherwise, or cannot be written.
  package static func acceptHandEdits(
    at path: String, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> Int {
    do throws(StoreError) {
      return try JSONStore.acceptShardEdits(
        at: path, disk: environment.disk, by: environment.user, at: environment.now())
    } catch { throw .store(error) }
  }

  /// Copies the store as it is at one moment.
  ///
  /// - Parameter folder: The folder to be; it must be missing or empty.
  /// - Returns: What was copied.
  /// - Throws: An error when something is there already, or the disk fails.
  package func backup(to folder: String) throws(WorkspaceError) -> BackupReceipt {
    do throws(StoreError) {
      let copied = try store.backup(to: folder)
      if store.access == .readWrite {
        // So that whoever erases a person is told of it.
        let change = Change.backup(folder: environment.absolute(folder))
        _ = try store.commit([change], at: environment.now())
      }
      return BackupReceipt(files: copied.files, bytes: copied.bytes)
    } catch { throw .store(error) }
  }

  /// Puts a backup in the place of a store; the backup is examined first.
  ///
  /// - Parameters:
  ///   - folder: The folder of the backup.
  ///   - path: The folder of the store; what stands there is moved aside.
  ///   - environment: The disk.
  /// - Returns: Where the store that stood there is now, and who was erased again.
  /// - Throws: That there is no such folder, the first damage of the backup, or what the disk does.
  package static func restore(
    from folder: String, to path: String, environment: WorkspaceEnvironment
  ) throws(WorkspaceError) -> RestoreReport {
    try checkBackup(folder, environment)
    do throws(StoreError) {
      let disk = environment.disk
      let erased = try JSONStore.erasedPeople(at: path, disk: disk)
      let aside = try JSONStore.restore(from: folder, to: path, disk: disk)
      return RestoreReport(
        aside: aside, erasedAgain: try erase(again: erased.people, at: path, environment),
        unreadErasures: erased.damages.map { StoreProblem($0) })
    } catch { throw .store(error) }
  }

  /// A mistyped name is no damage.
  private static func checkBackup(
    _ folder: String, _ environment: WorkspaceEnvironment
  ) throws(WorkspaceError) {
    let found: FileStatus?
    do throws(DiskError) { found = try environment.disk.status(folder) } catch {
      throw .disk(error)
    }
    if found == nil { throw .noBackup(folder) }
  }

  /// Erases those people in a restored store who had been erased in the one before.
  ///
  /// - Returns: How many of them were in it.
  private static func erase(
    again people: ErasedPeople, at path: String, _ environment: WorkspaceEnvironment
  ) throws(StoreError) -> Int {
    guard !people.isEmpty else { return 0 }
    let store = try JSONStore.open(at: path, disk: environment.disk, by: environment.user)
    defer { store.close() }
    let event = try store.erase(again: people, at: environment.now())
    guard case .erasure(let erasure)? = event?.change else { return 0 }
    return erasure.people
  }
}

extension Repair {
  /// What was done, in words; nil where nothing could be.
  fileprivate var words: String? {
    switch self {
    case .cut(let file, let byte, let bytes, let kept):
      "\(file) ends at byte \(byte) now, its last good event; the \(bytes) bytes behind it are "
        + "kept in \(kept)."
    case .sealed(let file, let rows):
      "\(file): all \(rows) records can be read, so they count as they are now."
    case .left: nil
    }
  }
}

/// Which entries of the log are wanted.
package struct LogFilter: Sendable, Hashable {
  /// Who did it.
  package var by: String?
  /// The first day, in UTC.
  package var since: Day?
  /// The operation, such as `offer.decide`, or what it is about, such as `offer`.
  package var operation: String?

  /// A filter that lets everything pass.
  package init() {}

  func matches(_ event: Event) -> Bool {
    if let by, event.by != by { return false }
    // Both are written as ISO 8601 does, so that texts compare as times do.
    if let since, event.at.description < since.description { return false }
    guard let operation else { return true }
    let name = event.change.operation
    return name == operation || name.hasPrefix(operation + ".")
  }

  /// Every operation that there is.
  package static var operations: [String] { Change.operations }
}
