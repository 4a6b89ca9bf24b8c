import LoyaltyModel

/// In which order offers are gone through.
package enum OfferOrder: String, Sendable, CaseIterable {
  /// By the rule's priority, within a rule the greatest expected gain first.
  case rule
  /// The greatest expected gain after cost first, whatever the rule.
  case gain
  /// The greatest expected cost first.
  case cost
  /// Those that run out soonest first.
  case lastDay = "last-day"
}

extension OfferLines {
  /// Offers in an order; those that are alike in it keep the one they come in.
  func sorted(_ numbers: [Int], by order: OfferOrder) -> [Int] {
    guard order != .rule else { return numbers }
    var places = numbers.enumerated().map { place, number in
      KeyedRow(key: key(of: number - 1, in: order), row: UInt32(place))
    }
    RowOrder.sort(&places)
    return places.map { numbers[Int($0.row)] }
  }

  private func key(of line: Int, in order: OfferOrder) -> UInt64 {
    switch order {
    case .rule: 0
    case .gain: ~value[line].orderKey
    case .cost: ~cost[line].orderKey
    case .lastDay: Int64(validUntil[line]).orderKey
    }
  }
}
