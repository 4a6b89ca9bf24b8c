import Foundation
package import LoyaltyModel

/// A fixed workload to measure and check the rules engine against: invented customers of a pet shop,
/// and 20 rules over them in two forms, one with aggregates over their lists.
///
/// The customers are those that the Python reference draws, number by number.
package struct Workload: Sendable {
  /// The facts as of 2026-06-30.
  package let facts: FactTable
  /// The customers' numbers, a row each.
  package let ids: [String]

  /// Draws customers; more of them begin with the same ones.
  package init(customers count: Int) {
    var random = MersenneTwister(seed: 20_260_630)
    var columns = WorkloadColumns()
    for _ in 0..<count { columns.append(WorkloadCustomer(&random)) }
    facts = columns.table
    ids = (0..<count).map { number in
      let digits = String(number)
      return "C" + String(repeating: "0", count: 7 - digits.count) + digits
    }
  }

  /// The bytes of the rules, a JSON list of objects with `id` and `when`.
  ///
  /// - Parameter form: `scalar`, or `full` with aggregates.
  /// - Returns: The text of the file.
  /// - Throws: What the file system says where the file cannot be read.
  package static func rules(_ form: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Array(Data(contentsOf: folder.appendingPathComponent("rules-\(form).json")))
  }

  /// What the rules of the workload know.
  package static let catalogue = FactCatalogue(
    facts: WorkloadColumns.facts, lists: WorkloadColumns.lists)

  /// What matches each rule in the first 100,000 customers, by the Python reference.
  package static let expected: [String: [Int]] = [
    "scalar": [
      4265, 18913, 3443, 3794, 4554, 9189, 1544, 1367, 1579, 1444, 11616, 2968, 8835, 11537, 2494,
      834, 8873, 7473, 8759, 16974,
    ],
    "full": [
      4265, 18913, 5039, 3794, 6368, 9136, 1544, 1367, 1579, 1444, 11616, 2968, 9265, 11537, 2494,
      834, 11217, 7473, 8759, 21383,
    ],
  ]

  /// The same for the first 5,000 customers.
  package static let expectedOfFew: [String: [Int]] = [
    "scalar": [
      206, 931, 183, 188, 215, 478, 78, 71, 67, 86, 601, 150, 466, 608, 119, 30, 444, 391, 420, 857,
    ],
    "full": [
      206, 931, 263, 188, 312, 476, 78, 71, 67, 86, 601, 150, 498, 608, 119, 30, 551, 391, 420,
      1101,
    ],
  ]

  /// The checksum of all matches of the first 100,000 customers: SHA-256 of a line a customer,
  /// with the number and the rules that match.
  package static let checksums = [
    "scalar": "9e834ddfe6688fdd0c676fc856d0b884afffe1cef879bb883e10565124972058",
    "full": "76aeffe8ec0fc9bc9f5765244fed153fa90c1f813ef5a958369f0288ff6153a3",
  ]
}
