import LoyaltyModel
import RealModule

/// When a fitted model of purchases no longer counts on a customer.
///
/// Between two purchases P(alive) falls day by day, so that for each share there is one last day
/// with at least that much. Only who bought on two days or more is judged; one-time buyers are
/// known too little.
struct Fading: Sendable {
  /// Why and when a customer who goes on not buying leaves for a lower stage.
  struct Limits {
    /// At risk when more days than this have passed since the last purchase.
    var atRiskAfter = Int.max
    /// Lapsed when more days than this have passed.
    var lapsedAfter = Int.max
  }

  /// The model of purchases, in weeks.
  let model: any PurchaseModel
  /// Which it is.
  let kind: PurchaseModelKind
  /// At risk below this P(alive).
  let atRiskBelow: Double
  /// Lapsed below this P(alive).
  let lapsedBelow: Double

  /// ln(α + T) by the day of T, which spares most of the work.
  private let logs: [Double]
  /// ln(a/(b′ + x − 1)) by x as far as they are common; P(alive)'s odds against at t_x = T.
  private let logOdds: [Double]

  /// Judges customers by a model.
  /// - Parameters:
  ///   - model: The fitted model, in weeks.
  ///   - kind: Which it is.
  ///   - settings: The percentages of P(alive) below which the stage is worse.
  ///   - longest: The most days from a first purchase to the as-of date.
  init(
    _ model: any PurchaseModel, _ kind: PurchaseModelKind, settings: StageSettings, longest: Int
  ) {
    (self.model, self.kind) = (model, kind)
    atRiskBelow = Double(settings.atRiskChance) / 100
    lapsedBelow = Double(settings.lapsedChance) / 100
    let alpha = model.alpha
    logs = (0...max(0, longest)).map { Double.log(alpha + Double($0) / BuyingSummary.daysInWeek) }
    logOdds = (0..<128).map { Fading.logOdds(model, repeats: $0) }
  }

  private static func logOdds(_ model: any PurchaseModel, repeats: Int) -> Double {
    let survived = Double(repeats) + (type(of: model).dropsOutAtFirst ? 1 : 0)
    return survived > 0 ? Double.log(model.a / (model.b + survived - 1)) : -.infinity
  }

  /// P(alive) after x repeat purchases, the last so many days after the first purchase and so many
  /// days ago.
  func chance(repeats: Int, lastOffset: Int, days: Int) -> Double {
    model.probabilityAlive(
      BuyingSummary(
        repeats: repeats, lastRepeat: Double(lastOffset) / BuyingSummary.daysInWeek,
        observed: Double(lastOffset + days) / BuyingSummary.daysInWeek))
  }

  /// After how many days without a purchase the stage is worse, as far as that is within a stretch.
  /// - Parameters:
  ///   - repeats: x, at least 1.
  ///   - lastOffset: The days from the first purchase to the last.
  ///   - through: The length of the stretch in days; later changes are left out.
  /// - Returns: The days, `Int.max` for what does not happen within the stretch.
  func limits(repeats: Int, lastOffset: Int, through: Int) -> Limits {
    func after(_ share: Double) -> Int {
      daysAbove(share, repeats: repeats, lastOffset: lastOffset, through: through) ?? .max
    }
    return Limits(atRiskAfter: after(atRiskBelow), lapsedAfter: after(lapsedBelow))
  }

  /// The last day since the purchase with at least a share of P(alive), −1 when even the day of the
  /// purchase has less; nil when that is not before the end of the stretch.
  private func daysAbove(
    _ share: Double, repeats: Int, lastOffset: Int, through: Int
  ) -> Int? {
    guard share > 0, share < 1 else { return share <= 0 ? nil : -1 }
    let base =
      logOdds.indices.contains(repeats)
      ? logOdds[repeats] : Fading.logOdds(model, repeats: repeats)
    // The odds against at which P(alive) is the share, less those at the purchase.
    let room = Double.log((1 - share) / share) - base
    let shape = model.r + Double(repeats)
    let rise = shape * (log(lastOffset + through) - log(lastOffset))
    guard rise > room - 1e-6 else { return nil }
    func isAbove(_ days: Int) -> Bool {
      chance(repeats: repeats, lastOffset: lastOffset, days: days) >= share
    }
    guard !isAbove(through) else { return nil }
    let start = model.alpha + Double(lastOffset) / BuyingSummary.daysInWeek
    let weeks = start * Double.expMinusOne(min(room / shape, 50))
    // Solved, then put right by the very figure that is shown, to the day.
    var days = min(max(Int(weeks * BuyingSummary.daysInWeek), -1), through)
    while days >= 0, !isAbove(days) { days -= 1 }
    while isAbove(days + 1) { days += 1 }
    return days
  }

  private func log(_ days: Int) -> Double {
    logs.indices.contains(days)
      ? logs[days] : Double.log(model.alpha + Double(days) / BuyingSummary.daysInWeek)
  }
}
