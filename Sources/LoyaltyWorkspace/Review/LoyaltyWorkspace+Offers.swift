import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The offers that match a filter, in the order of review.
  ///
  /// They come by the rule's priority, then the greatest expected gain, then the number; those of
  /// the comparison group are never among them. The filter is about offers and their customers.
  package func offers(matching filter: String = "") throws(WorkspaceError) -> [Offer] {
    let all = state.offers.filter { $0.state != .withheld }
    let priorities = rulePriorities
    let matching: [Offer]
    if let condition = try condition(filter, .offers) {
      let facts = OfferFacts(analysis(), campaigns: campaigns(of: all)).table(of: all)
      matching = Evaluator(facts: facts).answer(condition).holds.rows.map { all[$0] }
    } else {
      matching = all
    }
    return matching.sorted { left, right in
      let ranks = (priorities[left.rule.id] ?? 0, priorities[right.rule.id] ?? 0)
      if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
      if left.rule.id != right.rule.id { return left.rule.id < right.rule.id }
      if left.expectedValue != right.expectedValue {
        return left.expectedValue > right.expectedValue
      }
      return left.id < right.id
    }
  }

  /// The campaign of each version of a rule among offers, by its hash; without those of none.
  private func campaigns(of offers: [Offer]) -> [String: String] {
    var campaigns: [String: String] = [:]
    var seen: Set<String> = []
    for offer in offers where seen.insert(offer.rule.hash).inserted {
      let name = rule(of: offer)?.campaign ?? ""
      if !name.isEmpty { campaigns[offer.rule.hash] = name }
    }
    return campaigns
  }

  /// Everything that is shown about an offer while it is decided.
  package func offerCard(_ id: Int) throws(WorkspaceError) -> OfferCard {
    guard let offer = state.offers[id] else { throw .noSuchOffer(id) }
    let analysis = analysis()
    guard let row = analysis.customers.row(of: offer.customer) else {
      throw .noSuchCustomer(offer.customer)
    }
    let words = OfferWords(offer, rule: rule(of: offer), currency, display)
    return OfferCard(
      offer: offer, customer: analysis.summary(row), message: message(of: offer),
      why: why(of: offer), evidence: words.evidence, money: words.money,
      alternatives: words.alternatives(titles: ruleTitles), benefits: words.benefits,
      cautions: cautions(offer, analysis, row))
  }

  /// What changed since the suggestion and should be known before deciding.
  private func cautions(_ offer: Offer, _ analysis: Analysis, _ row: Int) -> [String] {
    var cautions: [String] = []
    let (stage, cohort) = (
      analysis.figures.stages.stages[row], analysis.figures.cohorts.cohorts[row]
    )
    if stage != offer.stage {
      cautions.append("The stage was \(offer.stage.rawValue) then and is \(stage.rawValue) now.")
    }
    if cohort != offer.cohort {
      cautions.append("The cohort was \(offer.cohort.rawValue) then, \(cohort.rawValue) now.")
    }
    if state.customers.isDoNotContact(row, asOf: today) {
      cautions.append("Asked not to be contacted.")
    }
    if offer.validUntil < asOf { cautions.append("Ran out on \(offer.validUntil).") }
    return cautions
  }
}

/// The facts of offers: their own, and their customers', one row an offer.
struct OfferFacts {
  private let analysis: Analysis
  private let campaigns: [String: String]

  /// The facts of offers; `campaigns` holds the campaign of each version of a rule, by its hash.
  init(_ analysis: Analysis, campaigns: [String: String]) {
    (self.analysis, self.campaigns) = (analysis, campaigns)
  }

  /// A table with a row for each offer, in their order.
  func table(of offers: [Offer]) -> FactTable {
    let customers = analysis.customers
    let rows = offers.map { customers.row(of: $0.customer) }
    var table = FactTable(asOf: analysis.asOf, count: offers.count)
    for (name, column) in analysis.facts.columns { table.columns[name] = column.gathered(rows) }
    for (name, list) in analysis.facts.lists { table.lists[name] = list.gathered(rows) }
    table.columns["offer"] = .int32(offers.map { Int32(clamping: $0.id) })
    var ids = TextColumn()
    for offer in offers { ids.append(offer.customer) }
    table.columns["customer"] = .text(ids)
    table.columns["state"] = .choices(offers.map(\.state.rawValue), OfferState.allCases)
    table.columns["kind"] = .choices(offers.map(\.terms.kind.rawValue), OfferKind.allCases)
    table.columns["offer_channel"] = .choices(
      offers.map(\.channel.rawValue), ContactChannel.allCases)
    let rules = Set(offers.map(\.rule.id)).sorted()
    table.columns["rule"] = .choices(offers.map(\.rule.id), labels: LabelList(rules))
    table.columns["campaign"] = .choices(
      offers.map { campaigns[$0.rule.hash] ?? "" },
      labels: LabelList(Set(campaigns.values).sorted()))
    table.columns["cost"] = .int64(offers.map(\.expectedCost))
    table.columns["worth"] = .int64(offers.map(\.expectedValue))
    table.columns["valid_until"] = .int32(offers.map(\.validUntil.number))
    table.columns["suggested_on"] = .int32(offers.map(\.asOf.number))
    return table
  }
}

extension FactColumn {
  /// A choice column of a closed list.
  fileprivate static func choices<Case: RawRepresentable<String>>(
    _ values: [String], _ cases: [Case]
  ) -> FactColumn {
    choices(values, labels: LabelList(cases.map(\.rawValue)))
  }

  fileprivate static func choices(_ values: [String], labels: LabelList) -> FactColumn {
    .choice(
      values.map { labels.number(of: $0).map { UInt16(clamping: $0) } ?? unknownChoice },
      labels: labels)
  }

  /// The values of these rows, in their order; unknown for a row that is missing.
  fileprivate func gathered(_ rows: [Int?]) -> FactColumn {
    switch self {
    case .int32(let values): .int32(rows.map { $0.map { values[$0] } ?? Self.unknownInt32 })
    case .int64(let values): .int64(rows.map { $0.map { values[$0] } ?? Self.unknownInt64 })
    case .double(let values): .double(rows.map { $0.map { values[$0] } ?? .nan })
    case .yesNo(let values): .yesNo(rows.map { $0.map { values[$0] } ?? Self.unknownYesNo })
    case .choice(let values, let labels):
      .choice(rows.map { $0.map { values[$0] } ?? Self.unknownChoice }, labels: labels)
    case .set(let offsets, let members, let labels):
      Self.gatheredSet(offsets, members, labels, rows)
    case .text(let texts):
      .text(
        rows.reduce(into: TextColumn()) { column, row in
          if let row { column.append(texts.utf8(row)) } else { column.append("") }
        })
    }
  }

  private static func gatheredSet(
    _ offsets: [UInt32], _ members: [UInt16], _ labels: LabelList, _ rows: [Int?]
  ) -> FactColumn {
    var (newOffsets, newMembers): ([UInt32], [UInt16]) = ([0], [])
    for row in rows {
      if let row { newMembers += members[Int(offsets[row])..<Int(offsets[row + 1])] }
      newOffsets.append(UInt32(newMembers.count))
    }
    return .set(offsets: newOffsets, members: newMembers, labels: labels)
  }
}

extension RecordList {
  /// The entries of these rows, in their order; none for a row that is missing.
  fileprivate func gathered(_ rows: [Int?]) -> RecordList {
    var (newOffsets, entries): ([UInt32], [Int?]) = ([0], [])
    for row in rows {
      if let row { for entry in offsets[row]..<offsets[row + 1] { entries.append(Int(entry)) } }
      newOffsets.append(UInt32(entries.count))
    }
    return RecordList(
      offsets: newOffsets, columns: columns.mapValues { $0.gathered(entries) },
      ids: ids.isEmpty ? [] : entries.compactMap { $0.map { ids[$0] } })
  }
}
