import LoyaltyModel
import LoyaltyStore
import TextFormats

/// The form in which the overview is kept.
enum OverviewCache {
  /// Changes whenever what is kept, or what it means, does.
  private static let format = "ladder.overview/2"

  /// The name of the file for the contents of a store, a date that was asked for and a language.
  static func name(
    _ identity: StoreIdentity, asOf: Day?, _ environment: WorkspaceEnvironment
  ) -> String {
    let key = identity.key([
      format, JSONStore.build(environment.disk), asOf?.description ?? "",
      environment.texts.language.rawValue,
    ])
    return "overview-\(key).json"
  }

  // MARK: Writing

  static func bytes(
    _ overview: Overview, _ status: WorkspaceStatus, timeZone: String, today: Day
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (key, text) in [
      ("format", format), ("time_zone", timeZone), ("currency", status.currency.code),
    ] {
      writer.key(text: key)
      writer.string(text)
    }
    for (key, number) in [
      ("today", Int(today.number)), ("as_of", Int(status.asOf.number)),
      ("customers", status.customers), ("waiting", status.waiting),
      ("known_customers", overview.customers), ("purchases", overview.purchases),
      ("anonymous_lines", overview.anonymousLines), ("give", overview.give),
      ("get", overview.get), ("demo", status.isDemo ? 1 : 0),
    ] {
      writer.key(text: key)
      writer.int(number)
    }
    writer.key("complete_to")
    status.dataCompleteTo.map { writer.int($0.number) } ?? writer.null()
    write(overview, &writer)
    writer.endObject()
    return SealedLine.bytes(&writer)
  }

  private static func write(_ overview: Overview, _ writer: inout JSONWriter) {
    writer.rows("stages", overview.stages) {
      $0.string($1.stage.rawValue)
      $0.int($1.count)
    }
    writer.rows("cohorts", overview.cohorts) { writer, line in
      writer.string(line.cohort.rawValue)
      writer.int(line.customers)
      writer.int(line.value)
      line.atLeast.map { writer.int($0) } ?? writer.null()
    }
    writer.rows("offers", overview.offers) {
      $0.string($1.state.rawValue)
      $0.int($1.count)
    }
    writer.rows("recent", overview.recent) {
      $0.int($1.at.seconds)
      $0.string($1.by)
      $0.string($1.text)
    }
    writer.rows("findings", overview.findings) { $0.string($1) }
    guard let curve = overview.pareto else { return }
    writer.rows("curve", [curve]) { writer, curve in
      writer.int(curve.asOf.number)
      writer.string(curve.measure.rawValue)
      writer.int(curve.customers)
      writer.int(curve.value)
      writer.int(curve.others)
      writer.int(curve.othersValue)
      for share in [curve.top20Share, curve.customersFor80, curve.gini] {
        share.map { writer.double($0) } ?? writer.null()
      }
    }
    writer.rows("points", curve.points) {
      $0.double($1.customers)
      $0.double($1.value)
    }
  }

  // MARK: Reading

  /// The overview of a file; nil where it is damaged, or was kept on another day.
  static func read(
    _ bytes: [UInt8], path: String, _ environment: WorkspaceEnvironment
  ) -> KeptOverview? {
    guard let root = SealedLine.root(bytes), root["format"]?.string == format,
      let zone = root["time_zone"]?.string, let today = root.day("today"),
      // What waits, and since when somebody slips away, goes by the day.
      environment.today(zone) == today,
      let currency = root["currency"]?.string.flatMap({ Currency(code: $0) }),
      let asOf = root.day("as_of"), let customers = root.count("customers"),
      let waiting = root.count("waiting"), let isDemo = root.count("demo"),
      let overview = overview(root, asOf)
    else { return nil }
    return KeptOverview(
      status: WorkspaceStatus(
        path: path, currency: currency, asOf: asOf, dataCompleteTo: root.day("complete_to"),
        customers: customers, waiting: waiting, readOnlyReason: nil, user: environment.user,
        batches: [], segments: [], campaigns: [], isDemo: isDemo == 1), overview: overview)
  }

  private static func overview(_ root: JSONNode, _ asOf: Day) -> Overview? {
    guard let customers = root.count("known_customers"), let purchases = root.count("purchases"),
      let anonymous = root.count("anonymous_lines"), let give = root.count("give"),
      let get = root.count("get"),
      let stages = root.rows("stages", stage), let cohorts = root.rows("cohorts", cohort),
      let offers = root.rows("offers", offers), let recent = root.rows("recent", action),
      let findings = root.rows("findings", { $0.first?.string })
    else { return nil }
    return Overview(
      asOf: asOf, customers: customers, purchases: purchases, anonymousLines: anonymous,
      stages: stages, cohorts: cohorts, pareto: curve(root), offers: offers, give: give, get: get,
      recent: recent, findings: findings)
  }

  private static func stage(_ row: [JSONNode]) -> StageCount? {
    guard row.count == 2, let stage = row[0].string.flatMap({ LifecycleStage(rawValue: $0) }),
      let count = row[1].int64
    else { return nil }
    return StageCount(stage: stage, count: Int(count))
  }

  private static func cohort(_ row: [JSONNode]) -> CohortLine? {
    guard row.count == 4, let cohort = row[0].string.flatMap({ ValueCohort(rawValue: $0) }),
      let customers = row[1].int64, let value = row[2].int64
    else { return nil }
    return CohortLine(
      cohort: cohort, customers: Int(customers), value: value, atLeast: row[3].int64)
  }

  private static func offers(_ row: [JSONNode]) -> OfferCount? {
    guard row.count == 2, let state = row[0].string.flatMap({ OfferState(rawValue: $0) }),
      let count = row[1].int64
    else { return nil }
    return OfferCount(state: state, count: Int(count))
  }

  private static func action(_ row: [JSONNode]) -> RecentAction? {
    guard row.count == 3, let seconds = row[0].int64, let by = row[1].string,
      let text = row[2].string
    else { return nil }
    return RecentAction(at: Timestamp(seconds: seconds), by: by, text: text)
  }

  private static func curve(_ root: JSONNode) -> ParetoReport? {
    guard let row = root["curve"]?.elements?.first?.elements, row.count == 9,
      let day = row[0].int64, let measure = row[1].string.flatMap({ ValueMeasure(rawValue: $0) }),
      let customers = row[2].int64, let value = row[3].int64, let others = row[4].int64,
      let othersValue = row[5].int64,
      let points = root.rows(
        "points",
        { row in
          row.count == 2
            ? ParetoReport.Point(customers: row[0].double ?? 0, value: row[1].double ?? 0) : nil
        })
    else { return nil }
    var report = ParetoReport(
      asOf: Day(number: Int32(clamping: day)), measure: measure, customers: Int(customers),
      value: value, top20Share: row[6].double, customersFor80: row[7].double, gini: row[8].double,
      points: points)
    (report.others, report.othersValue) = (Int(others), othersValue)
    return report
  }
}

extension JSONWriter {
  /// Writes a member that is a list of lists.
  fileprivate mutating func rows<Row>(
    _ name: StaticString, _ rows: [Row], _ write: (inout JSONWriter, Row) -> Void
  ) {
    key(name)
    beginArray()
    for row in rows {
      beginArray()
      write(&self, row)
      endArray()
    }
    endArray()
  }
}

extension JSONNode {
  fileprivate func count(_ key: String) -> Int? { self[key]?.int64.map { Int($0) } }

  fileprivate func day(_ key: String) -> Day? {
    self[key]?.int64.map { Day(number: Int32(clamping: $0)) }
  }

  /// The lists of a member; nil where one of them is not as it should be.
  fileprivate func rows<Row>(_ key: String, _ read: ([JSONNode]) -> Row?) -> [Row]? {
    guard let elements = self[key]?.elements else { return nil }
    let rows = elements.compactMap { $0.elements.flatMap(read) }
    return rows.count == elements.count ? rows : nil
  }
}
