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
    case title, campaign, from, to, stages, facts, purchases, except, kind, percent, amount,
      category
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
  /// The identifiers of other rules, of which a new one keeps clear.
  private let taken: Set<String>
  /// Whether the identifier follows from the title: of a new rule, until somebody writes one.
  private var followsTitle: Bool
  /// The terms of kinds of offer that were chosen before, should they be chosen again.
  private var putBy: [String: [Field: String]] = [:]
  /// What the form has no field for; it stays in the file as it is.
  let kept: Kept

  /// Conditions beyond the form, as they stand in the file.
  struct Kept: Sendable, Hashable {
    /// Of what must hold, and of what excludes.
    var when: [String] = []
    /// See ``when``.
    var unless: [String] = []
    /// The same, understood.
    var conditions: (when: [Condition], unless: [Condition]) = ([], [])

    /// The same in sentences.
    func sentences(_ words: RuleWords) -> [String] {
      conditions.when.map { words.wording("rule-form.kept.where", ["what": words.sentence($0)]) }
        + conditions.unless.map {
          words.wording("rule-form.kept.not-where", ["what": words.sentence($0)])
        }
    }

    static func == (one: Kept, other: Kept) -> Bool {
      (one.when, one.unless) == (other.when, other.unless)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(when)
      hasher.combine(unless)
    }
  }

  /// What stands in a field; empty where nothing does.
  ///
  /// Several words are separated by commas. A new rule's identifier follows from its title until one
  /// is written, and the terms of an offer go with its kind.
  package subscript(field: Field) -> String {
    get { values[field] ?? "" }
    set {
      let old = self[field]
      values[field] = newValue
      switch field {
      case .title where followsTitle: values[.id] = Self.identifier(of: newValue, besides: taken)
      case .id where newValue != old: followsTitle = file == nil && newValue.isEmpty
      case .kind where newValue != old: exchangeTerms(of: old, for: newValue)
      default: break
      }
    }
  }

  /// Terms belong to a kind of offer: a gift has no percentage, and a text of its own.
  private mutating func exchangeTerms(of old: String, for new: String) {
    let terms: [Field] = [.percent, .amount, .threshold, .template]
    putBy[old] = values.filter { terms.contains($0.key) }
    for field in terms { values[field] = putBy[new]?[field] }
    if putBy[new] == nil { values[.template] = "kind-" + new }
  }

  /// An identifier out of a title that no other rule has: `spring-tea`, else `spring-tea-2`.
  static func identifier(of title: String, besides taken: Set<String>) -> String {
    let words = String(decoding: Folding.fold(title), as: UTF8.self)
      .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = words.isEmpty ? "rule" : words.joined(separator: "-")
    // With room for the number below the longest that an identifier may be.
    let short = String(name.prefix(54))
    var (free, number) = (short, 2)
    while taken.contains(free) { (free, number) = ("\(short)-\(number)", number + 1) }
    return free
  }

  /// Whether anything differs from what the form was opened with.
  package var isChanged: Bool { Field.allCases.contains { self[$0] != start[$0] ?? "" } }

  func differs(_ field: Field) -> Bool { self[field] != start[field] ?? "" }

  init(
    base: String, file: String?, values: [Field: String], kept: Kept, besides taken: Set<String>
  ) {
    (self.base, self.file, self.values, start) = (base, file, values, values)
    (self.kept, self.taken, followsTitle) = (kept, taken, file == nil)
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
  /// What its file says beyond the fields, in sentences; it is kept as it is.
  package var kept: [String] = []
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
    _ currency: Currency, _ wording: Wording, besides taken: Set<String>
  ) -> RuleDraft? {
    let title = wording["rule-form.new"]
    let base = """
      {
        "format": "ladder.rule/1",
        "id": "\(identifier(of: title, besides: taken))",
        "version": 1,
        "status": "active",
        "title": \(RuleEdit.quoted(title)),
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
          "customer": \(RuleEdit.quoted(wording["draft.blank.customer"])),
          "business": \(RuleEdit.quoted(wording["draft.blank.business"])) }
      }

      """
    return try? RuleDraft(
      text: base, file: nil, currency: currency, display: wording.display, besides: taken)
  }

  /// Why a rule does not fit the form.
  enum Misfit: Error, Hashable {
    case mistakes, forConsumers, repeated
    /// The threshold is a multiple of a fact that the form does not offer.
    case threshold(Fact)

    /// Why, as the end of a sentence.
    func words(_ wording: Wording) -> String {
      switch self {
      case .mistakes: wording["misfit.mistakes"]
      case .forConsumers: wording["misfit.consumers"]
      case .repeated: wording["misfit.repeated"]
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
    text: String, file: String?, currency: Currency, display: DisplayFormat = DisplayFormat(),
    besides taken: Set<String> = []
  ) throws(Misfit) {
    let reading = RuleReader.read(
      Array(text.utf8), file: file ?? "", catalogue: .customers, currency: currency)
    guard let rule = reading.rule else { throw .mistakes }
    if rule.audience == .consumer { throw .forConsumers }
    var (values, kept): ([Field: String], Kept) = ([:], Kept())
    (values[.id], values[.title], values[.campaign]) = (rule.id, rule.title, rule.campaign)
    let source = RuleParts(text)
    Self.readGroup(rule, source, display, &values, &kept)
    Self.readExceptions(rule, source, &values, &kept)
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
    self.init(base: text, file: file, values: values, kept: kept, besides: taken)
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
