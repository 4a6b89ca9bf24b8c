/// One position of a frame: 16 bytes without references, so that frames are cheap to copy.
package struct Cell: Equatable, Sendable {
  /// What is shown, resolved by the frame it belongs to.
  var glyph: Glyph
  /// How it looks.
  package var style: Style

  /// A space in the given style.
  static func blank(_ style: Style) -> Cell { Cell(glyph: .space, style: style) }

  /// Whether the cell is covered by the wide cluster to its left.
  package var isContinuation: Bool { glyph == .continuation }
}

/// A scalar, or the number of a longer cluster in the frame's table, or the tail of a wide one.
struct Glyph: Hashable, Sendable {
  let bits: UInt32

  static let space = Glyph(bits: 0x20)
  static let continuation = Glyph(bits: .max)
  private static let tableFlag: UInt32 = 0x8000_0000

  private init(bits: UInt32) { self.bits = bits }

  init(_ scalar: Unicode.Scalar) { bits = scalar.value }

  init(ascii byte: UInt8) { bits = UInt32(byte) }

  init(tableIndex: Int) { bits = Self.tableFlag | UInt32(truncatingIfNeeded: tableIndex) }

  /// The place in the frame's table of clusters; nil for a single scalar and a continuation.
  var tableIndex: Int? {
    self != .continuation && bits & Self.tableFlag != 0 ? Int(bits & ~Self.tableFlag) : nil
  }

  /// The single scalar it stands for, if it does.
  var scalar: Unicode.Scalar? { bits & Self.tableFlag == 0 ? Unicode.Scalar(bits) : nil }
}
