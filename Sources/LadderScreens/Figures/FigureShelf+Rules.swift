import LoyaltyModel
import LoyaltyWorkspace

extension FigureShelf {
  var rulesDigest: RulesDigest? {
    if case .rulesDigest(let digest)? = self[.rulesDigest].value { digest } else { nil }
  }

  func draft(_ query: FigureQuery) -> RuleDraftReport? {
    if case .draft(let report)? = self[query].value { report } else { nil }
  }

  func whatIf(_ query: FigureQuery) -> WhatIfReport? {
    if case .whatIf(let report)? = self[query].value { report } else { nil }
  }

  func backtest(_ query: FigureQuery) -> BacktestReport? {
    if case .backtest(let report)? = self[query].value { report } else { nil }
  }

  func closest(_ query: FigureQuery) -> [NearPerson]? {
    if case .closest(let people)? = self[query].value { people } else { nil }
  }
}
