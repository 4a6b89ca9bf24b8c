package import LoyaltyModel

// Who dropped out and why, in words.

extension Funnel {
  /// Why a gate dropped those whom it dropped, as a sentence with its numbers.
  ///
  /// - Parameters:
  ///   - gate: The gate.
  ///   - wording: The words.
  ///   - rule: The rule whose people were dropped; nil for all rules together.
  /// - Returns: The sentence.
  package func reason(_ gate: Gate, _ wording: Wording, of rule: RuleFunnel? = nil) -> String {
    switch gate {
    case .campaignDates, .campaignBranches, .campaignBudget:
      return wording.campaignReason(gate, rule?.campaign, numbers.currency)
    case .contacts:
      return wording(
        "gate.contacts",
        [
          "most": String(numbers.contacts.most), "days": String(numbers.contacts.windowDays),
          "high": String(numbers.contacts.mostForHigh),
        ])
    case .perCustomer:
      return wording(
        "gate.per-customer", count: numbers.perCustomer, ["n": String(numbers.perCustomer)])
    case .budget:
      guard let budget = numbers.budget, let currency = numbers.currency else {
        return wording["gate.budget"]
      }
      let amount = wording.display.plainAmount(budget, currency) + " " + currency.code
      return wording("gate.budget-of", ["amount": amount])
    default: return wording["gate.\(gate.rawValue)"]
    }
  }
}

extension Gate {
  /// Why a rule lost at this gate, as it follows the rule's name on a card.
  package func lost(_ wording: Wording) -> String { wording["gate.\(rawValue).lost"] }
}
