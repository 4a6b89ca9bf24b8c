/// Tells how far long work is, and lets it be stopped in the middle.
///
/// Work over all customers looks up every few thousand of them; what looks up may throw, and so end
/// it. A share always belongs to the whole work, of which a piece is a ``part(_:_:)``.
package struct Pace<Failure: Error>: Sendable {
  /// So many rows are worked on between two looks: a few milliseconds' work at most.
  package static var rows: Int { 4096 }

  private let tell: @Sendable (Double) throws(Failure) -> Void
  private let start: Double
  private let length: Double

  /// A pace that is told with a share from 0 to 1 how far the work is, and throws to stop it.
  package init(_ tell: @escaping @Sendable (Double) throws(Failure) -> Void) {
    self.init(tell, 0, 1)
  }

  private init(
    _ tell: @escaping @Sendable (Double) throws(Failure) -> Void, _ start: Double, _ length: Double
  ) {
    (self.tell, self.start, self.length) = (tell, start, length)
  }

  /// The pace of a piece of the work, from one share of it to another.
  package func part(_ from: Double, _ to: Double) -> Pace {
    Pace(tell, start + length * from, length * (to - from))
  }

  /// The pace of one of several pieces of about the same length.
  package func part(_ index: Int, of count: Int) -> Pace {
    part(Double(index) / Double(max(1, count)), Double(index + 1) / Double(max(1, count)))
  }

  /// Looks up where so much of this piece is done, from 0 to 1.
  package func look(_ share: Double = 0) throws(Failure) { try tell(start + length * share) }

  /// Looks up at some of the rows, so that every row may ask.
  @inline(__always)
  package func look(row: Int, of count: Int) throws(Failure) {
    guard row & (Self.rows - 1) == 0 else { return }
    try look(count == 0 ? 1 : Double(row) / Double(count))
  }
}

extension Pace {
  /// The pace of work for which nobody waits.
  package static var free: Pace { Pace { (_) throws(Failure) in } }
}
