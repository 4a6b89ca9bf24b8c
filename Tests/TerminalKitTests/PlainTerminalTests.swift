import Synchronization
import Testing

@testable import TerminalKit

@Suite("The screens as numbered lines")
struct PlainTerminalTests {
  /// What was said, and the lines that are still to be read.
  private final class Desk: Sendable {
    let said = Mutex("")
    let lines: Mutex<[String]>

    init(_ lines: [String]) { self.lines = Mutex(lines) }

    func terminal() -> PlainTerminal {
      PlainTerminal(
        size: Size(width: 20, height: 4), unicode: true,
        readLine: { self.lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
        write: { text in self.said.withLock { $0 += text } })
    }

    func take() -> String {
      said.withLock { text in
        defer { text = "" }
        return text
      }
    }
  }

  private func frame(_ lines: [String]) -> Frame {
    var frame = Frame(width: 20, height: 4)
    for (row, line) in lines.enumerated() {
      frame.put(line, x: 0, y: row, style: .plain, width: 20)
    }
    return frame
  }

  @Test func saysWhatChangedAndLeavesBoxesOut() {
    let desk = Desk([])
    let terminal = desk.terminal()
    terminal.draw(frame(["┌─ Waiting ───┐", "│ Anna   3.20 │", "└─────────────┘", "a Approve"]))
    #expect(desk.take() == "1: Waiting\n2: Anna 3.20\n4: a Approve\n> ")
    terminal.draw(frame(["┌─ Waiting ───┐", "│ Ben    1.00 │", "└─────────────┘", "a Approve"]))
    #expect(desk.take() == "2: Ben 1.00\n> ")
    terminal.draw(frame(["┌─ Waiting ───┐", "│ Ben    1.00 │", "└─────────────┘", "a Approve"]))
    #expect(desk.take().isEmpty, "what did not change is not said again")
    terminal.draw(frame(["+- Done ------+", "| nobody - no |", "+-------------+", "q Back"]))
    #expect(desk.take() == "1: Done\n2: nobody - no\n4: q Back\n> ")
  }

  @Test func readsKeysByNameTypesTextAndRepeats() {
    let desk = Desk(["down  a", "'an na", "", "zz"])
    let terminal = desk.terminal()
    terminal.draw(frame(["one"]))
    _ = desk.take()
    #expect(terminal.nextEvent(timeout: 0) == nil, "the keys of a line are no type-ahead")
    #expect(terminal.nextEvent(timeout: nil) == .key(.down))
    #expect(terminal.nextEvent(timeout: 0) == nil)
    #expect(terminal.nextEvent(timeout: nil) == .key(.character("a")))
    #expect(terminal.nextEvent(timeout: nil) == .paste("an na"))
    #expect(terminal.nextEvent(timeout: nil) == .key(.character("z")))
    #expect(desk.take() == "1: one\n> ")
    #expect(terminal.nextEvent(timeout: nil) == .key(.character("z")))
    #expect(terminal.nextEvent(timeout: nil) == .endOfInput)
    #expect(terminal.nextEvent(timeout: 1) == nil)
    terminal.waker.wake()
    #expect(terminal.nextEvent(timeout: nil) == .wake)
  }
}
