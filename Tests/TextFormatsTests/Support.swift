@testable import TextFormats

/// A small seeded generator (SplitMix64, Steele and others 2014), so that a failing case recurs.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// True once in so many times.
  mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }
}

/// The bytes of a text.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The first syntax error of a text, nil when it is JSON.
func syntaxError(_ bytes: [UInt8]) -> JSONSyntaxError? {
  do throws(JSONSyntaxError) {
    _ = try JSONDocument(parsing: bytes)
    return nil
  } catch { return error }
}

/// What came out of a table: each row's line, fields and issue, and the error that ended it.
struct TableResult: Equatable {
  struct Row: Equatable {
    var line: Int
    var fields: [String]
    var issue: RowIssue?
  }

  var rows: [Row] = []
  var failure: TableError?
}

/// Reads a table whole or in chunks of a size.
func readTable(
  _ bytes: [UInt8], layout: TableLayout = .delimited(by: 0x2C), chunk: Int = 1 << 16,
  hasHeader: Bool = false, limits: TableLimits = TableLimits()
) -> TableResult {
  var result = TableResult()
  var rest = bytes[...]
  do {
    let reader = try TableReader(
      layout: layout, hasHeader: hasHeader, limits: limits, chunkSize: chunk
    ) { buffer in
      let part = rest.prefix(buffer.count)
      buffer.replaceSubrange(0..<part.count, with: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
    while let row = try reader.next() {
      result.rows.append(.init(line: row.line, fields: row.strings, issue: row.issue))
    }
  } catch {
    result.failure = error as? TableError
  }
  return result
}
