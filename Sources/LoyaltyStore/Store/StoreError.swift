package import LoyaltyModel
package import TextFormats

/// Why the store did not do what was asked; data only, see ``StoreError/message`` for the words.
package enum StoreError: Error, Sendable, Hashable {
  /// Nothing stands at the path.
  case missing(path: String)
  /// A file, or anything but a folder, stands at the path.
  case notAFolder(path: String)
  /// The folder is no store.
  case notAStore(path: String, isEmpty: Bool)
  /// A store is to be made where something is already.
  case notEmpty(path: String)
  /// The store is damaged so that it cannot be opened.
  case damaged(Damage)
  /// The store can only be read.
  case readOnly(ReadOnlyReason)
  /// Somebody else was first.
  case conflict(Conflict)
  /// The change makes no sense.
  case invalid(InvalidChange)
  /// The disk failed; nothing was changed.
  case disk(DiskError)
}

/// Where a file of the store is not as it should be, and how.
package struct Damage: Sendable, Hashable {
  /// The path within the store.
  package var file: String
  /// The line, from 1; nil when it is about the whole file.
  package var line: Int?
  /// The byte within the file, from 0; nil when it is about the whole file.
  package var byte: Int?
  /// What is wrong.
  package var flaw: Flaw

  /// What can be wrong with a file.
  package enum Flaw: Sendable, Hashable {
    /// A line is not what the scanner expects.
    case line(NDJSONError.Cause)
    /// A file is no JSON.
    case syntax(JSONSyntaxError.Cause)
    /// A member has a value that makes no sense, or is missing.
    case value(key: String)
    /// The kind of event is not known.
    case operation(String)
    /// A checksum does not fit: bytes were changed.
    case checksum
    /// An event does not follow the one before it.
    case chain(expected: Int)
    /// An event does not fit what it changes.
    case impossible(sequence: Int)
    /// The first line does not say what the file holds.
    case header
    /// The last line is missing or counts another number of lines.
    case footer
    /// The file is missing.
    case missing
    /// A symbolic link stands where a file or a folder must.
    case symbolicLink
    /// The text is not UTF-8.
    case encoding
    /// A plan to put files in place names what is no file of the store.
    case foreignPath(String)
  }

  /// Damage at a place.
  package init(_ file: String, line: Int? = nil, byte: Int? = nil, _ flaw: Flaw) {
    (self.file, self.line, self.byte, self.flaw) = (file, line, byte, flaw)
  }
}

/// What somebody else changed first.
package enum Conflict: Sendable, Hashable {
  /// The offer stands otherwise than expected; nil when there is none. With the last event on it.
  case offer(Int, now: OfferDecision.Standing?, by: String?, at: Timestamp?)
  /// The settings were changed.
  case settings
  /// The rule's file was changed, in the store or by hand.
  case rule(file: String)
  /// Nobody can be erased while an import may bring them back.
  case importRunning
  /// Somebody was erased since the import began.
  case erasedMeanwhile
  /// A record that was edited by hand was changed otherwise since.
  case record(String)
  /// The import is not there to take back, or is there already.
  case batch(Int, isPresent: Bool)
}

/// A change that makes no sense.
package enum InvalidChange: Sendable, Hashable {
  /// No change, or as many `undoes` as there are no changes.
  case count
  /// An offer that neither was nor is.
  case emptyOffer
  /// An offer that changes its number, or whose number is not positive.
  case offerNumber(Int)
  /// Rules' files are named plainly and end in `.json`.
  case ruleName(String)
  /// The currency cannot change once there is data.
  case currency
  /// The import was ended before.
  case importEnded
  /// A row of an import is below 1 or above 4,294,967,295.
  case row(Int)
  /// The store holds as many imports as purchases can name.
  case tooManyImports
  /// The import's files were removed after it had been taken back.
  case segmentsGone(Int)
  /// A copy cannot stand within what is copied.
  case insideStore
  /// Nobody has this number.
  case unknownCustomer(String)
  /// A name or text holds a byte that cannot be stored, such as zero in a file's name.
  case text(String)
}
