import Foundation

/// How many random cases property tests try.
///
/// `LADDER_SWEEP=50 swift test --filter …` tries fifty times as many as usual.
package enum Sweep {
  private static let factor: Int =
    ProcessInfo.processInfo.environment["LADDER_SWEEP"].flatMap { Int($0) }.map { max(1, $0) } ?? 1

  /// The seeds of a test that usually tries this many.
  package static func seeds(_ usual: Int) -> Range<Int> { 0..<usual * factor }
}
