import LoyaltyModel

/// Everything that decides stages.
struct StageInputs: Sendable {
  private let keptHistory: Later<PurchaseHistory>
  private let asOf: Day
  let details: DetailsColumn
  let settings: StageSettings
  let commonGap: Double
  /// The trusted model of purchases, where there is one.
  let fading: Fading?

  /// The least rating that counts as praise.
  private static let praiseScore = 9

  /// What decides stages.
  ///
  /// - Parameters:
  ///   - history: The purchases as known on the as-of date.
  ///   - figures: The figures of that history, for the common rhythm.
  ///   - details: The customers' details, for interest, stated orders and ratings.
  ///   - settings: The thresholds.
  ///   - fits: The fitted models.
  init(
    _ history: Later<PurchaseHistory>, _ figures: CustomerFigures, _ details: DetailsColumn,
    _ settings: StageSettings, _ fits: ModelFits?
  ) {
    (keptHistory, asOf) = (history, figures.asOf)
    (self.details, self.settings) = (details, settings)
    commonGap = figures.commonGap.days
    let kind = StageFigures.model
    fading = fits?.purchases(kind).map { model in
      Fading(model, kind, settings: settings, longest: figures.longestTenure)
    }
  }

  /// The purchases as known on the as-of date.
  var history: PurchaseHistory { keptHistory.value }

  /// A walk through purchase days up to the as-of date.
  var walk: StageWalk {
    StageWalk(
      settings: settings, commonGap: commonGap, asOf: asOf.number, fading: fading)
  }

  /// The high ratings that a customer gave up to the as-of date, by day.
  func praise(_ row: Int) -> [StageWalk.Praise] {
    guard details.has(.feedback, row), let feedback = details[row]?.feedback else { return [] }
    return feedback.compactMap { entry -> StageWalk.Praise? in
      guard entry.kind == .rating, entry.day <= asOf, let score = entry.score,
        score >= StageInputs.praiseScore
      else { return nil }
      return StageWalk.Praise(
        day: entry.day.number, until: entry.day.adding(months: 12).number, score: score)
    }.sorted { ($0.day, $0.score) < ($1.day, $1.score) }
  }

  /// The stage of a customer with its reason.
  func figure(_ row: Int) -> StageFigure {
    let days = history.purchaseDays.days(ofCustomer: row)
    guard let lastDay = days.last else { return figureWithoutPurchase(row) }
    let praise = praise(row)
    var walk = walk
    let end = walk.end(days, praise: praise)
    let daysSince = Int(asOf.number - lastDay)
    return StageFigure(
      stage: end.stage, since: Day(number: end.since),
      reason: fadingReason(end, days, daysSince: daysSince)
        ?? reason(end, purchaseDays: days.count, daysSince: daysSince, praise))
  }

  /// The stage of a customer who has no purchase day.
  func figureWithoutPurchase(_ row: Int) -> StageFigure {
    let details = details.has([.interests, .statedOrders], row) ? details[row] : nil
    if let stated = details?.statedOrders, stated > 0, !history.mentioned[row] {
      return StageFigure(
        stage: .historyMissing, since: nil, reason: .historyMissing(statedOrders: stated))
    }
    let interests = details?.interests.filter { $0.day <= asOf } ?? []
    if let first = interests.min(by: { ($0.day, $0.what) < ($1.day, $1.what) }) {
      return StageFigure(
        stage: .prospect, since: first.day,
        reason: .prospect(interest: first.what, day: first.day))
    }
    return StageFigure(
      stage: .contact, since: nil, reason: history.mentioned[row] ? .nothingStands : .contact)
  }

  /// The numbers of the model of purchases, where it made the stage worse before the rhythm did.
  private func fadingReason(
    _ end: StageWalk.End, _ days: Slice<Column<Int32>>, daysSince: Int
  ) -> StageReason? {
    guard let fading, let first = days.first, let last = days.last else { return nil }
    let chance = {
      fading.chance(
        repeats: days.count - 1, lastOffset: Int(last - first), days: daysSince)
    }
    switch end.stage {
    case .lapsed where end.fading.lapsedAfter < end.thresholds.lapsedAfter:
      return .unlikely(
        daysSince: daysSince, chance: chance(), below: settings.lapsedChance, model: fading.kind,
        isLapsed: true)
    case .atRisk where end.fading.atRiskAfter < end.thresholds.atRiskAfter:
      return .unlikely(
        daysSince: daysSince, chance: chance(), below: settings.atRiskChance, model: fading.kind,
        isLapsed: false)
    default: return nil
    }
  }

  /// The numbers that decided a buyer's stage.
  private func reason(
    _ end: StageWalk.End, purchaseDays: Int, daysSince: Int, _ praise: [StageWalk.Praise]
  ) -> StageReason {
    let limits = end.thresholds
    switch end.stage {
    case .lapsed:
      return .lapsed(daysSince: daysSince, gap: limits.gap, after: limits.lapsedAfter)
    case .atRisk where purchaseDays == 1:
      return .onceAtRisk(daysSince: daysSince, after: limits.atRiskAfter)
    case .atRisk:
      return .atRisk(daysSince: daysSince, gap: limits.gap, after: limits.atRiskAfter)
    case .wonBack:
      return .wonBack(
        returned: Day(number: end.returned?.day ?? end.since), gapDays: end.returned?.gapDays ?? 0,
        lapsedAfter: end.returned?.lapsedAfter ?? limits.lapsedAfter)
    case .advocate:
      // Praise is sorted by day and expires in that order, so the newest is in force.
      return .advocate(
        purchaseDays: purchaseDays, score: praise.last?.score ?? StageInputs.praiseScore,
        day: Day(number: praise.last?.day ?? end.since))
    case .loyal:
      return .loyal(purchaseDays: purchaseDays, daysSince: daysSince, gap: limits.gap)
    case .repeat:
      return .repeat(purchaseDays: purchaseDays, daysSince: daysSince)
    case .new, .contact, .historyMissing, .prospect:
      return .new(daysSince: daysSince)
    }
  }
}
