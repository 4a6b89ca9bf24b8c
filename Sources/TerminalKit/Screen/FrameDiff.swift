/// Cells to be painted side by side in one style.
package struct FrameRun: Equatable, Sendable {
  /// The row.
  package var y: Int
  /// The first column.
  package var x: Int
  /// The columns covered.
  package var width: Int
  /// The look of all of them.
  package var style: Style
  /// Printable ASCII of any length, or one other cluster.
  package var text: String
  /// Whether the text is printable ASCII.
  package var isASCII: Bool
}

extension Frame {
  /// What has to be painted to turn a screen that shows `old` into one that shows this frame.
  ///
  /// Unchanged cells are left out. Terminals differ on the width of clusters of several scalars, so
  /// where one of them or its neighbour changes, all that stand in a row with it come anew.
  /// - Parameter old: What is on the screen, a blank one when nil or of another size.
  /// - Returns: Runs from top to bottom and left to right.
  package func changes(since old: Frame?) -> [FrameRun] {
    let old = old?.size == size ? old ?? Frame(size) : Frame(size)
    var runs: [FrameRun] = []
    for y in 0..<height where !showsSameRow(as: old, y) {
      appendRuns(ofRow: y, changed: changedCells(ofRow: y, since: old), to: &runs)
    }
    return runs
  }

  private func showsSameRow(as old: Frame, _ y: Int) -> Bool {
    let row = (y * width)..<((y + 1) * width)
    if clusters.isEmpty, old.clusters.isEmpty { return cells[row] == old.cells[row] }
    return row.allSatisfy { showsSame(as: old, at: $0) }
  }

  /// Which cells of a row are to be painted.
  private func changedCells(ofRow y: Int, since old: Frame) -> [Bool] {
    let row = (y * width)..<((y + 1) * width)
    var changed = row.map { !showsSame(as: old, at: $0) }
    var x = 0
    while x < width {
      // A cluster that is drawn too wide covers the cell behind it.
      let first = x
      while x < width, isDelicate(row.lowerBound + x) || old.isDelicate(row.lowerBound + x) {
        x += 1
      }
      let covered = first..<min(width, x == first ? x : x + 1)
      if changed[covered].contains(true) { for place in covered { changed[place] = true } }
      x = max(covered.upperBound, first + 1)
    }
    return changed
  }

  /// Whether a cell belongs to a cluster of several scalars.
  private func isDelicate(_ index: Int) -> Bool {
    var head = index
    while head % width > 0, cells[head].isContinuation { head -= 1 }
    return cells[head].glyph.tableIndex != nil
  }

  private func appendRuns(ofRow y: Int, changed: [Bool], to runs: inout [FrameRun]) {
    let start = y * width
    var x = 0
    while x < width {
      guard changed[x] else {
        x += 1
        continue
      }
      // A changed tail is painted by its head, which comes first unless it is the same.
      while x > 0, cells[start + x].isContinuation { x -= 1 }
      let run = cells[start + x].glyph.isASCII ? asciiRun(y, x, changed) : clusterRun(y, x)
      runs.append(run)
      x += run.width
    }
  }

  private func asciiRun(_ y: Int, _ first: Int, _ changed: [Bool]) -> FrameRun {
    let start = y * width
    let style = cells[start + first].style
    var bytes: [UInt8] = []
    var x = first
    while x < width {
      let cell = cells[start + x]
      guard changed[x], cell.style == style, let byte = cell.glyph.asciiByte else { break }
      bytes.append(byte)
      x += 1
    }
    return FrameRun(
      y: y, x: first, width: bytes.count, style: style,
      text: String(decoding: bytes, as: UTF8.self), isASCII: true)
  }

  private func clusterRun(_ y: Int, _ first: Int) -> FrameRun {
    let start = y * width
    var end = first + 1
    while end < width, cells[start + end].isContinuation { end += 1 }
    let cell = cells[start + first]
    return FrameRun(
      y: y, x: first, width: end - first, style: cell.style, text: text(of: cell.glyph),
      isASCII: false)
  }
}

extension Glyph {
  /// The glyph as a printable ASCII byte, if it is one.
  var asciiByte: UInt8? { bits < 0x7F ? UInt8(bits) : nil }

  /// Whether it is printable ASCII.
  var isASCII: Bool { bits < 0x7F }
}
