import Testing

@testable import TerminalKit

@Suite struct LayoutTests {
  @Test(
    arguments: [
      ([.fixed(10), .min(5), .fixed(20)], 80, [10, 50, 20]),
      ([.fraction(0.4), .min(1)], 80, [32, 48]),
      ([.min(1), .min(1), .min(1)], 8, [3, 3, 2]),
      ([.fixed(10), .min(5), .fraction(0.5)], 20, [10, 5, 5]),
      ([.fixed(10), .min(5), .fixed(20)], 32, [10, 2, 20]),
      ([.fixed(10), .fixed(20)], 15, [10, 5]),
      ([.fixed(10)], 80, [10]), ([.fixed(-3), .min(0)], 4, [0, 4]),
      ([.fraction(2), .fraction(-1)], 9, [9, 0]),
    ] as [([Constraint], Int, [Int])])
  func sizes(constraints: [Constraint], total: Int, expected: [Int]) {
    #expect(Layout.sizes(constraints, total: total) == expected)
  }

  @Test func partsNeverOverlapNorLeaveTheRectangle() {
    for seed in 1...500 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let constraints = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        constraint(&random)
      }
      let whole = Rect(
        x: 3, y: 2, width: Int.random(in: 0...60, using: &random), height: 4)
      let spacing = Int.random(in: 0...2, using: &random)
      let parts = whole.split(.horizontal, constraints, spacing: spacing)
      #expect(parts.count == constraints.count)
      var edge = whole.x
      for part in parts {
        #expect(part.x >= edge && part.maxX <= whole.maxX, "seed \(seed)")
        edge = part.maxX
      }
      let grows = constraints.contains { if case .min = $0 { true } else { false } }
      if grows, whole.width > spacing * parts.count {
        #expect(parts.last?.maxX == whole.maxX, "seed \(seed)")
      }
    }
  }

  @Test func verticalPartsStandBelowEachOther() {
    let parts = Rect(x: 1, y: 1, width: 9, height: 10).split(
      .vertical, [.fixed(1), .min(0), .fixed(2)])
    #expect(parts.map(\.y) == [1, 2, 9])
    #expect(parts.map(\.height) == [1, 7, 2])
    #expect(parts.allSatisfy { $0.x == 1 && $0.width == 9 })
  }

  @Test func rectangles() {
    let rect = Rect(x: 0, y: 0, width: 10, height: 6)
    #expect(rect.inset(dx: 1, dy: 1) == Rect(x: 1, y: 1, width: 8, height: 4))
    #expect(rect.inset(dx: 6, dy: 0).width == 0)
    #expect(rect.centered(width: 4, height: 20) == Rect(x: 3, y: 0, width: 4, height: 6))
    #expect(rect.intersection(Rect(x: 8, y: 5, width: 9, height: 9)).width == 2)
    #expect(rect.intersection(Rect(x: 20, y: 0, width: 3, height: 3)).isEmpty)
    #expect(rect.row(6).isEmpty && rect.row(-1).isEmpty && rect.row(5).y == 5)
  }

  private func constraint(_ random: inout SeededGenerator) -> Constraint {
    switch Int.random(in: 0...2, using: &random) {
    case 0: .fixed(Int.random(in: 0...30, using: &random))
    case 1: .min(Int.random(in: 0...30, using: &random))
    default: .fraction(Double.random(in: 0...1, using: &random))
    }
  }
}
