import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit
import TextFormats

/// How a command writes what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// Aligned columns for people.
  case table
  /// One JSON value.
  case json
  /// One JSON object a line.
  case ndjson
  /// Comma-separated values with a header, safe for spreadsheets.
  case csv
}

/// Writes records to standard output in the format asked for; never an escape code.
struct Printer {
  let format: OutputFormat
  var display = DisplayFormat()

  /// Writes a list of records; a table says what is missing when there are none.
  func print(_ records: [Record], empty: String) {
    switch format {
    case .table: records.isEmpty ? line(empty) : table(records)
    case .json:
      var writer = JSONWriter(pretty: true)
      writer.beginArray()
      for record in records { writer.record(record) }
      writer.endArray()
      writer.newline()
      StandardOutput.write(writer.bytes)
    case .ndjson: lines(records)
    case .csv: commaSeparated(records)
    }
  }

  /// Writes one record: an object, or a table of names and values.
  func print(_ record: Record) {
    switch format {
    case .table: pairs(record)
    case .json:
      var writer = JSONWriter(pretty: true)
      writer.record(record)
      writer.newline()
      StandardOutput.write(writer.bytes)
    case .ndjson: lines([record])
    case .csv: commaSeparated([record])
    }
  }

  /// A number with its noun: `1 rule`, `2 rules`.
  func counted(_ number: Int, _ noun: String) -> String {
    "\(display.number(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Writes a line for people, made harmless.
  func line(_ text: String) { StandardOutput.write(Array((SafeText.shown(text) + "\n").utf8)) }

  private func lines(_ records: [Record]) {
    var writer = JSONWriter()
    for record in records {
      writer.record(record)
      writer.newline()
      if writer.bytes.count > 1 << 16 { StandardOutput.write(writer.take()) }
    }
    StandardOutput.write(writer.bytes)
  }

  private func commaSeparated(_ records: [Record]) {
    guard let first = records.first else { return }
    var writer = CSVWriter()
    for field in first.fields { writer.text(field.name) }
    writer.endRow()
    for record in records {
      for field in record.fields {
        let text = field.value.plain
        switch field.value {
        case .phone: writer.phone(SafeText.shown(text))
        case let value where value.isNumeric: writer.number(text)
        default: writer.text(SafeText.shown(text))
        }
      }
      writer.endRow()
    }
    StandardOutput.write(writer.bytes)
  }

  private func table(_ records: [Record]) {
    let names = records[0].fields.map { $0.name.replacing("_", with: " ") }
    let rows = records.map { $0.fields.map { $0.value.cell(display) } }
    var widths = names.map(TextWidth.of)
    for row in rows {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(widths[column], TextWidth.of(TextWidth.displayText(cell.text)))
      }
    }
    let numeric = names.indices.map { column in
      rows.contains { $0[column].isNumber }
        && rows.allSatisfy { $0[column].isNumber || $0[column].text == "–" }
    }
    func joined(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, text in
        TextWidth.padded(
          text, to: widths[column], alignment: numeric[column] ? .trailing : .leading)
      }
      return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
    line(joined(names))
    line(joined(widths.map { String(repeating: "-", count: $0) }))
    for row in rows { line(joined(row.map { TextWidth.displayText($0.text) })) }
  }

  private func pairs(_ record: Record) {
    let width = record.fields.map { $0.name.count }.max() ?? 0
    for field in record.fields {
      let name = field.name.replacing("_", with: " ")
      line(
        TextWidth.padded(name, to: width, alignment: .leading) + "  "
          + field.value.cell(display).text)
    }
  }
}

extension JSONWriter {
  /// Writes a record as an object.
  mutating func record(_ record: Record) {
    beginObject()
    for field in record.fields {
      key(text: field.name)
      value(field.value)
    }
    endObject()
  }

  private mutating func value(_ value: Record.Value) {
    switch value {
    case .null: null()
    case .text(let text), .phone(let text): string(text)
    case .integer(let number), .identifier(let number): int(number)
    case .number(let number): double(number)
    case .flag(let flag): bool(flag)
    case .money(let amount, let currency):
      decimalString(minorUnits: amount, digits: currency.digits)
    case .list(let values):
      beginArray()
      for element in values { self.value(element) }
      endArray()
    case .record(let nested): record(nested)
    }
  }
}
