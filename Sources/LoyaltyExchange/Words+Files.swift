package import LoyaltyModel
package import TextFormats

// What is wrong with tables, and with amounts and days as people write them.

extension TableError {
  /// What is wrong, where, and what to do.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .foreign(let format): wording[format.key]
    case .empty: wording["table.empty"]
    case .invalidUTF8(let line, let offset, let looksLikeWindows1252):
      wording(
        looksLikeWindows1252 ? "table.not-utf-8.windows" : "table.not-utf-8",
        ["line": "\(line)", "byte": "\(offset + 1)"])
    case .zeroByte(let line, let offset):
      wording("table.zero-byte", ["line": "\(line)", "byte": "\(offset + 1)"])
    case .unterminatedQuote(let line): wording("table.quote", ["line": "\(line)"])
    case .fieldTooLong(let line, let limit):
      wording("table.field-too-long", ["line": "\(line)", "limit": "\(limit)"])
    case .rowTooLong(let line, let limit):
      wording("table.row-too-long", ["line": "\(line)", "limit": "\(limit)"])
    case .tooManyFields(let line, let limit):
      wording("table.too-many-fields", ["line": "\(line)", "limit": "\(limit)"])
    case .tooManyRows(let limit): wording("table.too-many-rows", ["limit": "\(limit)"])
    case .outOfMemory: wording["table.out-of-memory"]
    }
  }
}

extension ForeignFormat {
  /// The key of the text that says what the file is and what to do.
  fileprivate var key: String {
    switch self {
    case .excelWorkbook: "table.is.excel"
    case .oldExcelWorkbook: "table.is.old-excel"
    case .openDocument: "table.is.open-document"
    case .zip: "table.is.zip"
    case .gzip: "table.is.gzip"
    case .pdf: "table.is.pdf"
    case .utf16: "table.is.utf-16"
    case .utf32: "table.is.utf-32"
    case .html: "table.is.html"
    case .binary: "table.is.binary"
    }
  }
}

extension RowIssue {
  /// What is wrong with the row.
  func message(_ wording: Wording) -> String {
    switch self {
    case .tooFewFields(let expected, let found):
      wording(
        "reject.few-fields", count: found, ["n": "\(found)", "expected": "\(expected)"])
    case .tooManyFields(let expected, let found):
      wording("reject.many-fields", ["n": "\(found)", "expected": "\(expected)"])
    case .strayQuote: wording["reject.stray-quote"]
    }
  }
}

extension AmountError {
  /// What is wrong and what to do.
  func message(_ wording: Wording) -> String {
    switch self {
    case .empty: wording["reject.amount.empty"]
    case .notAnAmount(let text): wording("reject.amount.none", ["text": text.quoted])
    case .ambiguous(let text, let decimal, let thousands):
      wording(
        "reject.amount.ambiguous",
        ["text": text.quoted, "decimal": decimal, "thousands": thousands])
    case .otherStyle(let text, let expected):
      wording(
        expected == .decimalComma ? "reject.amount.no-comma" : "reject.amount.no-point",
        ["text": text.quoted])
    case .badGrouping(let text): wording("reject.amount.grouping", ["text": text.quoted])
    case .tooPrecise(let text, let allowed):
      wording(
        "reject.amount.too-precise", count: allowed, ["text": text.quoted, "n": "\(allowed)"])
    case .overflow(let text): wording("reject.amount.too-large", ["text": text.quoted])
    }
  }
}

extension DateError {
  /// What is wrong, and how to write it.
  func message(_ wording: Wording) -> String {
    switch self {
    case .empty: wording["reject.date.empty"]
    case .notADate(let text): wording("reject.no-date", ["text": text.quoted])
    case .noSuchMonth(let text, let month):
      wording("reject.month", ["month": "\(month)", "text": SafeText.shown(text, limit: 40)])
    case .noSuchDay(let text, let year, let month, let day):
      wording(
        "reject.day",
        [
          "month": "\(month)", "year": "\(year)", "day": "\(day)",
          "text": SafeText.shown(text, limit: 40),
        ])
    case .ambiguous(let text, let dayFirst, let monthFirst):
      wording(
        "reject.date.ambiguous",
        ["text": text.quoted, "day": "\(dayFirst)", "month": "\(monthFirst)"])
    case .shortYear(let text): wording("reject.date.short-year", ["text": text.quoted])
    case .badTime(let text): wording("reject.date.time", ["text": text.quoted])
    case .badZone(let text): wording("reject.date.zone", ["text": text.quoted])
    }
  }
}
