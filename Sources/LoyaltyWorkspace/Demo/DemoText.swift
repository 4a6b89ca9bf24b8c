/// A data file of the demo: lines of a key, a space and a value; `#` begins a remark.
struct DemoText {
  /// Keys and values in the order of the lines.
  let lines: [(key: Substring, value: Substring)]

  /// The lines of a text; empty ones and remarks are left out.
  init(_ text: String) {
    lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }
  }

  /// The values of all lines with a key.
  func values(_ key: String) -> [String] {
    lines.filter { $0.key == key }.map { String($0.value) }
  }

  /// The value of the first line with a key, or nothing.
  func value(_ key: String) -> String { values(key).first ?? "" }

  /// The parts of all lines with a key that stand between `|`.
  func rows(_ key: String) -> [[String]] { values(key).map(DemoText.columns) }

  /// The items of the lists that stand after a key, separated by commas.
  func items(_ key: String) -> [String] {
    values(key).flatMap { $0.split(separator: ",").map { DemoText.trimmed($0) } }
  }

  /// The parts of a line that stand between `|`.
  static func columns(_ line: some StringProtocol) -> [String] {
    String(line).split(separator: "|").map { trimmed($0) }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// A whole number with leading zeros up to a width.
func zeroPadded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return text.utf8.count < width
    ? String(repeating: "0", count: width - text.utf8.count) + text : text
}
