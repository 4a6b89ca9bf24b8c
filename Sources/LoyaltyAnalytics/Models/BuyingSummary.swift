import Statistics

/// What the purchase models know about one customer: (x, t_x, T) of the literature.
///
/// Times count from the first purchase day, in any one unit (days, weeks) for all customers alike.
package struct BuyingSummary: Sendable, Hashable {
  /// x, the number of repeat purchases: purchase days less one.
  package let repeats: Int
  /// t_x, the time of the last repeat purchase; 0 without one.
  ///
  /// The literature calls it "recency"; it is *not* the recency of RFM.
  package let lastRepeat: Double
  /// T, the time that the customer was observed.
  package let observed: Double

  /// Days are told in weeks, the unit of the literature.
  package static let daysInWeek = 7.0

  /// A customer's summary.
  /// - Parameters:
  ///   - repeats: x, at least 0.
  ///   - lastRepeat: t_x, in 0…T, 0 just when x is 0.
  ///   - observed: T, at least 0.
  package init(repeats: Int, lastRepeat: Double, observed: Double) {
    self.repeats = repeats
    self.lastRepeat = lastRepeat
    self.observed = observed
  }

  /// What is wrong with the numbers, if anything.
  package var problem: SummaryProblem? {
    guard repeats >= 0, lastRepeat >= 0, observed >= 0, observed.isFinite else {
      return .notANumber
    }
    guard lastRepeat <= observed else { return .lastRepeatAfterEnd }
    return (repeats == 0) == (lastRepeat == 0) ? nil : .repeatsAndTimeDisagree
  }
}

extension BuyingSummary: Comparable {
  /// Orders by x, then t_x, then T.
  package static func < (left: Self, right: Self) -> Bool {
    if left.repeats != right.repeats { return left.repeats < right.repeats }
    if left.lastRepeat != right.lastRepeat { return left.lastRepeat < right.lastRepeat }
    return left.observed < right.observed
  }
}

/// Many customers' summaries, the equal ones counted together, in ascending order.
///
/// The order makes every figure independent of the order in which customers came.
package struct BuyingSample: Sendable {
  /// One distinct summary and how many customers share it.
  package struct Entry: Sendable, Equatable {
    /// What these customers have in common.
    package let summary: BuyingSummary
    /// How many they are.
    package let customers: Int
  }

  /// The distinct summaries, ascending.
  package let entries: [Entry]
  /// The number of customers.
  package let customers: Int
  /// The number of customers with at least one repeat purchase.
  package let repeatCustomers: Int
  /// The mean of T over the customers.
  package let meanObserved: Double

  /// The sample of some customers, in any order.
  /// - Throws: `CannotEstimate.invalidSummary` for the first customer whose numbers contradict each other.
  package init(_ summaries: [BuyingSummary]) throws(CannotEstimate) {
    for (index, summary) in summaries.enumerated() {
      if let problem = summary.problem {
        throw .invalidSummary(index: index, problem: problem)
      }
    }
    let sorted = summaries.sorted()
    var entries: [Entry] = []
    var start = 0
    for position in sorted.indices {
      let isLast = position + 1 == sorted.count || sorted[position + 1] != sorted[position]
      guard isLast else { continue }
      entries.append(Entry(summary: sorted[position], customers: position + 1 - start))
      start = position + 1
    }
    self.entries = entries
    customers = sorted.count
    repeatCustomers = entries.reduce(0) { $0 + ($1.summary.repeats > 0 ? $1.customers : 0) }
    var total = CompensatedSum()
    for entry in entries { total.add(entry.summary.observed * Double(entry.customers)) }
    meanObserved = sorted.isEmpty ? 0 : total.value / Double(sorted.count)
  }
}

extension BuyingSample {
  /// The same customers with all times divided by a unit.
  func scaled(by unit: Double) -> BuyingSample {
    BuyingSample(
      entries: entries.map { entry in
        let summary = entry.summary
        return Entry(
          summary: BuyingSummary(
            repeats: summary.repeats, lastRepeat: summary.lastRepeat / unit,
            observed: summary.observed / unit),
          customers: entry.customers)
      },
      customers: customers, repeatCustomers: repeatCustomers, meanObserved: meanObserved / unit)
  }

  private init(entries: [Entry], customers: Int, repeatCustomers: Int, meanObserved: Double) {
    self.entries = entries
    self.customers = customers
    self.repeatCustomers = repeatCustomers
    self.meanObserved = meanObserved
  }
}
