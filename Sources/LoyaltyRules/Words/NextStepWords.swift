package import LoyaltyModel

// What would have to happen, in words.

extension Wording {
  /// A step as a phrase: `one purchase of at least 36.53 by 2026-08-14`.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - asOf: The date that it starts from.
  ///   - money: Writes an amount for people.
  /// - Returns: The phrase; several things are joined by "and".
  package func step(_ step: NextStep, asOf: Day, money: (Int64) -> String) -> String {
    var parts: [String] = []
    if step.purchases > 0 { parts.append(purchases(step, money)) }
    if step.wait > 0 {
      let day = day(asOf + step.wait)
      parts.append(
        step.purchases > 0
          ? self("step.then", ["day": day])
          : self("step.wait", count: step.wait, ["n": String(step.wait), "day": day]))
    }
    parts += step.consents.map { self("step.consent", ["way": name(of: $0)]) }
    if step.settlesComplaint { parts.append(self["step.complaint"]) }
    return parts.joined(separator: " \(self["word.and"]) ")
  }

  private func purchases(_ step: NextStep, _ money: (Int64) -> String) -> String {
    var text = self("step.purchases", count: step.purchases, ["n": String(step.purchases)])
    if !step.category.isEmpty {
      text = self("step.category", ["what": text, "category": step.category])
    }
    if step.amount > 0 {
      text = self(
        step.purchases > 1 ? "step.amount-each" : "step.amount",
        ["what": text, "amount": money(step.amount)])
    }
    if let deadline = step.deadline {
      text = self("step.by", ["what": text, "day": day(deadline)])
    }
    return text
  }
}
