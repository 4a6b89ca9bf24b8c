package import LoyaltyModel

/// Fills the fact columns that rules and filters read, from an analysis.
///
/// Every fact of ``FactCatalogue/customers`` gets its column and every list its entries: those that
/// the figures have as they are, all others when somebody asks for them. Labels of
/// open choices (branches, categories, products …) are numbered in the order of their bytes, so that
/// the order of imports does not show; of more than 65,534 labels the last ones are unknown.
package struct FactColumnsBuilder: Sendable {
  let analysis: CustomerAnalysis
  let customers: CustomerTable
  let purchases: PurchaseTable
  let offers: [Offer]
  let products: ProductLabels

  /// A builder of the facts as of the analysis' date.
  /// - Parameters:
  ///   - analysis: The analysis of these customers and purchases.
  ///   - customers: All customers.
  ///   - purchases: All purchases.
  ///   - offers: Every offer as it stood on the as-of date; offers that rest on later facts are
  ///     left out, and a later export is not seen.
  package init(
    _ analysis: CustomerAnalysis, customers: CustomerTable, purchases: PurchaseTable,
    offers: [Offer] = []
  ) {
    (self.analysis, self.customers, self.purchases) = (analysis, customers, purchases)
    self.offers = offers
    products = ProductLabels(purchases)
  }

  /// The facts of all customers.
  package func build() -> FactTable {
    var table = FactTable(asOf: analysis.asOf, count: customers.count)
    table.keptKnown = Later { known }
    addIdentity(to: &table)
    addStanding(to: &table)
    addFigures(to: &table)
    addTastes(to: &table)
    addPermissions(to: &table)
    table.lists.set("purchases") { purchaseList }
    table.lists.set("consumers") { consumerList }
    table.lists.set("offers") { offerList }
    table.lists.set("feedback") { feedbackList }
    return table
  }

  /// Who the customer is.
  private func addIdentity(to table: inout FactTable) {
    table.columns["id"] = .text(customers.ids)
    table.columns["name"] = .text(customers.names)
    table.columns["email"] = .text(customers.emails)
    table.columns["phone"] = .text(customers.phones)
    table.columns["branch"] = .choice(analysis.homes.branch, labels: analysis.homes.labels)
    let kept = Later { places }
    table.columns.set("city") { .text(kept.value.cities) }
    table.columns.set("country") { .text(kept.value.countries) }
    table.columns.set("tag") { tags }
  }

  /// Where the customer stands: stage, cohort, scores.
  private func addStanding(to table: inout FactTable) {
    let (stages, cohorts, rfm) = (analysis.stages, analysis.cohorts, analysis.rfm)
    let rows = 0..<customers.count
    table.columns.set("stage") { choice(stages.stages) }
    table.columns["stage_since"] = .int32(stages.since)
    table.columns.set("cohort") { choice(cohorts.cohorts) }
    table.columns.set("segment") { choice(RFMSegment.allCases) { rfm.segment($0) } }
    for (fact, scores) in [
      ("r_score", rfm.recency), ("f_score", rfm.frequency), ("m_score", rfm.monetary),
    ] {
      table.columns.set(fact) {
        .int32(scores.map { $0 == 0 ? FactColumn.unknownInt32 : Int32($0) })
      }
    }
    table.columns.set("to_next_cohort") {
      .int64(rows.map { cohorts.missingToNext($0) ?? FactColumn.unknownInt64 })
    }
    let predictions = analysis.predictions
    table.columns["p_alive"] = .double(predictions.alive)
    table.columns["expected_purchases_12m"] = .double(predictions.purchases)
    table.columns["expected_value"] = .int64(predictions.meanValue)
    table.columns["clv_12m"] = .int64(predictions.value)
    table.columns["value_at_risk"] = .int64(predictions.valueAtRisk)
    table.columns["loyalty_score"] = .int32(analysis.loyalty.points)
  }

  /// The basic figures.
  private func addFigures(to table: inout FactTable) {
    let figures = analysis.figures
    let rows = 0..<customers.count
    table.columns["purchase_days"] = .int32(figures.purchaseDays)
    table.columns.set("repeat") { .int32(rows.map { figures.repeats($0) }) }
    table.columns.set("recency_days") {
      .int32(rows.map { figures.recencyDays($0) ?? FactColumn.unknownInt32 })
    }
    table.columns.set("tenure_days") {
      .int32(rows.map { figures.tenureDays($0) ?? FactColumn.unknownInt32 })
    }
    table.columns["first_purchase"] = .int32(figures.firstDay)
    table.columns["last_purchase"] = .int32(figures.lastDay)
    // Rounded to whole days for people; stages use the halves.
    table.columns.set("gap_days") {
      .int32(
        rows.map { row in
          figures.purchaseDays[row] > 0
            ? Int32(figures.gap(row).rounded()) : FactColumn.unknownInt32
        })
    }
    table.columns["value_total"] = .int64(figures.valueTotal)
    table.columns["value_12m"] = .int64(figures.value12m)
    table.columns.set("average_basket") {
      .int64(rows.map { figures.averageBasket($0) ?? FactColumn.unknownInt64 })
    }
  }

  /// A column of a closed choice in the order of declaration.
  private func choice<Choice: RawRepresentable<String>>(
    _ column: ChoiceColumn<Choice>
  ) -> FactColumn {
    .choice(
      column.places.map { UInt16($0) }, labels: LabelList(Choice.allCases.map(\.rawValue)))
  }

  /// A column of a closed choice, whose labels stand in the order of declaration.
  func choice<Choice: RawRepresentable<String> & Hashable>(
    _ cases: [Choice], _ value: (Int) -> Choice?
  ) -> FactColumn {
    var numbers: [Choice: UInt16] = [:]
    for (number, choice) in cases.enumerated() { numbers[choice] = UInt16(number) }
    let column = (0..<customers.count).map { row in
      value(row).flatMap { numbers[$0] } ?? FactColumn.unknownChoice
    }
    return .choice(column, labels: LabelList(cases.map(\.rawValue)))
  }
}
