import LoyaltyModel
import LoyaltyWorkspace
import Testing

@testable import LoyaltyRules

struct FilterTests {
  func read(
    _ text: String, _ catalogue: FactCatalogue = .customers
  ) throws(FilterIssue) -> Condition? {
    try Filter.read(text, catalogue: catalogue, currency: Fixtures.euro)
  }

  /// What an Indonesian types is what the English words say, whoever reads it.
  @Test(arguments: [
    ("cohort = rendah and stage in (Setia, baru)", "cohort = low and stage in (loyal, new)"),
    ("cohort = \"belum ada\"", "cohort = none"), ("stage = at risk", "stage = \"at risk\""),
    ("stage = riwayat kurang", "stage = \"history missing\""),
    (
      "complaint_open ya and not do_not_contact = tidak",
      "complaint_open yes and not do_not_contact = no"
    ),
    ("last_purchase < 31 Des 2026", "last_purchase < 2026-12-31"),
    (
      "last_purchase between 1 August 2026 and 31.12.2026",
      "last_purchase between 2026-08-01 and 2026-12-31"
    ),
  ])
  func understandsEveryLanguage(_ text: String, _ english: String) throws {
    let read = try Filter.read(
      text, catalogue: .customers, currency: Fixtures.euro, words: .embedded)
    #expect(try read == self.read(english))
  }

  @Test(arguments: [
    ("state = menunggu", "state = suggested"), ("state = pembanding", "state = withheld"),
    ("state = comparison group", "state = withheld"),
    ("kind = gratis ongkir", "kind = free-delivery"),
  ])
  func understandsEveryLanguageOfOffers(_ text: String, _ english: String) throws {
    let read = try Filter.read(text, catalogue: .offers, currency: Fixtures.euro, words: .embedded)
    #expect(try read == self.read(english, .offers))
  }

  @Test func namesWhatIsPossibleInTheLanguageOfTheScreens() throws {
    let texts = Texts(embedded: .indonesian)
    let issue = #expect(throws: FilterIssue.self) { try read("cohort = x") }
    let message = try #require(issue).message(Wording(texts, DisplayFormat(texts)))
    #expect(message.hasSuffix("Yang mungkin: belum ada, rendah, sedang, tinggi."))
  }

  /// No word of one language may be another value's word in another.
  @Test func wordsOfLanguagesMeanOneValueEach() {
    for fact in FactCatalogue.offers.facts {
      guard case .choice(let known) = fact.type else { continue }
      for texts in Language.allCases.map({ Texts(embedded: $0) }) {
        for word in known {
          #expect(DataWords.embedded.word(written: texts.value(word), among: known) == word)
        }
      }
    }
  }

  /// A filter is the same condition as the rule that says the same.
  @Test(arguments: [
    ("cohort = low", #"{ "fact": "cohort", "is": "is", "value": "low" }"#),
    ("Cohort = LOW", #"{ "fact": "cohort", "is": "is", "value": "low" }"#),
    ("stage != new", #"{ "fact": "stage", "is": "is not", "value": "new" }"#),
    ("stage in (new, repeat)", #"{ "fact": "stage", "is": "one of", "value": ["new", "repeat"] }"#),
    ("stage not in (new)", #"{ "fact": "stage", "is": "none of", "value": ["new"] }"#),
    ("stage = at risk", #"{ "fact": "stage", "is": "is", "value": "at risk" }"#),
    (
      "stage in (\"at risk\", won back)",
      #"{ "fact": "stage", "is": "one of", "value": ["at risk", "won back"] }"#
    ),
    ("value_12m >= 100", #"{ "fact": "value_12m", "is": "at least", "value": "100" }"#),
    ("value_12m at least 100.50", #"{ "fact": "value_12m", "is": "at least", "value": "100.50" }"#),
    ("value_12m<20", #"{ "fact": "value_12m", "is": "less than", "value": "20" }"#),
    (
      "value_12m between 10 and 20",
      #"{ "fact": "value_12m", "is": "between", "value": ["10", "20"] }"#
    ),
    ("repeat > 2", #"{ "fact": "repeat", "is": "more than", "value": 2 }"#),
    ("r_score in (4, 5)", #"{ "fact": "r_score", "is": "one of", "value": [4, 5] }"#),
    ("p_alive <= 0.5", #"{ "fact": "p_alive", "is": "at most", "value": 0.5 }"#),
    ("p_alive <= 50%", #"{ "fact": "p_alive", "is": "at most", "value": 0.5 }"#),
    ("p_alive is unknown", #"{ "fact": "p_alive", "is": "unknown" }"#),
    ("p_alive is not known", #"{ "fact": "p_alive", "is": "unknown" }"#),
    ("complaint_open", #"{ "fact": "complaint_open", "is": "yes" }"#),
    ("complaint_open no", #"{ "fact": "complaint_open", "is": "no" }"#),
    ("not complaint_open", #"{ "none": [{ "fact": "complaint_open", "is": "yes" }] }"#),
    ("tag:staff", #"{ "fact": "tag", "is": "has any of", "value": ["staff"] }"#),
    (
      "tag has all of (a, \"b c\")",
      #"{ "fact": "tag", "is": "has all of", "value": ["a", "b c"] }"#
    ),
    (
      "last_purchase within last 90 days",
      #"{ "fact": "last_purchase", "is": "within last", "value": "90 days" }"#
    ),
    (
      "last_purchase not within last \"1 year\"",
      #"{ "fact": "last_purchase", "is": "not within last", "value": "1 year" }"#
    ),
    (
      "last_purchase < 2026-07-01",
      #"{ "fact": "last_purchase", "is": "before", "value": "2026-07-01" }"#
    ),
    (
      "last_purchase <= 2026-06-30",
      #"{ "fact": "last_purchase", "is": "before", "value": "2026-07-01" }"#
    ),
    (
      "last_purchase > 2026-06-30",
      #"{ "fact": "last_purchase", "is": "on or after", "value": "2026-07-01" }"#
    ),
    (
      "cohort = low and stage = new or cohort = high",
      """
      { "any": [ { "all": [ { "fact": "cohort", "is": "is", "value": "low" },
        { "fact": "stage", "is": "is", "value": "new" } ] },
        { "fact": "cohort", "is": "is", "value": "high" } ] }
      """
    ),
    (
      "cohort = low (stage = new or stage = repeat)",
      """
      { "all": [ { "fact": "cohort", "is": "is", "value": "low" }, { "any": [
        { "fact": "stage", "is": "is", "value": "new" },
        { "fact": "stage", "is": "is", "value": "repeat" } ] } ] }
      """
    ),
  ])
  func saysTheSameAsTheRule(text: String, json: String) throws {
    let expected = try Fixtures.rule(
      Fixtures.text(when: json, extra: #""move": { "from": ["low", "mid"], "to": "high" },"#)
    ).when
    #expect(try read(text) == expected)
  }

  @Test func theExampleOfTheManual() throws {
    let text = "cohort = low and stage in (new, repeat) and value_12m >= 100 and not tag:staff"
    guard case .all(let parts) = try #require(try read(text)) else {
      Issue.record("not an all")
      return
    }
    #expect(parts.count == 4)
  }

  @Test(arguments: [
    ("anna", Condition.search("anna")),
    ("anna müller", .all([.search("anna"), .search("müller")])),
    ("\"anna müller\"", .search("anna müller")),
    ("anna@example.com", .search("anna@example.com")),
    ("\"say \"\"hi\"\"\"", .search("say \"hi\"")),
    ("'it''s'", .search("it's")),
    ("\"tag\"", .search("tag")),
    ("anna or 00001", .any([.search("anna"), .search("00001")])),
  ])
  func otherWordsSearch(text: String, expected: Condition) throws {
    #expect(try read(text) == expected)
  }

  @Test func blankMeansEverybody() throws { #expect(try read("  ") == nil) }

  @Test func offersHaveTheirOwnFactsAndTheCustomers() throws {
    guard
      case .all(let parts) = try #require(
        try read("state = approved and cost < 2.50 and cohort = low", .offers))
    else {
      Issue.record("not an all")
      return
    }
    #expect(parts.count == 3)
    #expect(throws: FilterIssue.self) { try read("state = approved") }
  }

  @Test(arguments: [
    (
      "cohort = lwo",
      """
      cohort is never "lwo". Did you mean "low"?
      cohort = lwo
               ^^^
      """
    ),
    (
      "lifecicle = new",
      """
      No fact "lifecicle". Nearest: stage.
      lifecicle = new
      ^^^^^^^^^
      """
    ),
    (
      "value_12m >= 1.234,56",
      """
      value_12m is money; write "1.234" plainly with at most 2 decimals.
      value_12m >= 1.234,56
                   ^^^^^
      """
    ),
    (
      "value_12m >= 100.555",
      """
      value_12m is money; write "100.555" plainly with at most 2 decimals.
      value_12m >= 100.555
                   ^^^^^^^
      """
    ),
    (
      "p_alive > 55",
      """
      p_alive is a probability, 0 to 1; 55 is outside. Did you mean 0.55?
      p_alive > 55
                ^^
      """
    ),
    (
      "stage > new",
      """
      stage cannot be compared with ">". Possible: = · != · in · not in · known · unknown.
      stage > new
            ^
      """
    ),
    (
      "cohort = low and",
      """
      Something is missing here: a fact or a word to search for.
      cohort = low and
                      ^
      """
    ),
    (
      "cohort =",
      """
      What is cohort compared with? A value is missing here.
      cohort =
              ^
      """
    ),
    (
      "(cohort = low",
      """
      This parenthesis is not closed.
      (cohort = low
      ^
      """
    ),
    (
      "name = 'Anna",
      """
      The closing quote is missing.
      name = 'Anna
             ^^^^^
      """
    ),
    (
      "stage in new",
      """
      Expected a list in parentheses: (new, repeat).
      stage in new
               ^^^
      """
    ),
    (
      "recency_days 5",
      """
      How is recency_days to be compared? Write a sign such as = or >= before "5".
      recency_days 5
                   ^
      """
    ),
    (
      "last_purchase within last 3 moons",
      """
      "3 moons" is no stretch of time; write 90 days, 2 weeks, 12 months or 1 year.
      last_purchase within last 3 moons
                                ^
      """
    ),
    (
      "repeat between 5 and 2",
      """
      The range is the wrong way round: write between 2 and 5.
      repeat between 5 and 2
                     ^
      """
    ),
    (
      "Zoë cohort = lwo",
      """
      cohort is never "lwo". Did you mean "low"?
      Zoë cohort = lwo
                   ^^^
      """
    ),
  ])
  func showsThePlace(text: String, expected: String) {
    do throws(FilterIssue) {
      let condition = try read(text)
      Issue.record("read as \(String(describing: condition))")
    } catch {
      #expect(error.description(.english) == expected)
    }
  }

  @Test func deepNestingIsAnErrorAndNoCrash() {
    let deep = String(repeating: "(", count: 10_000) + "anna"
    #expect(throws: FilterIssue.self) { try read(deep) }
    let negations = String(repeating: "not ", count: 10_000) + "anna"
    #expect(throws: FilterIssue.self) { try read(negations) }
  }
}
