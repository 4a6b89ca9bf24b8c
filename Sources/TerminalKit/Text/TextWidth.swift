/// Measures and cuts text by columns of the screen.
package enum TextWidth {
  /// The columns that `text` occupies when shown.
  package static func of(_ text: String) -> Int {
    if isPlainASCII(text) { return text.utf8.count }
    var width = 0
    Clusters.forEach(in: text) { cluster in
      width += cluster.width
      return true
    }
    return width
  }

  /// `text` as it is shown: NFC, tabs and line ends a blank, other control characters a `�`, invisible characters left out.
  package static func displayText(_ text: String) -> String {
    if isPlainASCII(text) { return text }
    return clusters(of: text).reduce(into: "") { $0 += $1.text }
  }

  /// The clusters of `text` in reading order.
  package static func clusters(of text: String) -> [Cluster] {
    var clusters: [Cluster] = []
    Clusters.forEach(in: text) { cluster in
      clusters.append(cluster)
      return true
    }
    return clusters
  }

  /// The longest beginning of `text` that fits into `width` columns, cut between clusters.
  ///
  /// When something had to go and `ellipsis` is not empty, the result ends with it and still fits.
  package static func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    guard of(text) > width else { return displayText(text) }
    guard width > 0 else { return "" }
    let mark = of(ellipsis) <= width ? ellipsis : ""
    let room = width - of(mark)
    var result = ""
    var used = 0
    Clusters.forEach(in: text) { cluster in
      guard used + cluster.width <= room else { return false }
      result += cluster.text
      used += cluster.width
      return true
    }
    return result + mark
  }

  /// `text` cut or filled with spaces to exactly `width` columns.
  package static func padded(
    _ text: String, to width: Int, alignment: Alignment = .leading, ellipsis: String = "…"
  ) -> String {
    let cut = truncated(text, to: width, ellipsis: ellipsis)
    let free = max(0, width - of(cut))
    let before = alignment.offset(free: free)
    return String(repeating: " ", count: before) + cut
      + String(repeating: " ", count: free - before)
  }

  /// Whether every byte is a printable ASCII character, which needs no further care.
  static func isPlainASCII(_ text: String) -> Bool {
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F { return false }
    return true
  }
}

/// Where text stands within the columns given to it.
package enum Alignment: Sendable, Equatable {
  /// At the left edge.
  case leading
  /// In the middle, the odd column to the right.
  case center
  /// At the right edge, as numbers are.
  case trailing

  /// How many of `free` columns stand before the text.
  func offset(free: Int) -> Int {
    switch self {
    case .leading: 0
    case .center: free / 2
    case .trailing: free
    }
  }
}
