package import LoyaltyModel
import TextFormats

// Why a rule matches somebody or not, in words: the one place for them.

extension Words {
  /// One comparison with what it saw: `lifecycle stage is one of new, repeat: is new ✓`.
  package static func leaf(_ node: Explanation.Node, currency: Currency) -> String {
    guard let finding = node.finding else { return sentence(node.condition, currency: currency) }
    let asked = leaf(node.condition, currency: currency)
    return "\(asked) — \(seen(finding, currency: currency)) \(mark(node.verdict))"
  }

  /// What a comparison saw: `is new`, `is 3`, `is not known`.
  package static func seen(_ finding: Explanation.Finding, currency: Currency) -> String {
    if finding.seen == .unknown { return "is not known" }
    return "is \(value(finding.seen, type: finding.type, currency: currency))"
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
  package static func lines(_ explanation: RuleExplanation, currency: Currency) -> [String] {
    var lines = [verdict(explanation.outcome)]
    if !explanation.isWithinWindow {
      return lines + ["the rule does not apply on this date ✗"]
    }
    lines += explanation.deciding.map { leaf($0, currency: currency) }
    return lines
  }

  /// The verdict as a sentence.
  package static func verdict(_ outcome: RuleOutcome) -> String {
    switch outcome {
    case .match: "The rule matches."
    case .noMatch: "The rule does not match. This would have to be different:"
    case .excluded: "The rule matches, but an exception applies or cannot be ruled out:"
    case .unknown: "Nobody can say whether the rule matches. This is not known:"
    }
  }

  /// A rule in plain sentences, one a line: whom it is for, what it offers, its limits.
  package static func lines(_ rule: Rule) -> [String] {
    var lines = [rule.title + "."]
    let conditions = rule.matching.map { sentence($0.condition, currency: rule.currency) }
    lines.append(
      conditions.isEmpty
        ? "For every customer." : "For customers where \(conditions.joined(separator: " and ")).")
    if let unless = rule.unless {
      lines.append(
        "Not where \(sentence(unless, currency: rule.currency)), or where that is unknown.")
    }
    lines.append("They are offered \(offer(rule)), valid for \(rule.offer.valid).")
    if let move = rule.move {
      let from = move.from.map(\.rawValue).joined(separator: " or ")
      lines.append("It is to lead from \(from) to \(move.to.rawValue).")
    }
    if !rule.campaign.isEmpty { lines.append("It belongs to the campaign \(rule.campaign).") }
    if rule.audience == .consumer {
      lines.append(
        "It is for those who use what is bought; a child is never written to, who buys is.")
    }
    lines.append("It goes by \(rule.channels.map(\.words).joined(separator: ", else by ")).")
    lines += limits(rule)
    lines.append("The customer has: \(rule.customerBenefit).")
    lines.append("The business has: \(rule.businessBenefit).")
    return lines
  }

  private static func offer(_ rule: Rule) -> String {
    let offer = rule.offer
    var text: String
    if let percent = offer.percent {
      text = "\(percent) % off"
    } else if let amount = offer.amount {
      text = "a \(offer.kind.rawValue) of \(rule.currency.decimalText(minorUnits: amount))"
    } else {
      text = offer.kind.words
    }
    switch offer.category {
    case .named(let name)?: text += " for \(name)"
    case .picked(.nextBest)?: text += " for a category that is new to them"
    case .picked(.favourite)?: text += " for their favourite category"
    case nil: break
    }
    if let threshold = offer.threshold {
      text += " from a basket of \(decimal(threshold.times)) × their \(threshold.of.label)"
    }
    return text
  }

  private static func limits(_ rule: Rule) -> [String] {
    var lines: [String] = []
    if let limit = rule.limits.perCustomer {
      let every = limit.every.map { " within \($0)" } ?? ""
      lines.append(
        "At most \(limit.times == 1 ? "once" : "\(limit.times) times") a customer\(every).")
    }
    if let total = rule.limits.total { lines.append("At most \(total) offers in all.") }
    if let budget = rule.limits.budget {
      lines.append("At most \(rule.currency.decimalText(minorUnits: budget)) in all.")
    }
    if rule.holdOut.share > 0 {
      lines.append(
        "\(percent(Double(rule.holdOut.share) / 10_000)) are kept back as comparison group.")
    }
    if let from = rule.window.from { lines.append("It begins on \(from).") }
    if let until = rule.window.until { lines.append("It ends on \(until).") }
    return lines
  }
}

extension OfferKind {
  /// The kind in words, with its article.
  package var words: String {
    switch self {
    case .discount: "a discount"
    case .voucher: "a voucher"
    case .gift: "a gift"
    case .freeDelivery: "free delivery"
    case .trial: "a trial"
    case .content: "something worth reading"
    case .service: "a service"
    case .earlyAccess: "early access"
    }
  }
}

extension ContactChannel {
  /// The channel in words.
  package var words: String {
    switch self {
    case .email: "e-mail"
    case .sms: "text message"
    case .phone: "telephone"
    case .post: "letter"
    case .push: "app message"
    case .till: "the till"
    }
  }
}

// MARK: Stored evidence

extension Rule {
  /// The rule's own sentence for one customer, its placeholders filled from what was seen then.
  package func why(_ evidence: Evidence) -> String {
    (Placeholders.parse(why) ?? [.text(why)]).map { part in
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
  package var message: String {
    switch failure {
    case nil: "test \"\(name)\" passed."
    case .outcome(let expected, let because, let got, let places):
      "test \"\(name)\" failed: expected \(expected.rawValue)\(by(because.map { [$0.description] }))"
        + ", got \(got.rawValue)\(by(got == .match ? nil : places.map(\.description)))."
    case .reason(let outcome, let expected, let places):
      "test \"\(name)\" failed: \(outcome.rawValue) as expected, but by "
        + "\(places.map(\.description).joined(separator: ", ")), not by \(expected)."
    case .noFile(let path): "test \"\(name)\" failed: there is no file \"\(path)\"."
    case .badFile(let issues):
      "test \"\(name)\" failed: " + issues.map(\.description).joined(separator: "; ")
    }
  }

  private func by(_ places: [String]?) -> String {
    guard let places, !places.isEmpty else { return "" }
    return " by " + places.joined(separator: ", ")
  }
}
