import LoyaltyModel
import TextFormats

// The words of this target's errors: what is wrong, where, what to do.
extension StoreError {
  /// The error in words for people.
  package var message: String {
    switch self {
    case .missing(let path):
      "There is no store at \(path): nothing stands there. Check the path, or make a store with "
        + "“ladder init \(path) --currency EUR --time-zone Europe/Berlin”."
    case .notAFolder(let path):
      "\(path) is no store: it is not a folder. Name the folder that holds store.json."
    case .notAStore(let path, isEmpty: true):
      "The folder \(path) is empty. Make a store in it with “ladder init \(path) --currency EUR --time-zone Europe/Berlin”."
    case .notAStore(let path, isEmpty: false):
      "\(path) is no store: it holds no store.json of this program. Name another folder."
    case .notEmpty(let path):
      "A store cannot be made in \(path): something is there already. Name a new or empty folder."
    case .damaged(let damage):
      "The store is damaged: \(damage.message). Restore it from a backup. Nothing was changed."
    case .readOnly(let reason): "The store can only be read: \(reason.message)"
    case .conflict(let conflict): conflict.message
    case .invalid(let change): change.message
    case .disk(let error): "\(error.message) Nothing was changed."
    }
  }
}

extension ReadOnlyReason {
  /// The reason in words, with what to do.
  package var message: String {
    switch self {
    case .fileSystem: "its file system is mounted read-only."
    case .permission:
      "you may not write its files. Ask their owner for permission, or work on a copy."
    case .network(let type):
      "it lies on another machine (\(type)), where what is written may not be safe. Move it to a "
        + "disk of this machine."
    case .newerSchema(let found, let known):
      "a newer version wrote it (schema \(found); this program knows \(known)). Update the program."
    case .damaged(let damage):
      "\(damage.message). What is shown is the last good state. Make a copy of the folder before "
        + "anything else, then restore the file from a backup."
    case .diskFailed(let error): "\(error.message) Check the disk, then open the store again."
    case .unfinished:
      "somebody was being erased when the machine or the program stopped. Let somebody open it who "
        + "may write; that completes it."
    case .requested: "it was opened for reading."
    case .closed: "it is closed."
    }
  }
}

extension Damage {
  /// What is wrong and where, without a full stop.
  package var message: String {
    let place =
      switch (line, byte) {
      case (let line?, let byte?): "\(file), line \(line), byte \(byte)"
      case (let line?, nil): "\(file), line \(line)"
      case (nil, let byte?): "\(file), byte \(byte)"
      case (nil, nil): file
      }
    return "\(place): \(flaw.message)"
  }
}

extension Damage.Flaw {
  /// What is wrong, without the place and without a full stop.
  package var message: String {
    switch self {
    case .line(let cause): cause.message
    case .syntax: "this is no JSON"
    case .value(key: ""): "this is no JSON"
    case .value(let key): "“\(key)” is missing or makes no sense"
    case .operation(let name): "the operation “\(name)” is not known"
    case .checksum: "the checksum does not fit, so bytes were changed"
    case .chain(let expected): "event \(expected) should stand here, so events are missing"
    case .impossible(let sequence): "event \(sequence) does not fit what it changes"
    case .header: "the first line does not say what the file holds"
    case .footer: "the last line, which counts the records, is missing"
    case .missing: "the file is missing"
    case .symbolicLink: "a symbolic link stands where the store's own file or folder must be"
    case .encoding: "the text is not UTF-8"
    case .foreignPath(let path):
      "“\(path)” is no file of this programme, and what asks to replace or remove it was not written "
        + "by this program, so none of it was carried out"
    }
  }
}

extension NDJSONError.Cause {
  fileprivate var message: String {
    switch self {
    case .syntax, .notAnObject, .contentAfterObject: "this is no JSON object"
    case .missing(let key): "“\(key)” is missing"
    case .wrongKind(let key, _): "“\(key)” is of the wrong kind"
    case .amount(let key, _): "“\(key)” is no amount"
    case .noSuchDay(let key): "“\(key)” is no day that exists"
    case .integerOverflow(let key): "“\(key)” is too large"
    }
  }
}

extension Conflict {
  /// Who was first and what stands now.
  package var message: String {
    switch self {
    case .offer(let id, now: nil, _, _):
      "Offer \(id) is not there any more. Nothing was changed."
    case .offer(let id, let now?, let by?, let at?):
      "Offer \(id) was changed by \(by) at \(at) and is now \(now.state.rawValue). Nothing was "
        + "changed; look at it again."
    case .offer(let id, let now?, _, _):
      "Offer \(id) is now \(now.state.rawValue). Nothing was changed; look at it again."
    case .settings: "The settings were changed meanwhile. Nothing was changed; look at them again."
    case .rule(let file):
      "The rule file \(file) was changed meanwhile. Nothing was changed; look at it again."
    case .importRunning:
      "An import is running. Wait until it has ended, then try again. Nothing was changed."
    case .erasedMeanwhile:
      "Somebody was erased while the import was running. Nothing was changed; import the file again."
    case .record(let key):
      "“\(key)” was edited by hand and changed by somebody else since. The edited file is kept "
        + "with a name ending in .edited: edit the record again, and remove that file."
    case .batch(let number, isPresent: true): "Import \(number) is there already."
    case .batch(let number, isPresent: false): "There is no import \(number) to take back."
    }
  }
}

extension InvalidChange {
  /// What makes no sense.
  package var message: String {
    switch self {
    case .count: "There is nothing to change."
    case .emptyOffer: "An offer that neither was nor is cannot be changed."
    case .offerNumber(let id): "\(id) cannot be the number of this offer."
    case .ruleName(let name):
      "“\(name)” cannot be the name of a rule's file. Use a plain name that ends in .json."
    case .currency: "The currency cannot change once there are imports or offers."
    case .importEnded: "The import was committed or cancelled before."
    case .row(let row): "\(row) cannot be the row of a purchase."
    case .tooManyImports: "The store holds as many imports as it can (65,535)."
    case .segmentsGone(let number):
      "Import \(number) cannot be brought back: its files were removed. Import the source again."
    case .insideStore:
      "A backup cannot stand inside the programme's own folder. Name a folder outside of it."
    case .unknownCustomer(let id): "There is no customer “\(id)”. Nothing was changed."
    case .text: "An identifier is empty."
    }
  }
}

extension DiskError {
  /// What was tried, where, and why it failed.
  package var message: String {
    if operation == .share {
      return kind == .missing
        ? "There is no group “\(path)” on this machine. “getent group” lists all."
        : "Could not share with the group “\(path)”, since you are not in it: \(systemText)."
    }
    let advice = kind == .full ? " Free some space and try again." : ""
    return "Could not \(operation.words) \(path): \(systemText).\(advice)"
  }
}

extension DiskError.Operation {
  fileprivate var words: String {
    switch self {
    case .open: "open"
    case .read: "read"
    case .write: "write"
    case .sync: "safely store"
    case .truncate: "shorten"
    case .lock: "lock"
    case .status: "look at"
    case .list: "list"
    case .makeFolder: "make the folder"
    case .rename: "put in place"
    case .remove: "remove"
    case .space: "find the free space of"
    case .share: "share with the group"
    }
  }
}
