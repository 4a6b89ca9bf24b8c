package import TextFormats

/// A first look at a file: how it is written, what its columns are called, what the first rows say.
///
/// Nothing is decided yet about what the columns mean.
package struct TableLook: Sendable {
  /// How many bytes of a file are enough for a good look.
  package static let wantedBytes = 1 << 20
  /// How many rows are looked at.
  static let mostRows = 5_000

  /// How the characters are encoded.
  package let encoding: TextEncoding
  /// How the fields stand apart.
  package let layout: TableLayout
  /// Whether the first row names the columns.
  package let hasHeader: Bool
  /// The columns' names as written; made up where there is no header.
  package let header: [String]
  /// The first rows below the header.
  package let rows: [[String]]
  /// The names without case, blanks and signs.
  let names: [String]
  /// The lines above the table that were passed over, as they stand there.
  let above: [String]
  /// The beginning of the file in UTF-8, in whole lines.
  let text: [UInt8]

  /// Looks at the beginning of a file.
  ///
  /// - Parameters:
  ///   - head: The first bytes, best ``wantedBytes`` of them.
  ///   - isWhole: Whether they are the whole file.
  ///   - encoding: How characters are encoded, where it is known.
  /// - Throws: `ExchangeError.table` when it is no table of text.
  package init(
    _ head: [UInt8], isWhole: Bool, encoding: TextEncoding? = nil
  ) throws(ExchangeError) {
    if let foreign = ForeignFormat.detect(head), foreign != .utf16 {
      throw .table(.foreign(foreign))
    }
    self.encoding = encoding ?? TextEncoding(head: head)
    text = Self.wholeLines(self.encoding.decoded(head), isWhole: isWhole)
    above = []
    let blanks = Self.standsApartByBlanks(text)
    let all = try Self.read(text, layout: blanks ? .blanks : .automatic)
    layout = all.layout
    guard let first = all.rows.first else { throw .table(.empty) }
    if let made = Self.cdnowNames(first) {
      (hasHeader, header, rows) = (false, made, all.rows)
    } else {
      (hasHeader, rows) = (true, Array(all.rows.dropFirst()))
      header = first.map { SpreadsheetGuard.unguarded($0.trimmed).trimmed }
    }
    names = header.map(HeaderName.normalized)
  }

  /// Looks at the same file again, as one whose header stands below some lines.
  ///
  /// - Throws: `ExchangeError.table` when there is no table below them.
  init(_ look: TableLook, below above: [String]) throws(ExchangeError) {
    (encoding, text, self.above) = (look.encoding, look.text, above)
    let all = try Self.read(text, layout: .automatic, linesAbove: above.count)
    guard let first = all.rows.first else { throw .table(.empty) }
    (layout, hasHeader, rows) = (all.layout, true, Array(all.rows.dropFirst()))
    header = first.map { SpreadsheetGuard.unguarded($0.trimmed).trimmed }
    names = header.map(HeaderName.normalized)
  }

  /// The columns' names but those that a file of rejected rows adds.
  package var ownColumns: [String] {
    header.suffix(2) == RejectedRowsWriter.addedColumns ? header.dropLast(2) : header
  }

  /// A name for the layout, by which a mapping can be remembered: 16 hexadecimal digits.
  package var fingerprint: String {
    var hash = ContentHash()
    for name in ownColumns { hash.combine(HeaderName.normalized(name).utf8) }
    let text = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  /// What the columns' names suggest: as a file of a layout, or of the one that they look most like.
  func guess(as layout: ImportLayout?) -> MappingGuess {
    layout.map { MappingGuess(for: ownColumns, as: $0) } ?? MappingGuess(for: ownColumns)
  }

  /// Whether a column's name says that it marks cancelled sales.
  func tellsOfCancellation(_ column: Int) -> Bool {
    let name = names[column]
    return ["void", "voided", "annulled", "annule", "annullato", "anulado"].contains(name)
      || ["storno", "storniert", "cancel", "batal"].contains(where: name.contains)
  }

  /// A mapping as it would be asked for.
  func requests(for mapping: ImportMapping, in layout: ImportLayout) -> [MappingRequest] {
    ImportField.mappable(in: layout).compactMap { field in
      mapping[field].map { MappingRequest(field: field.rawValue, column: columnName($0)) }
    }
  }

  /// How a column is called in a mapping: by its name, or its number where that says more.
  func columnName(_ column: Int) -> String {
    let name = header[column]
    let isUnique = header.count { $0 == name } == 1
    return isUnique && !name.isEmpty ? name : "#\(column + 1)"
  }
}

extension TableLook {
  /// Leaves out a last line that the cut may have torn.
  private static func wholeLines(_ text: [UInt8], isWhole: Bool) -> [UInt8] {
    guard !isWhole, let end = text.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return text
    }
    return Array(text[...end])
  }

  private static func read(
    _ text: [UInt8], layout: TableLayout, linesAbove: Int = 0
  ) throws(ExchangeError) -> (layout: TableLayout, rows: [[String]]) {
    var rows: [[String]] = []
    do {
      let reader = try TableReader(text, layout: layout, hasHeader: false, linesAbove: linesAbove)
      do {
        while rows.count <= mostRows, let row = try reader.next() { rows.append(row.strings) }
      } catch  where !rows.isEmpty {
        // What is wrong further down is reported by the import, with all that stands before it.
      }
      return (reader.layout, rows)
    } catch let error as TableError {
      throw .table(error)
    } catch {
      preconditionFailure("a table in memory throws its own errors only")
    }
  }

  /// Whether the first line has no delimiter, but blanks between words.
  private static func standsApartByBlanks(_ text: [UInt8]) -> Bool {
    let lines = text.split(maxSplits: 1) { $0 == 0x0A || $0 == 0x0D }
    guard let line = lines.first, !line.contains(where: { ",;|\"".utf8.contains($0) }) else {
      return false
    }
    let words = line.split { $0 == 0x20 || $0 == 0x09 }
    if !line.contains(0x09) { return words.count > 1 }
    // Tabs divide fields that may hold blanks, except where all are numbers.
    return cdnowNames(words.map { String(decoding: $0, as: UTF8.self) }) != nil
  }

  /// The names of CDNOW's columns, where a first row without header is one of its rows.
  private static func cdnowNames(_ row: [String]) -> [String]? {
    let fields = row.map(\.trimmed)
    let isNumeric = fields.allSatisfy { field in
      field.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    }
    guard isNumeric, fields.count == 4 || fields.count == 5 else { return nil }
    let date = fields[fields.count - 3]
    guard date.utf8.count == 8, !date.utf8.contains(0x2E) else { return nil }
    let sample = fields.count == 5 ? ["sample_id"] : []
    return ["customer_id"] + sample + ["date", "number_of_cds", "dollar_value"]
  }
}
