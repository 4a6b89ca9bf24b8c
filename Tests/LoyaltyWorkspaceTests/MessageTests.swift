import LoyaltyModel
import LoyaltyRules
import Testing

@testable import LoyaltyWorkspace

@Suite("What customers read")
struct MessageTests {
  static let templates = Resources.paths(under: "templates").filter { $0.hasSuffix(".mustache") }

  @Test("a template uses no name that nobody knows", arguments: templates)
  func knownNames(path: String) throws {
    let text = try #require(Resources.text(path))
    #expect(try OfferMessage.unknownNames(in: text) == [])
  }

  @Test(
    "a name that nobody knows is found wherever it stands",
    arguments: [
      "Dear {{nmae}},", "{{#nmae}}x{{/nmae}}", "{{^nmae}}x{{/nmae}}",
      "{{#name}}{{nmae}}{{/name}}",
    ])
  func unknownNames(text: String) throws {
    #expect(try OfferMessage.unknownNames(in: text) == ["nmae"])
  }

  @Test(
    "a place with single braces is found, and nothing else in braces",
    arguments: [
      ("Hi {name} {foo} {{name}}", ["{name}", "{foo}"]),
      ("{ name } {name}}", ["{ name }", "{name}}"]),
      ("{{name}} {{#percent}}x{{/percent}} {{{name}}}", []), ("{} { } :-{ }", []),
      ("{1 + 1}", []),
    ] as [(String, [String])])
  func singleBraces(text: String, places: [String]) {
    #expect(OfferMessage.singleBraces(in: text) == places)
  }

  @Test("every default rule has its text, and every kind of offer a general one")
  func complete() throws {
    let workspace = try Shop.open(try Shop.empty())
    let checks = try workspace.checkRules()
    #expect(checks.count == Resources.paths(under: "rules").count)
    #expect(checks.flatMap(\.messages) == [])
    for rule in workspace.readRules().compactMap(\.reading.rule) {
      #expect(OfferMessage.hasTemplate(rule.offer.template), "\(rule.id)")
    }
    for kind in OfferKind.allCases {
      #expect(OfferMessage.hasTemplate("kind-" + kind.rawValue), "\(kind)")
    }
  }

  static func message(
    _ template: String, _ kind: OfferKind = .discount, name: String = "",
    _ change: (inout OfferTerms) -> Void = { _ in }
  ) throws -> String {
    var terms = OfferTerms(template: template, kind: kind)
    change(&terms)
    let offer = Offer(
      id: 1, customer: "A", rule: RuleReference(id: "r", version: 1, hash: "0", title: "Title"),
      asOf: day("2026-06-30"), state: .suggested, terms: terms, channel: .email,
      validUntil: day("2026-07-21"), expectedCost: 0, expectedValue: 0, stage: .new, cohort: .low,
      target: nil, evidence: Evidence(facts: [], purchases: [], purchasesCounted: 0, lost: []))
    let currency = try #require(Currency(code: "EUR"))
    return OfferMessage(
      offer, customerName: name, productName: "", currency: currency,
      display: DisplayFormat(.english)
    ).lines.joined(separator: "\n")
  }

  @Test("a message with all its terms")
  func full() throws {
    let text = try Self.message("second-purchase", name: "Zoë O'Neill") {
      $0.percent = 10
      $0.threshold = 123_400
    }
    #expect(
      text == """
        Dear Zoë O'Neill,

        Thank you for your first purchase. Come back by 21 Jul 2026 and take 10 % off from \
        1,234.00 EUR.

        We look forward to seeing you again.
        """)
  }

  @Test("what is not known leaves no gap")
  func sparse() throws {
    let text = try Self.message("second-purchase") { $0.percent = 10 }
    #expect(text.hasPrefix("Dear customer,\n\n"))
    #expect(text.contains("take 10 % off.\n"))
  }

  @Test("a name is text, whatever it looks like")
  func hostileName() throws {
    let text = try Self.message("tips", .content, name: "<b>{{percent}}</b> & Söhne")
    #expect(text.hasPrefix("Dear <b>{{percent}}</b> & Söhne,\n"))
  }

  @Test("a template that is missing falls back to the general text of the kind")
  func fallback() throws {
    let text = try Self.message("no-such-text", .gift)
    #expect(text == (try Self.message("kind-gift", .gift)))
    #expect(text.contains("A gift is waiting for you until 21 Jul 2026."))
  }

  @Test("no message ends with blank lines or carries a tag", arguments: templates)
  func rendered(path: String) throws {
    let name = String(path.dropFirst("templates/".count).dropLast(".mustache".count))
    for (isPercent, isFull) in [(false, false), (true, false), (false, true), (true, true)] {
      let text = try Self.message(name) { terms in
        if isPercent { terms.percent = 10 } else { terms.amount = 500 }
        terms.threshold = 2500
        if isFull { (terms.category, terms.product) = ("Tea", "P-1") }
      }
      #expect(!text.contains("{{") && !text.contains("}}"))
      #expect(text.first != "\n" && text.last != "\n")
      #expect(!text.contains("  ") && !text.contains(" ."), "\(text)")
    }
  }
}
