import Testing

@testable import TerminalKit

private let modern = RenderContext()
private let ascii = RenderContext(capabilities: Capabilities(unicode: false, colorDepth: .none))

/// The rows of a widget drawn alone.
private func lines(
  _ widget: some Widget, _ width: Int, _ height: Int, _ context: RenderContext = modern
) -> [String] {
  var frame = Frame(width: width, height: height)
  frame.draw(widget, in: frame.bounds, context)
  return frame.textLines
}

@Suite struct WidgetTests {
  @Test func panes() {
    #expect(
      lines(Pane(title: "Card", note: "2 of 9"), 22, 3) == [
        "┌─ Card ──── 2 of 9 ─┐", "│                    │", "└────────────────────┘",
      ])
    #expect(lines(Pane(title: "Card"), 10, 2, ascii) == ["+- Card -+", "+--------+"])
    #expect(lines(Pane(title: "A long title"), 10, 2, ascii).first == "+- A l~ -+")
    #expect(lines(Pane(title: "x"), 1, 1) == [""])
  }

  @Test(arguments: [
    (0.0, "░░░░"), (0.5, "██░░"), (0.6, "██▍░"), (1.0, "████"), (7, "████"), (0.001, "▏░░░"),
    (-.infinity, "░░░░"), (.nan, "░░░░"),
  ])
  func gauges(fraction: Double, expected: String) {
    #expect(lines(Gauge(fraction, label: "x"), 6, 1) == [expected + " x"])
  }

  @Test func asciiGauge() {
    #expect(lines(Gauge(0.5, label: "50 %"), 15, 1, ascii) == ["#####..... 50 %"])
  }

  @Test func barCharts() {
    let chart = BarChart([
      Bar("high", value: 8, valueText: "8.00"), Bar("mid", value: 2, valueText: "2.00"),
      Bar("none", value: 0, valueText: "0.00"),
    ])
    #expect(
      lines(chart, 20, 3) == [
        "high ██████████ 8.00", "mid  ██▌        2.00", "none            0.00",
      ])
    #expect(
      lines(chart, 20, 2, ascii) == ["high ########## 8.00", "mid  ###        2.00"])
    #expect(lines(BarChart([Bar("a", value: .nan, valueText: "?")]), 9, 1) == ["a       ?"])
  }

  @Test func sparklines() {
    #expect(Sparkline([0, 1, 2, 4, 8]).text(width: 9, unicode: true) == " ▂▃▅█")
    #expect(Sparkline([0, 1, 2, 4, 8]).text(width: 9, unicode: false) == " .-+@")
    #expect(Sparkline([1, 3, 8, 8]).text(width: 2, unicode: true) == "▃█")
    #expect(Sparkline([.nan, 0]).text(width: 2, unicode: true) == "  ")
  }

  @Test func lineCharts() {
    let rising = LineChart(
      [.init(x: 0, y: 0), .init(x: 1, y: 1)], verticalLabels: ("100", "0"),
      horizontalLabels: ("best", "all"))
    // The dots, worked out by hand from a line of 20 × 8 dots.
    #expect(
      lines(rising, 14, 4) == [
        "100│     ⣀⡠⠔⠒⠉", "  0│⣀⠤⠔⠊⠉", "   └──────────", "    best   all",
      ])
    #expect(
      lines(rising, 10, 8, ascii) == [
        "100|     *", "   |    *", "   |   *", "   |  *", "   | *", "  0|*", "   +------",
        "    best",
      ])
  }

  @Test func footersDropWholeHintsByPriority() {
    let footer = Footer([
      KeyHint(key: "↑", label: "Move", priority: 1),
      KeyHint(key: "a", label: "Approve", priority: 5),
      KeyHint(key: "q", label: "Quit", priority: 9),
    ])
    #expect(lines(footer, 30, 1) == ["↑ Move  a Approve  q Quit"])
    #expect(lines(footer, 24, 1) == ["a Approve  q Quit"])
    #expect(lines(footer, 10, 1) == ["q Quit"])
    #expect(lines(footer, 5, 1) == [""])
  }

  @Test(arguments: [
    (100, 10, 0, 0..<1), (100, 10, 90, 9..<10), (100, 10, 1, 1..<2), (100, 10, 89, 8..<9),
    (20, 10, 10, 5..<10), (10, 10, 0, 0..<0), (5, 10, 0, 0..<0),
  ])
  func scrollbarThumbs(total: Int, visible: Int, top: Int, expected: Range<Int>) {
    #expect(Scrollbar(total: total, visible: visible, top: top).thumb(height: 10) == expected)
  }

  @Test func paragraphsAndLabels() {
    #expect(lines(Paragraph("one two three", skipping: 1), 7, 3) == ["three", "", ""])
    #expect(lines(Paragraph("ab", alignment: .center), 6, 1) == ["  ab"])
    #expect(
      lines(Label([Span("Ann "), Span("Müller-Lüdenscheidt", .muted)]), 12, 1) == ["Ann Müller-…"])
  }
}
