import LoyaltyModel
import LoyaltyWorkspace
import Testing

@Suite("The people of the demo")
struct DemoPeopleTests {
  let people: [Customer]

  init() throws { people = try #require(DemoFixture.members).map(\.customer) }

  @Test("identifiers ascend by their bytes")
  func identifiers() {
    #expect(people.first?.id == "C0000001")
    #expect(people.last?.id == "C0003000")
    #expect(zip(people, people.dropFirst()).allSatisfy { $0.id < $1.id })
  }

  @Test("addresses are distinct, plain ASCII, and at domains that exist for examples only")
  func emails() {
    let emails = people.map(\.email).filter { !$0.isEmpty }
    #expect((2600...2800).contains(emails.count))
    #expect(Set(emails).count == emails.count)
    for email in emails {
      #expect(email.wholeMatch(of: /[a-z][a-z.-]*[0-9]+@example\.(com|net|org)/) != nil, "\(email)")
    }
  }

  @Test("telephone numbers are those that regulators keep for works of fiction")
  func phones() {
    // Bundesnetzagentur, Ofcom, ARCEP and PTS, in that order.
    let fictional =
      /\+49 (30 23125|40 66969|221 4710|89 99998) \d{3}|\+44 7700 900\d{3}|\+33 1 99 00 \d\d \d\d|\+46 70 174 06 \d\d/
    let phones = people.map(\.phone).filter { !$0.isEmpty }
    #expect(phones.count > 1200)
    for phone in phones { #expect(phone.wholeMatch(of: fictional) != nil, "\(phone)") }
  }

  @Test(
    "every writing system is there",
    arguments: [
      ("Latin with diacritics", 0xC0...0x24F), ("Greek", 0x370...0x3FF),
      ("Cyrillic", 0x400...0x4FF), ("Hebrew", 0x5D0...0x5EA), ("Arabic", 0x620...0x64A),
      ("Devanagari", 0x900...0x97F), ("Thai", 0xE00...0xE7F), ("Hiragana", 0x3041...0x3096),
      ("Katakana", 0x30A1...0x30FA), ("Han", 0x4E00...0x9FFF), ("Hangul", 0xAC00...0xD7A3),
      ("Vietnamese", 0x1EA0...0x1EF9),
    ] as [(String, ClosedRange<UInt32>)])
  func scripts(name: String, range: ClosedRange<UInt32>) {
    let count = people.filter { $0.name.unicodeScalars.contains { range.contains($0.value) } }.count
    #expect(count >= 10, "\(name)")
  }

  @Test("nothing in them could harm a screen or a spreadsheet")
  func harmless() {
    for person in people {
      let words =
        [person.name, person.city, person.country, person.branch, person.email] + person.tags
        + person.consumers.map(\.name) + person.feedback.map(\.text)
      for text in words {
        for scalar in text.unicodeScalars {
          switch scalar.properties.generalCategory {
          case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            Issue.record("\(person.id): U+\(String(scalar.value, radix: 16))")
          default: break
          }
        }
        #expect(!["=", "+", "-", "@"].contains(text.first.map(String.init) ?? "x"), "\(text)")
      }
      #expect(!person.name.isEmpty && !person.city.isEmpty && !person.branch.isEmpty)
    }
  }

  @Test(
    "three of five with an address allow e-mail; some refused, some took it back, some are unknown")
  func consents() {
    var (given, refused, takenBack, unknown) = (0, 0, 0, 0)
    for person in people where !person.email.isEmpty {
      let records = person.consents.filter { $0.channel == .email }
      switch records.map(\.given) {
      case []: unknown += 1
      case [true]: given += 1
      case [false]: refused += 1
      case [true, false]:
        takenBack += 1
        #expect(records[0].day < records[1].day)
      default: Issue.record("\(person.id): \(records)")
      }
    }
    let all = Double(given + refused + takenBack + unknown)
    #expect(abs(Double(given) / all - 0.6) < 0.05)
    #expect(refused > 250 && takenBack > 150 && unknown > 300)
    #expect(
      people.filter { $0.email.isEmpty }.allSatisfy {
        $0.consents.allSatisfy { $0.channel != .email }
      })
    #expect(
      people.filter { $0.phone.isEmpty }.allSatisfy {
        $0.consents.allSatisfy { $0.channel != .sms }
      })
    #expect((15...45).contains(people.filter { $0.doNotContactSince != nil }.count))
  }

  @Test(
    "children, ratings, wishes and complaints, open and settled, are there, none after the last day"
  )
  func lives() {
    let feedback = people.flatMap(\.feedback)
    let complaints = feedback.filter { $0.kind == .complaint }
    #expect(complaints.contains { $0.settled == nil })
    #expect(complaints.contains { $0.settled != nil })
    #expect(complaints.allSatisfy { $0.settled.map { $0 <= DemoPopulation.lastDay } ?? true })
    #expect(Set(feedback.map(\.kind)) == Set(Feedback.Kind.allCases))
    #expect(feedback.allSatisfy { $0.day <= DemoPopulation.lastDay })
    #expect(
      feedback.allSatisfy { ($0.kind == .rating) == ($0.score.map((0...10).contains) ?? false) })
    let children = people.flatMap(\.consumers)
    #expect(children.count > 1000)
    #expect(children.allSatisfy { $0.birthYear.map((2013...2025).contains) ?? true })
    #expect(people.contains { $0.tags.contains("staff") })
    #expect(people.flatMap(\.consents).allSatisfy { $0.day <= DemoPopulation.lastDay })
  }
}
