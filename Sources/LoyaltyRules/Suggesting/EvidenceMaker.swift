import LoyaltyModel
import TextFormats

/// Keeps what a suggestion rests on, small enough to be stored with each.
struct EvidenceMaker: Sendable {
  /// The most bytes that an evidence card should take when it is written.
  static let byteLimit = 300

  private let facts: FactTable
  private let prepared: [String: PreparedRule]
  private let placeholders: [String: [String]]

  init(rules: [Rule], facts: FactTable) {
    self.facts = facts
    let explainer = Explainer(facts: facts)
    prepared = Dictionary(
      rules.map { ($0.id, explainer.prepare($0)) }, uniquingKeysWith: { first, _ in first })
    placeholders = Dictionary(
      rules.map { ($0.id, Placeholders.names(in: $0.why)) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// The evidence of a rule that matches a row.
  ///
  /// First the facts that the rule's own sentence names, then those that settled the conditions, in
  /// the order of the rule, the cohort of the move last (it is stored with the offer anyway); as many
  /// as fit.
  func evidence(_ rule: Rule, row: Int, lost: [LostRule]) -> Evidence {
    let explanation =
      prepared[rule.id]?.explain(row) ?? Explainer(facts: facts).explain(rule, row: row)
    let deciding = explanation.when.deciding
    let named = placeholders[rule.id] ?? []
    var seen: [EvidenceFact] = []
    func add(_ fact: EvidenceFact) {
      if !seen.contains(where: { $0.fact == fact.fact && $0.seen == fact.seen }) {
        seen.append(fact)
      }
    }
    let leaves = explanation.when.leaves
    for name in named {
      if let leaf = leaves.first(where: { $0.finding?.name == name }) {
        add(fact(leaf, rule.currency))
      } else if let fact = FactCatalogue.customers.fact(name) {
        let value = facts.columns[name]?.value(row) ?? .unknown
        let words = Words.value(value, type: fact.type, currency: rule.currency)
        add(EvidenceFact(fact: name, seen: words, pointer: "/why"))
      }
    }
    let ordered = deciding.filter { $0.pointer.tokens.first != "move" }
    for leaf in ordered + deciding.filter({ $0.pointer.tokens.first == "move" }) {
      add(fact(leaf, rule.currency))
    }
    let purchases = purchases(deciding)
    let evidence = Evidence(
      facts: seen, purchases: Array(purchases.suffix(Evidence.mostPurchases)),
      purchasesCounted: purchases.count, lost: lost)
    return trimmed(evidence, keeping: named.count)
  }

  private func fact(_ leaf: Explanation.Node, _ currency: Currency) -> EvidenceFact {
    let finding = leaf.finding
    let words = finding.map { Words.value($0.seen, type: $0.type, currency: currency) } ?? ""
    return EvidenceFact(
      fact: finding?.name ?? "", seen: words, pointer: leaf.pointer.description)
  }

  /// The purchases that were counted, each once, in the order of the list: oldest first.
  private func purchases(_ leaves: [Explanation.Node]) -> [PurchaseID] {
    let lists = leaves.compactMap { $0.finding?.purchases }.filter { !$0.isEmpty }
    guard lists.count > 1 else { return lists.first ?? [] }
    let longest = lists.max { $0.count < $1.count } ?? []
    var seen = Set(longest)
    return lists.reduce(into: longest) { all, list in
      for purchase in list where seen.insert(purchase).inserted { all.append(purchase) }
    }
  }

  /// Leaves out what is least needed until the card is small enough: the last facts, then the last of
  /// the rules that lost, then purchases.
  private func trimmed(_ evidence: Evidence, keeping least: Int) -> Evidence {
    var evidence = evidence
    while EvidenceMaker.size(evidence) > EvidenceMaker.byteLimit {
      if evidence.facts.count > max(least, 2) {
        evidence.facts.removeLast()
      } else if evidence.lost.count > 2 {
        evidence.lost.removeLast()
      } else if evidence.purchases.count > 2 {
        evidence.purchases.removeFirst()
      } else {
        break
      }
    }
    return evidence
  }

  /// About how many bytes the card takes when it is written: texts with their quotes and commas.
  static func size(_ evidence: Evidence) -> Int {
    let facts = evidence.facts.reduce(0) {
      $0 + $1.fact.utf8.count + $1.seen.utf8.count + $1.pointer.utf8.count + 11
    }
    let purchases = evidence.purchases.reduce(0) { $0 + $1.description.utf8.count + 3 }
    let lost = evidence.lost.reduce(0) { $0 + $1.rule.utf8.count + $1.gate.rawValue.utf8.count + 8 }
    return facts + purchases + lost
  }
}

extension Placeholders {
  /// The names within a text, each once, in order.
  static func names(in text: String) -> [String] {
    var names: [String] = []
    for case .name(let name) in parse(text) ?? [] where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}
