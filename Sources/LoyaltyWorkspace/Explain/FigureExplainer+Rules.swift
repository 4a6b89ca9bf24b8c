import LoyaltyModel

// How the figures about rules came about.
extension FigureExplainer {
  var rules: FigureExplanation {
    make(
      "Rules",
      """
      Matches: the customers for whom the rule's conditions hold on the date, whatever else they \
      are offered. Looked at, dropped and chosen come from the last run or trial: every customer \
      is looked at once for each rule, and each one dropped is counted at the first gate that \
      closed. Gain: the chance of a response times what it brings, less what it costs; of all \
      choices within the budget and the limits the one with the greatest gain is taken, and the \
      sentence below says how much more any choice could bring.
      """,
      notes: ["A kept-back customer gets nothing, so that the extra sales can be measured."])
  }

  var reach: FigureExplanation {
    make(
      "Whom a rule reaches",
      """
      The customers for whom the conditions in the form hold on the date. A fact that is not \
      known of somebody makes a condition neither true nor false, and then the rule does not \
      match.
      """, notes: ["Other rules, caps and the budget may leave fewer of them."])
  }

  var whatIf: FigureExplanation {
    make(
      "What if",
      """
      All rules that are switched on are run twice as of the date, with this rule as it is and \
      with the numbers turned; the difference is shown. Nothing is saved. Cost and gain are \
      expected ones: of each offer the chance of a response times what it brings and costs.
      """, notes: ["The share who respond is assumed until responses were recorded."])
  }

  var backtest: FigureExplanation {
    make(
      "Try on last year",
      """
      The rules are run as of the earlier day by what was recorded up to it: purchases, \
      consents, offers sent, the rules in their versions of then, the cut of the cohorts and the \
      models fitted to that day. Then it \
      is counted what these customers did by the end of the time, with no offer of this run.
      """,
      notes: [
        """
        Rules that did not exist on the day are left out, unless today's are asked for as well: \
        whoever wrote them knew what came after.
        """,
        """
        Extra sales due to an offer can only be told from a comparison group: everybody whom the \
        rule chose counts on their side, whether the offer went out or not and whether they bought \
        or not. Extra buyers: the difference of the two shares who bought after the list went out, \
        with an interval by Newcombe. Extra sales: the difference of the mean net sales for each \
        customer on a side, with Welch's interval for groups of unequal spread. The true figure \
        lies within in 95 of 100 such comparisons; where it holds 0, chance alone may be at work.
        """,
      ])
  }

  var closest: FigureExplanation {
    make(
      "Almost there",
      """
      The least change that makes a customer reach the next cohort, or match the rule: an \
      amount, a number of purchases, a consent, a day. Each was carried out on a copy of the \
      figures and shown only if the customer was there afterwards. A deadline is the last day on \
      which the purchase still does it, before earlier ones no longer count.
      """, parameters: cutParameters)
  }
}
