package import LoyaltyModel
import LoyaltyRules
import TextFormats

/// A number of a rule that can be turned to see what it does.
package struct RuleNumber: Sendable, Hashable {
  /// Where it stands in the rule's file: a JSON pointer.
  package var path: String
  /// What it is, in words.
  package var label: String
  /// The number as it stands in the file: `10`, `0.05`, `15.00`, `90 days`.
  package var value: String

  /// The number some steps further; nil where it would make no sense.
  ///
  /// Whole numbers go by one, from a hundred on by ten; amounts likewise; shares by hundredths; times
  /// by their unit.
  package func turned(by steps: Int) -> String? {
    let words = value.split(separator: " ")
    if words.count == 2, let count = Int(words[0]) {
      let next = count + steps * (count >= 100 ? 10 : 1)
      guard next >= 1 else { return nil }
      let unit = words[1].hasSuffix("s") ? String(words[1].dropLast()) : String(words[1])
      return "\(next) \(unit)\(next == 1 ? "" : "s")"
    }
    if let whole = Int(value) {
      let next = whole + steps * (whole >= 100 ? 10 : 1)
      return next >= 0 ? String(next) : nil
    }
    let digits = value.split(separator: ".").last.map(\.utf8.count) ?? 0
    guard let number = Double(value), digits <= 6 else { return nil }
    var power = 1.0
    for _ in 0..<max(2, digits) { power *= 10 }
    // Money in quotes goes by whole units, a share by hundredths.
    let step = isMoney ? (number >= 100 ? 10.0 : 1.0) : number < 1 ? 0.01 : 0.1
    let next = ((number + Double(steps) * step) * power).rounded() / power
    guard next >= 0 else { return nil }
    return isMoney ? fixed(next, digits) : Words.decimal(next)
  }

  /// The number as people read it: `0,05`, `90 hari`.
  package func shown(_ wording: Wording) -> String {
    if let span = TimeSpan(value) { return wording.span(span) }
    return wording.display.pointed(value)
  }

  /// Whether it is an amount, which the file has in quotes.
  var isMoney: Bool

  private func fixed(_ number: Double, _ digits: Int) -> String {
    var power: Int64 = 1
    for _ in 0..<digits { power *= 10 }
    let units = Int64((number * Double(power)).rounded())
    let fraction = String(units % power)
    let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
    return "\(units / power).\(zeros)\(fraction)"
  }
}

extension LoyaltyWorkspace {
  /// The numbers of a rule, in the order of its file.
  package func numbers(ofRule id: String) throws(WorkspaceError) -> [RuleNumber] {
    let rule = try rule(id)
    guard let file = ruleFile(id), let text = ruleText(file),
      let document = try? JSONDocument(parsing: Array(text.utf8))
    else { return [] }
    var numbers: [RuleNumber] = []
    for key in ["when", "unless", "offer", "score", "priority", "limits", "holdout"] {
      if let node = document.root[key] {
        gather(node, JSONPointer([key]), rule, "", into: &numbers)
      }
    }
    return numbers
  }

  private func gather(
    _ node: JSONNode, _ pointer: JSONPointer, _ rule: Rule, _ subject: String,
    into numbers: inout [RuleNumber]
  ) {
    if let members = node.members {
      let own = self.subject(node) ?? subject
      for member in members {
        gather(member.value, pointer.appending(member.key), rule, own, into: &numbers)
      }
    } else if let elements = node.elements {
      for (index, element) in elements.enumerated() {
        gather(element, pointer.appending(index), rule, subject, into: &numbers)
      }
    } else if let value = node.numberText {
      numbers.append(
        RuleNumber(
          path: pointer.description, label: label(pointer, subject), value: value, isMoney: false))
    } else if let text = node.string, isNumber(text, rule.currency) {
      let isMoney = TimeSpan(text) == nil
      numbers.append(
        RuleNumber(
          path: pointer.description, label: label(pointer, subject), value: text,
          isMoney: isMoney))
    }
  }

  private func isNumber(_ text: String, _ currency: Currency) -> Bool {
    TimeSpan(text) != nil || (currency.minorUnits(decimalText: text) != nil && text.contains("."))
  }

  /// What a condition's object is about: its fact or count, and how it is compared.
  private func subject(_ node: JSONNode) -> String? {
    let comparator = node["is"]?.string.flatMap { Comparator(rawValue: $0) }
    let comparison = comparator.map { ruleWords.words($0) } ?? ""
    if let id = node["fact"]?.string {
      let fields = FactCatalogue.customers.lists.flatMap(\.fields)
      let fact = FactCatalogue.customers.fact(id) ?? fields.first { $0.id == id }
      return "\(fact.map { texts.label($0) } ?? id) \(comparison)"
    }
    for measure in ["count", "sum", "min", "max", "distinct"] {
      guard let name = node[measure]?.string else { continue }
      let what = wording("measure-of.\(measure)", ["what": texts.list(name)])
      return "\(what) \(comparison)"
    }
    return nil
  }

  /// What the number at a place of a rule's file is.
  private func label(_ pointer: JSONPointer, _ subject: String) -> String {
    let known: [String: String] = [
      "/offer/percent": "number.percent", "/offer/amount": "number.amount",
      "/offer/threshold/times": "number.times", "/offer/threshold/round": "number.round",
      "/offer/valid": "number.valid", "/offer/cost/contact": "number.contact",
      "/offer/cost/redeemed": "number.redeemed", "/score/propensity/prior": "number.prior",
      "/score/propensity/weight": "number.weight", "/score/lever": "number.lever",
      "/score/share": "number.share", "/score/amount": "number.worth",
      "/priority": "number.priority", "/limits/per customer/times": "number.limit-times",
      "/limits/per customer/every": "number.within", "/limits/total": "number.total",
      "/limits/budget": "number.budget", "/holdout/share": "number.held-back",
    ]
    if let key = known[pointer.description] { return wording[key] }
    let what =
      switch pointer.tokens.last {
      case "0": wording("number.from", ["what": subject])
      case "1": wording("number.to", ["what": subject])
      default: subject
      }
    return pointer.tokens.first == "unless" ? wording("number.not", ["what": what]) : what
  }

  /// Saves other values of a rule; nothing else changes, and it can be undone like any change.
  package func saveChanges(
    ofRule id: String, _ changes: [(path: String, value: String)]
  ) throws(WorkspaceError) -> Receipt {
    guard let file = ruleFile(id) else { throw .noSuchRule(id, nearest: []) }
    var edit = RuleEdit(ruleText(file) ?? "")
    for (path, value) in changes where !edit.set(path, to: value) {
      throw .noSuchValue(rule: id, path: path)
    }
    let errors = readRule(Array(edit.text.utf8), file: file).issues.filter {
      $0.severity == .error
    }
    guard errors.isEmpty else { throw .badChange(errors.map { $0.description(wording) }) }
    return try saveRule(versioned(edit.text, file: file), file: file)
  }
}
