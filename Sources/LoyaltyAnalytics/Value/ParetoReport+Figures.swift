package import LoyaltyModel
import Statistics

extension ParetoReport {
  /// Measures the customers who bought.
  /// - Parameters:
  ///   - figures: The customers' figures.
  ///   - measure: Which amount is meant.
  package init(_ figures: CustomerFigures, measure: ValueMeasure) {
    let measure = figures.resolved(measure)
    let values = figures.values(measure)
    // The curve sorts what is sorted already in no time.
    let curve = ParetoCurve(
      RowOrder.descending(
        values.indices.filter { figures.purchaseDays[$0] > 0 }.map { values[$0] }))
    let points = (0...100).compactMap { percent in
      let share = Double(percent) / 100
      return curve.shareHeld(byTop: share).map { Point(customers: share, value: $0) }
    }
    self.init(
      asOf: figures.asOf, measure: measure, customers: curve.count, value: curve.total,
      top20Share: curve.shareHeld(byTop: 0.2), customersFor80: curve.shareOfHolders(of: 0.8),
      gini: curve.gini, points: points)
    for row in values.indices where figures.purchaseDays[row] == 0 && values[row] != 0 {
      others += 1
      othersValue += values[row]
    }
  }
}
