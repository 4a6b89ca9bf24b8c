import LoyaltyModel

/// What the fits cannot tell, or what to keep in mind with them.
package enum ModelFinding: Sendable, Hashable {
  /// Neither model of buying can be fitted, for the same reason.
  case neither(CannotEstimate)
  /// The model of a name cannot be fitted.
  case cannotFit(String, CannotEstimate)
  /// No model takes part in the stages.
  case rhythmAlone
  /// Repeat customers whose purchases bring nothing, of all repeat customers.
  case leftOut(Int, of: Int)
}

extension ModelFits {
  /// What cannot be estimated and what to keep in mind.
  package var findings: [ModelFinding] {
    var findings: [ModelFinding] = []
    if let reason = mbgNBD.finding, bgNBD.finding?.isLike(reason) == true {
      findings.append(.neither(reason))
    } else {
      for kind in [PurchaseModelKind.bgNBD, .mbgNBD] {
        if let reason = finding(kind) { findings.append(.cannotFit(kind.name, reason)) }
      }
    }
    if mbgNBD.finding != nil { findings.append(.rhythmAlone) }
    if let reason = gammaGamma.finding {
      findings.append(.cannotFit("Gamma-Gamma", reason))
    } else if withoutAmounts > 0 {
      findings.append(.leftOut(withoutAmounts, of: repeatCustomers))
    }
    return findings
  }
}

extension CannotEstimate {
  /// Whether another model fails for the same reason, by figures of its own.
  fileprivate func isLike(_ other: CannotEstimate) -> Bool {
    switch (self, other) {
    case (.dropoutNotIdentified, .dropoutNotIdentified),
      (.meanSpendInfinite, .meanSpendInfinite):
      true
    default: self == other
    }
  }
}
