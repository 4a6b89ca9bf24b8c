import LoyaltyModel
import LoyaltyStore
import LoyaltyRules
import TestSupport
import Testing

@testable import LoyaltyWorkspace

/// What is shown as missing is tried the hard way: the purchases are imported, and everybody's
/// figures are computed anew.
@Suite("Near-misses")
struct NearMissTests {
  @Test("really lead there, and a little less does not", arguments: Sweep.seeds(1))
  func areTrue(seed: Int) throws {
    let shop = try TestShop(customers: 90, seed: 7 + UInt64(seed))
    let workspace = try shop.open()
    var (tried, withAmount, withDeadline) = (0, 0, 0)
    for rule in workspace.activeRules {
      for miss in try workspace.nearMisses(ofRule: rule.id, limit: 2) {
        let step = miss.step
        guard step.consents.isEmpty, !step.settlesComplaint else { continue }
        func outcome(_ step: NextStep, late: Int = 0) throws -> RuleOutcome {
          try shop.after(step, customer: miss.customer, late: late)
            .outcome(rule.id, customer: miss.customer)
        }
        #expect(try workspace.outcome(rule.id, customer: miss.customer) != .match)
        #expect(try outcome(step) == .match, "\(rule.id) \(miss.customer): \(miss.text)")
        tried += 1
        if step.amount > 0 {
          var less = step
          less.amount -= 1
          #expect(try outcome(less) != .match, "\(rule.id) \(miss.customer): \(miss.text)")
          withAmount += 1
        }
        if step.wait > 1 {
          var less = step
          less.wait -= 1
          #expect(try outcome(less) != .match, "\(rule.id) \(miss.customer): \(miss.text)")
        }
        if let deadline = step.deadline {
          let late = deadline - workspace.asOf - step.purchases
          #expect(try outcome(step, late: late) == .match, "\(miss.text)")
          // The conditions know nothing of the campaign, with which the offer ends, too.
          if deadline != workspace.state.programme.campaign(rule.campaign)?.until {
            #expect(try outcome(step, late: late + 1) != .match, "\(miss.text)")
          }
          withDeadline += 1
        }
      }
    }
    // In one shop of the sweep there may be fewer.
    guard seed == 0 else { return }
    #expect(tried > 10 && withDeadline > 0)
    #expect(withAmount > 0)
  }

  @Test("one purchase of the amount by the day reaches the next cohort, a cent less does not")
  func cohortSteps() throws {
    let shop = try TestShop(customers: 100, seed: 9)
    let workspace = try shop.open()
    let steps = try workspace.closestToNextCohort(limit: 12)
    #expect(steps.count == 12)
    #expect(steps.map(\.amount) == steps.map(\.amount).sorted())
    for found in steps {
      func cohort(_ amount: Int64, late: Int = 0) throws -> ValueCohort {
        let step = NextStep(purchases: 1, amount: amount)
        let later = try shop.after(step, customer: found.customer, late: late)
        return try later.summary(ofRow: found.row).cohort
      }
      #expect(try cohort(found.amount) == found.target)
      if found.amount > 1 { #expect(try cohort(found.amount - 1) == found.cohort) }
      if let deadline = found.deadline, let later = found.amountLater {
        let late = deadline - workspace.asOf - 1
        #expect(try cohort(found.amount, late: late) == found.target)
        #expect(try cohort(found.amount, late: late + 1) < found.target)
        #expect(try cohort(later, late: late + 1) >= found.target)
      }
      #expect(found.text.hasPrefix("One purchase of at least "))
    }
    #expect(steps.contains { $0.deadline != nil })
  }

  @Test("a customer's card says what would lead them further")
  func cards() throws {
    let workspace = try TestShop(customers: 100, seed: 9).open()
    let near = try #require(workspace.closestToNextCohort(limit: 1).first)
    let steps = try workspace.nextSteps(ofCustomer: near.customer)
    #expect(steps.first == near.text)
    let misses = try workspace.nearMisses(ofCustomer: near.customer, limit: 3)
    #expect(steps.dropFirst() == misses.map { "\($0.title): \($0.text)." }[...])
    #expect(throws: WorkspaceError.noSuchCustomer("nobody")) {
      try workspace.nearMisses(ofCustomer: "nobody")
    }
    #expect(throws: WorkspaceError.noSuchCustomer("nobody")) {
      try workspace.nextSteps(ofCustomer: "nobody")
    }
  }
}
