import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules

/// One customer as they would be after a step: thought purchases appended, the date moved, facts and
/// cohort made anew by the cut in force.
struct Replay {
  private let analysis: Analysis
  private let ground: ReplayGround
  private let row: Int
  private let offers: [Offer]

  /// A replay of a customer.
  ///
  /// - Parameters:
  ///   - row: The customer's row in the analysis.
  ///   - analysis: The figures of everybody.
  ///   - ground: What they lend to the replay.
  ///   - offers: The customer's offers.
  init(row: Int, analysis: Analysis, ground: ReplayGround, offers: [Offer]) {
    (self.row, self.analysis, self.ground, self.offers) = (row, analysis, ground, offers)
  }

  /// The facts of the customer, a table of one row, once a step is done.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - late: By how many days the first purchase is later than the day after the as-of date.
  /// - Returns: The facts on the day on which everything has happened.
  func facts(_ step: NextStep, late: Int = 0) -> FactTable {
    let day = analysis.asOf + (step.days + late)
    let (customers, purchases) = (customer(step), purchases(step, late: late))
    let figures = ground.analysis(purchases: purchases, customers: customers, asOf: day)
    return FactColumnsBuilder(
      figures, customers: customers, purchases: purchases, offers: offers
    ).build()
  }

  /// The cohort once a step is done.
  func cohort(_ step: NextStep, late: Int = 0) -> ValueCohort {
    let day = analysis.asOf + (step.days + late)
    return ground.analysis(
      purchases: purchases(step, late: late), customers: customer(step), asOf: day
    ).cohorts.cohorts[0]
  }

  private func customer(_ step: NextStep) -> CustomerTable {
    var customer = analysis.customers.customer(row)
    for channel in step.consents {
      customer.consents.append(
        Consent(channel: channel, given: true, day: analysis.asOf, source: ""))
    }
    if step.settlesComplaint {
      for index in customer.feedback.indices where customer.feedback[index].kind == .complaint {
        customer.feedback[index].settled = customer.feedback[index].settled ?? analysis.asOf
      }
    }
    var table = CustomerTable()
    table.append(customer)
    return table
  }

  private func purchases(_ step: NextStep, late: Int) -> PurchaseTable {
    let all = analysis.purchases
    let known = all.rows(ofCustomer: row).filter { all.days[$0] <= analysis.asOf.number }
    var table = PurchaseTable()
    (table.branches, table.channels) = (all.branches, all.channels)
    // Only the products that occur: labels of all would be sorted anew for each replay.
    var numbers: [Int32: Int32] = [:]
    func number(_ product: Int32) -> Int32 {
      guard product >= 0 else { return -1 }
      if let known = numbers[product] { return known }
      numbers[product] = Int32(table.products.count)
      table.products.append(all.products[Int(product)])
      return Int32(table.products.count - 1)
    }
    for (place, row) in known.enumerated() {
      table.append(all, row, product: number(all.product[row]))
      if let refunded = all.refundedRow[row], let sale = known.firstIndex(of: refunded) {
        table.refundedRow[place] = sale
      }
    }
    let wished = product(of: step.category).map(number)
    for count in 0..<step.purchases {
      let day = analysis.asOf + (1 + late + count)
      table.append(thought: step.amount, on: day, like: known.last, in: all)
      if let wished { table.product[table.count - 1] = wished }
      if wished == nil, let last = known.last {
        table.product[table.count - 1] = number(all.product[last])
      }
    }
    table.offsets.append(UInt32(table.count))
    return table
  }

  /// The first product of a category.
  private func product(of category: String) -> Int32? {
    guard !category.isEmpty else { return nil }
    return analysis.purchases.products.firstIndex {
      $0.category.lowercased() == category.lowercased()
    }.map { Int32($0) }
  }
}

extension PurchaseTable {
  /// Adds a row of another table whose branches and channels this one shares.
  fileprivate mutating func append(_ other: PurchaseTable, _ row: Int, product: Int32) {
    days.append(other.days[row])
    amounts.append(other.amounts[row])
    units.append(other.units[row])
    self.product.append(product)
    branch.append(other.branch[row])
    channel.append(other.channel[row])
    batch.append(other.batch[row])
    batchRow.append(other.batchRow[row])
  }

  /// Adds a purchase that has not happened, at the place and through the channel of another.
  fileprivate mutating func append(
    thought amount: Int64, on day: Day, like row: Int?, in other: PurchaseTable
  ) {
    days.append(day.number)
    amounts.append(amount)
    units.append(1)
    product.append(-1)
    branch.append(row.map { other.branch[$0] } ?? .max)
    channel.append(row.map { other.channel[$0] } ?? .max)
    // No import has this number, so a thought purchase is never taken for a stored one.
    batch.append(.max)
    batchRow.append(UInt32(days.count))
  }
}
