import LoyaltyModel
import TextFormats

// The files that people edit: `store.json`, `settings/programme.json` and `rules/*.json`. What they
// hold is recorded by events; the files follow. A change writes `NAME.tmp` before its event and
// renames it after, so that a program that was killed between the two can be told from a person
// who edited the file: the rename is completed at the next opening.
extension Core {
  /// Compares the files with what is recorded; what differs was edited by hand.
  mutating func checkWorkingFiles() throws(StoreError) {
    watched = try watchedStatus()
    handEdits = try settingsEdits() + ruleEdits()
  }

  /// Whether a file that people edit looks other than when it was compared last.
  func workingFilesChanged() throws(StoreError) -> Bool { try watchedStatus() != watched }

  private func watchedStatus() throws(StoreError) -> [String: FileStatus] {
    var found: [String: FileStatus] = [:]
    for path in [StorePath.store, StorePath.programme] + (try ruleFiles()) {
      found[path] = try files.doing { () throws(DiskError) in
        try files.disk.status(files.full(path))
      }
    }
    return found
  }

  private func ruleFiles() throws(StoreError) -> [String] {
    try files.list(StorePath.rules).filter { Self.isRuleName($0) }
      .map { StorePath.rules + "/" + $0 }
  }

  /// Whether a name is one that a rule's file can have.
  static func isRuleName(_ name: String) -> Bool {
    name.hasSuffix(".json") && name.utf8.count > 5 && name.utf8.count <= 200
      && !name.hasPrefix(".") && !name.utf8.contains { $0 < 0x20 || $0 == 0x2F || $0 == 0x7F }
  }

  private func settingsEdits() throws(StoreError) -> [HandEdit] {
    var found = state.programme
    do throws(RecordFlaw) {
      let store = try StoreFile(try bytes(StorePath.store))
      (found.currency, found.timeZone) = (store.currency, store.timeZone)
    } catch { return [.unreadable(Damage(StorePath.store, error))] }
    do throws(RecordFlaw) {
      var settings = Programme(currency: found.currency, timeZone: found.timeZone)
      let bytes = try bytes(StorePath.programme)
      try ProgrammeRecord.readSettings(RecordReader(json: bytes), into: &settings)
      found = settings
    } catch { return [.unreadable(Damage(StorePath.programme, error))] }
    return found == state.programme ? [] : [.settings(recorded: state.programme, found: found)]
  }

  private func bytes(_ path: String) throws(RecordFlaw) -> [UInt8] {
    guard let bytes = try? files.read(path) else { throw RecordFlaw(key: "") }
    return bytes
  }

  private func ruleEdits() throws(StoreError) -> [HandEdit] {
    var edits: [HandEdit] = []
    var missing = Set(state.rules.map(\.file))
    for path in try ruleFiles() {
      let file = String(path.dropFirst(StorePath.rules.utf8.count + 1))
      missing.remove(file)
      guard let bytes = try files.readIfPresent(path) else { continue }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        edits.append(.unreadable(Damage(path, .encoding)))
        continue
      }
      let recorded = state.rule(file)
      if recorded.map({ !$0.utf8.elementsEqual(bytes) }) ?? true {
        edits.append(.rule(file: file, recorded: recorded, found: text))
      }
    }
    for file in missing.sorted() {
      edits.append(.rule(file: file, recorded: state.rule(file), found: nil))
    }
    return edits
  }

  // MARK: Following events

  /// The files that a state asks for, by path; nil for one that must not be there.
  func workingFiles(of changes: [Change], _ state: StoreState) -> [(path: String, [UInt8]?)] {
    var paths: [String] = []
    for change in changes {
      switch change {
      case .settings: paths += [StorePath.store, StorePath.programme]
      case .rule(let file, _, _): paths.append(StorePath.rules + "/" + file)
      default: break
      }
    }
    return Set(paths).sorted().map { ($0, recordedBytes($0, state)) }
  }

  /// What a file that people edit should hold; nil when it should not be there.
  private func recordedBytes(_ path: String, _ state: StoreState) -> [UInt8]? {
    switch path {
    case StorePath.store:
      var store = storeFile
      (store.currency, store.timeZone) = (state.programme.currency, state.programme.timeZone)
      return store.bytes
    case StorePath.programme:
      let earlier = (try? files.readIfPresent(path)) ?? nil
      return SettingsFile.bytes(state.programme, replacing: earlier)
    default:
      return state.rule(String(path.dropFirst(StorePath.rules.utf8.count + 1)))
        .map { Array($0.utf8) }
    }
  }

  /// Puts the new contents beside the files, before the event is written.
  func prepare(_ working: [(path: String, bytes: [UInt8]?)]) throws(StoreError) {
    for (path, bytes) in working {
      // An empty file stands for one that is to be removed.
      _ = try files.doing { () throws(DiskError) in
        try files.disk.writeBeside(files.full(path), bytes ?? [], files.privacy)
      }
    }
    try files.sync(Set(working.map { folder(of: $0.path) }).map { $0 == "." ? "" : $0 }.sorted())
  }

  /// Puts the prepared contents in place, after the event is on the disk.
  ///
  /// A failure is passed over: the event counts already, and the next opening completes this.
  func complete(_ working: [(path: String, bytes: [UInt8]?)]) {
    for (path, bytes) in working {
      let (file, temporary) = (files.full(path), files.full(path) + temporarySuffix)
      if bytes == nil {
        guard (try? files.disk.removeIfPresent(file)) != nil else { continue }
        try? files.disk.remove(temporary)
      } else {
        try? files.disk.rename(temporary, to: file)
      }
      try? files.disk.syncFolder(folder(of: file))
    }
  }

  /// Forgets what was prepared, when the event was not written.
  func abandon(_ working: [(path: String, bytes: [UInt8]?)]) {
    for (path, _) in working {
      try? files.disk.removeIfPresent(files.full(path) + temporarySuffix)
    }
  }

  /// Completes or forgets what a program that was killed had prepared.
  func completeAfterKill() throws(StoreError) {
    var prepared = [StorePath.store, StorePath.programme]
    for name in try files.list(StorePath.rules) where name.hasSuffix(".json" + temporarySuffix) {
      prepared.append(StorePath.rules + "/" + name.dropLast(temporarySuffix.utf8.count))
    }
    for path in prepared {
      guard let found = try files.readIfPresent(path + temporarySuffix) else { continue }
      let recorded = recordedBytes(path, state)
      if found == recorded ?? [] {
        complete([(path, recorded)])
      } else {
        abandon([(path, nil)])
      }
    }
  }
}

extension Damage {
  /// A file that the general reader refused.
  init(_ file: String, _ flaw: RecordFlaw) {
    self.init(file, byte: flaw.offset, .value(key: flaw.key))
  }
}
