import LoyaltyModel
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
        Self.gather(node, JSONPointer([key]), rule, "", into: &numbers)
      }
    }
    return numbers
  }

  private static func gather(
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

  private static func isNumber(_ text: String, _ currency: Currency) -> Bool {
    TimeSpan(text) != nil || (currency.minorUnits(decimalText: text) != nil && text.contains("."))
  }

  /// What a condition's object is about: its fact or count, and how it is compared.
  private static func subject(_ node: JSONNode) -> String? {
    let comparison = node["is"]?.string ?? ""
    if let id = node["fact"]?.string {
      let fields = FactCatalogue.customers.lists.flatMap(\.fields)
      let fact = FactCatalogue.customers.fact(id) ?? fields.first { $0.id == id }
      return "\(fact?.label ?? id) \(comparison)"
    }
    for measure in ["count", "sum", "min", "max", "distinct"] {
      if let name = node[measure]?.string { return "\(measure) \(name) \(comparison)" }
    }
    return nil
  }

  private static func label(_ pointer: JSONPointer, _ subject: String) -> String {
    let words: [String: String] = [
      "/offer/percent": "discount, percent", "/offer/amount": "amount off",
      "/offer/threshold/times": "from this many usual baskets",
      "/offer/threshold/round": "threshold rounded up to", "/offer/valid": "valid for",
      "/offer/cost/contact": "cost of a contact", "/offer/cost/redeemed": "cost when used",
      "/score/propensity/prior": "share who respond, assumed",
      "/score/propensity/weight": "weight of that assumption", "/score/lever": "lever",
      "/score/share": "share of the year at risk", "/score/amount": "worth of a response",
      "/priority": "priority", "/limits/per customer/times": "times a customer",
      "/limits/per customer/every": "within", "/limits/total": "offers in all",
      "/limits/budget": "money in all", "/holdout/share": "share kept back to compare",
    ]
    if let known = words[pointer.description] { return known }
    let last = pointer.tokens.last ?? ""
    let end = last == "0" ? ", from" : last == "1" ? ", to" : ""
    return (pointer.tokens.first == "unless" ? "not: " : "") + subject + end
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
    guard errors.isEmpty else { throw .badChange(errors.map(\.description)) }
    return try saveRule(versioned(edit.text, file: file), file: file)
  }
}
