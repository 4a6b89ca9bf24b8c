package import LoyaltyModel

extension StageFigure {
  /// Why and since when, in a marketer's words.
  ///
  /// Such as `Last bought 45 days ago; usually every 14 days. Slipping away after 30. Since
  /// 2026-07-01.`
  package func words(_ wording: Wording) -> String {
    let reason = reason.words(wording)
    guard let since else { return reason }
    return wording("stage-why.since", ["reason": reason, "day": wording.day(since)])
  }
}

extension StageReason {
  /// The numbers and thresholds that decided, in a marketer's words.
  package func words(_ wording: Wording) -> String {
    switch self {
    case .contact: wording["stage-why.contact"]
    case .nothingStands: wording["stage-why.nothing-stands"]
    case .historyMissing(let orders):
      wording("stage-why.history-missing", count: orders, ["n": String(orders)])
    case .prospect(let interest, let day):
      interest.isEmpty
        ? wording("stage-why.prospect", ["day": wording.day(day)])
        : wording("stage-why.prospect-in", ["interest": interest, "day": wording.day(day)])
    case .new(let days): wording("stage-why.new", ["ago": wording.ago(days)])
    case .repeat(let bought, let days):
      wording("stage-why.repeat", ["days": wording.days(bought), "ago": wording.ago(days)])
    case .advocate(let bought, let score, let day):
      wording(
        "stage-why.advocate",
        ["days": wording.days(bought), "score": String(score), "day": wording.day(day)])
    case .wonBack(let day, let gap, let after):
      wording(
        "stage-why.won-back",
        ["day": wording.day(day), "gap": wording.days(gap), "after": String(after)])
    default: silence(wording)
    }
  }

  /// The reasons that go by how long somebody has been away.
  private func silence(_ wording: Wording) -> String {
    switch self {
    case .loyal(let bought, let days, let gap):
      wording(
        "stage-why.loyal",
        ["days": wording.days(bought), "ago": wording.ago(days), "gap": gap.words(wording)])
    case .atRisk(let days, let gap, let after):
      wording(
        "stage-why.at-risk",
        ["ago": wording.ago(days), "gap": gap.words(wording), "after": String(after)])
    case .onceAtRisk(let days, let after):
      wording("stage-why.once-at-risk", ["ago": wording.ago(days), "after": String(after)])
    case .lapsed(let days, let gap, let after):
      wording(
        "stage-why.lapsed",
        ["ago": wording.ago(days), "gap": gap.words(wording), "after": String(after)])
    case .unlikely(let days, let chance, let below, let model, let isLapsed):
      wording(
        isLapsed ? "stage-why.unlikely-lapsed" : "stage-why.unlikely",
        [
          "ago": wording.ago(days), "model": model.name,
          "chance": wording.display.pointed(percent(chance)), "below": String(below),
        ])
    default: ""
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
  package func words(_ wording: Wording) -> String {
    let days = wording.days(Int(days.rounded()))
    return wording(isOwn ? "stage-why.gap.own" : "stage-why.gap.common", ["days": days])
  }
}
