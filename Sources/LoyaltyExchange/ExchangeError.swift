package import TextFormats

/// Why a file as a whole cannot be imported; `Words.swift` says it in words.
package enum ExchangeError: Error, Sendable, Hashable {
  /// The file is of another kind, empty, damaged, or breaks off.
  case table(TableError)
  /// No profile fits: the columns found, the layout that they look most like, and the mapping that
  /// their names suggest.
  case unrecognised(columns: [String], layout: ImportLayout, suggestion: [MappingRequest])
  /// A file of results, by the columns it has, in which none says whether an offer was used.
  case noAnswer(because: [String])
  /// The file does not have the columns of the profile that was named.
  case unfitting(ProfileRequest, columns: [String], missing: [String])
  /// Fields that the layout needs are not mapped.
  case incompleteMapping(
    missing: [ImportField], columns: [String], suggestion: [MappingRequest])
  /// A field name in a mapping that the layout does not have.
  case unknownField(String, nearest: String?, layout: ImportLayout)
  /// A column name in a mapping that the file does not have.
  case unknownColumn(String, nearest: String?, columns: [String])
  /// A column name in a mapping that the file has more than once; these are its numbers, from 1.
  case ambiguousColumn(String, numbers: [Int])
  /// A field that is mapped twice.
  case mappedTwice(ImportField)
  /// A mapping beside a profile that has its own.
  case mappingNotNeeded(ProfileRequest)
}
