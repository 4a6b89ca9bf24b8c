import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

/// Takes what an import reads, leaves out what is known already, and passes the rest to the store.
struct ImportCollector: ImportSink {
  private let state: StoreState
  private let writer: (any ImportWriter)?
  private let policy: ConflictPolicy
  private let report: (Int) throws -> Void
  private var index: IdentityIndex
  private(set) var rejected: RejectedRows
  /// Customers about whom the file says something new, in the order of the file; a later line may
  /// say again what was known.
  private var met: [String] = []
  /// Their records, as the lines so far leave them.
  private var merged: [String: Customer] = [:]
  /// Customers whom nobody knew before this file.
  private var newCustomers: Set<String> = []
  /// The same for products.
  private var described: [String] = []
  private var products: [String: Product] = [:]
  /// Customers who were known before this file and are known better by it.
  private(set) var changedCustomers = 0
  /// Products that are known better by it, or are new.
  private var changedProducts = 0
  /// What the file says came of offers.
  private(set) var results: ResultBook
  private var purchases = (new: 0, unchanged: 0, anonymous: 0)
  /// New purchases that have the customer, day and amount of one that is there already.
  private var alike = 0
  private var records = (new: 0, changed: 0, unchanged: 0)
  /// Whether the file's consents have no day of their own.
  private let hasUndatedConsents: Bool
  /// Rows that permit what the customer is known to have refused.
  private var refusalsKept = 0
  /// Rows about people who were erased.
  private var erased = 0

  init(
    state: StoreState, index: IdentityIndex, writer: (any ImportWriter)?,
    policy: ConflictPolicy, hasUndatedConsents: Bool, results: ResultBook,
    rejected: RejectedRows, report: @escaping (Int) throws -> Void
  ) {
    (self.state, self.index, self.writer) = (state, index, writer)
    (self.policy, self.rejected, self.report) = (policy, rejected, report)
    (self.results, self.hasUndatedConsents) = (results, hasUndatedConsents)
  }

  mutating func take(_ row: borrowing PurchaseRow) throws {
    if !state.erased.isEmpty, state.erased.hold(number: row.text(.customer)) {
      erased += 1
      purchases.unchanged += 1
      return
    }
    guard index.classify(row.identity) == .new else {
      purchases.unchanged += 1
      return
    }
    let purchase = row.purchase
    purchases.new += 1
    if purchase.customer.isEmpty {
      purchases.anonymous += 1
    } else {
      let known = meet(purchase.customer)
      if let known, state.purchases.holds(purchase, ofCustomer: known) { alike += 1 }
    }
    try writer?.add(purchase, row: row.line)
  }

  mutating func take(_ customer: Customer, line: Int) throws {
    if state.erased.hold(customer) {
      erased += 1
      records.unchanged += 1
      return
    }
    let known =
      merged[customer.id] ?? state.customers.row(of: customer.id).map(state.customers.customer)
    let merge = CustomerMerge(
      known: known, incoming: customer, policy: policy, hasUndatedConsents: hasUndatedConsents)
    if merge.keepsRefusal { refusalsKept += 1 }
    meet(customer.id)
    switch merge.verdict {
    case .new: records.new += 1
    case .changed: records.changed += 1
    case .unchanged:
      records.unchanged += 1
      return
    }
    if merged.updateValue(merge.merged, forKey: customer.id) == nil { met.append(customer.id) }
  }

  mutating func take(_ product: Product, line: Int) throws {
    let known = products[product.sku] ?? state.product(product.sku)
    let complete = known.map { $0.completed(by: product, replacing: policy == .replace) } ?? product
    guard complete != known else {
      records.unchanged += 1
      return
    }
    if known == nil { records.new += 1 } else { records.changed += 1 }
    if products.updateValue(complete, forKey: product.sku) == nil { described.append(product.sku) }
  }

  mutating func take(_ result: OfferResult) throws -> Rejection? { results.take(result) }

  mutating func take(_ row: RejectedRow) throws { rejected.add(row) }

  mutating func progress(bytes: Int) throws { try report(bytes) }

  /// What staff should know about people who were erased or refused, when the file is about any.
  func notes(_ wording: Wording) -> [String] {
    let left =
      erased == 0
      ? nil
      : wording("import-note.erased", count: erased, ["n": wording.display.number(erased)])
    let refused =
      refusalsKept == 0
      ? nil
      : wording(
        "import-note.refusals-kept", count: refusalsKept,
        ["n": wording.display.number(refusalsKept)])
    return [left, refused, results.note(wording)].compactMap(\.self)
  }

  /// Of how many new purchases so many have the customer, day and amount of one that is there
  /// already, as those of the same file in another form have; nil where that may be chance.
  var likeness: (alike: Int, new: Int)? {
    // In real sales some in a thousand are alike by chance.
    alike > 0 && alike * 50 >= purchases.new ? (alike, purchases.new) : nil
  }

  /// Passes the records of people and products on as the last line leaves them: only what differs
  /// from the stored one counts, however often the file changed its mind.
  mutating func finish() throws {
    for id in met {
      guard let customer = merged[id] else { continue }
      let known = state.customers.row(of: id).map(state.customers.customer)
      guard customer != known else { continue }
      if known != nil { changedCustomers += 1 }
      try writer?.add(customer)
    }
    for sku in described {
      guard let product = products[sku], product != state.product(sku) else { continue }
      changedProducts += 1
      try writer?.add(product)
    }
  }

  /// Whether there is anything to keep.
  func brought(_ counts: ImportCounts) -> Bool {
    counts.new + counts.newCustomers + changedCustomers + changedProducts > 0
  }

  /// What an import counted in the end.
  ///
  /// What was read is what is new, changed, unchanged or rejected. In a file of purchases the rows
  /// that count are the purchases, which never change; what it says about people on the way counts
  /// as changed only where it changed somebody or something.
  func counts(_ tally: ImportTally) -> ImportCounts {
    var counts = ImportCounts()
    let isSales = purchases.new + purchases.unchanged > 0
    counts.read = tally.read
    counts.rejected = tally.rejected
    counts.new = purchases.new + (isSales ? 0 : records.new)
    counts.changed =
      (isSales ? changedCustomers + changedProducts : records.changed) + results.decisions.count
    counts.unchanged = purchases.unchanged + (isSales ? 0 : records.unchanged) + results.unchanged
    counts.anonymous = purchases.anonymous
    counts.newCustomers = newCustomers.count
    return counts
  }

  /// Takes note of a customer.
  ///
  /// - Returns: The row of one who was known before this file.
  @discardableResult
  private mutating func meet(_ id: String) -> Int? {
    let known = state.customers.row(of: id)
    if known == nil { newCustomers.insert(id) }
    return known
  }
}

extension Product {
  /// The product with what another record of it says; empty fields say nothing.
  func completed(by other: Product, replacing: Bool) -> Product {
    var product = self
    if !other.name.isEmpty, replacing || name.isEmpty { product.name = other.name }
    if !other.category.isEmpty, replacing || category.isEmpty { product.category = other.category }
    if let margin = other.margin, replacing || self.margin == nil { product.margin = margin }
    if let role = other.role, replacing || self.role == nil { product.role = role }
    return product
  }
}

extension PurchaseTable {
  /// Whether a customer's purchases hold one of the same day and amount.
  fileprivate func holds(_ purchase: Purchase, ofCustomer row: Int) -> Bool {
    let (day, rows) = (purchase.day.number, rows(ofCustomer: row))
    // Their days ascend.
    var (first, end) = (rows.lowerBound, rows.upperBound)
    while first < end {
      let middle = (first + end) / 2
      if days[middle] < day { first = middle + 1 } else { end = middle }
    }
    return (first..<rows.upperBound).prefix { days[$0] == day }
      .contains { amounts[$0] == purchase.amount }
  }
}
