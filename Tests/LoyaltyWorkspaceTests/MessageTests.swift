import LoyaltyModel
import LoyaltyRules
import Testing

@testable import LoyaltyWorkspace

@Suite("What customers read")
struct MessageTests {
  static let templates = Resources.paths(under: "templates")

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
    for words in Language.allCases.map(CustomerWords.init) {
      for rule in workspace.readRules().compactMap(\.reading.rule) {
        #expect(words.template(rule.offer.template) != nil, "\(words.language) \(rule.id)")
      }
      for kind in OfferKind.allCases {
        #expect(words.template("kind-" + kind.rawValue) != nil, "\(words.language) \(kind)")
      }
    }
  }

  @Test(
    "every language has the same texts with the same places, and none is the English one",
    arguments: ["templates", "letters"])
  func alike(folder: String) throws {
    func texts(_ language: Language) -> [String: String] {
      let own = "\(folder)/\(language.rawValue)/"
      let paths = Resources.paths(under: folder).filter { $0.hasPrefix(own) }
      return Dictionary(
        uniqueKeysWithValues: paths.map {
          (String($0.dropFirst(own.count)), Resources.text($0) ?? "")
        })
    }
    let english = texts(.english)
    #expect(english.count == (folder == "letters" ? 2 : 21))
    for language in Language.allCases where language != .english {
      let own = texts(language)
      #expect(own.keys.sorted() == english.keys.sorted())
      for (name, text) in own {
        #expect(Self.places(text) == Self.places(english[name] ?? ""), "\(language) \(name)")
        #expect(text != english[name], "\(language) \(name)")
      }
    }
    let paths = Resources.paths(under: folder)
    #expect(paths.count == english.count * Language.allCases.count)
  }

  /// The places of a template with their signs, each as often as it stands there.
  private static func places(_ text: String) -> [String] {
    text.matches(of: /\{\{[#^\/]?\w+\}\}/).map { String($0.output) }.sorted()
  }

  static func message(
    _ template: String, _ kind: OfferKind = .discount, name: String = "",
    in language: Language = .english, currency code: String = "EUR",
    _ change: (inout OfferTerms) -> Void = { _ in }
  ) throws -> String {
    var terms = OfferTerms(template: template, kind: kind)
    change(&terms)
    let offer = Offer(
      id: 1, customer: "A", rule: RuleReference(id: "r", version: 1, hash: "0", title: "Title"),
      asOf: day("2026-06-30"), state: .suggested, terms: terms, channel: .email,
      validUntil: day("2026-07-21"), expectedCost: 0, expectedValue: 0, stage: .new, cohort: .low,
      target: nil, evidence: Evidence(facts: [], purchases: [], purchasesCounted: 0, lost: []))
    let currency = try #require(Currency(code: code))
    return OfferMessage(
      offer, customerName: name, productName: "", currency: currency,
      CustomerWords(language: language)
    ).lines.joined(separator: "\n")
  }

  @Test("an Indonesian message has the days, amounts and shares of its language")
  func indonesian() throws {
    let text = try Self.message(
      "second-purchase", name: "Siti Rahayu", in: .indonesian, currency: "IDR"
    ) {
      $0.percent = 10
      $0.threshold = 150_000_00
    }
    #expect(
      text == """
        Yth. Bapak/Ibu Siti Rahayu,

        Terima kasih atas pembelian pertama Anda. Datanglah kembali paling lambat 21 Jul 2026 dan \
        nikmati potongan 10% untuk belanja minimal Rp 150.000.

        Kami menantikan kunjungan Anda berikutnya.
        """)
    #expect(
      try Self.message("no-such-text", .gift, in: .indonesian)
        == "Yth. Pelanggan kami,\n\nSebuah hadiah menanti Anda sampai 21 Jul 2026.\n\n"
        + "Kami menantikan kunjungan Anda.")
  }

  @Test("the text to be changed has a place for each value, and none for what is not there")
  func textToChange() throws {
    var terms = OfferTerms(template: "second-purchase", kind: .discount)
    terms.percent = 10
    let offer = Offer(
      id: 1, customer: "A", rule: RuleReference(id: "r", version: 1, hash: "0", title: "Title"),
      asOf: day("2026-06-30"), state: .suggested, terms: terms, channel: .email,
      validUntil: day("2026-07-21"), expectedCost: 0, expectedValue: 0, stage: .new, cohort: .low,
      target: nil, evidence: Evidence(facts: [], purchases: [], purchasesCounted: 0, lost: []))
    let currency = try #require(Currency(code: "EUR"))
    func message(_ offer: Offer) -> OfferMessage {
      OfferMessage(
        offer, customerName: "Ana", productName: "", currency: currency,
        CustomerWords(language: .english))
    }
    let text = message(offer).text
    #expect(
      text == """
        Dear {{name}},

        Thank you for your first purchase. Come back by {{valid_until}} and take {{percent}} off.

        We look forward to seeing you again.
        """)
    // Taken over as it is, it says the same.
    var edited = offer
    edited.terms.text = text
    #expect(message(edited).lines == message(offer).lines)
    #expect(message(edited).text == text)
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
    let parts = path.split(separator: "/").map(String.init)
    let language = try #require(Language(rawValue: parts[1]))
    let name = String(parts[2].dropLast(".mustache".count))
    for (isPercent, isFull) in [(false, false), (true, false), (false, true), (true, true)] {
      let text = try Self.message(name, in: language) { terms in
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
