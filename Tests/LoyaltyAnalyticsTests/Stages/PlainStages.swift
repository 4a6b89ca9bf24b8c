import Foundation
import LoyaltyAnalytics
import LoyaltyModel

/// A plain reading of the stage definitions, for one buyer and one day at a time.
struct PlainStages {
  var settings = StageSettings()
  let commonGap: Double
  /// The MBG/NBD model, in weeks, where one has a say.
  var model: MBGNBDModel?

  /// P(alive) by the formula as printed.
  func alive(_ days: [Int32], on today: Int32) -> Double? {
    guard let model, days.count > 1 else { return nil }
    let x = Double(days.count - 1)
    let last = Double(days[days.count - 1] - days[0]) / 7
    let observed = Double(today - days[0]) / 7
    let ratio = (model.alpha + observed) / (model.alpha + last)
    return 1 / (1 + model.a / (model.b + x) * pow(ratio, model.r + x))
  }

  /// g as known from purchase days.
  func gap(_ days: [Int32]) -> Double {
    guard days.count >= 4 else { return max(14, commonGap) }
    let gaps = zip(days, days.dropFirst()).map { Double($1 - $0) }.sorted()
    let middle = gaps.count / 2
    return max(14, gaps.count % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2)
  }

  /// The stage on a day of someone who bought and rated on these days; nil before the first.
  func stage(_ all: [Int32], praise: [Int32], on today: Int32) -> LifecycleStage? {
    let days = all.filter { $0 <= today }
    guard let last = days.last else { return nil }
    let (d, n, g) = (Double(today - last), days.count, gap(days))
    let chance = alive(days, on: today) ?? 1
    if d > 4 * g && d > 60 || chance < 0.2 { return .lapsed }
    if chance < 0.5 { return .atRisk }
    if d > 2 * g && d > 30 || n == 1 && d > 60 { return .atRisk }
    for place in days.indices.dropFirst() where days[place] > today - 90 {
      let before = Array(days[..<place])
      let ended = Double(days[place] - days[place - 1])
      if ended > 4 * gap(before) && ended > 60 { return .wonBack }
    }
    if n == 1 { return .new }
    guard n >= 4 else { return .repeat }
    let inForce = praise.contains { day in
      day <= today && Day(number: today) < Day(number: day).adding(months: 12)
    }
    return inForce ? .advocate : .loyal
  }

  /// The first day of the stage of a day, going back one day after the other.
  func since(_ all: [Int32], praise: [Int32], on today: Int32) -> Int32 {
    let now = stage(all, praise: praise, on: today)
    var day = today
    while stage(all, praise: praise, on: day - 1) == now { day -= 1 }
    return day
  }
}
