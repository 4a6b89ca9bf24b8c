package import LoyaltyModel

// Who dropped out and why, in words.

extension Funnel {
  /// Why a gate dropped those whom it dropped, as a sentence with its numbers.
  ///
  /// - Parameters:
  ///   - gate: The gate.
  ///   - rule: The rule whose people were dropped; nil for all rules together.
  /// - Returns: The sentence.
  package func reason(_ gate: Gate, of rule: RuleFunnel? = nil) -> String {
    switch gate {
    case .campaignDates, .campaignBranches, .campaignBudget:
      Words.campaignReason(gate, rule?.campaign, numbers.currency)
    case .window: "The rule does not apply on this date."
    case .when: "The conditions do not hold."
    case .unknown: "A fact that the rule needs is unknown."
    case .unless: "An exception applies, or cannot be ruled out."
    case .consent: "No channel of the rule may be used: no consent, no address, or do not contact."
    case .contacts:
      "Contacted \(numbers.contacts.most) times or more within \(numbers.contacts.windowDays) days "
        + "(high cohort: \(numbers.contacts.mostForHigh))."
    case .repeated: "Had this offer too recently, or has it waiting already."
    case .group: "Another rule of the same group goes first."
    case .perCustomer:
      "The customer has \(numbers.perCustomer) \(numbers.perCustomer == 1 ? "offer" : "offers") "
        + "already, or would be contacted too often."
    case .cap: "The rule's own limit of offers or money is used up."
    case .budget: budgetReason
    case .holdOut: "Kept back as comparison group."
    }
  }

  private var budgetReason: String {
    guard let budget = numbers.budget, let currency = numbers.currency else {
      return "The budget is used up."
    }
    return "The budget of \(currency.decimalText(minorUnits: budget)) \(currency.code) is used up."
  }
}

extension Gate {
  /// Why a rule lost at this gate, as it follows the rule's name on a card.
  package var lostWords: String {
    switch self {
    case .window: "not on this date"
    case .campaignDates: "its campaign does not run on this date"
    case .campaignBranches: "its campaign is for other branches"
    case .campaignBudget: "the budget of its campaign is used up"
    case .when: "conditions do not hold"
    case .unknown: "a fact is unknown"
    case .unless: "an exception applies"
    case .consent: "no permitted channel"
    case .contacts: "contacted too often already"
    case .repeated: "had it recently"
    case .group: "another of its group goes first"
    case .perCustomer: "enough offers already"
    case .cap: "its limit is used up"
    case .budget: "the budget is used up"
    case .holdOut: "comparison group"
    }
  }
}
