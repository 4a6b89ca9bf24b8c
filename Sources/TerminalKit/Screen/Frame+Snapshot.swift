extension Frame {
  /// What the frame shows, one string a row, without trailing spaces.
  package var textLines: [String] {
    (0..<height).map { line($0, from: 0, to: width) }
  }

  /// The text of a frame as one block, for golden files; every row ends with a newline.
  package var snapshot: String {
    textLines.reduce(into: "") { $0 += $1 + "\n" }
  }

  /// The text with looks: each run that is not plain stands as `{style|text}`, and the place of
  /// the hardware cursor follows the rows as `cursor x,y`.
  package var styledLines: [String] {
    var lines = (0..<height).map(styledLine)
    if let cursor { lines.append("cursor \(cursor.x),\(cursor.y)") }
    return lines
  }

  /// The text of some columns of one row, without trailing spaces.
  package func line(_ y: Int, from first: Int, to end: Int) -> String {
    var line = ""
    var spaces = 0
    for x in first..<max(first, end) {
      let text = text(x: x, y: y)
      if text == " " {
        spaces += 1
        continue
      }
      line += String(repeating: " ", count: spaces) + text
      spaces = 0
    }
    return line
  }

  private func styledLine(_ y: Int) -> String {
    var line = ""
    var x = 0
    while x < width {
      let style = self[x, y].style
      var text = ""
      while x < width, self[x, y].style == style {
        text += self.text(x: x, y: y)
        x += 1
      }
      line += style == .plain ? text : "{\(style.spelled)|\(text)}"
    }
    return line.droppingTrailingSpaces
  }
}

extension Style {
  /// The style in words, as `red on blue bold`.
  package var spelled: String {
    var words: [String] = []
    if foreground != .standard { words.append(foreground.spelled) }
    if background != .standard { words += ["on", background.spelled] }
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"), (.strike, "strike"),
    ]
    words += names.filter { attributes.contains($0.0) }.map(\.1)
    return words.joined(separator: " ")
  }
}

extension Color {
  /// The colour in words: `default`, a base colour's name, `#` and a palette number or hex digits.
  package var spelled: String {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    switch kind {
    case .standard: return "default"
    case .ansi(let index): return (index < 8 ? "" : "bright-") + names[Int(index & 7)]
    case .palette(let index): return "#\(index)"
    case .rgb(let red, let green, let blue):
      return [red, green, blue].reduce(into: "#") { text, part in
        text += (part < 16 ? "0" : "") + String(part, radix: 16)
      }
    }
  }
}

extension String {
  /// The string without the spaces at its end.
  var droppingTrailingSpaces: String {
    var result = Substring(self)
    while result.last == " " { result.removeLast() }
    return String(result)
  }
}
