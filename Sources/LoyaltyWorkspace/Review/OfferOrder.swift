import LoyaltyModel

/// What offers are put in order by.
package enum OfferOrder: String, Sendable, CaseIterable {
  /// By the rule's priority, within a rule the greatest expected gain first.
  case rule
  /// The greatest expected gain after cost first, whatever the rule.
  case gain
  /// The greatest expected cost first.
  case cost
  /// Those that run out soonest first.
  case lastDay = "last-day"
  /// By the names of the customers.
  case customer
}

/// In which order a list of offers comes.
package struct OfferSort: Sendable, Hashable {
  /// What it goes by.
  package var order: OfferOrder
  /// Whether what comes first otherwise comes last.
  package var isReversed: Bool

  /// An order.
  package init(_ order: OfferOrder, isReversed: Bool = false) {
    (self.order, self.isReversed) = (order, isReversed)
  }
}

extension OfferLines {
  /// Offers in an order; those that are alike in it keep the one they come in.
  ///
  /// - Parameters:
  ///   - numbers: Offers, by rule.
  ///   - sort: The order.
  ///   - names: The place of the name of each offer's customer, by the number of the offer less
  ///     one; only read where the order goes by it.
  /// - Returns: The same offers.
  func sorted(_ numbers: [Int], by sort: OfferSort, names: [UInt32]) -> [Int] {
    guard sort.order != .rule else { return sort.isReversed ? numbers.reversed() : numbers }
    var places = numbers.enumerated().map { place, number in
      let key = key(of: number - 1, in: sort.order, names)
      return KeyedRow(key: sort.isReversed ? ~key : key, row: UInt32(place))
    }
    RowOrder.sort(&places)
    return places.map { numbers[Int($0.row)] }
  }

  private func key(of line: Int, in order: OfferOrder, _ names: [UInt32]) -> UInt64 {
    switch order {
    case .rule: 0
    case .gain: ~value[line].orderKey
    case .cost: ~cost[line].orderKey
    case .lastDay: Int64(validUntil[line]).orderKey
    case .customer: line < names.count ? UInt64(names[line]) : .max
    }
  }
}
