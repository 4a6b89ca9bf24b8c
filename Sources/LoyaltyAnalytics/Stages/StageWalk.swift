import LoyaltyModel

/// Walks through one buyer's purchase days and keeps the stage and the day on which it began.
///
/// Each purchase starts a stretch in which the stage can change only on few days: the purchase
/// itself, the days on which it becomes overdue or P(alive) falls below a limit, the end of being won back, and praise coming and
/// going. The walk looks at those days alone.
struct StageWalk {
  /// A rating of 9 or 10: its day and score, and the first day on which it is a year old.
  struct Praise {
    let day: Int32
    let until: Int32
    let score: Int
  }

  /// A return after the customer had lapsed.
  struct Return {
    let day: Int32
    let gapDays: Int
    let lapsedAfter: Int
  }

  /// Where the walk ended.
  struct End {
    var stage = LifecycleStage.new
    var since: Int32 = 0
    /// The thresholds in force since the last purchase.
    var thresholds: StageThresholds
    var returned: Return?
    /// The days after which the model of purchases no longer counts on the customer.
    var fading = Fading.Limits()
  }

  let settings: StageSettings
  let commonGap: Double
  let asOf: Int32
  /// The trusted model of purchases, where there is one.
  let fading: Fading?
  private var gaps = SortedGaps()
  private var checks: [Int32] = []

  init(settings: StageSettings, commonGap: Double, asOf: Int32, fading: Fading? = nil) {
    (self.settings, self.commonGap, self.asOf) = (settings, commonGap, asOf)
    self.fading = fading
  }

  /// The stage on the as-of date of someone who bought on these days, at least one.
  mutating func end(_ days: Slice<Column<Int32>>, praise: [Praise]) -> End {
    gaps.removeAll()
    var end = End(thresholds: thresholds(purchaseDays: 1))
    for index in days.indices {
      let (day, n) = (days[index], index - days.startIndex + 1)
      if n > 1 {
        let gap = day - days[index - 1]
        if gap > end.thresholds.lapsedAfter {
          end.returned = Return(
            day: day, gapDays: Int(gap), lapsedAfter: end.thresholds.lapsedAfter)
        }
        gaps.insert(gap)
        end.thresholds = thresholds(purchaseDays: n)
      }
      let last = index + 1 < days.endIndex ? days[index + 1] - 1 : asOf
      if n > 1, let fading {
        end.fading = fading.limits(
          repeats: n - 1, lastOffset: Int(day - days[days.startIndex]), through: Int(last - day))
      }
      gatherChecks(from: day, through: last, end, praise)
      for check in checks {
        let stage = stage(on: check, lastDay: day, purchaseDays: n, end, praise)
        if stage != end.stage || (n == 1 && check == day) {
          (end.stage, end.since) = (stage, check)
        }
      }
    }
    return end
  }

  private func thresholds(purchaseDays: Int) -> StageThresholds {
    let own = purchaseDays >= settings.ownGapDays ? gaps.median : .nan
    return settings.thresholds(ownGap: own, commonGap: commonGap, purchaseDays: purchaseDays)
  }

  /// Sets ``checks`` to the days of a stretch on which the stage may change, ascending.
  private mutating func gatherChecks(
    from day: Int32, through last: Int32, _ end: End, _ praise: [Praise]
  ) {
    checks.removeAll(keepingCapacity: true)
    checks.append(day)
    func add(_ check: Int) {
      guard check > day, check <= last else { return }
      checks.append(Int32(check))
    }
    add(Int(day) + end.thresholds.atRiskAfter + 1)
    add(Int(day) + end.thresholds.lapsedAfter + 1)
    if end.fading.atRiskAfter < .max { add(Int(day) + end.fading.atRiskAfter + 1) }
    if end.fading.lapsedAfter < .max { add(Int(day) + end.fading.lapsedAfter + 1) }
    if let returned = end.returned { add(Int(returned.day) + settings.wonBackDays) }
    for rating in praise {
      add(Int(rating.day))
      add(Int(rating.until))
    }
    if checks.count > 2 { checks.sort() }
  }

  /// The stage on a day of the stretch after a purchase: the first definition that matches.
  private func stage(
    on day: Int32, lastDay: Int32, purchaseDays: Int, _ end: End, _ praise: [Praise]
  ) -> LifecycleStage {
    let since = Int(day - lastDay)
    if since > min(end.thresholds.lapsedAfter, end.fading.lapsedAfter) { return .lapsed }
    if since > min(end.thresholds.atRiskAfter, end.fading.atRiskAfter) { return .atRisk }
    if let returned = end.returned, Int(day - returned.day) < settings.wonBackDays {
      return .wonBack
    }
    if purchaseDays == 1 { return .new }
    guard purchaseDays >= settings.loyalDays else { return .repeat }
    return praise.contains { $0.day <= day && day < $0.until } ? .advocate : .loyal
  }
}
