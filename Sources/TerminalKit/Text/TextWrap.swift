/// Breaks text into lines of a width.
package enum TextWrap {
  /// The lines of `text`, none wider than `width` columns, as displayed.
  ///
  /// Lines break at spaces, after wide characters, within a word only when it is longer than a
  /// line, and at every newline. Spaces at a break vanish.
  package static func lines(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { paragraph(String($0), width: width) }
  }

  private static func paragraph(_ text: String, width: Int) -> [String] {
    var breaker = LineBreaker(width: width)
    for cluster in TextWidth.clusters(of: text) { breaker.add(cluster) }
    return breaker.finish()
  }
}

/// Collects words into lines.
private struct LineBreaker {
  let width: Int
  private var lines: [String] = []
  private var line = ""
  private var lineWidth = 0
  private var spaces = 0
  private var word = ""
  private var wordWidth = 0

  init(width: Int) { self.width = width }

  mutating func add(_ cluster: Cluster) {
    if cluster.text == " " {
      endWord()
      spaces += 1
      return
    }
    if wordWidth + cluster.width > width { endWord() }
    word += cluster.text
    wordWidth += cluster.width
    if cluster.width > 1 { endWord() }
  }

  mutating func finish() -> [String] {
    endWord()
    return lines + [line]
  }

  private mutating func endWord() {
    guard wordWidth > 0 else { return }
    if lineWidth > 0 || !lines.isEmpty || spaces < width {
      let fits = lineWidth + spaces + wordWidth <= width
      if fits {
        line += String(repeating: " ", count: spaces)
        lineWidth += spaces
      } else {
        if lineWidth > 0 { lines.append(line) }
        line = ""
        lineWidth = 0
      }
    }
    line += word
    lineWidth += wordWidth
    (spaces, word, wordWidth) = (0, "", 0)
  }
}
