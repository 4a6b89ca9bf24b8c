package import LoyaltyModel
import TextFormats

// Why a rule matches somebody or not, in words: the one place for them.

extension RuleWords {
  /// One comparison with what it saw: `lifecycle stage is one of new, repeat — is new ✓`.
  package func leaf(_ node: Explanation.Node) -> String {
    guard let finding = node.finding else { return sentence(node.condition) }
    return wording(
      "explanation.leaf",
      ["asked": leaf(node.condition), "seen": seen(finding), "mark": Self.mark(node.verdict)])
  }

  /// What a comparison saw: `is new`, `is 3`, `is not known`.
  private func seen(_ finding: Explanation.Finding) -> String {
    if finding.seen == .unknown { return wording["explanation.not-known"] }
    return wording("explanation.seen", ["value": value(finding.seen, finding.type)])
  }

  /// The sign of an answer.
  package static func mark(_ truth: Truth) -> String {
    switch truth {
    case .yes: "✓"
    case .no: "✗"
    case .unknown: "?"
    }
  }

  /// The outcome for one customer as sentences, one a line: the verdict, then what decided it.
  package func lines(_ explanation: RuleExplanation) -> [String] {
    let verdict = wording["explanation.\(explanation.outcome.rawValue.replacing(" ", with: "-"))"]
    if !explanation.isWithinWindow { return [verdict, wording["explanation.outside"]] }
    return [verdict] + explanation.deciding.map { leaf($0) }
  }

  /// A rule in plain sentences, one a line: whom it is for, what it offers, its limits.
  package func lines(_ rule: Rule) -> [String] {
    var lines = [wording("rule.title", ["title": wording.texts.ruleText(rule.title)])]
    let conditions = rule.matching.map { sentence($0.condition) }
    lines.append(
      conditions.isEmpty
        ? wording["rule.for-everybody"]
        : wording("rule.for", ["conditions": joined(conditions, "word.and")]))
    if let unless = rule.unless {
      lines.append(wording("rule.not-where", ["condition": sentence(unless)]))
    }
    lines.append(
      wording("rule.offered", ["offer": offer(rule), "span": wording.span(rule.offer.valid)]))
    if let move = rule.move {
      let from = joined(move.from.map { wording.texts.value($0.rawValue) }, "word.or")
      lines.append(
        wording("rule.move", ["from": from, "to": wording.texts.value(move.to.rawValue)]))
    }
    if !rule.campaign.isEmpty {
      lines.append(wording("rule.campaign", ["campaign": rule.campaign]))
    }
    if rule.audience == .consumer { lines.append(wording["rule.consumer"]) }
    lines.append(wording("rule.goes-by", ["channels": channels(rule)]))
    lines += limits(rule)
    let benefits = [rule.customerBenefit, rule.businessBenefit].map(wording.texts.ruleText)
    lines.append(wording("rule.customer-has", ["benefit": benefits[0]]))
    lines.append(wording("rule.business-has", ["benefit": benefits[1]]))
    return lines
  }

  private func channels(_ rule: Rule) -> String {
    let names = rule.channels.map { wording.name(of: $0) }
    return names.dropFirst().reduce(names.first ?? "") {
      wording("rule.else-by", ["first": $0, "next": $1])
    }
  }

  private func offer(_ rule: Rule) -> String {
    let offer = rule.offer
    var text: String
    if let percent = offer.percent {
      text = wording("rule.percent", ["n": String(percent)])
    } else if let amount = offer.amount {
      text = wording(
        "rule.amount",
        [
          "kind": wording.texts.value(offer.kind.rawValue),
          "amount": wording.display.plainAmount(amount, currency),
        ])
    } else {
      text = wording["kind.\(offer.kind.rawValue)"]
    }
    switch offer.category {
    case .named(let name)?: text = wording("rule.of-category", ["offer": text, "category": name])
    case .picked(.nextBest)?: text = wording("rule.of-next-best", ["offer": text])
    case .picked(.favourite)?: text = wording("rule.of-favourite", ["offer": text])
    case nil: break
    }
    guard let threshold = offer.threshold else { return text }
    return wording(
      "rule.from-basket",
      [
        "offer": text, "times": wording.display.pointed(Words.decimal(threshold.times)),
        "fact": wording.texts.label(threshold.of),
      ])
  }

  private func limits(_ rule: Rule) -> [String] {
    var lines: [String] = []
    if let limit = rule.limits.perCustomer {
      let every = limit.every.map { wording("rule.limit.every", ["span": wording.span($0)]) } ?? ""
      let times =
        limit.times == 1
        ? wording["rule.limit.once"] : wording("rule.limit.times", ["n": String(limit.times)])
      lines.append(wording("rule.limit", ["times": times, "every": every]))
    }
    if let total = rule.limits.total {
      lines.append(wording("rule.limit.total", count: total, ["n": String(total)]))
    }
    if let budget = rule.limits.budget {
      let amount = wording.display.plainAmount(budget, currency)
      lines.append(wording("rule.limit.budget", ["amount": amount]))
    }
    if rule.holdOut.share > 0 {
      let share = Words.percent(Double(rule.holdOut.share) / 10_000)
      lines.append(wording("rule.hold-out", ["share": wording.display.pointed(share)]))
    }
    if let from = rule.window.from {
      lines.append(wording("rule.begins", ["day": wording.day(from)]))
    }
    if let until = rule.window.until {
      lines.append(wording("rule.ends", ["day": wording.day(until)]))
    }
    return lines
  }
}

extension Wording {
  /// A channel in words: `text message`.
  func name(of channel: ContactChannel) -> String { self["way.\(channel.rawValue)"] }
}

// MARK: Stored evidence

extension Rule {
  /// The rule's own sentence for one customer, its placeholders filled from what was seen then.
  package func why(_ evidence: Evidence, _ wording: Wording) -> String {
    let why = wording.texts.ruleText(why)
    return (Placeholders.parse(why) ?? [.text(why)]).map { part in
      switch part {
      case .text(let text): return text
      case .name(let name):
        return evidence.facts.first { $0.fact == name }?.seen ?? "–"
      }
    }.joined()
  }
}

// MARK: Tests

extension RuleTestResult {
  /// What came of the test, as a sentence.
  ///
  /// `test "mailed last week" failed: expected excluded by /unless/any/1, got match.`
  package func message(_ wording: Wording) -> String {
    switch failure {
    case nil: wording("rule-test.passed", ["name": name])
    case .outcome(let expected, let because, let got, let places):
      wording(
        "rule-test.outcome",
        [
          "name": name,
          "expected": by(because.map { [$0.description] }, expected.rawValue, wording),
          "got": by(got == .match ? nil : places.map(\.description), got.rawValue, wording),
        ])
    case .reason(let outcome, let expected, let places):
      wording(
        "rule-test.reason",
        [
          "name": name, "outcome": outcome.rawValue,
          "places": places.map(\.description).joined(separator: ", "),
          "expected": expected.description,
        ])
    case .noFile(let path): wording("rule-test.no-file", ["name": name, "path": path])
    case .badFile(let issues):
      wording(
        "rule-test.bad-file",
        [
          "name": name,
          "issues": issues.map { $0.description(wording) }.joined(separator: "; "),
        ])
    }
  }

  private func by(_ places: [String]?, _ outcome: String, _ wording: Wording) -> String {
    guard let places, !places.isEmpty else { return outcome }
    return wording(
      "rule-test.by", ["outcome": outcome, "places": places.joined(separator: ", ")])
  }
}
