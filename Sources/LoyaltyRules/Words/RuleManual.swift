package import LoyaltyModel

/// The manual of the rule format, made from the very tables that rules are read by.
package enum RuleManual {
  /// The manual, line by line.
  ///
  /// - Parameters:
  ///   - catalogue: The facts.
  ///   - example: A rule's file, to begin from.
  /// - Returns: Lines for people; blank ones between parts.
  package static func lines(_ catalogue: FactCatalogue, example: String) -> [String] {
    var lines = opening
    lines += example.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    lines += keys + conditions(catalogue) + operators
    return lines + samples + facts(catalogue)
  }

  /// Every construct with an example, as the manual prints it.
  private static var samples: [String] {
    var lines = ["EXAMPLES", ""]
    for sample in RuleSample.all {
      lines.append("  " + sample.says + ":")
      lines += sample.json.split(separator: "\n").map { "    " + $0 }
      lines.append("")
    }
    return lines
  }

  private static let opening = [
    "RULES", "",
    "On the screens, 7 and then n makes a rule in a form, f changes one there: no JSON is needed,",
    "and whom it reaches is told as it is typed. What the form has no field for is written here.",
    "",
    "A rule is a JSON file in the store's folder rules. To write one:",
    "  1. Begin from one: copy a file under a new name and id, or: ladder rules new --help",
    "  2. Change it with the help of this page. It may lie anywhere until it is ready.",
    "  3. ladder rules check FILE   says what is wrong, where, what to do; how many it would reach",
    "  4. ladder rules test FILE    runs the tests inside it",
    "  5. ladder rules show FILE    says it in plain sentences",
    "  6. Put it into the folder rules; ladder suggest --dry-run   then says who would get it, who",
    "     drops out and why, and writes nothing.",
    "  Also: ladder rules near FILE says who nearly matches, and what is missing;",
    "  ladder rules explain FILE CUSTOMER why it does, or does not, match somebody.",
    "A rule that has made offers is never changed in place: add 1 to its version.", "",
    "AN EXAMPLE", "",
  ]

  private static let keys = [
    "THE KEYS", "",
    "  format     \"\(RuleReader.format)\"",
    "  id         small letters, digits, \".\", \"-\", \"_\"; at most 60",
    "  version    a whole number from 1; more whenever the content changes",
    "  status     \(words(RuleStatus.allCases)); active where it is left out",
    "  title      one line that says what it does",
    "  audience   \(words(RuleAudience.allCases)): who buys, or who uses",
    "  aim        \(words(RuleAim.allCases))",
    "  side       \(words(RuleSide.allCases)): whether you give, or ask for something",
    "  window     from, until: days such as \"2026-07-01\", both included; always where left out",
    "  move       from (a list) and to: \(words(ValueCohort.allCases)); from is a condition too",
    "  when       the conditions that must hold",
    "  unless     exceptions; whoever may be one is left out",
    "  offer      template, kind (\(words(OfferKind.allCases)));",
    "             percent or amount for discounts and vouchers; product; role",
    "             (\(words(ProductRole.allCases))); params.category: a name, or",
    "             {\"pick\": \(words(CategoryPick.allCases))};",
    "             threshold: times, of (a fact of money), round; cost: contact, redeemed; valid",
    "  score      propensity: prior (0 to 1) and weight; value:",
    "             \(ValueOfResponse.words.joined(separator: ", ")); lever",
    "  priority   0 to 1000, 50 where left out; goes first within its group",
    "  group      of a group a customer gets one offer at most",
    "  campaign   the name of the campaign that it belongs to; the campaign's dates, branches and",
    "             budget bind all its rules together, and offers, exports and results bear its name.",
    "             See: ladder campaigns --help",
    "  needs      channels, best first: \(words(ContactChannel.allCases)); consent: [\"marketing\"]",
    "  limits     per customer: times, every; total; budget",
    "  holdout    share from 0 to 1 that is left out to compare with; salt",
    "  why        the sentence on the card, with {facts} and {count purchases} filled in",
    "  benefit    customer and business: what each has from it",
    "  tests      name, as_of, customer, expect (\(words(RuleOutcome.allCases))), because", "",
  ]

  private static func conditions(_ catalogue: FactCatalogue) -> [String] {
    [
      "CONDITIONS", "",
      "  { \"fact\": NAME, \"is\": COMPARISON, \"value\": VALUE }   one fact",
      "  { \"all\": [ … ] }   every part holds",
      "  { \"any\": [ … ] }   at least one part holds",
      "  { \"none\": [ … ] }  no part holds",
      "  { \"count\": LIST, \"where\": { … }, \"is\": …, \"value\": … }   how many entries fit",
      "  { \"sum\": \"LIST.FIELD\", … }, and so min, max and distinct (different values)",
      "  { \"some\": LIST, \"where\": { … } }, { \"every\": LIST, \"where\": { … } }", "",
      "  Lists: \(catalogue.lists.map(\.name).joined(separator: ", ")). At most "
        + "\(RuleReader.depthLimit) levels and \(RuleReader.leafLimit) comparisons.",
      "  Money is text in quotes: \"15.00\". Days: \"2026-07-01\". Stretches of time: \"90 days\",",
      "  \"2 weeks\", \"12 months\", \"1 year\"; within last 90 days is the as-of date and the 89 before it.",
      "  A comparison with an unknown fact is unknown; a rule that is unknown does not match.", "",
    ]
  }

  private static var operators: [String] {
    let types: [(String, FactType)] = [
      ("a number", .number(unit: "")), ("a whole number", .count(unit: "")),
      ("a probability", .probability), ("money", .money), ("a day", .date),
      ("yes or no", .yesNo), ("one of a list", .choice([])), ("a set of words", .set),
    ]
    return ["COMPARISONS", ""]
      + types.map { name, type in
        "  \(name): "
          + Comparator.fitting(type).map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      } + [""]
  }

  private static func facts(_ catalogue: FactCatalogue) -> [String] {
    var lines = ["FACTS", ""]
    for fact in catalogue.facts { lines += entry(fact) }
    for (name, fields) in catalogue.lists {
      lines += ["", "FIELDS OF \(name.uppercased())", ""]
      for field in fields { lines += entry(field) }
    }
    return lines
  }

  private static func entry(_ fact: Fact) -> [String] {
    ["  \(fact.id): \(fact.label); \(kind(fact.type))", "      \(fact.definition)"]
  }

  private static func kind(_ type: FactType) -> String {
    switch type {
    case .number(let unit): "a number (\(unit))"
    case .count(let unit): unit.isEmpty ? "a whole number" : "a whole number (\(unit))"
    case .probability: "a probability, 0 to 1"
    case .money: "money"
    case .date: "a day"
    case .yesNo: "yes or no"
    case .choice(let labels): labels.isEmpty ? "a name" : labels.joined(separator: " | ")
    case .set: "a set of words"
    case .text: "text; filters only"
    }
  }

  private static func words<Word: RawRepresentable<String>>(_ cases: [Word]) -> String {
    cases.map(\.rawValue).joined(separator: ", ")
  }
}
