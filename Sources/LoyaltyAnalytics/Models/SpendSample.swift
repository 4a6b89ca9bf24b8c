import RealModule
import Statistics

/// What customers spent on their repeat purchase days, for the Gamma-Gamma model.
///
/// Only customers with a repeat day and a positive mean count; the others are left out and counted.
package struct SpendSample: Sendable {
  /// Customers with the same number of repeat days and the same mean.
  struct Entry: Sendable {
    let repeats: Int
    let mean: Double
    let logMean: Double
    var customers: Int
  }

  /// The distinct (x, mean), ascending.
  let entries: [Entry]
  /// The number of customers that count.
  package let customers: Int
  /// The number of customers left out: no repeat day, or a mean that is not positive.
  package let leftOut: Int
  /// The mean of the customers' means.
  package let meanOfMeans: Double

  /// The sample of some customers, in any order.
  /// - Parameter spending: For each customer x, the number of repeat days, and their mean amount.
  /// - Throws: `CannotEstimate.invalidSummary` for a negative number of days or a mean that is no number.
  package init(_ spending: [(repeats: Int, mean: Double)]) throws(CannotEstimate) {
    for (index, spend) in spending.enumerated() where spend.repeats < 0 || !spend.mean.isFinite {
      throw .invalidSummary(index: index, problem: .notANumber)
    }
    let counted = spending.filter { $0.repeats > 0 && $0.mean > 0 }.sorted { $0 < $1 }
    var entries: [Entry] = []
    for spend in counted {
      if let last = entries.last, last.repeats == spend.repeats, last.mean == spend.mean {
        entries[entries.count - 1].customers += 1
      } else {
        entries.append(
          Entry(
            repeats: spend.repeats, mean: spend.mean, logMean: Double.log(spend.mean), customers: 1)
        )
      }
    }
    self.init(entries: entries, customers: counted.count, leftOut: spending.count - counted.count)
  }

  private init(entries: [Entry], customers: Int, leftOut: Int) {
    self.entries = entries
    self.customers = customers
    self.leftOut = leftOut
    var total = CompensatedSum()
    for entry in entries { total.add(entry.mean * Double(entry.customers)) }
    meanOfMeans = customers > 0 ? total.value / Double(customers) : 0
  }

  /// Whether all means are equal.
  var isConstant: Bool { entries.allSatisfy { $0.mean == entries.first?.mean } }

  /// The same customers with all amounts divided by a unit.
  func scaled(by unit: Double) -> SpendSample {
    SpendSample(
      entries: entries.map { entry in
        let mean = entry.mean / unit
        return Entry(
          repeats: entry.repeats, mean: mean, logMean: Double.log(mean),
          customers: entry.customers)
      },
      customers: customers, leftOut: leftOut)
  }
}
