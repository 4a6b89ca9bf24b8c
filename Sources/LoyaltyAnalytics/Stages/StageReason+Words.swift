import LoyaltyModel

extension StageFigure {
  /// Why and since when, in a marketer's words.
  ///
  /// Such as `Last bought 45 days ago; usually every 14 days. Slipping away after 30. Since
  /// 2026-07-01.`
  package var words: String {
    guard let since else { return reason.words }
    return "\(reason.words) Since \(since)."
  }
}

extension StageReason {
  /// The numbers and thresholds that decided, in a marketer's words.
  package var words: String {
    switch self {
    case .contact: "Known by an address alone: no purchase and no sign of interest."
    case .historyMissing(let orders):
      "The customer file states \(counted(orders, "order")), but none of them is known here."
    case .prospect(let interest, let day):
      interest.isEmpty
        ? "Showed interest on \(day); has not bought yet."
        : "Showed interest (\(interest)) on \(day); has not bought yet."
    case .new(let days): "First bought \(ago(days)), and not again yet."
    case .repeat(let bought, let days):
      "Bought on \(counted(bought, "day")), last \(ago(days))."
    case .loyal(let bought, let days, let gap):
      "Bought on \(counted(bought, "day")), last \(ago(days)); \(gap.words)."
    case .advocate(let bought, let score, let day):
      "Bought on \(counted(bought, "day")) and rated \(score) of 10 on \(day)."
    case .wonBack(let day, let gap, let after):
      "Came back on \(day) after \(counted(gap, "day")); counted as lost after \(after)."
    case .atRisk(let days, let gap, let after):
      "Last bought \(ago(days)); \(gap.words). Slipping away after \(after)."
    case .onceAtRisk(let days, let after):
      "Bought only once, \(ago(days)). Slipping away after \(after)."
    case .lapsed(let days, let gap, let after):
      "Last bought \(ago(days)); \(gap.words). Counted as lost after \(after)."
    case .unlikely(let days, let chance, let below, let model, let isLapsed):
      """
      Last bought \(ago(days)); by the fitted \(model.name) model the chance that they still buy \
      here is \(percent(chance)) %. \(isLapsed ? "Counted as lost" : "Slipping away") below \
      \(below) %.
      """
    }
  }

  /// A chance in per cent, rounded down so that one below a limit never looks like the limit.
  private func percent(_ chance: Double) -> String {
    let tenths = Int((chance * 1000).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

extension StageGap {
  /// The rhythm in words: `usually every 14 days`.
  package var words: String {
    let days = counted(Int(days.rounded()), "day")
    return isOwn ? "usually every \(days)" : "customers usually buy every \(days)"
  }
}

/// A number with its noun: `1 day`, `2 days`.
private func counted(_ number: Int, _ noun: String) -> String {
  number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}

/// How long ago: `today`, `1 day ago`.
private func ago(_ days: Int) -> String { days == 0 ? "today" : "\(counted(days, "day")) ago" }
