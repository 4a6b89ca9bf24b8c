// The words of this target's errors about tables, amounts and dates.

extension TableError {
  /// What is wrong, where, and what to do.
  package var message: String {
    switch self {
    case .foreign(let format): format.message
    case .empty: "The file is empty; it has not even a header line."
    case .invalidUTF8(let line, let offset, let looksLikeWindows1252):
      "line \(line), byte \(offset + 1) of the file: this is not UTF-8"
        + (looksLikeWindows1252 ? ", perhaps Windows-1252 (ANSI)" : "")
        + ". Save the file as CSV UTF-8."
    case .zeroByte(let line, let offset):
      "line \(line), byte \(offset + 1) of the file: a zero byte, which no text has. "
        + "The file is damaged or is no CSV."
    case .unterminatedQuote(let line):
      "line \(line): a quote opens a field that begins in this line, and nothing closes it."
    case .fieldTooLong(let line, let limit):
      "line \(line): a field is longer than \(limit) bytes; is a closing quote missing?"
    case .rowTooLong(let line, let limit): "line \(line): the row is longer than \(limit) bytes."
    case .tooManyFields(let line, let limit):
      "line \(line): the row has more than \(limit) fields; is the delimiter right?"
    case .tooManyRows(let limit): "The file has more than \(limit) rows; split it."
    case .outOfMemory: "There is not enough memory to read the file."
    }
  }
}

extension ForeignFormat {
  /// What the file is and what to do.
  package var message: String {
    switch self {
    case .excelWorkbook: "This is an Excel workbook: save it as CSV UTF-8 and import that."
    case .oldExcelWorkbook: "This is an old Excel or Office file: save it as CSV and import that."
    case .openDocument: "This is an OpenDocument file: save it as CSV (UTF-8) and import that."
    case .zip: "This is a zip archive: unpack it and import the CSV files inside."
    case .gzip: "This file is compressed: unpack it with gunzip and import what comes out."
    case .pdf: "This is a PDF: ask for the same data as CSV."
    case .utf16: "This file is UTF-16 (\"Unicode text\"): save it as CSV UTF-8."
    case .utf32: "This file is UTF-32: save it as CSV UTF-8."
    case .html: "This is a web page: export the table as CSV."
    case .binary: "This is a binary file, not a table of text."
    }
  }
}

extension RowIssue {
  /// What is wrong with the row.
  package var message: String {
    switch self {
    case .tooFewFields(let expected, let found):
      "\(found) \(found == 1 ? "field" : "fields") where the header has \(expected)."
    case .tooManyFields(let expected, let found):
      "\(found) fields where the header has \(expected); is a quote missing?"
    case .strayQuote:
      "A quote stands inside a field; put the field in quotes and double the quote inside."
    }
  }
}

extension AmountError {
  /// What is wrong and what to do.
  package var message: String {
    switch self {
    case .empty: "The amount is empty."
    case .notAnAmount(let text): "\(text.quoted) is no amount."
    case .ambiguous(let text, let decimal, let thousands):
      "\(text.quoted) can mean \(decimal) or \(thousands); say which sign stands before decimals."
    case .otherStyle(let text, let expected):
      "\(text.quoted) is not written with a decimal \(expected == .decimalComma ? "comma" : "point")."
    case .badGrouping(let text): "\(text.quoted): thousands must be groups of three digits."
    case .tooPrecise(let text, let allowed):
      "\(text.quoted) has more than \(allowed) \(allowed == 1 ? "decimal" : "decimals")."
    case .overflow(let text): "\(text.quoted) is larger than an amount may be."
    }
  }
}

extension DateError {
  /// What is wrong and what to do.
  package var message: String {
    switch self {
    case .empty: "The date is empty."
    case .notADate(let text): "\(text.quoted) is no date; write it as 2025-11-30."
    case .noSuchMonth(let text, let month): "\(text.quoted): there is no month \(month)."
    case .noSuchDay(let text, let year, let month, let day):
      "\(text.quoted): month \(month) of \(year) has no day \(day)."
    case .ambiguous(let text, let dayFirst, let monthFirst):
      "\(text.quoted) can mean \(dayFirst) or \(monthFirst); say whether the day comes first."
    case .shortYear(let text): "\(text.quoted): write the year with four digits."
    case .badTime(let text): "\(text.quoted): the time is none; write it as 17:09 or 17:09:34."
    case .badZone(let text):
      "\(text.quoted): the time zone is not known; write Z or a distance such as -03:00."
    }
  }
}
