import CUTF8Proc

/// A piece of text that occupies whole columns: what a reader takes for one character.
package struct Cluster: Equatable, Sendable {
  /// The scalars to show, in NFC and free of control characters.
  package var text: String
  /// How many columns it occupies, 1 or more.
  package var width: Int
}

/// Cuts text into harmless clusters and says how wide each is.
///
/// Widths follow utf8proc's Unicode tables, with three corrections that terminals agree on: an
/// emoji sequence is two columns however many scalars it has, spacing marks take a column, and
/// conjoining Hangul vowels and finals take none.
enum Clusters {
  /// Marks kept on one base; more only serve to spoil neighbouring lines.
  static let markLimit = 4
  /// Scalars kept in one cluster; the longest emoji sequence in use has ten.
  static let scalarLimit = 12

  /// Calls `body` with each cluster of `text` in order until it returns false.
  static func forEach(in text: String, _ body: (Cluster) -> Bool) {
    var builder = ClusterBuilder()
    var state: Int32 = 0
    var previous: Unicode.Scalar?
    for scalar in harmlessScalars(of: text) {
      let startsNew = previous.map { isBreak($0, scalar, &state) } ?? true
      if startsNew, let cluster = builder.take(), !body(cluster) { return }
      builder.append(scalar)
      previous = scalar
    }
    if let cluster = builder.take() { _ = body(cluster) }
  }

  private static func isBreak(
    _ first: Unicode.Scalar, _ second: Unicode.Scalar, _ state: inout Int32
  ) -> Bool {
    utf8proc_grapheme_break_stateful(Int32(first.value), Int32(second.value), &state)
  }

  /// The scalars of `text` with everything that could steer a terminal replaced, in NFC.
  private static func harmlessScalars(of text: String) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(text.utf8.count)
    var needsComposing = false
    for scalar in text.unicodeScalars {
      guard let shown = ScalarSafety.harmless(scalar) else { continue }
      // Below U+0300 nothing composes with what stands before it.
      needsComposing = needsComposing || shown.value >= 0x300
      scalars.append(shown)
    }
    return needsComposing ? composed(scalars) : scalars
  }

  /// NFC of a list of scalars.
  private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let options = utf8proc_option_t(
      rawValue: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
    var buffer: [Int32] = []
    buffer.reserveCapacity(scalars.count * 2)
    var expansion: [Int32] = Array(repeating: 0, count: 32)
    var boundary: Int32 = 0
    for scalar in scalars {
      // Decomposition goes scalar by scalar, so canonical order is restored below.
      let count = utf8proc_decompose_char(
        Int32(scalar.value), &expansion, expansion.count, options, &boundary)
      guard count > 0, count <= expansion.count else { continue }
      buffer.append(contentsOf: expansion[..<count])
    }
    CanonicalOrder.sort(&buffer)
    let length = utf8proc_normalize_utf32(&buffer, buffer.count, options)
    guard length >= 0 else { return scalars }
    return buffer[..<length].compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
  }
}

/// Puts combining marks into canonical order, as composing requires.
enum CanonicalOrder {
  /// Sorts each run of marks by combining class, keeping the order of equals.
  static func sort(_ scalars: inout [Int32]) {
    guard scalars.count > 1 else { return }
    for index in 1..<scalars.count {
      let scalar = scalars[index]
      let rank = combiningClass(scalar)
      guard rank > 0 else { continue }
      var place = index
      while place > 0, combiningClass(scalars[place - 1]) > rank {
        scalars[place] = scalars[place - 1]
        place -= 1
      }
      scalars[place] = scalar
    }
  }

  private static func combiningClass(_ scalar: Int32) -> Int16 {
    utf8proc_get_property(scalar).pointee.combining_class
  }
}
