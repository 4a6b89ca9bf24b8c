import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import TextFormats

// Why, and why not: asked of one customer alone, so that it takes no longer among a million.
extension LoyaltyWorkspace {
  /// Why a rule does, or does not, match a customer: each condition with the value that it saw; and
  /// what became of every rule that matches the customer.
  package func explainRule(_ id: String, customer: String) throws(WorkspaceError) -> RuleAnswer {
    let rule = try rule(id)
    let analysis = analysis()
    guard let row = analysis.customers.row(of: customer) else { throw .noSuchCustomer(customer) }
    let facts = factsWithOffers(analysis, ofRow: row)
    let explanation = Explainer(facts: facts).explain(rule, row: 0)
    return RuleAnswer(
      rule: rule.id, customer: customer, asOf: analysis.asOf, outcome: explanation.outcome.rawValue,
      grounds: explanation.deciding.map { node in
        RuleAnswer.Ground(
          pointer: node.pointer.description,
          holds: node.verdict == .unknown ? nil : node.verdict == .yes, text: ruleWords.leaf(node))
      },
      lines: try ruleWords.lines(explanation) + campaignLines(rule, row, analysis)
        + counted(explanation, row, analysis) + standing(row, facts, analysis))
  }

  /// The facts of one customer with their offers as they are now: a table of one row.
  private func factsWithOffers(_ analysis: Analysis, ofRow row: Int) -> FactTable {
    var customer = CustomerTable()
    customer.append(analysis.customers.customer(row))
    var facts = analysis.facts.only(row)
    facts.lists["offers"] =
      FactColumnsBuilder(
        analysis.figures, customers: customer, purchases: PurchaseTable(),
        offers: allOffers(ofRow: row, in: analysis)
      ).offerList
    return facts
  }

  /// The purchases that the deciding comparisons counted, newest first.
  private func counted(
    _ explanation: RuleExplanation, _ row: Int, _ analysis: Analysis
  ) -> [String] {
    let purchases = Set(explanation.deciding.flatMap { $0.finding?.purchases ?? [] })
    guard !purchases.isEmpty else { return [] }
    let lines = analysis.purchaseLines(row).filter { purchases.contains($0.id) }.map { line in
      let what = [line.product, line.category].first { !$0.isEmpty }.map { ", " + $0 } ?? ""
      return "  \(wording.day(line.day))  \(display.money(line.amount, currency))\(what)"
    }
    return [wording("rules.counted", ["n": display.number(purchases.count)])] + lines
  }

  /// What a run of the active rules would do with each for a customer: the gate at which it falls, nil
  /// where it would be offered.
  ///
  /// Nobody else is asked. What rules share among all customers is taken as it stands: what others
  /// have, or have waiting, is gone.
  func fates(
    ofRow row: Int
  ) throws(WorkspaceError) -> [(rule: RuleReference, gate: Gate?)] {
    let analysis = analysis()
    return try fates(row, factsWithOffers(analysis, ofRow: row), analysis)
  }

  private func fates(
    _ row: Int, _ facts: FactTable, _ analysis: Analysis
  ) throws(WorkspaceError) -> [(rule: RuleReference, gate: Gate?)] {
    var context = SuggestInputs(
      analysis, state.programme, state.offers, SuggestOptions(), campaigns: campaignsByHash,
      only: only(row, analysis)
    ).context(progress: { _ in }) { false }
    context.keepsRows = true
    do throws(SuggestionError) {
      let run = try Suggester.run(rules: activeRules, facts: facts, context: context)
      return run.funnel.rules.map { rule in
        (rule.rule, zip(Gate.allCases, rule.droppedRows).first { $1[0] }?.0)
      }
    } catch {
      throw .cancelled
    }
  }

  /// A customer's own offers, and what those of others leave to them.
  private func only(_ row: Int, _ analysis: Analysis) -> OnlyCustomer {
    let own = allOffers(ofRow: row, in: analysis)
    let versions = campaignsOfVersions
    return offerLines { lines in
      let rows = lines.rows(in: analysis.customers, of: analysis.key)
      return OnlyCustomer(
        row: row, offers: own,
        elsewhere: lines.taken(
          exceptBy: row, customers: rows, ofVersions: versions + missing(lines, versions)),
        responses: lines.responses)
    }
  }

  /// The same in words, of the rules that match.
  private func standing(
    _ row: Int, _ facts: FactTable, _ analysis: Analysis
  ) throws(WorkspaceError) -> [String] {
    let fates = try fates(row, facts, analysis)
    let shared = Set(
      activeRules.filter { rule in
        rule.limits.areShared || state.programme.campaign(rule.campaign)?.budget != nil
      }.map(\.id))
    let winners = fates.filter { $0.gate == nil || $0.gate == .holdOut }
      .map { texts.ruleText($0.rule.title) }.joined(separator: ", ")
    let lines = fates.compactMap { rule, gate -> String? in
      let title = texts.ruleText(rule.title)
      let why = gate?.lost(wording) ?? ""
      switch gate {
      case nil where shared.contains(rule.id):
        return wording("rules.would-be-offered.shared", ["rule": title])
      case nil: return wording("rules.would-be-offered", ["rule": title])
      case .window, .campaignDates, .when, .unknown: return nil
      case .group where !winners.isEmpty, .perCustomer where !winners.isEmpty:
        return wording("rules.rival-of", ["rule": title, "why": why, "winners": winners])
      default: return wording("rules.rival", ["rule": title, "why": why])
      }
    }
    return lines.isEmpty
      ? [wording["rules.no-rule-matches"]] : [wording["rules.rules-that-match"]] + lines
  }
}
