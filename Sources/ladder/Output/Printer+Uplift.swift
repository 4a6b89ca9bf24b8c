import LoyaltyModel

extension Printer {
  /// What a comparison group showed, in points of the share who bought.
  ///
  /// - Parameters:
  ///   - uplift: What was measured.
  ///   - name: The rule or campaign.
  ///   - something: What those on the one side were to get.
  ///   - time: Within which time they bought, with a blank before it; empty where it is said elsewhere.
  func say(_ uplift: BuyerUplift, of name: String, something: String, within time: String = "") {
    func points(_ share: Double) -> String {
      (share > 0 ? "+" : "") + String(display.percent(share).dropLast(2))
    }
    func share(_ part: Int, _ whole: Int) -> String {
      display.percent(whole > 0 ? Double(part) / Double(whole) : 0)
    }
    line(
      "Measured, \(name): of \(display.number(uplift.offered)) who were to get \(something) "
        + "\(share(uplift.offeredBought, uplift.offered)) bought\(time), of "
        + "\(display.number(uplift.withheld)) kept back "
        + "\(share(uplift.withheldBought, uplift.withheld)): \(points(uplift.difference)) points due "
        + "to it (95 %: \(points(uplift.low)) to \(points(uplift.high)))")
  }
}
