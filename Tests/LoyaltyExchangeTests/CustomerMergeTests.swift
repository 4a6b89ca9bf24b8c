import LoyaltyExchange
import LoyaltyModel
import Testing

@Suite struct CustomerMergeTests {
  private func customer(_ change: (inout Customer) -> Void = { _ in }) -> Customer {
    var customer = Customer(id: "7")
    customer.name = "Ana"
    customer.email = "ana@example.com"
    change(&customer)
    return customer
  }

  @Test func newUnchangedAndCompleted() {
    let known = customer()
    #expect(CustomerMerge(known: nil, incoming: known, policy: .ask).verdict == .new)
    #expect(CustomerMerge(known: nil, incoming: known, policy: .ask).merged == known)
    let same = CustomerMerge(known: known, incoming: known, policy: .ask)
    #expect(same.verdict == .unchanged)
    #expect(same.conflicts.isEmpty)
    let bare = CustomerMerge(known: known, incoming: Customer(id: "7"), policy: .replace)
    #expect(bare.verdict == .unchanged)
    #expect(bare.merged == known)
    var more = Customer(id: "7")
    more.phone = "1"
    let completed = CustomerMerge(known: known, incoming: more, policy: .keep)
    #expect(completed.verdict == .changed)
    #expect(completed.conflicts.isEmpty)
    #expect(completed.merged == customer { $0.phone = "1" })
  }

  @Test(arguments: [
    (ConflictPolicy.ask, "Ana", CustomerMerge.Verdict.unchanged), (.keep, "Ana", .unchanged),
    (.replace, "Anna", .changed),
  ])
  func differencesFollowThePolicyAndAreReported(
    policy: ConflictPolicy, name: String, verdict: CustomerMerge.Verdict
  ) {
    let merge = CustomerMerge(
      known: customer(), incoming: customer { $0.name = "Anna" }, policy: policy)
    #expect(merge.merged.name == name)
    #expect(merge.verdict == verdict)
    #expect(merge.conflicts.map(\.field) == [.name])
    #expect(merge.conflicts.map(\.known) == ["Ana"])
    #expect(merge.conflicts.map(\.incoming) == ["Anna"])
  }

  @Test(arguments: ConflictPolicy.allCases)
  func listsGrowAndRefusalsStay(policy: ConflictPolicy) {
    let known = customer {
      $0.tags = ["a", "b"]
      $0.doNotContactSince = day("2026-02-01")
      $0.consents = [Consent(channel: .email, given: false, day: day("2026-01-10"), source: "x")]
      $0.kind = .organisation
      $0.statedOrders = 3
    }
    let incoming = customer {
      $0.tags = ["b", "c"]
      $0.doNotContactSince = day("2026-03-01")
      $0.consents = [
        Consent(channel: .email, given: true, day: day("2026-01-10"), source: "y"),
        Consent(channel: .sms, given: true, day: day("2026-01-10"), source: "y"),
      ]
      $0.statedOrders = 5
    }
    let merged = CustomerMerge(known: known, incoming: incoming, policy: policy).merged
    #expect(merged.tags == ["a", "b", "c"])
    #expect(merged.doNotContactSince == day("2026-02-01"))
    #expect(merged.kind == .organisation)
    #expect(merged.statedOrders == 5)
    var table = CustomerTable()
    table.append(merged)
    #expect(table.consent(0, .email, asOf: day("2026-06-30")) == false)
    #expect(table.consent(0, .sms, asOf: day("2026-06-30")) == true)
    // A silent record takes nothing back.
    let later = CustomerMerge(known: merged, incoming: Customer(id: "7"), policy: policy)
    #expect(later.verdict == .unchanged)
  }

  @Test func aLaterPermissionCountsAgain() {
    let known = customer {
      $0.consents = [Consent(channel: .email, given: false, day: day("2026-01-10"))]
    }
    let incoming = customer {
      $0.consents = [Consent(channel: .email, given: true, day: day("2026-01-11"))]
    }
    var table = CustomerTable()
    table.append(CustomerMerge(known: known, incoming: incoming, policy: .keep).merged)
    #expect(table.consent(0, .email, asOf: day("2026-01-10")) == false)
    #expect(table.consent(0, .email, asOf: day("2026-01-11")) == true)
  }

  @Test func consumersAreCompletedByName() {
    let known = customer { $0.consumers = [Consumer(name: "Kim", needs: ["shoes"])] }
    let incoming = customer {
      $0.consumers = [
        Consumer(name: "Kim", birthYear: 2015, needs: ["books"]), Consumer(name: "Lee"),
      ]
    }
    let merged = CustomerMerge(known: known, incoming: incoming, policy: .keep).merged
    #expect(
      merged.consumers == [
        Consumer(name: "Kim", birthYear: 2015, needs: ["shoes", "books"]), Consumer(name: "Lee"),
      ])
  }
}
