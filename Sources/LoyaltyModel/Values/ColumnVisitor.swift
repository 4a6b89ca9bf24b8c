/// Goes through the columns of a value in the one order in which that names them.
///
/// The same walk writes the columns to a file and puts those of a file in their place, so that the
/// two cannot differ: whoever has columns that are worth keeping lists them once.
package protocol ColumnVisitor {
  /// What goes wrong.
  associatedtype Failure: Error

  /// Takes the next column, or puts another in its place.
  mutating func visit<Element: PlainNumber>(_ column: inout Column<Element>) throws(Failure)

  /// Makes sure of something without which the columns do not fit together.
  func require(_ isSound: @autoclosure () -> Bool) throws(Failure)

  /// Takes note that the columns so far have been looked at, and that few are for now.
  func rest()
}

/// A number of which every pattern of bits is one.
package protocol PlainNumber: BitwiseCopyable, Sendable {}

extension UInt8: PlainNumber {}
extension UInt16: PlainNumber {}
extension UInt32: PlainNumber {}
extension UInt64: PlainNumber {}
extension Int: PlainNumber {}
extension Int32: PlainNumber {}
extension Int64: PlainNumber {}
extension Double: PlainNumber {}

extension ColumnVisitor {
  /// A column that may be missing.
  package mutating func visit<Element: PlainNumber>(
    _ column: inout Column<Element>?
  ) throws(Failure) {
    var isThere: UInt8 = column == nil ? 0 : 1
    try visit(number: &isThere)
    guard isThere != 0 else { return column = nil }
    var present = column ?? []
    try visit(&present)
    column = present
  }

  /// A number that is not one of many.
  package mutating func visit<Number: PlainNumber>(number: inout Number) throws(Failure) {
    var column = Column([number])
    try visit(&column)
    try require(column.count == 1)
    number = column[0]
  }

  /// A number of things.
  package mutating func visit(count: inout Int) throws(Failure) {
    try visit(number: &count)
    let count = count
    try require(count >= 0)
  }
}
