package import LoyaltyModel

extension FactColumnsBuilder {
  /// The purchases that stand, with net amounts.
  var purchaseList: RecordList {
    let (lines, purchases) = (analysis.history.lines, purchases)
    let rows = lines.rows
    var columns: LaterValues<FactColumn> = [
      "date": .int32(lines.days), "amount": .int64(lines.amounts),
    ]
    columns.set("units") { .int32(rows.map { purchases.units[Int($0)] }) }
    columns.set("category") { choice(rows, of: purchases.product, products.categories) }
    columns.set("product") { choice(rows, of: purchases.product, products.products) }
    columns.set("branch") {
      choice(rows, of: purchases.branch, SortedLabels(purchases.branches.labels))
    }
    columns.set("channel") {
      choice(rows, of: purchases.channel, SortedLabels(purchases.channels.labels))
    }
    return RecordList(
      offsets: lines.offsets, columns: columns, ids: PurchaseIDs(rows, of: purchases))
  }

  /// The labels of some rows of the purchases.
  private func choice<Number: BinaryInteger>(
    _ rows: Column<UInt32>, of numbers: Column<Number>, _ labels: SortedLabels
  ) -> FactColumn {
    .choice(
      rows.map { labels.number(ofOriginal: Int(numbers[Int($0)])) }, labels: labels.labels)
  }

  /// The people who use what the customers buy, in the order in which they were given.
  var consumerList: RecordList {
    let (offsets, entries) = entries(.consumers) { $0.consumers }
    let year = analysis.asOf.components.year
    let ages = entries.map { consumer in
      consumer.birthYear.map { Int32(clamping: year - $0) } ?? FactColumn.unknownInt32
    }
    return RecordList(
      offsets: Column(offsets),
      columns: ["age": .int32(ages), "need": setColumn(entries.map(\.needs))])
  }

  /// The feedback received up to the as-of date, by day.
  var feedbackList: RecordList {
    let (offsets, entries) = entries(.feedback) { details in
      // A stable order that later feedback cannot change.
      details.feedback.filter { $0.day <= analysis.asOf }.enumerated()
        .sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }
    let kinds = SortedLabels(Feedback.Kind.allCases.map(\.rawValue))
    return RecordList(
      offsets: Column(offsets),
      columns: [
        "date": .int32(entries.map(\.day.number)),
        "kind": .choice(
          entries.map { number(of: $0.kind.rawValue, in: kinds) }, labels: kinds.labels),
        "score": .int32(
          entries.map { $0.score.map { Int32(clamping: $0) } ?? FactColumn.unknownInt32 }),
      ])
  }

  /// The offers made up to the as-of date, by number.
  package var offerList: RecordList {
    let placed = offers.compactMap { offer -> (row: Int, offer: Offer)? in
      guard offer.asOf <= analysis.asOf, let row = customers.row(of: offer.customer) else {
        return nil
      }
      return (row, offer)
    }.sorted { ($0.row, $0.offer.id) < ($1.row, $1.offer.id) }
    var counts = [UInt32](repeating: 0, count: customers.count + 1)
    for entry in placed { counts[entry.row + 1] += 1 }
    for row in 0..<customers.count { counts[row + 1] += counts[row] }
    let rules = SortedLabels(placed.map(\.offer.rule.id))
    let states = LabelList(OfferState.allCases.map(\.rawValue))
    return RecordList(
      offsets: Column(counts),
      columns: [
        "sent": .int32(
          placed.map { entry in
            guard let day = entry.offer.exported, day <= analysis.asOf else {
              return FactColumn.unknownInt32
            }
            return day.number
          }),
        "rule": .choice(
          placed.indices.map { rules.number(ofOriginal: $0) }, labels: rules.labels),
        "state": .choice(
          placed.map { entry in
            states.number(of: entry.offer.state.rawValue).map { UInt16($0) }
              ?? FactColumn.unknownChoice
          }, labels: states),
      ])
  }

  private func number(of label: String, in labels: SortedLabels) -> UInt16 {
    labels.labels.number(of: label).map { UInt16($0) } ?? FactColumn.unknownChoice
  }

  /// The entries of a list that stands in the customers' details, customer by customer.
  private func entries<Entry>(
    _ part: CustomerDetails.Parts, _ list: (CustomerDetails) -> [Entry]
  ) -> (offsets: [UInt32], entries: [Entry]) {
    var (offsets, entries): ([UInt32], [Entry]) = ([0], [])
    offsets.reserveCapacity(customers.count + 1)
    let all = customers.details
    for row in 0..<customers.count {
      if all.has(part, row), let details = all[row] { entries += list(details) }
      offsets.append(UInt32(entries.count))
    }
    return (offsets, entries)
  }
}
