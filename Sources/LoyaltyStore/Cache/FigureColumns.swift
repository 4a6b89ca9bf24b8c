package import LoyaltyModel
import TextFormats

// Columns that were computed from a store's tables, kept so that they need not be computed again.
// What they are is for others to know: here they are numbers under a name.

/// Names columns by all that they were computed from.
package struct ColumnsName: Sendable, Hashable {
  /// How the names of the files begin.
  static let prefix = "figures-"

  let key: CacheKey
  /// Names the tables.
  let tables: CacheKey
}

extension StoreState {
  /// The name of what is computed from the tables as of a date by some settings; nil where it is not
  /// known which files the tables were read from, as where they are small.
  package func columnsName(asOf day: Day, _ programme: Programme) -> ColumnsName? {
    guard let tablesKey else { return nil }
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("tables", tablesKey.name)
      writer.member("as_of", day)
      writer.key("programme")
      ProgrammeRecord.write(programme, to: &writer)
    }
    return ColumnsName(
      key: CacheKey(prefix: ColumnsName.prefix, contents: writer.bytes), tables: tablesKey)
  }
}

/// Columns that are kept do not fit, or are damaged.
package struct ColumnsUnfit: Error, Sendable, Hashable {}

/// Hands out columns that were kept, in the order in which they were written, where they lie in the
/// file.
package struct KeptColumns: ColumnVisitor, Sendable {
  private var reader: ColumnFile.Reader

  init(_ reader: ColumnFile.Reader) { self.reader = reader }

  /// Puts the next column of the file in the place of one.
  package mutating func visit<Element: PlainNumber>(
    _ column: inout Column<Element>
  ) throws(ColumnsUnfit) {
    guard let kept = reader.column(Element.self) else { throw ColumnsUnfit() }
    column = kept
  }

  package func require(_ isSound: @autoclosure () -> Bool) throws(ColumnsUnfit) {
    if !isSound() { throw ColumnsUnfit() }
  }

  /// Lets memory go that was only looked at to check it; it comes back when it is asked for.
  package func rest() { reader.rest() }
}

/// Writes columns to a file, in the order in which they come.
package struct ColumnKeeper: ColumnVisitor {
  private var writer: ColumnFile.Writer

  init(_ writer: ColumnFile.Writer) { self.writer = writer }

  /// Writes the next column.
  package mutating func visit<Element: PlainNumber>(
    _ column: inout Column<Element>
  ) throws(DiskError) {
    try writer.add(column)
  }

  /// What is written was computed here, and is looked at when it is read.
  package func require(_ isSound: @autoclosure () -> Bool) throws(DiskError) {}

  /// What was written is not held.
  package func rest() {}

  func finish() throws(DiskError) { try writer.finish() }
}

extension JSONStore {
  /// The columns of a name; nil where none are kept, or their file is damaged.
  package func columns(_ name: ColumnsName) -> KeptColumns? {
    let files = storeFiles
    guard let file = try? files.disk.open(files.cachePath(name.key), .readInside) else {
      return nil
    }
    return ColumnFile.Reader(file, key: name.key.words).map { KeptColumns($0) }
  }

  /// Keeps columns, as far as the store can be written and its tables are still those of the name;
  /// failing is no error.
  ///
  /// - Parameters:
  ///   - name: Their name.
  ///   - most: How many such files stay; the oldest go.
  ///   - write: Hands over the columns.
  package func keep(
    _ name: ColumnsName, most: Int,
    _ write: @escaping @Sendable (inout ColumnKeeper) throws(DiskError) -> Void
  ) {
    guard let journal = journal(ofTables: name.tables) else { return }
    let due = DueColumns(key: name.key) { (file, path) throws(DiskError) in
      var keeper = ColumnKeeper(ColumnFile.Writer(file, path: path, key: name.key.words))
      try write(&keeper)
      try keeper.finish()
    }
    storeFiles.keep(due, journal, most: most)
  }
}
