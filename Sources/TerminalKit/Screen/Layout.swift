/// How much of a line one part of a layout takes.
package enum Constraint: Hashable, Sendable {
  /// Exactly so many cells.
  case fixed(Int)
  /// At least so many cells, and a fair share of what is left over.
  case min(Int)
  /// A fraction of the whole, from 0 to 1, rounded down.
  case fraction(Double)
}

/// Which way a rectangle is cut.
package enum Axis: Sendable {
  /// Side by side.
  case horizontal
  /// One below the other.
  case vertical
}

extension Rect {
  /// Cuts the rectangle into one part for each constraint, in order, without overlap.
  ///
  /// Leftover cells go to the `min` parts. Where there is too little room, fractions give way
  /// first, then `min` parts, then fixed ones, each from the last to the first; no part leaves the
  /// rectangle.
  /// - Parameters:
  ///   - axis: Whether parts stand side by side or one below the other.
  ///   - constraints: The share of each part.
  ///   - spacing: Empty cells between neighbours.
  /// - Returns: The parts, one for each constraint; some may be empty.
  package func split(
    _ axis: Axis, _ constraints: [Constraint], spacing: Int = 0
  ) -> [Rect] {
    guard !constraints.isEmpty else { return [] }
    let whole = axis == .horizontal ? width : height
    let gaps = Swift.min(whole, spacing * (constraints.count - 1))
    let sizes = Layout.sizes(constraints, total: whole - gaps)
    var offset = 0
    return sizes.map { size in
      let start = Swift.min(offset, whole)
      let length = Swift.min(size, whole - start)
      offset = start + length + spacing
      return switch axis {
      case .horizontal: Rect(x: x + start, y: y, width: length, height: height)
      case .vertical: Rect(x: x, y: y + start, width: width, height: length)
      }
    }
  }
}

/// Shares cells out among constraints.
enum Layout {
  /// One size for each constraint; they never exceed `total` together, and equal it when any of
  /// them is a `min`.
  static func sizes(_ constraints: [Constraint], total: Int) -> [Int] {
    var sizes = constraints.map { wanted($0, of: total) }
    let free = total - sizes.reduce(0, +)
    if free > 0 { grow(&sizes, constraints, by: free) }
    if free < 0 { shrink(&sizes, constraints, by: -free) }
    return sizes
  }

  private static func wanted(_ constraint: Constraint, of total: Int) -> Int {
    switch constraint {
    case .fixed(let count), .min(let count): max(0, count)
    case .fraction(let part): Int((Double(total) * Swift.min(1, max(0, part))).rounded(.down))
    }
  }

  private static func grow(_ sizes: inout [Int], _ constraints: [Constraint], by free: Int) {
    let growers = constraints.indices.filter { rank(constraints[$0]) == 1 }
    for (turn, index) in growers.enumerated() {
      // The first ones take the odd cells.
      sizes[index] += free / growers.count + (turn < free % growers.count ? 1 : 0)
    }
  }

  private static func shrink(_ sizes: inout [Int], _ constraints: [Constraint], by lack: Int) {
    var lack = lack
    for turn in 0...2 {
      for index in constraints.indices.reversed() where rank(constraints[index]) == turn {
        let taken = Swift.min(lack, sizes[index])
        sizes[index] -= taken
        lack -= taken
      }
    }
  }

  /// The order in which parts give way.
  private static func rank(_ constraint: Constraint) -> Int {
    switch constraint {
    case .fraction: 0
    case .min: 1
    case .fixed: 2
    }
  }
}
