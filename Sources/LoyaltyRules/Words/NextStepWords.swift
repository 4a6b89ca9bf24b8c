package import LoyaltyModel

// What would have to happen, in words.

extension Words {
  /// A step as a phrase: `one purchase of at least 36.53 by 2026-08-14`.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - asOf: The date that it starts from.
  ///   - money: Writes an amount for people.
  /// - Returns: The phrase; several things are joined by "and".
  package static func step(
    _ step: NextStep, asOf: Day, money: (Int64) -> String
  ) -> String {
    var parts: [String] = []
    if step.purchases > 0 {
      var text = step.purchases == 1 ? "one purchase" : "\(step.purchases) more purchases"
      if !step.category.isEmpty { text += " in \(step.category)" }
      if step.amount > 0 {
        text += " of at least \(money(step.amount))" + (step.purchases > 1 ? " each" : "")
      }
      if let deadline = step.deadline { text += " by \(deadline)" }
      parts.append(text)
    }
    if step.wait > 0 {
      let day = asOf + step.wait
      let days = step.wait == 1 ? "one day" : "\(step.wait) days"
      parts.append(
        step.purchases > 0 ? "then \(day) at the earliest" : "\(days) more, on \(day)")
    }
    parts += step.consents.map { "consent to \($0.words)" }
    if step.settlesComplaint { parts.append("the complaint settled") }
    return parts.joined(separator: " and ")
  }
}
