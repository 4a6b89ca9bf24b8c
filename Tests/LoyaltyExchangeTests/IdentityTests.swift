import LoyaltyExchange
import LoyaltyModel
import Testing

@Suite struct IdentityTests {
  private func purchase(_ customer: String, _ amount: Int64, receipt: String = "") -> Purchase {
    var purchase = Purchase(customer: customer, day: day("2026-01-31"), amount: amount)
    purchase.receipt = receipt
    return purchase
  }

  private func change(_ purchase: Purchase, _ change: (inout Purchase) -> Void) -> Purchase {
    var changed = purchase
    change(&changed)
    return changed
  }

  @Test func whatCountsAndWhatDoesNot() {
    let plain = purchase("7", 100)
    let differing: [Purchase] = [
      change(plain) { $0.customer = "8" }, change(plain) { $0.customer = "07" },
      change(plain) { $0.day = $0.day + 1 }, change(plain) { $0.amount = 101 },
      change(plain) { $0.units = 2 }, change(plain) { $0.receipt = "1" },
      change(plain) { ($0.receipt, $0.product) = ("1", "P") },
      change(plain) { ($0.receipt, $0.product) = ("1P", "") },
      change(plain) { ($0.customer, $0.receipt) = ("71", "") },
    ]
    let keys = ([plain] + differing).map(PurchaseIdentity.init)
    #expect(Set(keys).count == keys.count)
    let same = change(plain) { ($0.product, $0.branch, $0.channel) = ("P", "B", "web") }
    #expect(PurchaseIdentity(same) == PurchaseIdentity(plain))
    let receipt = change(plain) { $0.receipt = "1" }
    let moved = change(receipt) { $0.branch = "B" }
    #expect(PurchaseIdentity(moved) == PurchaseIdentity(receipt))
  }

  @Test func rowsAndStoredPurchasesAgree() throws {
    let file = try importFile(
      """
      customer,date,receipt,product,quantity,amount
      7,2026-01-31,,P,2,1.00
      7,2026-01-31,4711,P,2,1.00
      ,2026-01-31,4712,,-1,-1.00
      '=1,2026-01-31,'-4,P,1,-1.00
      """)
    #expect(file.read.purchases.count == 4)
    #expect(file.read.identities == file.read.purchases.map(PurchaseIdentity.init))
  }

  @Test func hashesOfManyDifferentPurchasesDiffer() {
    var keys: Set<PurchaseIdentity> = []
    for customer in 0..<300 {
      for amount in 0..<300 {
        keys.insert(PurchaseIdentity(purchase("\(customer)", Int64(amount))))
      }
    }
    #expect(keys.count == 90_000)
  }

  /// A plain model: how many of each are known.
  private struct Model {
    var known: [Purchase: Int] = [:]

    mutating func new(in file: [Purchase]) -> Int {
      let counts = file.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      var new = 0
      for (purchase, count) in counts {
        let before = known[purchase, default: 0]
        new += max(0, count - before)
        known[purchase] = max(before, count)
      }
      return new
    }
  }

  @Test(arguments: 0..<40)
  func overlappingFilesAgreeWithAPlainModel(seed: UInt64) {
    var numbers = Numbers(state: seed)
    var (index, model) = (IdentityIndex(), Model())
    let stored = (0..<20).map { _ in purchase("\(Int.random(in: 0..<4, using: &numbers))", 1) }
    for purchase in stored {
      index.seed(PurchaseIdentity(purchase))
      model.known[purchase, default: 0] += 1
    }
    var files: [[Purchase]] = []
    for _ in 0..<6 {
      let file = (0..<Int.random(in: 0..<60, using: &numbers)).map { _ in
        purchase(
          "\(Int.random(in: 0..<4, using: &numbers))", Int64.random(in: 0..<4, using: &numbers),
          receipt: Bool.random(using: &numbers) ? "r" : "")
      }
      files.append(file)
      // The newest file, and an older one once more, in another order.
      for file in [file, files.randomElement(using: &numbers)?.shuffled(using: &numbers) ?? []] {
        index.beginFile()
        let new = file.count { index.classify(PurchaseIdentity($0)) == .new }
        #expect(new == model.new(in: file))
      }
    }
  }

  @Test func theIndexGrows() {
    var index = IdentityIndex(minimumCapacity: 10)
    for amount in 0..<100_000 { index.seed(PurchaseIdentity(purchase("7", Int64(amount)))) }
    #expect(index.count == 100_000)
    index.beginFile()
    let known = (0..<100_000).count {
      index.classify(PurchaseIdentity(purchase("7", Int64($0)))) == .unchanged
    }
    #expect(known == 100_000)
    #expect(index.classify(PurchaseIdentity(purchase("8", 0))) == .new)
  }
}
