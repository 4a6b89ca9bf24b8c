import LoyaltyModel

/// The columns of the workload's customers.
struct WorkloadColumns {
  private var whole: [String: [Int32]] = [:]
  private var money: [String: [Int64]] = [:]
  private var numbers: [String: [Double]] = [:]
  private var answers: [String: [UInt8]] = [:]
  private var choices: [String: [UInt16]] = [:]
  private var offsets: [[UInt32]] = [[0], [0], [0]]
  private var purchases: [WorkloadCustomer.Purchase] = []
  private var pets: [WorkloadCustomer.Pet] = []
  private var sent: [WorkloadCustomer.Sent] = []
  private var count = 0

  static let wholeNames = [
    "r_score", "f_score", "m_score", "tenure_days", "recency_days", "first_purchase",
    "last_purchase", "orders_365d", "orders_180d", "orders_90d", "categories_365d",
    "orders_dry_food", "orders_wet_food", "points_expiring_30d", "birthday_month", "contacts_30d",
    "household_size", "days_since_offer", "redeemed_count",
  ]
  static let consents = ["consent_email", "consent_sms", "consent_push", "consent_profiling"]

  static let facts: [Fact] =
    wholeNames.map { name in
      let isDay = name.hasSuffix("_purchase")
      return Fact(name, isDay ? .date : .count(unit: ""), name, .fixed, "")
    }
    + ["spend_365d", "avg_basket", "clv12"].map { Fact($0, .money, $0, .fixed, "") }
    + ["web_share", "p_alive", "open_rate"].map { Fact($0, .probability, $0, .fixed, "") }
    + (consents + ["complaint_open", "staff"]).map { Fact($0, .yesNo, $0, .fixed, "") }
    + ["lifecycle", "cohort", "region", "fav_category", "main_channel"].map {
      Fact($0, .choice([]), $0, .fixed, "")
    }

  static let lists: [(name: String, fields: [Fact])] = [
    (
      "purchases",
      [
        Fact("date", .date, "date", .fixed, ""), Fact("amount", .money, "amount", .fixed, ""),
        Fact("category", .choice([]), "category", .fixed, ""),
        Fact("channel", .choice([]), "channel", .fixed, ""),
      ]
    ),
    (
      "household",
      [
        Fact("kind", .choice([]), "kind", .fixed, ""),
        Fact("age", .count(unit: ""), "age", .fixed, ""),
      ]
    ),
    (
      "offers",
      [Fact("date", .date, "date", .fixed, ""), Fact("status", .choice([]), "status", .fixed, "")]
    ),
  ]

  mutating func append(_ customer: WorkloadCustomer) {
    count += 1
    appendLists(customer)
    appendScores(customer)
    appendCounts(customer)
    func answer(_ name: String, _ value: Bool) {
      answers[name, default: []].append(value ? 1 : 0)
    }
    for (name, value) in zip(Self.consents, customer.consents) { answer(name, value) }
    answer("complaint_open", customer.hasComplaint)
    answer("staff", customer.isStaff)
    choose("lifecycle", WorkloadCustomer.stages.firstIndex(of: customer.stage))
    choose("cohort", WorkloadCustomer.cohorts.firstIndex(of: customer.cohort))
    choose("region", customer.region)
    choose("fav_category", customer.isProspect ? nil : customer.favourite)
    choose("main_channel", customer.isProspect ? nil : customer.channel)
  }

  private mutating func choose(_ name: String, _ value: Int?) {
    choices[name, default: []].append(value.map { UInt16($0) } ?? FactColumn.unknownChoice)
  }

  private mutating func put(_ name: String, _ value: Int?) {
    whole[name, default: []].append(value.map { Int32($0) } ?? FactColumn.unknownInt32)
  }

  private mutating func appendLists(_ customer: WorkloadCustomer) {
    purchases += customer.purchases
    pets += customer.pets
    sent += customer.sent
    offsets[0].append(UInt32(purchases.count))
    offsets[1].append(UInt32(pets.count))
    offsets[2].append(UInt32(sent.count))
  }

  private mutating func appendScores(_ customer: WorkloadCustomer) {
    let asOf = Int(WorkloadCustomer.asOf.number)
    let year = customer.purchases.filter { Int($0.day) >= asOf - 365 }
    let spend = year.reduce(0) { $0 + $1.amount }
    let isBuyer = !customer.isProspect
    put("r_score", isBuyer ? 5 - min(4, (customer.gap ?? 0) / 45) : 0)
    put("f_score", isBuyer ? min(5, 1 + customer.bought / 3) : 0)
    put("m_score", isBuyer ? min(5, 1 + Int(spend) / 8000) : 0)
    put("tenure_days", customer.tenure)
    put("recency_days", customer.gap)
    put("first_purchase", isBuyer ? asOf - customer.tenure : nil)
    put("last_purchase", customer.gap.map { asOf - $0 })
    money["spend_365d", default: []].append(spend)
    let basket = year.isEmpty ? FactColumn.unknownInt64 : spend / Int64(year.count)
    money["avg_basket", default: []].append(basket)
    money["clv12", default: []].append(customer.predicted ?? FactColumn.unknownInt64)
    let web = year.count { $0.channel != 0 }
    numbers["web_share", default: []].append(
      year.isEmpty ? 0 : WorkloadCustomer.rounded(Double(web) / Double(year.count), 3))
    numbers["p_alive", default: []].append(customer.alive ?? .nan)
    numbers["open_rate", default: []].append(customer.openRate ?? .nan)
  }

  private mutating func appendCounts(_ customer: WorkloadCustomer) {
    let asOf = WorkloadCustomer.asOf.number
    let year = customer.purchases.filter { $0.day >= asOf - 365 }
    put("orders_365d", year.count)
    put("orders_180d", customer.purchases.count { $0.day >= asOf - 180 })
    put("orders_90d", customer.purchases.count { $0.day >= asOf - 90 })
    put("categories_365d", Set(year.map(\.category)).count)
    let (dry, wet) = (year.count { $0.category == 0 }, year.count { $0.category == 1 })
    put("orders_dry_food", dry > 0 ? dry : nil)
    put("orders_wet_food", wet > 0 ? wet : nil)
    put("points_expiring_30d", customer.expiring)
    put("birthday_month", customer.birthday)
    put("contacts_30d", customer.contacts)
    put("household_size", customer.pets.count)
    put("days_since_offer", customer.sent.map { Int(asOf - $0.day) }.min())
    put("redeemed_count", customer.sent.count { $0.status == 2 })
  }

  var table: FactTable {
    var table = FactTable(asOf: WorkloadCustomer.asOf, count: count)
    for (name, values) in whole { table.columns[name] = .int32(values) }
    for (name, values) in money { table.columns[name] = .int64(values) }
    for (name, values) in numbers { table.columns[name] = .double(values) }
    for (name, values) in answers { table.columns[name] = .yesNo(values) }
    let labels = [
      "lifecycle": WorkloadCustomer.stages, "cohort": WorkloadCustomer.cohorts,
      "region": WorkloadCustomer.regions, "fav_category": WorkloadCustomer.categories,
      "main_channel": WorkloadCustomer.channels,
    ]
    for (name, values) in choices {
      table.columns[name] = .choice(values, labels: LabelList(labels[name] ?? []))
    }
    table.lists["purchases"] = RecordList(
      offsets: Column(offsets[0]),
      columns: [
        "date": .int32(purchases.map(\.day)), "amount": .int64(purchases.map(\.amount)),
        "category": choice(purchases.map(\.category), WorkloadCustomer.categories),
        "channel": choice(purchases.map(\.channel), WorkloadCustomer.channels),
      ])
    table.lists["household"] = RecordList(
      offsets: Column(offsets[1]),
      columns: [
        "kind": choice(pets.map(\.kind), WorkloadCustomer.kinds), "age": .int32(pets.map(\.age)),
      ])
    table.lists["offers"] = RecordList(
      offsets: Column(offsets[2]),
      columns: [
        "date": .int32(sent.map(\.day)),
        "status": choice(sent.map(\.status), WorkloadCustomer.statuses),
      ])
    return table
  }

  private func choice(_ values: [Int], _ labels: [String]) -> FactColumn {
    .choice(values.map { UInt16($0) }, labels: LabelList(labels))
  }
}
