package import LoyaltyModel
import TextFormats

/// Writes offers as a list for people or programs, a chunk at a time; same rows, same bytes.
///
/// Call ``append(_:)`` for each offer, ``finish()`` once at the end, and ``take()`` whenever enough
/// was gathered. The names of the fields are those of ``ExportField``.
package struct OfferExport: Sendable {
  /// The layout of the list.
  package enum Format: Sendable, Hashable {
    /// Comma-separated values with a header and CRLF.
    ///
    /// - Parameters:
    ///   - delimiter: What stands between fields.
    ///   - byteOrderMark: Whether to begin with the mark by which Excel sees UTF-8.
    case csv(delimiter: Delimiter = .comma, byteOrderMark: Bool = false)
    /// One array of objects, each on a line of its own.
    case json
    /// One object a line.
    case ndjson
    /// A table for a wiki, an e-mail or an issue.
    case markdown
    /// The CSV file that a service takes.
    case tool(CampaignTool)
  }

  /// What stands between the fields of a CSV file; the raw value is its ASCII code.
  package enum Delimiter: UInt8, Sendable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
  }

  /// The layout of the list.
  package let format: Format
  /// The currency of all amounts.
  package let currency: Currency
  /// How many offers were appended.
  package private(set) var count = 0
  private var csv: CSVWriter
  private var json: JSONWriter
  /// What was written of a JSON array, or of a Markdown table.
  private var bytes: [UInt8] = []

  /// Begins a list.
  package init(_ format: Format, currency: Currency) {
    (self.format, self.currency) = (format, currency)
    (csv, json) = (CSVWriter(), JSONWriter())
    switch format {
    case .csv(let delimiter, let mark):
      csv = CSVWriter(delimiter: delimiter.rawValue, byteOrderMark: mark)
      csv.row(ExportField.allCases.map(\.rawValue))
    case .json: bytes = Array("[".utf8)
    case .ndjson: break
    case .markdown: bytes = MarkdownRow.header(MarkdownRow.fields)
    case .tool(let tool): csv.row(tool.columns)
    }
  }

  /// Adds an offer.
  package mutating func append(_ row: ExportRow) {
    count += 1
    switch format {
    case .csv:
      appendCSV(
        ExportField.allCases.map {
          $0 == .phone ? ExportValue(phone: row.phone) : row.value($0, currency)
        })
    case .tool(let tool): appendCSV(tool.values(row, currency))
    case .json:
      appendObject(row)
      bytes += (count == 1 ? "\n" : ",\n").utf8
      bytes += json.take()
    case .ndjson:
      appendObject(row)
      json.newline()
    case .markdown: bytes += MarkdownRow.line(row, currency)
    }
  }

  /// Ends the list.
  package mutating func finish() {
    if format == .json { bytes += (count == 0 ? "]\n" : "\n]\n").utf8 }
  }

  /// Hands over what was written since the last time.
  package mutating func take() -> [UInt8] {
    switch format {
    case .csv, .tool: return csv.take()
    case .ndjson: return json.take()
    case .json, .markdown:
      defer { bytes.removeAll(keepingCapacity: true) }
      return bytes
    }
  }

  /// Writes a whole list to a sink, in chunks.
  ///
  /// - Parameters:
  ///   - rows: The offers, in the order of the list.
  ///   - format: The layout.
  ///   - currency: The currency of all amounts.
  ///   - sink: Takes the bytes in order.
  /// - Throws: What the sink throws.
  package static func write<Failure: Error>(
    _ rows: some Sequence<ExportRow>, as format: Format, currency: Currency,
    to sink: (borrowing [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var export = OfferExport(format, currency: currency)
    for row in rows {
      export.append(row)
      if export.count % 1024 == 0 { try sink(export.take()) }
    }
    export.finish()
    try sink(export.take())
  }
}

extension OfferExport {
  private mutating func appendCSV(_ values: [ExportValue]) {
    for value in values {
      switch value {
      case .number(let number): csv.number(number)
      case .money(let units): csv.number(minorUnits: units, digits: currency.digits)
      case .text(let text): csv.text(PlainText.withoutControls(text, keepsLines: true))
      case .plain(let text): csv.number(text)
      case .none: csv.empty()
      }
    }
    csv.endRow()
  }

  private mutating func appendObject(_ row: ExportRow) {
    json.beginObject()
    for field in ExportField.allCases {
      json.key(text: field.rawValue)
      switch row.value(field, currency) {
      case .number(let number): json.int(number)
      case .money(let units): json.decimalString(minorUnits: units, digits: currency.digits)
      case .text(let text), .plain(let text): json.string(text)
      case .none: json.null()
      }
    }
    json.endObject()
  }
}
