import LoyaltyModel
import LoyaltyRules
import TextFormats

/// A rule as a form: the parts that most rules are made of, as they are typed.
///
/// The JSON stays the truth: a draft holds the text that it was opened from, and only what was
/// changed in the form changes in it; everything else stays byte for byte.
package struct RuleDraft: Sendable, Hashable {
  /// The fields, in the order of the form.
  package enum Field: String, Sendable, CaseIterable {
    case title, campaign, from, to, stages, facts, except, kind, percent, amount, category
    case threshold, valid, template, begins, ends, response, every, group, priority, holdOut
    case why, customerBenefit, businessBenefit, id
  }

  /// What stands in each field.
  private var values: [Field: String]
  /// The text that the fields are laid over.
  let base: String
  /// The file of the rule; nil for one that is new.
  package let file: String?
  private let start: [Field: String]

  /// What stands in a field; empty where nothing does.
  ///
  /// Several words are separated by commas.
  package subscript(field: Field) -> String {
    get { values[field] ?? "" }
    set { values[field] = newValue }
  }

  /// Whether anything differs from what the form was opened with.
  package var isChanged: Bool { Field.allCases.contains { self[$0] != start[$0] ?? "" } }

  func differs(_ field: Field) -> Bool { self[field] != start[field] ?? "" }

  init(base: String, file: String?, values: [Field: String]) {
    (self.base, self.file, self.values, start) = (base, file, values, values)
  }

  /// The words of a field that lists several.
  func words(_ field: Field) -> [String] {
    self[field].split(separator: ",").map { word in
      word.trimmed
    }.filter { !$0.isEmpty }
  }
}

/// What can be said of a draft while it is typed.
package struct RuleDraftReport: Sendable, Hashable {
  /// The rule's file.
  package var json: String
  /// The rule in plain sentences; empty while it has mistakes.
  package var sentences: [String]
  /// How many customers it reaches now; nil while it has mistakes.
  package var matched: Int?
  /// The smallest difference that its comparison group can show, in a sentence.
  package var power: String?
  /// What is wrong, each with the field where that can be told.
  package var mistakes: [Mistake]

  /// Something that is wrong.
  package struct Mistake: Sendable, Hashable {
    /// The field; nil where it is none of the form's.
    package var field: RuleDraft.Field?
    /// Cause and remedy.
    package var text: String
  }
}

extension RuleDraft {
  /// A rule to begin from: low to mid, a discount, with the settings that most rules have.
  static func blank(
    _ currency: Currency, _ display: DisplayFormat = DisplayFormat()
  ) -> RuleDraft? {
    let base = """
      {
        "format": "ladder.rule/1",
        "id": "new-rule",
        "version": 1,
        "status": "active",
        "title": "A new rule",
        "audience": "customer",
        "aim": "grow",
        "side": "give",
        "move": { "from": ["low"], "to": "mid" },
        "when": { "fact": "stage", "is": "one of", "value": ["repeat", "loyal"] },
        "unless": { "fact": "complaint_open", "is": "yes" },
        "offer": { "template": "kind-discount", "kind": "discount", "percent": 10, "valid": "21 days" },
        "score": { "propensity": { "prior": 0.05, "weight": 200 }, "value": "clv-gain" },
        "priority": 50,
        "group": "next-purchase",
        "needs": { "consent": ["marketing"], "channels": ["email", "push", "sms", "post", "till"] },
        "limits": { "per customer": { "times": 1, "every": "60 days" } },
        "holdout": { "share": 0.1 },
        "why": "In cohort {cohort}, stage {stage}.",
        "benefit": {
          "customer": "a reason to come back",
          "business": "one more purchase on the way up" }
      }

      """
    return try? RuleDraft(text: base, file: nil, currency: currency, display: display)
  }

  /// Why a rule does not fit the form.
  enum Misfit: Error, Hashable {
    case mistakes, forConsumers, exceptions, repeated, conditions
    /// The threshold is a multiple of a fact that the form does not offer.
    case threshold(Fact)

    /// Why, as the end of a sentence.
    func words(_ wording: Wording) -> String {
      switch self {
      case .mistakes: wording["misfit.mistakes"]
      case .forConsumers: wording["misfit.consumers"]
      case .exceptions: wording["misfit.exceptions"]
      case .repeated: wording["misfit.repeated"]
      case .conditions: wording["misfit.conditions"]
      case .threshold(let fact):
        wording("misfit.threshold", ["fact": wording.texts.label(fact)])
      }
    }
  }

  /// Opens a rule's text in the form.
  ///
  /// - Throws: ``Misfit`` where the rule says something that the form has no field for and that its
  ///   fields would contradict.
  init(
    text: String, file: String?, currency: Currency, display: DisplayFormat = DisplayFormat()
  ) throws(Misfit) {
    let reading = RuleReader.read(
      Array(text.utf8), file: file ?? "", catalogue: .customers, currency: currency)
    guard let rule = reading.rule else { throw .mistakes }
    if rule.audience == .consumer { throw .forConsumers }
    let writer = ConditionWriter(currency)
    var values: [Field: String] = [:]
    (values[.id], values[.title], values[.campaign]) = (rule.id, rule.title, rule.campaign)
    try Self.readGroup(rule, writer, &values)
    if let unless = rule.unless {
      guard let filter = writer.filter(unless) else {
        throw .exceptions
      }
      values[.except] = filter
    }
    try Self.readOffer(rule, display, &values)
    values[.begins] = rule.window.from.map(display.day)
    values[.ends] = rule.window.until.map(display.day)
    values[.response] = display.pointed(Words.decimal(rule.score.prior * 100))
    if let limit = rule.limits.perCustomer {
      guard limit.times == 1 else { throw .repeated }
      values[.every] = limit.every?.description ?? ""
    }
    (values[.group], values[.priority]) = (rule.group, String(rule.priority))
    values[.holdOut] = display.pointed(Words.decimal(Double(rule.holdOut.share) / 100))
    (values[.why], values[.customerBenefit]) = (rule.why, rule.customerBenefit)
    values[.businessBenefit] = rule.businessBenefit
    self.init(base: text, file: file, values: values)
  }

  /// Cohort, stages and facts out of what must hold.
  private static func readGroup(
    _ rule: Rule, _ writer: ConditionWriter, _ values: inout [Field: String]
  ) throws(Misfit) {
    var parts: [Condition] = []
    switch rule.when {
    case .all(let all)?: parts = all
    case .some(let one): parts = [one]
    case nil: break
    }
    if let move = rule.move {
      values[.from] = move.from.map(\.rawValue).joined(separator: ", ")
      values[.to] = move.to.rawValue
    }
    var facts: [Condition] = []
    for part in parts {
      if case .fact(let test) = part, case .labels(let labels) = test.comparison.operand,
        [.equals, .oneOf].contains(test.comparison.comparator)
      {
        if test.fact.id == "stage", values[.stages] == nil {
          values[.stages] = labels.joined(separator: ", ")
          continue
        }
        if test.fact.id == "cohort", rule.move == nil, values[.from] == nil {
          values[.from] = labels.joined(separator: ", ")
          continue
        }
      }
      facts.append(part)
    }
    guard !facts.isEmpty else { return }
    guard let filter = writer.filter(.allOf(facts)) else {
      throw .conditions
    }
    values[.facts] = filter
  }

  private static func readOffer(
    _ rule: Rule, _ display: DisplayFormat, _ values: inout [Field: String]
  ) throws(Misfit) {
    let offer = rule.offer
    (values[.kind], values[.template]) = (offer.kind.rawValue, offer.template)
    values[.valid] = offer.valid.description
    values[.percent] = offer.percent.map(String.init)
    values[.amount] = offer.amount.map { rule.currency.decimalText(minorUnits: $0) }
    switch offer.category {
    case .named(let name)?: values[.category] = name
    case .picked(let pick)?: values[.category] = pick.rawValue
    case nil: break
    }
    if let threshold = offer.threshold {
      guard threshold.of.id == "average_basket" else {
        throw .threshold(threshold.of)
      }
      values[.threshold] = display.pointed(Words.decimal(threshold.times))
    }
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
