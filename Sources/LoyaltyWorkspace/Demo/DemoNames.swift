import Statistics

/// The names of one language, with where its people live: a file of `Resources/demo/people/`.
struct DemoNames: Sendable {
  /// How the parts of a name are put together.
  enum Order: String {
    case givenFamily = "given family"
    case familyGiven = "family given"
    case joined = "familygiven"
  }

  /// A part of a name, and the same in ASCII letters.
  struct Part: Sendable {
    let text: String
    let ascii: String

    /// The part of an entry such as `Jürgen=juergen`, or of a plain one such as `Anna`.
    init(_ entry: String) {
      let halves = entry.split(separator: "=")
      text = String(halves.first ?? "")
      ascii = halves.count > 1 ? String(halves[1]) : text.lowercased()
    }
  }

  /// How many among all people have such a name, against the other files' weights.
  let weight: Double
  let order: Order
  /// The chance that somebody has a given name only.
  let mononyms: Double
  let country: String
  let cities: [String]
  /// A range of telephone numbers that is kept for works of fiction, or nothing where none is known.
  let phone: String
  let given: [Part]
  let family: [Part]

  /// The names of a file's text.
  init(_ text: String) {
    let text = DemoText(text)
    weight = Double(text.value("weight")) ?? 0
    order = Order(rawValue: text.value("order")) ?? .givenFamily
    mononyms = (Double(text.value("mononyms")) ?? 0) / 100
    country = text.value("country")
    cities = text.items("city")
    phone = text.value("phone")
    given = text.items("given").map(Part.init)
    family = text.items("family").map(Part.init)
  }

  /// Draws a name, and the same in ASCII as an address begins.
  func draw(using generator: inout SeededGenerator) -> (name: String, ascii: String) {
    let given = generator.element(of: given)
    let family = generator.element(of: family)
    if generator.happens(withChance: mononyms) { return (given.text, given.ascii) }
    let name =
      switch order {
      case .givenFamily: given.text + " " + family.text
      case .familyGiven: family.text + " " + given.text
      case .joined: family.text + given.text
      }
    return (name, given.ascii + "." + family.ascii)
  }
}

extension SeededGenerator {
  /// Draws one of some elements, of which there must be any.
  mutating func element<Element>(of elements: [Element]) -> Element {
    elements[uniform(below: elements.count)]
  }

  /// Draws a day from one to another, both included; the first where they are the wrong way round.
  mutating func day(from first: Int, through last: Int) -> Int {
    first < last ? first + uniform(below: last - first + 1) : first
  }
}
