/// Why a table file cannot be read on.
///
/// Lines count from 1.
package enum TableError: Error, Sendable, Hashable {
  /// The file is of another kind.
  case foreign(ForeignFormat)
  /// There is no row at all, not even a header.
  case empty
  case invalidUTF8(line: Int, offset: Int, looksLikeWindows1252: Bool)
  /// A byte 0, which no text has.
  case zeroByte(line: Int, offset: Int)
  case unterminatedQuote(line: Int)
  case fieldTooLong(line: Int, limit: Int)
  case rowTooLong(line: Int, limit: Int)
  case tooManyFields(line: Int, limit: Int)
  case tooManyRows(limit: Int)
  case outOfMemory
}

/// Kinds of files that are mistaken for tables of text, told by how they begin.
package enum ForeignFormat: String, Sendable, Hashable, CaseIterable {
  case excelWorkbook, oldExcelWorkbook, openDocument, zip, gzip, pdf, utf16, utf32, html, binary

  /// The kind that the first bytes of a file show; nil for what may be text in UTF-8.
  ///
  /// - Parameter prefix: The first bytes, best some thousands.
  /// - Returns: The kind, or nil.
  package static func detect(_ prefix: [UInt8]) -> ForeignFormat? {
    func begins(_ bytes: [UInt8]) -> Bool { prefix.starts(with: bytes) }
    if begins([0x50, 0x4B, 0x03, 0x04]) { return zipKind(prefix) }
    if begins([0xD0, 0xCF, 0x11, 0xE0]) { return .oldExcelWorkbook }
    if begins([0x1F, 0x8B]) { return .gzip }
    if begins(Array("%PDF-".utf8)) { return .pdf }
    if begins([0xFF, 0xFE, 0x00, 0x00]) || begins([0x00, 0x00, 0xFE, 0xFF]) { return .utf32 }
    if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) { return .utf16 }
    if looksLikeHTML(prefix) { return .html }
    guard prefix.contains(0) else { return nil }
    return looksLikeUTF16(prefix) ? .utf16 : .binary
  }

  private static func zipKind(_ prefix: [UInt8]) -> ForeignFormat {
    let head = String(decoding: prefix.prefix(8192), as: UTF8.self)
    if head.contains("opendocument") { return .openDocument }
    return head.contains("[Content_Types].xml") || head.contains("xl/") ? .excelWorkbook : .zip
  }

  private static func looksLikeHTML(_ prefix: [UInt8]) -> Bool {
    let head = String(decoding: prefix.prefix(256), as: UTF8.self).lowercased()
    let text = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return text.hasPrefix("<!doctype html") || text.hasPrefix("<html")
  }

  /// Latin text in UTF-16 has a zero in every other byte.
  private static func looksLikeUTF16(_ prefix: [UInt8]) -> Bool {
    let head = prefix.prefix(1024)
    let odd = head.indices.count { $0 % 2 == 1 && head[$0] == 0 }
    let even = head.indices.count { $0 % 2 == 0 && head[$0] == 0 }
    let half = head.count / 2
    return half > 1 && (odd * 10 >= half * 7 && even == 0 || even * 10 >= half * 7 && odd == 0)
  }
}

/// How large parts of a table file may grow, so that a broken file cannot fill the memory.
package struct TableLimits: Sendable, Hashable {
  /// Bytes in one field.
  package var fieldBytes: Int
  /// Bytes in one row.
  package var rowBytes: Int
  /// Fields in one row.
  package var fields: Int
  /// Rows in the file, the header not counted.
  package var rows: Int

  package init(
    fieldBytes: Int = 1 << 20, rowBytes: Int = 4 << 20, fields: Int = 4096, rows: Int = .max
  ) {
    self.fieldBytes = fieldBytes
    self.rowBytes = rowBytes
    self.fields = fields
    self.rows = rows
  }
}
