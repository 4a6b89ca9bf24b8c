import Dispatch
import Synchronization

/// The screens as numbered lines, for screen readers and for terminals that can do no more than
/// print: lines of text in, keys out.
///
/// A line that is read holds keys by their names (`down`, `enter`, `esc`, `a`), divided by blanks; a
/// line that begins with an apostrophe is typed as it is; an empty one has the screen said again.
/// Of a screen that changed a little, only the lines that changed are said.
package final class PlainTerminal: Terminal {
  package let size: Size
  package let capabilities: Capabilities
  private let input = Input()
  private let write: (String) -> Void
  private var said: [String] = []
  private var pending: [TerminalEvent] = []

  /// A terminal of lines.
  ///
  /// - Parameters:
  ///   - size: The extent of the screens; a narrow one puts their parts one below the other.
  ///   - unicode: Whether text may go beyond ASCII.
  ///   - readLine: The next line without its end, waiting for it; nil at the end.
  ///   - write: Takes text to be said.
  package init(
    size: Size = Size(width: 62, height: 40), unicode: Bool,
    readLine: @escaping @Sendable () -> String?, write: @escaping (String) -> Void
  ) {
    (self.size, self.write) = (size, write)
    var plain = Capabilities()
    (plain.unicode, plain.colorDepth) = (unicode, .none)
    capabilities = plain
    let input = input
    DispatchQueue(label: "ladder lines").async {
      while let line = readLine() { input.add(.line(line)) }
      input.add(.end)
    }
  }

  package var waker: Waker { Waker { [input] in input.add(.wake) } }

  package func setMouse(enabled: Bool) {}

  package func suspended<Result>(_ body: () -> Result) -> Result { body() }

  // MARK: Saying

  package func draw(_ frame: Frame) {
    let lines = Self.lines(of: frame)
    guard lines != said else { return }
    let changed = lines.indices.filter { !said.indices.contains($0) || said[$0] != lines[$0] }
    let isNew = said.count != lines.count || changed.count > lines.count / 2
    say(isNew ? Array(lines.indices) : changed, of: lines)
    said = lines
  }

  private func say(_ rows: [Int], of lines: [String]) {
    for row in rows where !lines[row].isEmpty { write("\(row + 1): \(lines[row])\n") }
    write("> ")
  }

  /// The text of each row without the lines of boxes.
  static func lines(of frame: Frame) -> [String] {
    frame.textLines.map { line in
      let plain = line.map { "│┃┌┐└┘├┤┬┴┼─━█▐".contains($0) ? " " : $0 }
      // Runs of the signs that boxes have in ASCII say nothing; single ones may belong to a text.
      let words = String(plain).split(separator: " ").filter { word in
        !word.allSatisfy { "+-|".contains($0) } || (word.count == 1 && word == "-")
      }
      return words.joined(separator: " ")
    }
  }

  // MARK: Listening

  package func nextEvent(timeout milliseconds: Int?) -> TerminalEvent? {
    // Keys of one line are pressed one after the other, each when its screen was said.
    if milliseconds == 0 { return input.takeWake() ? .wake : nil }
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      guard let item = input.next(milliseconds) else { return nil }
      switch item {
      case .wake: return .wake
      case .end: return .endOfInput
      case .line(let line): take(line)
      }
    }
  }

  private func take(_ line: String) {
    guard !line.isEmpty else { return say(Array(said.indices), of: said) }
    if line.hasPrefix("'") {
      pending.append(.paste(String(line.dropFirst())))
      return
    }
    for word in line.split(separator: " ").map(String.init) {
      let keys = Key(name: word).map { [$0] } ?? word.map { Key.character($0) }
      pending += keys.map { .key($0) }
    }
  }

  /// What was read and what woke the loop, in order.
  private final class Input: Sendable {
    enum Item { case line(String), wake, end }

    private let items = Mutex<[Item]>([])
    private let news = DispatchSemaphore(value: 0)

    func add(_ item: Item) {
      items.withLock { $0.append(item) }
      news.signal()
    }

    /// The next item; nil when the time is up.
    func next(_ milliseconds: Int?) -> Item? {
      let deadline = milliseconds.map { DispatchTime.now() + .milliseconds($0) } ?? .distantFuture
      while news.wait(timeout: deadline) == .success {
        let item = items.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        // What was taken out of turn has left its signal behind.
        if let item { return item }
      }
      return nil
    }

    /// Takes a wake that waits; lines stay.
    func takeWake() -> Bool {
      items.withLock { items in
        let place = items.firstIndex { if case .wake = $0 { true } else { false } }
        if let place { items.remove(at: place) }
        return place != nil
      }
    }
  }
}
