import LoyaltyModel
import Statistics

// Who the people are: everything but their purchases.
extension DemoPopulation {
  /// The last day, in days from the first one.
  private var last: Int { Self.dayCount - 1 }

  /// Draws somebody's name, addresses and permissions.
  /// - Parameters:
  ///   - index: The index of the customer.
  ///   - names: The names of the customer's language.
  ///   - entry: When the customer came first, in days from the first day.
  ///   - generator: The source of chance.
  /// - Returns: The customer without family, feedback and signs of interest.
  func person(
    _ index: Int, named names: DemoNames, since entry: Int,
    using generator: inout SeededGenerator
  ) -> Customer {
    var customer = Customer(id: "C" + zeroPadded(index + 1, 7))
    let (name, ascii) = names.draw(using: &generator)
    customer.name = name
    var numbers = names.phone
    if generator.happens(withChance: 0.75) {
      let branch = generator.element(of: shop.branches)
      (customer.city, customer.country) = (branch.city, branch.country)
      (customer.branch, numbers) = (branch.name, branch.phone)
    } else {
      (customer.city, customer.country) = (generator.element(of: names.cities), names.country)
      customer.branch = shop.web
    }
    if generator.happens(withChance: 0.9) {
      let domain = generator.element(of: ["example.com", "example.net", "example.org"])
      customer.email = "\(ascii)\(index + 1)@\(domain)"
    }
    if generator.happens(withChance: 0.6) {
      customer.phone = DemoPopulation.phone(numbers, index)
    }
    addConsents(to: &customer, since: entry, using: &generator)
    if generator.happens(withChance: 0.01) {
      customer.doNotContactSince = day(generator.day(from: entry, through: last))
    }
    addTags(to: &customer, using: &generator)
    return customer
  }

  /// A telephone number of a range such as `+49 30 23125 ###`.
  ///
  /// The ranges that are kept for fiction are short: where there are more people than numbers, some
  /// share one, as families do.
  static func phone(_ range: String, _ index: Int) -> String {
    // 387 shares no factor with a power of ten: the last digits repeat as late as they can.
    var rest = index &* 387
    let digits = range.reversed().map { character -> Character in
      guard character == "#" else { return character }
      defer { rest /= 10 }
      return Character(String(rest % 10))
    }
    return String(digits.reversed())
  }

  private func addTags(to customer: inout Customer, using generator: inout SeededGenerator) {
    // From the most to the least frequent: a fifth, a tenth, a twentieth, …
    var chance = 0.2
    for tag in shop.tags {
      if generator.happens(withChance: chance) { customer.tags.append(tag) }
      chance /= 2
    }
  }

  /// Adds what was said about e-mail and text messages: three of five allow e-mail, some refused, some
  /// took it back, and of some it is not known.
  private func addConsents(
    to customer: inout Customer, since entry: Int, using generator: inout SeededGenerator
  ) {
    var consents: [Consent] = []
    func ask(_ channel: ContactChannel, given: Double, takenBack: Double, refused: Double) {
      let chance = generator.uniform()
      let source = generator.element(of: shop.consentSources)
      guard chance < given + takenBack + refused else { return }
      let isGiven = chance < given + takenBack
      consents.append(
        Consent(channel: channel, given: isGiven, day: day(entry), source: source))
      guard isGiven, chance >= given, entry < last else { return }
      let end = day(generator.day(from: entry + 1, through: last))
      consents.append(Consent(channel: channel, given: false, day: end, source: source))
    }
    if !customer.email.isEmpty { ask(.email, given: 0.6, takenBack: 0.08, refused: 0.14) }
    if !customer.phone.isEmpty { ask(.sms, given: 0.35, takenBack: 0.05, refused: 0.2) }
    customer.consents = consents.sorted { $0.day < $1.day }
  }

  /// Adds what makes somebody who never bought a prospect, or somebody with orders unknown here.
  func complete(
    _ customer: inout Customer, as part: Part, since entry: Int,
    using generator: inout SeededGenerator
  ) {
    switch part {
    case .prospect:
      let what = generator.element(of: shop.interests)
      customer.interests = [Interest(what: what, day: day(entry))]
    case .withoutHistory: customer.statedOrders = 1 + generator.uniform(below: 5)
    case .buyer, .contact: break
    }
  }

  /// Adds the children for whom three of ten buy.
  func addFamily(
    to customer: inout Customer, named names: DemoNames, using generator: inout SeededGenerator
  ) {
    guard generator.happens(withChance: 0.3) else { return }
    let lastYear = Self.lastDay.components.year
    for _ in 0...generator.uniform(below: 3) {
      var child = Consumer(name: generator.element(of: names.given).text)
      if generator.happens(withChance: 0.8) {
        child.birthYear = lastYear - 1 - generator.uniform(below: 13)
      }
      if generator.happens(withChance: 0.5) { child.needs = [generator.element(of: shop.needs)] }
      customer.consumers.append(child)
    }
  }

  /// Adds ratings, complaints, of which two of five are still open, and wishes.
  func addFeedback(
    to customer: inout Customer, since entry: Int, using generator: inout SeededGenerator
  ) {
    if generator.happens(withChance: 0.12) {
      let chance = generator.uniform()
      let score = chance < 0.6 ? 9 : chance < 0.85 ? 7 : 2
      let words = generator.element(of: score == 2 ? shop.lowRatings : shop.ratings)
      let when = day(generator.day(from: entry, through: last))
      let spread = generator.uniform(below: score == 2 ? 5 : 2)
      customer.feedback.append(
        Feedback(kind: .rating, day: when, score: score + spread, text: words))
    }
    if generator.happens(withChance: 0.03) {
      let when = generator.day(from: entry, through: last)
      let words = generator.element(of: shop.complaints)
      let settled = when + 1 + generator.uniform(below: 14)
      let isOpen = generator.happens(withChance: 0.4) || settled > last
      customer.feedback.append(
        Feedback(
          kind: .complaint, day: day(when), text: words, settled: isOpen ? nil : day(settled)))
    }
    if generator.happens(withChance: 0.02) {
      let when = day(generator.day(from: entry, through: last))
      customer.feedback.append(
        Feedback(kind: .wish, day: when, text: generator.element(of: shop.wishes)))
    }
    customer.feedback.sort { $0.day < $1.day }
  }
}
