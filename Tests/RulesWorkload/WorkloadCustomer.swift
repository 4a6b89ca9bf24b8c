import Foundation
import LoyaltyModel

/// One invented customer; every draw in the order of the Python reference.
struct WorkloadCustomer {
  struct Purchase {
    var day: Int32
    var category: Int
    var channel: Int
    var amount: Int64
  }

  struct Pet {
    var kind: Int
    var age: Int32
  }

  struct Sent {
    var day: Int32
    var status: Int
  }

  static let asOf = Day(number: 20_634)
  static let categories = [
    "dry_food", "wet_food", "treats", "toys", "care", "litter", "supplements", "travel",
  ]
  static let channels = ["store", "web", "app"]
  static let regions = ["north", "south", "east", "west"]
  static let kinds = ["dog", "cat", "other"]
  static let statuses = ["sent", "opened", "redeemed", "expired"]
  static let cohorts = ["none", "low", "mid", "high"]
  static let stages = ["prospect", "new", "lost", "dormant", "at_risk", "loyal", "active"]
  private static let weights = [30, 22, 18, 9, 8, 7, 4, 2]

  let isProspect: Bool
  let tenure: Int
  let gap: Int?
  private(set) var purchases: [Purchase] = []
  private(set) var cohort = "none"
  private(set) var stage = "prospect"
  private(set) var alive: Double?
  let bought: Int
  let predicted: Int64?
  let pets: [Pet]
  let sent: [Sent]
  let region: Int
  let favourite: Int
  let channel: Int
  let expiring: Int
  let birthday: Int
  let openRate: Double?
  let consents: [Bool]
  let contacts: Int
  let hasComplaint: Bool
  let isStaff: Bool

  init(_ random: inout MersenneTwister) {
    isProspect = random.unit() < 0.03
    let rate = isProspect ? 0 : min(60, random.logNormal(1.6, 0.9))
    tenure = random.int(10, 1500)
    bought =
      isProspect ? 0 : max(1, Int(rate * Double(min(tenure, 365)) / 365 + random.unit()))
    gap =
      isProspect
      ? nil : min(tenure, Int(random.exponential(1 / (20 + 365 / max(rate, 1)))))
    favourite = random.place(weights: Self.weights)
    let second = random.place(weights: Self.weights)
    let spread = random.unit()
    channel = random.place(weights: [55, 30, 15])
    if let gap {
      purchases = Self.purchases(
        gap: gap, bought: bought, favourite, second, spread, channel, &random)
    }
    let first = Self.asOf.number - 365
    let spend = purchases.reduce(0) { $0 + ($1.day >= first ? $1.amount : 0) }
    if let gap {
      cohort = spend < 12_000 ? "low" : spend < 30_000 ? "mid" : "high"
      let chance = max(0.01, min(0.99, 1 - Double(gap) / (60 + 730 / max(rate, 0.7))))
      alive = Self.rounded(chance, 4)
    }
    stage = Self.stage(alive, tenure: tenure, bought: bought)
    predicted =
      isProspect || random.unit() < 0.01 ? nil : Int64(Double(spend) * (alive ?? 0) * 1.7)
    pets = (0..<random.place(weights: [8, 50, 27, 11, 4])).map { _ in
      let pet = Pet(kind: random.place(weights: [45, 45, 10]), age: Int32(random.int(0, 17)))
      _ = random.int(1, 45)
      return pet
    }
    sent = (0..<random.place(weights: [30, 25, 20, 12, 8, 5])).map { _ in
      _ = random.choice([0, 1, 2, 3, 4, 5])
      let day = Self.asOf.number - Int32(random.int(0, 300))
      return Sent(day: day, status: random.place(weights: [40, 28, 12, 20]))
    }
    region = random.choice([0, 1, 2, 3])
    _ = random.int(0, 4000)
    expiring = random.choice([0, 0, 0, random.int(1, 900)])
    birthday = random.int(1, 12)
    openRate = random.unit() < 0.1 ? nil : Self.rounded(random.unit() * 0.7, 3)
    consents = [0.72, 0.35, 0.25, 0.8].map { random.unit() < $0 }
    contacts = random.place(weights: [30, 25, 18, 12, 8, 5, 2])
    hasComplaint = random.unit() < 0.02
    isStaff = random.unit() < 0.005
  }

  private static func purchases(
    gap: Int, bought: Int, _ favourite: Int, _ second: Int, _ spread: Double, _ channel: Int,
    _ random: inout MersenneTwister
  ) -> [Purchase] {
    var day = asOf.number - Int32(gap)
    return (0..<min(bought, 12)).map { _ in
      let category: Int
      if random.unit() > spread * 0.6 {
        category = favourite
      } else if random.unit() < 0.6 {
        category = second
      } else {
        category = random.place(weights: weights)
      }
      let channel = random.unit() < 0.8 ? channel : random.choice([0, 1, 2])
      let amount = Int64(max(300, random.logNormal(7.9, 0.55)))
      let purchase = Purchase(day: day, category: category, channel: channel, amount: amount)
      _ = random.int(1, 6)
      day -= 1 + Int32(random.exponential(1 / (300 / Double(max(bought, 1)) + 3)))
      return purchase
    }
  }

  private static func stage(_ alive: Double?, tenure: Int, bought: Int) -> String {
    guard let alive else { return "prospect" }
    if tenure < 60 { return "new" }
    if alive < 0.15 { return "lost" }
    if alive < 0.4 { return "dormant" }
    if alive < 0.65 { return "at_risk" }
    return bought >= 8 ? "loyal" : "active"
  }

  /// The number rounded to so many decimals by its exact value, as Python does.
  static func rounded(_ value: Double, _ digits: Int) -> Double {
    Double(String(format: "%.\(digits)f", value)) ?? value
  }
}
