/// What an examination of a store found.
package struct Examination: Sendable, Hashable {
  /// What is wrong: nothing should be.
  package var damages: [Damage] = []
  /// Bytes of writes that were never finished, kept beside the journal.
  package var tornFiles: [String] = []
  /// How many files were read.
  package var files = 0
  /// How many records and events were read in them.
  package var records = 0

  /// Whether nothing is wrong.
  package var isSound: Bool { damages.isEmpty }
}

/// What a repair did to the copy of a store.
package enum Repair: Sendable, Hashable {
  /// The journal was cut at a byte; so many bytes behind it were put aside in a file.
  case cut(file: String, byte: Int, bytes: Int, kept: String)
  /// A file's last line was written anew, since all its records can be read.
  case sealed(file: String, rows: Int)
  /// What cannot be repaired.
  case left(Damage)
}
