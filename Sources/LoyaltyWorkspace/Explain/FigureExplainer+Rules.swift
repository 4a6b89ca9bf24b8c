import LoyaltyModel

// How the figures about rules came about.
extension FigureExplainer {
  var rules: FigureExplanation {
    make("figure.rules", wording["figure.rules.meaning"], notes: [wording["figure.rules.note"]])
  }

  var reach: FigureExplanation {
    make("figure.reach", wording["figure.reach.meaning"], notes: [wording["figure.reach.note"]])
  }

  var whatIf: FigureExplanation {
    make(
      "figure.what-if", wording["figure.what-if.meaning"],
      notes: [wording["figure.what-if.note"]])
  }

  var backtest: FigureExplanation {
    make(
      "figure.backtest", wording["figure.backtest.meaning"],
      notes: [wording["figure.backtest.today"], wording["figure.backtest.group"]])
  }

  var closest: FigureExplanation {
    make("figure.closest", wording["figure.closest.meaning"], parameters: cutParameters)
  }
}
