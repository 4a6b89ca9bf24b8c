import LoyaltyModel
import TextFormats

/// The programme's settings as an object: all of them, so that the file shows what can be set.
enum ProgrammeRecord {
  /// Reads settings whole, currency and time zone included.
  static func read(_ reader: RecordReader) throws(RecordFlaw) -> Programme {
    guard let currency = Currency(code: try reader.text("currency")) else {
      throw reader.flaw("currency")
    }
    var programme = Programme(currency: currency, timeZone: try reader.requiredText("time_zone"))
    try readSettings(reader, into: &programme)
    return programme
  }

  /// Reads all settings but currency and time zone.
  static func readSettings(
    _ reader: RecordReader, into programme: inout Programme
  ) throws(RecordFlaw) {
    // Before there was a choice everybody was written to in English.
    programme.language = try reader.optionalChoice("language") ?? .english
    if let cohorts = try reader.optionalObject("cohorts") {
      programme.cohorts = try read(cohorts: cohorts, programme.currency)
    }
    if let stages = try reader.optionalObject("stages") {
      programme.stages = try read(stages: stages)
    }
    if let contacts = try reader.optionalObject("contacts") {
      let settings = ContactSettings()
      programme.contacts.windowDays =
        try contacts.optionalInt("window_days") ?? settings.windowDays
      programme.contacts.most = try contacts.optionalInt("most") ?? settings.most
      programme.contacts.mostForHigh =
        try contacts.optionalInt("most_for_high") ?? settings.mostForHigh
    }
    programme.margin = try reader.optionalDouble("margin")
    programme.dataCompleteTo = try reader.optionalDay("data_complete_to")
    let currency = programme.currency
    programme.floors = try reader.list("floors") { (reader) throws(RecordFlaw) in
      try floor(reader, currency)
    }
    programme.segments = try reader.list("segments") { (reader) throws(RecordFlaw) in
      SavedSegment(name: try reader.requiredText("name"), filter: try reader.text("filter"))
    }
    programme.campaigns = try reader.list("campaigns") { (reader) throws(RecordFlaw) in
      try CampaignRecord.read(reader, currency)
    }
    let names = Set(programme.campaigns.map(\.name))
    guard names.count == programme.campaigns.count else { throw reader.flaw("campaigns") }
    programme.reviewing = try reader.list("reviewing") { (reader) throws(RecordFlaw) in
      guard let until = Timestamp(try reader.text("until")) else { throw reader.flaw("until") }
      return ReviewBatch(
        user: try reader.requiredText("user"), offers: try reader.ints("offers"), until: until)
    }
    programme.holdOutShare = try reader.optionalDouble("hold_out_share")
    guard (0...1).contains(programme.holdOutShare ?? 0) else {
      throw reader.flaw("hold_out_share")
    }
  }

  /// `{"cohort": "low", "offers": 100}`, or a stage, or `"spend": "250.00"`.
  private static func floor(
    _ reader: RecordReader, _ currency: Currency
  ) throws(RecordFlaw) -> OfferFloor {
    let cohort: ValueCohort? = try reader.optionalChoice("cohort")
    let stage: LifecycleStage? = try reader.optionalChoice("stage")
    let group = cohort.map(OfferFloor.Group.cohort) ?? stage.map(OfferFloor.Group.stage)
    guard let group else { throw reader.flaw("cohort") }
    if let spend = try reader.optionalMoney("spend", currency) {
      guard spend >= 0 else { throw reader.flaw("spend") }
      return OfferFloor(group, least: spend, isSpend: true)
    }
    let offers = try reader.int("offers")
    guard offers >= 0 else { throw reader.flaw("offers") }
    return OfferFloor(group, least: Int64(offers))
  }

  /// The keys with those of the objects in it.
  static let known = KnownKeys(
    ["currency", "time_zone", "language", "margin", "data_complete_to", "hold_out_share"],
    [
      "cohorts": KnownKeys(
        ["measure", "shares"], ["amounts": KnownKeys(["measure", "high", "mid", "date"])]),
      "stages": KnownKeys(stageKeys.map(\.0)),
      "contacts": KnownKeys(["window_days", "most", "most_for_high"]),
      "campaigns": CampaignRecord.known,
      "floors": KnownKeys(["cohort", "stage", "spend", "offers"], identity: ["cohort", "stage"]),
      "segments": KnownKeys(["name", "filter"], identity: ["name"]),
      "reviewing": KnownKeys(["user", "offers", "until"], identity: ["user"]),
    ])

  private static func read(
    cohorts reader: RecordReader, _ currency: Currency
  ) throws(RecordFlaw) -> CohortSettings {
    var settings = CohortSettings()
    settings.measure = try reader.optionalChoice("measure") ?? settings.measure
    let shares = try reader.ints("shares")
    if !shares.isEmpty { settings.shares = shares }
    if let amounts = try reader.optionalObject("amounts") {
      settings.amounts = CohortCut(
        measure: try amounts.choice("measure"), high: try amounts.money("high", currency),
        mid: try amounts.money("mid", currency), day: try amounts.day("date"))
    }
    return settings
  }

  private static func read(stages reader: RecordReader) throws(RecordFlaw) -> StageSettings {
    var settings = StageSettings()
    for (key, path) in stageKeys {
      if let days = try reader.optionalInt(key.description) { settings[keyPath: path] = days }
    }
    return settings
  }

  private static let stageKeys:
    [(StaticString, any WritableKeyPath<StageSettings, Int> & Sendable)] = [
      ("default_gap", \.defaultGap), ("least_gap", \.leastGap),
      ("fewest_rhythms", \.fewestRhythms), ("lapsed_gaps", \.lapsedGaps),
      ("lapsed_days", \.lapsedDays), ("at_risk_gaps", \.atRiskGaps),
      ("at_risk_days", \.atRiskDays), ("once_at_risk_days", \.onceAtRiskDays),
      ("won_back_days", \.wonBackDays), ("loyal_days", \.loyalDays),
      ("at_risk_chance", \.atRiskChance), ("lapsed_chance", \.lapsedChance),
    ]

  /// Writes settings whole, currency and time zone included.
  static func write(_ programme: Programme, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("currency", programme.currency.code)
    writer.member("time_zone", programme.timeZone)
    writeSettings(programme, to: &writer)
    writer.endObject()
  }

  /// Writes the members of all settings but currency and time zone.
  static func writeSettings(_ programme: Programme, to writer: inout JSONWriter) {
    // English is left out, as in the stores that know no other.
    if programme.language != .english { writer.member("language", programme.language.rawValue) }
    writer.object("cohorts") { writer in
      writer.member("measure", programme.cohorts.measure.rawValue)
      writer.list("shares", programme.cohorts.shares) { $0.int($1) }
      if let cut = programme.cohorts.amounts {
        writer.object("amounts") {
          $0.member("measure", cut.measure.rawValue)
          $0.member("high", money: cut.high, programme.currency)
          $0.member("mid", money: cut.mid, programme.currency)
          $0.member("date", cut.day)
        }
      }
    }
    writer.object("stages") { writer in
      for (key, path) in stageKeys { writer.member(key, programme.stages[keyPath: path]) }
    }
    writer.object("contacts") {
      $0.member("window_days", programme.contacts.windowDays)
      $0.member("most", programme.contacts.most)
      $0.member("most_for_high", programme.contacts.mostForHigh)
    }
    writer.member("margin", programme.margin)
    writer.member("data_complete_to", programme.dataCompleteTo)
    writer.list("floors", programme.floors) { writer, floor in
      writer.object {
        switch floor.group {
        case .cohort(let cohort): $0.member("cohort", cohort.rawValue)
        case .stage(let stage): $0.member("stage", stage.rawValue)
        }
        if floor.isSpend {
          $0.member("spend", money: floor.least, programme.currency)
        } else {
          $0.member("offers", Int(floor.least))
        }
      }
    }
    writer.member("hold_out_share", programme.holdOutShare)
    writer.list("segments", programme.segments) { writer, segment in
      writer.object {
        $0.member("name", segment.name)
        $0.member("filter", segment.filter)
      }
    }
    writer.list("campaigns", programme.campaigns) { writer, campaign in
      CampaignRecord.write(campaign, programme.currency, to: &writer)
    }
    writer.list("reviewing", programme.reviewing) { writer, batch in
      writer.object {
        $0.member("user", batch.user)
        $0.list("offers", batch.offers) { $0.int($1) }
        $0.member("until", batch.until.description)
      }
    }
  }
}
