/// How far something has come.
package struct Gauge: Widget, Equatable {
  /// The part that is done, from 0 to 1.
  package var fraction: Double
  /// What stands to the right of the bar, such as `37 %`.
  package var label: String
  /// What the bar stands for.
  package var role: Role

  /// A gauge; a fraction outside 0–1 is drawn as the nearer of them, and what is no number as 0.
  package init(_ fraction: Double, label: String = "", role: Role = .bar) {
    self.fraction = fraction
    self.label = label
    self.role = role
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard !rect.isEmpty else { return }
    let labelWidth = label.isEmpty ? 0 : TextWidth.of(label) + 1
    let barWidth = max(0, rect.width - labelWidth)
    let bar = Blocks.bar(fraction, width: barWidth, unicode: context.capabilities.unicode)
    let used = frame.put(bar, x: rect.x, y: rect.y, style: context[role], width: barWidth)
    let track = String(repeating: context.symbol("░", ascii: "."), count: barWidth - used)
    frame.put(track, x: rect.x + used, y: rect.y, style: context[.track])
    guard labelWidth > 0 else { return }
    let place = rect.x + barWidth + (barWidth > 0 ? 1 : 0)
    frame.put(label, x: place, y: rect.y, style: context[.text], width: rect.maxX - place)
  }
}

/// Bars drawn with characters.
enum Blocks {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  static let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  static let asciiLevels = ["_", ".", "-", "=", "+", "*", "#", "@"]

  /// A number as a fraction: what is no number is 0.
  static func clamped(_ value: Double) -> Double { value > 0 ? min(1, value) : 0 }

  /// A bar that fills `fraction` of `width` columns, in eighths where the terminal can; anything
  /// above 0 shows at least a trace.
  static func bar(_ fraction: Double, width: Int, unicode: Bool) -> String {
    guard width > 0 else { return "" }
    let part = clamped(fraction)
    let steps = unicode ? 8 : 1
    var count = Int((part * Double(width * steps)).rounded())
    if part > 0 { count = max(1, count) }
    guard unicode else { return String(repeating: "#", count: count) }
    return String(repeating: "█", count: count / 8) + eighths[count % 8]
  }

  private static let shades = ["·", "░", "▒", "▓", "█"]
  private static let asciiShades = [".", ":", "+", "*", "#"]

  /// The character for a share from 0 to 1: each stands for a fifth.
  static func shade(_ share: Double, unicode: Bool) -> String {
    let set = unicode ? shades : asciiShades
    return set[min(set.count - 1, Int(clamped(share) * Double(set.count)))]
  }

  /// The character for a height from 0 to 1.
  static func level(_ fraction: Double, unicode: Bool) -> String {
    let set = unicode ? levels : asciiLevels
    return set[min(set.count - 1, Int(clamped(fraction) * Double(set.count)))]
  }
}
