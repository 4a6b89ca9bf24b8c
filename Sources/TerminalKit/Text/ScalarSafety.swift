import CUTF8Proc

/// What each Unicode scalar may do on a screen.
enum ScalarSafety {
  /// Stands for everything that must not reach a terminal.
  static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// The scalar to show instead of `scalar`; nil when it is invisible and is left out.
  static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let value = scalar.value
    if value >= 0x20, value < 0x7F { return scalar }
    switch value {
    case 0x09, 0x0A, 0x0D: return " "  // in a name of two lines nothing is missing but the blank
    case ..<0xA0: return replacement  // C0, DEL and C1, where 0x9B starts a sequence
    case 0xA0: return " "  // a hard space looks like a space
    case 0x200C, 0x200D: return scalar  // joiners shape Persian and emoji
    case 0x200E, 0x200F, 0x061C: return nil  // direction marks, common and harmless once gone
    case 0x202A...0x202E, 0x2066...0x2069: return replacement  // bidirectional overrides
    default: return byCategory(scalar)
    }
  }

  private static func byCategory(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch utf8proc_category(Int32(scalar.value)) {
    case UTF8PROC_CATEGORY_CC, UTF8PROC_CATEGORY_CN, UTF8PROC_CATEGORY_CS,
      UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP:
      replacement
    case UTF8PROC_CATEGORY_CF:
      isPrepended(scalar) ? scalar : nil
    case UTF8PROC_CATEGORY_ZS:
      width(scalar) == 2 ? scalar : " "
    default:
      scalar
    }
  }

  /// Arabic and Syriac number signs: format characters by category, yet drawn.
  private static func isPrepended(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2: true
    default: false
    }
  }

  /// Whether the scalar adds no column to what it follows.
  static func isZeroWidthMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch utf8proc_category(Int32(scalar.value)) {
    case UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME: return true
    case UTF8PROC_CATEGORY_CF: return !isPrepended(scalar)
    default: return isConjoiningJamo(scalar)
    }
  }

  /// Vowels and finals that pile up on a leading Hangul consonant.
  private static func isConjoiningJamo(_ scalar: Unicode.Scalar) -> Bool {
    (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
  }

  /// Signs within an emoji sequence; they are not counted as piled-up marks.
  static func isEmojiJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x200D || scalar.value == 0xFE0F || scalar.value == 0x20E3
  }

  /// Whether the picture sign (U+FE0F) makes a two-column picture of the scalar.
  static func isPictographic(_ scalar: Unicode.Scalar) -> Bool {
    let boundClass = utf8proc_get_property(Int32(scalar.value)).pointee.boundclass
    return boundClass == UInt32(UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC.rawValue)
  }

  /// Columns of one scalar, 0, 1 or 2.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if isZeroWidthMark(scalar) { return 0 }
    let width = Int(utf8proc_charwidth(Int32(scalar.value)))
    // Spacing marks (Devanagari vowels and the like) advance the cursor.
    return max(1, width)
  }
}
