import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// Everything about a customer by their identifier.
  package func card(ofCustomer id: String) throws(WorkspaceError) -> CustomerCard {
    let analysis = analysis()
    guard let row = analysis.customers.row(of: id) else { throw .noSuchCustomer(id) }
    return card(row, in: analysis)
  }

  /// Everything about a customer by their row.
  ///
  /// - Throws: An error where there is no such row, as when the data changed since it was told.
  package func card(ofRow row: Int) throws(WorkspaceError) -> CustomerCard {
    let analysis = analysis()
    try analysis.check(row)
    return card(row, in: analysis)
  }

  private func card(_ row: Int, in analysis: Analysis) -> CustomerCard {
    let figures = CardFigures(analysis, row, display, texts)
    return CustomerCard(
      summary: analysis.summary(row), customer: analysis.customers.customer(row),
      figures: figures.all, chance: figures.chance, loyaltyFigure: figures.loyalty.first,
      purchases: analysis.purchaseLines(row), monthlyValue: analysis.monthlyValue(row),
      aliveByMonth: analysis.aliveByMonth(row), loyalty: analysis.figures.loyalty.score(row),
      offers: offers(ofRow: row, in: analysis).reversed())
  }
}

extension LoyaltyWorkspace {
  /// The offers of a customer but those of the comparison group, by ascending number.
  func offers(ofRow row: Int, in analysis: Analysis) -> [Offer] {
    allOffers(ofRow: row, in: analysis).filter { $0.state != .withheld }
  }

  /// The offers of a customer, those kept back included.
  func allOffers(ofRow row: Int, in analysis: Analysis) -> [Offer] {
    let (book, rows) = offerLines { lines in
      (lines.book, lines.rows(in: analysis.customers, of: analysis.key))
    }
    let wanted = Int32(row)
    return rows.indices.filter { rows[$0] == wanted }.compactMap { book[$0 + 1] }
  }
}

extension Analysis {
  /// A customer's purchases up to the as-of date, newest first.
  func purchaseLines(_ row: Int) -> [PurchaseLine] {
    purchases.rows(ofCustomer: row).reversed().compactMap { index in
      let day = Day(number: purchases.days[index])
      guard day <= asOf else { return nil }
      let product = purchases.product(index)
      let (branch, channel) = (Int(purchases.branch[index]), Int(purchases.channel[index]))
      return PurchaseLine(
        id: purchases.id(index), day: day, amount: purchases.amounts[index],
        units: Int(purchases.units[index]),
        product: product.map { $0.name.isEmpty ? $0.sku : $0.name } ?? "",
        category: product?.category ?? "",
        branch: purchases.branches.label(branch), channel: purchases.channels.label(channel))
    }
  }

  /// Net value by month for the 24 months up to the as-of date's.
  fileprivate func monthlyValue(_ row: Int) -> [Int64] {
    let months = 24
    let (year, month, _) = asOf.components
    var values = [Int64](repeating: 0, count: months)
    let days = figures.history.purchaseDays
    for index in days.range(ofCustomer: row) {
      let (boughtYear, boughtMonth, _) = Day(number: days.days[index]).components
      let ago = (year - boughtYear) * 12 + month - boughtMonth
      if (0..<months).contains(ago) { values[months - 1 - ago] += days.amounts[index] }
    }
    return values
  }
}

extension LabelList {
  /// The label of a number; empty for one that stands for unknown.
  fileprivate func label(_ number: Int) -> String {
    labels.indices.contains(number) ? labels[number] : ""
  }
}

/// The figures of a card, each with how it was computed.
struct CardFigures {
  let analysis: Analysis
  let row: Int
  let display: DisplayFormat
  let texts: Texts
  let summary: CustomerSummary

  init(_ analysis: Analysis, _ row: Int, _ display: DisplayFormat, _ texts: Texts) {
    (self.analysis, self.row, self.display, self.texts) = (analysis, row, display, texts)
    summary = analysis.summary(row)
  }

  var all: [Figure] {
    let always = [stage, cohort]
    let home = [homeBranch].compactMap(\.self)
    return summary.purchaseDays == 0
      ? always + home : always + standing + buying + predicted + loyalty + home
  }

  var wording: Wording { Wording(texts, display) }
  var currency: Currency { analysis.programme.currency }
  var asOf: String { texts("card.as-at", ["day": display.day(analysis.asOf)]) }

  private var stage: Figure {
    Figure(
      texts["card.stage"], texts.title(summary.stage).lowercased(),
      why: analysis.figures.stages.figure(row).words(wording) + " " + asOf)
  }

  private var cohort: Figure {
    let cohorts = analysis.figures.cohorts
    guard let cut = cohorts.cut, summary.cohort != .none else {
      return Figure(
        texts["card.cohort"], texts["card.cohort.none"],
        why: analysis.figures.history.mentioned[row]
          ? texts("card.cohort.nothing-stands", ["asOf": asOf])
          : texts("card.cohort.none.why", ["asOf": asOf]))
    }
    let value = display.money(cohorts.values[row], currency)
    let missing = cohorts.missingToNext(row).map {
      texts("card.cohort.missing", ["amount": display.money($0, currency)])
    }
    let why = texts(
      "card.cohort.why",
      [
        "value": value, "measure": cohorts.measure.words(texts),
        "high": display.money(cut.high, currency), "mid": display.money(cut.mid, currency),
        "day": display.day(cut.day),
      ])
    return Figure(
      texts["card.cohort"], texts.title(summary.cohort).lowercased(),
      why: [why, missing, asOf].compactMap(\.self).joined(separator: " "))
  }

  /// The home branch with what it rests on; nil without one.
  private var homeBranch: Figure? {
    let home = analysis.figures.homeBranch(
      row, customers: analysis.customers, purchases: analysis.purchases)
    return home.map { Figure(texts["card.branch"], $0.name, why: why($0)) }
  }

  private func why(_ home: HomeBranch) -> String {
    guard case .bought(let days, let all, let isRecent) = home.grounds else {
      return texts("card.branch.stated", ["asOf": asOf])
    }
    return texts(
      isRecent ? "card.branch.recent" : "card.branch.ever",
      [
        "n": display.number(days), "all": display.number(all),
        "day": display.day(analysis.asOf.adding(months: -12)), "asOf": asOf,
      ])
  }

  private var standing: [Figure] {
    guard let scores = summary.scores, let segment = summary.segment else { return [] }
    return [
      Figure(
        texts["customers.column.segment"], texts.title(segment),
        why: texts(
          "card.segment.why",
          [
            "recency": String(scores.recency), "frequency": String(scores.frequency),
            "money": String(scores.monetary), "asOf": asOf,
          ]))
    ]
  }

  private var buying: [Figure] {
    let basic = analysis.figures.figures
    let days = display.number(summary.purchaseDays)
    let gap = basic.gap(row)
    var figures = [
      Figure(
        texts["card.value-12"], display.money(summary.value12Months, currency),
        why: texts(
          "card.value-12.why",
          [
            "from": display.day(analysis.asOf.adding(months: -12)),
            "to": display.day(analysis.asOf),
          ])),
      Figure(
        texts["card.value-total"], display.money(summary.valueTotal, currency),
        why: texts("card.value-total.why", ["asOf": asOf])),
      Figure(
        texts["card.days"], days, why: texts("card.days.why", ["asOf": asOf])),
    ]
    if let basket = basic.averageBasket(row) {
      figures.append(
        Figure(
          texts["card.basket"], display.money(basket, currency),
          why: texts(
            "card.basket.why",
            ["days": wording.days(summary.purchaseDays), "asOf": asOf])))
    }
    if let last = summary.lastPurchase, let recency = summary.recencyDays {
      figures.append(
        Figure(
          texts["card.last"],
          texts("card.last.ago", ["day": display.day(last), "ago": wording.ago(recency)]),
          why: texts("card.last.why", ["day": display.day(analysis.asOf)])))
    }
    let isOwn = basic.hasOwnGap(row)
    figures.append(
      Figure(
        texts[isOwn ? "card.gap" : "card.gap.of-others"],
        wording.days(Int(gap.rounded())),
        why: texts(isOwn ? "card.gap.own" : "card.gap.common", ["asOf": asOf])))
    return figures
  }
}
