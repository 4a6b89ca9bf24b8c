import CUTF8Proc

/// Collects the scalars of one cluster, capping marks, and measures it.
struct ClusterBuilder {
  private var text = String.UnicodeScalarView()
  private var base: Unicode.Scalar?
  private var count = 0
  private var marks = 0
  private var columns = 0
  private var isEmojiSequence = false

  /// Adds the next scalar of the cluster, unless it is one mark too many.
  mutating func append(_ scalar: Unicode.Scalar) {
    let isMark = ScalarSafety.isZeroWidthMark(scalar)
    if base == nil {
      begin(with: scalar, isMark: isMark)
      if !isMark { return }
    }
    guard count < Clusters.scalarLimit else { return }
    if isMark, !ScalarSafety.isEmojiJoiner(scalar) {
      guard marks < Clusters.markLimit else { return }
      marks += 1
    }
    noteEmojiSequence(scalar)
    columns += isMark ? 0 : ScalarSafety.width(scalar)
    text.append(scalar)
    count += 1
  }

  /// Ends the cluster and hands it over; nil when nothing was collected.
  ///
  /// A joiner at its end joins nothing here, and some terminals, tmux among them, would put the next
  /// character that they are sent, wherever it belongs, into this cell.
  mutating func take() -> Cluster? {
    guard base != nil else { return nil }
    while text.count > 1, text.last == "\u{200D}" { text.removeLast() }
    let cluster = Cluster(text: String(text), width: isEmojiSequence ? 2 : max(1, columns))
    self = ClusterBuilder()
    return cluster
  }

  private mutating func begin(with scalar: Unicode.Scalar, isMark: Bool) {
    // A mark with nothing before it would sit on the neighbour's cell: it gets a dotted circle.
    let first: Unicode.Scalar = isMark ? "\u{25CC}" : scalar
    base = first
    text.append(first)
    columns = ScalarSafety.width(first)
    count = 1
  }

  private mutating func noteEmojiSequence(_ scalar: Unicode.Scalar) {
    guard let base else { return }
    switch scalar.value {
    case 0xFE0F:  // the sign that asks for the picture
      isEmojiSequence = isEmojiSequence || ScalarSafety.isPictographic(base)
    case 0x20E3:  // keycap
      isEmojiSequence = true
    case 0x1F3FB...0x1F3FF, 0x200D:
      isEmojiSequence = isEmojiSequence || ScalarSafety.width(base) == 2
    case 0x1F1E6...0x1F1FF:  // the second half of a flag
      isEmojiSequence = true
    default:
      break
    }
  }
}
