import LoyaltyModel
import LoyaltyWorkspace

extension Texts {
  /// Where a customer stands: the stage and, of who has bought, the cohort.
  func standing(_ customer: CustomerSummary) -> String {
    let stage = title(customer.stage)
    guard customer.cohort != .none else { return stage }
    return self(
      "review.customer", ["stage": stage, "cohort": title(customer.cohort).lowercased()])
  }
}
