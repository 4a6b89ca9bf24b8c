import LoyaltyModel

/// A comparison of texts, or a search in several columns, without regard to case and accents.
struct TextTest: Sendable {
  enum Kind: Sendable {
    /// The one column's text is one of these, or none of them.
    case oneOf(Set<[UInt8]>, negated: Bool)
    /// Any column's text contains this.
    case contains([UInt8])
  }

  let columns: [TextColumn]
  let kind: Kind

  func answer(_ row: Int) -> Truth {
    switch kind {
    case .contains(let needle):
      return Truth(columns.contains { Folding.contains($0.utf8(row), needle) })
    case .oneOf(let wanted, let negated):
      guard let column = columns.first, !column.isEmpty(row) else { return .unknown }
      let text = column.utf8(row)
      // Most rows differ in length already, and need not be folded for that.
      if Folding.isPlain(text), !wanted.contains(where: { $0.count == text.count }) {
        return Truth(negated)
      }
      return Truth(wanted.contains(Folding.fold(text)) != negated)
    }
  }
}

/// Makes texts comparable: small letters, and Latin letters without their accents.
package enum Folding {
  /// The letters without accents for U+00C0 to U+017F, after the letter's canonical decomposition
  /// in Unicode (and ø, đ, ł, æ and the like by their usual spelling); a blank keeps the letter.
  private static let latin = Array(
    ("aaaaaa ceeeeiiiidnooooo ouuuuy  aaaaaa ceeeeiiiidnooooo ouuuuy y"
      + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkklllllll"
      + "lllnnnnnnn  oooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

  /// A text folded, as UTF-8.
  static func fold(_ text: some Collection<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    if text.allSatisfy({ $0 < 0x80 }) {
      for byte in text { folded.append(lower(byte)) }
      return folded
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      append(scalar, to: &folded)
    }
    return folded
  }

  /// A text folded, as UTF-8.
  package static func fold(_ text: String) -> [UInt8] { fold(Array(text.utf8)) }

  private static func append(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
    switch scalar.value {
    case 0..<0x80: folded.append(lower(UInt8(scalar.value)))
    case 0xC0..<0x180 where latin[Int(scalar.value - 0xC0)] != UInt8(ascii: " "):
      folded.append(latin[Int(scalar.value - 0xC0)])
    case 0xDF, 0x1E9E: folded += [UInt8(ascii: "s"), UInt8(ascii: "s")]
    case 0xC6, 0xE6: folded += [UInt8(ascii: "a"), UInt8(ascii: "e")]
    case 0x152, 0x153: folded += [UInt8(ascii: "o"), UInt8(ascii: "e")]
    case 0x300..<0x370: break  // combining marks
    default: folded += scalar.properties.lowercaseMapping.utf8
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte | 0x20 : byte
  }

  /// Whether a text is all ASCII.
  static func isPlain(_ text: some Sequence<UInt8>) -> Bool { text.allSatisfy { $0 < 0x80 } }

  /// Whether a text contains another that is folded already.
  static func contains(_ text: some Collection<UInt8>, _ needle: [UInt8]) -> Bool {
    guard let first = needle.first else { return true }
    // Most texts are plain ASCII and need no copy.
    let found = text.withContiguousStorageIfAvailable { text in
      isPlain(text) ? plainContains(text, needle, first) : nil
    }
    if let found, let found { return found }
    return fold(text).withUnsafeBufferPointer { plainContains($0, needle, first) }
  }

  private static func plainContains(
    _ text: UnsafeBufferPointer<UInt8>, _ needle: [UInt8], _ first: UInt8
  ) -> Bool {
    guard text.count >= needle.count else { return false }
    return needle.withUnsafeBufferPointer { needle in
      for start in 0...(text.count - needle.count) where lower(text[start]) == first {
        var next = 1
        while next < needle.count, lower(text[start + next]) == needle[next] { next += 1 }
        if next == needle.count { return true }
      }
      return false
    }
  }
}
