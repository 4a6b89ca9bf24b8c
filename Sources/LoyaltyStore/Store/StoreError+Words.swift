package import LoyaltyModel
import TextFormats

// The words of this target's errors: what is wrong, where, what to do.
extension StoreError {
  /// The error in words for people.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .missing(let path): wording("store.missing", ["path": path])
    case .notAFolder(let path): wording("store.not-a-folder", ["path": path])
    case .notAStore(let path, isEmpty: true): wording("store.empty", ["path": path])
    case .notAStore(let path, isEmpty: false): wording("store.not-a-store", ["path": path])
    case .notEmpty(let path): wording("store.not-empty", ["path": path])
    case .damaged(let damage): wording("store.damaged", ["damage": damage.message(wording)])
    case .readOnly(let reason):
      wording("store.read-only", ["reason": reason.message(wording)])
    case .conflict(let conflict): conflict.message(wording)
    case .invalid(let change): change.message(wording)
    case .disk(let error): wording("store.unchanged", ["message": error.message(wording)])
    }
  }
}

extension ReadOnlyReason {
  /// The reason in words, with what to do.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .fileSystem: wording["read-only.file-system"]
    case .permission: wording["read-only.permission"]
    case .network(let type): wording("read-only.network", ["type": type])
    case .newerSchema(let found, let known):
      wording("read-only.newer", ["found": "\(found)", "known": "\(known)"])
    case .damaged(let damage): wording("read-only.damaged", ["damage": damage.message(wording)])
    case .diskFailed(let error): wording("read-only.disk", ["message": error.message(wording)])
    case .unfinished: wording["read-only.unfinished"]
    case .requested: wording["read-only.requested"]
    case .closed: wording["read-only.closed"]
    }
  }
}

extension Damage {
  /// What is wrong and where, without a full stop.
  package func message(_ wording: Wording) -> String {
    let place =
      switch (line, byte) {
      case (let line?, let byte?):
        wording("damage.line-byte", ["file": file, "line": "\(line)", "byte": "\(byte)"])
      case (let line?, nil): wording("damage.line", ["file": file, "line": "\(line)"])
      case (nil, let byte?): wording("damage.byte", ["file": file, "byte": "\(byte)"])
      case (nil, nil): file
      }
    return wording("damage.at", ["place": place, "flaw": flaw.message(wording)])
  }
}

extension Damage.Flaw {
  /// What is wrong, without the place and without a full stop.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .line(let cause): cause.message(wording)
    case .syntax: wording["damage.syntax"]
    case .value(key: ""): wording["damage.syntax"]
    case .value(let key): wording("damage.value", ["key": key])
    case .operation(let name): wording("damage.operation", ["name": name])
    case .checksum: wording["damage.checksum"]
    case .chain(let expected): wording("damage.chain", ["n": "\(expected)"])
    case .impossible(let sequence): wording("damage.impossible", ["n": "\(sequence)"])
    case .header: wording["damage.header"]
    case .footer: wording["damage.footer"]
    case .missing: wording["damage.missing"]
    case .symbolicLink: wording["damage.link"]
    case .encoding: wording["damage.encoding"]
    case .foreignPath(let path): wording("damage.foreign-path", ["path": path])
    }
  }
}

extension NDJSONError.Cause {
  fileprivate func message(_ wording: Wording) -> String {
    switch self {
    case .syntax, .notAnObject, .contentAfterObject: wording["damage.no-object"]
    case .missing(let key): wording("damage.key-missing", ["key": key])
    case .wrongKind(let key, _): wording("damage.key-kind", ["key": key])
    case .amount(let key, _): wording("damage.key-amount", ["key": key])
    case .noSuchDay(let key): wording("damage.key-day", ["key": key])
    case .integerOverflow(let key): wording("damage.key-large", ["key": key])
    }
  }
}

extension Conflict {
  /// Who was first and what stands now.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .offer(let id, now: nil, _, _): wording("conflict.offer-gone", ["id": "\(id)"])
    case .offer(let id, let now?, let by?, let at?):
      wording(
        "conflict.offer-by",
        [
          "id": "\(id)", "user": by, "at": wording.display.moment(at),
          "state": wording.texts.value(now.state.rawValue),
        ])
    case .offer(let id, let now?, _, _):
      wording(
        "conflict.offer",
        ["id": "\(id)", "state": wording.texts.value(now.state.rawValue)])
    case .settings: wording["conflict.settings"]
    case .rule(let file): wording("conflict.rule", ["file": file])
    case .importRunning: wording["conflict.import"]
    case .erasedMeanwhile: wording["conflict.erased"]
    case .record(let key): wording("conflict.record", ["key": key])
    case .batch(let number, isPresent: true):
      wording("conflict.batch-there", ["n": "\(number)"])
    case .batch(let number, isPresent: false):
      wording("conflict.batch-gone", ["n": "\(number)"])
    }
  }
}

extension InvalidChange {
  /// What makes no sense.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .count: wording["invalid.count"]
    case .emptyOffer: wording["invalid.empty-offer"]
    case .offerNumber(let id): wording("invalid.offer-number", ["id": "\(id)"])
    case .ruleName(let name): wording("invalid.rule-name", ["name": name])
    case .currency: wording["invalid.currency"]
    case .importEnded: wording["invalid.import-ended"]
    case .row(let row): wording("invalid.row", ["row": "\(row)"])
    case .tooManyImports: wording["invalid.too-many-imports"]
    case .segmentsGone(let number): wording("invalid.segments-gone", ["n": "\(number)"])
    case .insideStore: wording["invalid.inside-store"]
    case .unknownCustomer(let id): wording("invalid.unknown-customer", ["id": id])
    case .text: wording["invalid.text"]
    }
  }
}

extension DiskError {
  /// What was tried, where, and why it failed.
  package func message(_ wording: Wording) -> String {
    if operation == .share {
      return kind == .missing
        ? wording("disk.no-group", ["group": path])
        : wording("disk.not-in-group", ["group": path, "text": systemText])
    }
    let message = wording(
      "disk.failed",
      ["operation": operation.words(wording), "path": path, "text": systemText])
    return kind == .full ? wording("disk.free-space", ["message": message]) : message
  }
}

extension DiskError.Operation {
  fileprivate func words(_ wording: Wording) -> String {
    switch self {
    case .open: wording["disk.do.open"]
    case .read: wording["disk.do.read"]
    case .write: wording["disk.do.write"]
    case .sync: wording["disk.do.sync"]
    case .truncate: wording["disk.do.truncate"]
    case .lock: wording["disk.do.lock"]
    case .status: wording["disk.do.status"]
    case .list: wording["disk.do.list"]
    case .makeFolder: wording["disk.do.make-folder"]
    case .rename: wording["disk.do.rename"]
    case .remove: wording["disk.do.remove"]
    case .space: wording["disk.do.space"]
    case .share: wording["disk.do.share"]
    }
  }
}
