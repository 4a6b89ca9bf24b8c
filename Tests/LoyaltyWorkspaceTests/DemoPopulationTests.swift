import LoyaltyModel
import LoyaltyWorkspace
import Testing

/// The first members of the demo of seed 1, made once for all tests.
enum DemoFixture {
  static let members = Currency(code: "EUR").map {
    Array(DemoPopulation(customers: 3000, seed: 1, currency: $0))
  }
}

@Suite("The demo's population")
struct DemoPopulationTests {
  let eur: Currency
  let population: [DemoPopulation.Member]

  init() throws {
    eur = try #require(Currency(code: "EUR"))
    population = try #require(DemoFixture.members)
  }

  @Test("it ends on 2026-06-30 and covers two years")
  func calendar() {
    #expect(DemoPopulation.lastDay.description == "2026-06-30")
    let first = Day(year: 2024, month: 7, day: 1)
    let days = population.flatMap(\.purchases).map(\.day)
    #expect(days.min() == first)
    #expect(days.max() == DemoPopulation.lastDay)
  }

  @Test("a seed gives the same bytes in every process and on every machine")
  func pinned() {
    // FNV-1a over what is stored of the first 300. It changes when the demo is changed on purpose.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for member in population.prefix(300) {
      for text in Self.words(member) {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x100_0000_01B3
      }
    }
    #expect(hash == 0xBF7B_5ECD_AE9D_D2EB)
  }

  /// Everything about a member as texts.
  static func words(_ member: DemoPopulation.Member) -> [String] {
    let customer = member.customer
    var words = [customer.id, customer.name, customer.email, customer.phone, customer.city]
    words += [customer.country, customer.branch] + customer.tags
    words += customer.consents.map { "\($0.channel) \($0.given) \($0.day) \($0.source)" }
    words += customer.interests.map { "\($0.what) \($0.day)" }
    words += customer.consumers.map { "\($0.name) \($0.birthYear ?? 0) \($0.needs)" }
    words += customer.feedback.map { "\($0.kind) \($0.day) \($0.score ?? -1) \($0.text)" }
    words += customer.feedback.compactMap { $0.settled?.description }
    words += [customer.doNotContactSince?.description ?? "", "\(customer.statedOrders ?? -1)"]
    words += member.purchases.map { line in
      "\(line.day) \(line.amount) \(line.units) \(line.receipt) \(line.product) \(line.branch)"
        + " \(line.channel) \(line.refunds)"
    }
    return words
  }

  @Test("people depend on the seed and their index alone")
  func streams() {
    let again = DemoPopulation(customers: 200, seed: 1, currency: eur)
    #expect(again.elementsEqual(population.prefix(200)))
    #expect(Array(again.reversed()) == Array(population.prefix(200)).reversed())
    let other = DemoPopulation(customers: 200, seed: 2, currency: eur)
    #expect(zip(again, other).allSatisfy { $0.purchases.isEmpty || $0 != $1 })
    #expect(DemoPopulation(customers: 0, seed: 1, currency: eur).isEmpty)
  }

  @Test("the views by customer, product, receipt and month add up to the same total")
  func totals() {
    var (total, lines) = (Int64(0), 0)
    var byProduct: [String: Int64] = [:]
    var byReceipt: [String: Int64] = [:]
    for member in population {
      for line in member.purchases {
        total += line.amount
        lines += 1
        byProduct[line.product, default: 0] += line.amount
        byReceipt[line.receipt, default: 0] += line.amount
      }
    }
    #expect(byProduct.values.reduce(0, +) == total)
    #expect(byReceipt.values.reduce(0, +) == total)
    #expect(
      Set(byProduct.keys)
        == Set(DemoPopulation(customers: 0, seed: 1, currency: eur).products.map(\.sku)))
    #expect((7...12).contains(Double(lines) / Double(population.count)))
    // The law's mean of 35.22 less what is brought back, within five standard errors: few people
    // with many purchases count for much.
    let sales = byReceipt.keys.filter { !$0.hasSuffix("R") }.count
    #expect(abs(Double(total) / 100 / Double(sales) - 35.22 * 0.99) < 4.5)
  }

  @Test("a sale is one to four lines of one day, place and channel; nothing is free")
  func sales() {
    for member in population {
      #expect(member.purchases.allSatisfy { $0.customer == member.customer.id })
      #expect(zip(member.purchases, member.purchases.dropFirst()).allSatisfy { $0.day <= $1.day })
      let sales = member.purchases.filter { $0.refunds.isEmpty }
      for (receipt, lines) in Dictionary(grouping: sales, by: \.receipt) {
        #expect((1...4).contains(lines.count), "\(receipt)")
        #expect(Set(lines.map(\.day)).count == 1)
        #expect(Set(lines.map { $0.branch + $0.channel }).count == 1)
        #expect(lines.allSatisfy { $0.amount > 0 && $0.units > 0 })
      }
      for line in sales {
        #expect((line.channel == "web") == (line.branch == "Web"))
        #expect(line.channel == "web" || line.branch == member.customer.branch)
      }
    }
  }

  @Test("one sale in fifty brings a line back, later and exactly")
  func refunds() {
    var (refunds, sales) = (0, Set<String>())
    for member in population {
      for line in member.purchases where line.refunds.isEmpty { sales.insert(line.receipt) }
      for refund in member.purchases where !refund.refunds.isEmpty {
        refunds += 1
        #expect(
          member.purchases.contains {
            $0.receipt == refund.refunds && $0.product == refund.product
              && $0.amount == -refund.amount && $0.units == -refund.units && $0.day < refund.day
          })
      }
    }
    #expect(abs(Double(refunds) / Double(sales.count) - 0.02) < 0.004)
  }

  @Test("five of a hundred are prospects with an interest; very few have an address only")
  func prospects() {
    let idle = population.filter(\.purchases.isEmpty).map(\.customer)
    let prospects = idle.filter { !$0.interests.isEmpty }
    #expect((110...190).contains(prospects.count))
    #expect(idle.contains { $0.interests.isEmpty && $0.statedOrders == nil })
    #expect(idle.contains { $0.statedOrders != nil })
    #expect(idle.count < 250)
  }

  /// The stages as they are defined, in plain words, with a rhythm of 60 days for those without their
  /// own and nobody's model.
  static func stage(_ member: DemoPopulation.Member) -> LifecycleStage {
    let days = Set(member.purchases.filter { $0.amount > 0 }.map(\.day)).sorted()
    guard let last = days.last else {
      if member.customer.statedOrders != nil { return .historyMissing }
      return member.customer.interests.isEmpty ? .contact : .prospect
    }
    let gaps = zip(days.dropFirst(), days).map { $0 - $1 }
    let rhythm = days.count >= 4 ? max(14, gaps.sorted()[gaps.count / 2]) : 60
    let since = DemoPopulation.lastDay - last
    if since > 4 * rhythm, since > 60 { return .lapsed }
    if since > 2 * rhythm && since > 30 || days.count == 1 && since > 60 { return .atRisk }
    for (gap, day) in zip(gaps, days.dropFirst())
    where gap > 4 * rhythm && gap > 60 && DemoPopulation.lastDay - day <= 90 { return .wonBack }
    if days.count == 1 { return .new }
    guard days.count >= 4 else { return .repeat }
    let isPraised = member.customer.feedback.contains {
      $0.score ?? 0 >= 9 && DemoPopulation.lastDay - $0.day <= 365
    }
    return isPraised ? .advocate : .loyal
  }

  @Test("every stage has its people, and value is spread so that cohorts differ")
  func stages() {
    let stages = Dictionary(grouping: population, by: Self.stage).mapValues(\.count)
    for stage in LifecycleStage.allCases { #expect(stages[stage, default: 0] >= 3, "\(stage)") }
    let values = population.map { $0.purchases.reduce(0) { $0 + $1.amount } }.sorted(by: >)
    let top = values.prefix(values.count / 5).reduce(0, +)
    let share = Double(top) / Double(values.reduce(0, +))
    #expect((0.5...0.9).contains(share), "the top fifth has \(share)")
  }

  @Test(
    "the same people buy in every currency, for amounts that look right in it",
    arguments: [("JPY", 160.0), ("IDR", 18_000), ("USD", 1.1), ("XTS", 1)])
  func currencies(code: String, rate: Double) throws {
    let currency = try #require(Currency(code: code))
    let elsewhere = DemoPopulation(customers: 300, seed: 1, currency: currency)
    for (member, other) in zip(population, elsewhere) {
      #expect(member.customer == other.customer)
      let euros = member.purchases.reduce(0) { $0 + Double($1.amount) / 100 }
      let amount =
        other.purchases.reduce(0) { $0 + Double($1.amount) } / Double(currency.minorUnitsPerMajor)
      // Each line is rounded to minor units in both currencies, and shares are taken of rounded sums.
      let tolerance =
        Double(other.purchases.count) * (0.02 * rate + 2 / Double(currency.minorUnitsPerMajor))
      #expect(abs(amount - euros * rate) <= tolerance, "\(member.customer.id)")
    }
  }
}
