import Foundation
import LoyaltyAnalytics

/// The published summary tables of the CDNOW sample, in weeks.
enum CDNOW {
  static func summaries() throws -> [BuyingSummary] {
    try rows("cdnow_customers_summary.csv").map { row in
      BuyingSummary(repeats: Int(row[1]), lastRepeat: row[2], observed: row[3])
    }
  }

  static func spending() throws -> [(repeats: Int, mean: Double)] {
    try rows("cdnow_customers_summary_with_transactions.csv").map { (Int($0[1]), $0[4]) }
  }

  private static func rows(_ name: String) throws -> [[Double]] {
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
        "Fixtures/cdnow")
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      line.split(separator: ",").map { Double($0) ?? .nan }
    }
  }
}

/// Whether two numbers agree within a relative tolerance.
func agree(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  value == expected || abs(value - expected) <= tolerance * abs(expected)
}
