import LoyaltyModel
import LoyaltyWorkspace

/// The day of an option's text.
func day(_ text: String?, option: String) throws -> Day? {
  guard let text else { return nil }
  return try day(of: text, option: option)
}

/// The day of an option's text, where the option must be there.
func day(of text: String, option: String) throws -> Day {
  try checkedDay(text, option: option, .english)
}

/// The minor units of an option's text.
func minorUnits(_ text: String?, option: String, currency: Currency) throws -> Int64? {
  guard let text else { return nil }
  // The reader of the screens, which takes nothing between thousands for granted either.
  guard let amount = DisplayFormat().amount(written: text, currency) else {
    let example = currency.decimalText(minorUnits: 20_000 * currency.minorUnitsPerMajor)
    throw CallError(
      message: """
        \(option) is "\(text)", which is no amount in \(currency.code). Write it like \(example): \
        a point before the decimals, at most \(currency.digits) of them; a comma between thousands \
        or nothing.
        """)
  }
  guard amount >= 0 else {
    throw CallError(message: "\(option) is \(text); write a positive number.")
  }
  return amount
}

/// The three percentages of `--cut`.
func shares(_ text: String?) throws -> [Int]? {
  guard let text else { return nil }
  let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
  let shares = parts.compactMap { $0 }
  guard parts.count == 3, shares.count == 3, shares.allSatisfy({ $0 > 0 }),
    shares.reduce(0, +) == 100
  else {
    throw CallError(
      message: """
        --cut is "\(text)". Write three percentages from the top that add up to 100: high, mid, \
        low, such as 20,30,50.
        """)
  }
  return shares
}

/// The floor of a text such as `low=100` or `at risk=250.00`.
func offerFloor(_ text: String, _ currency: Currency) throws -> OfferFloor {
  let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
  let group = parts.first.flatMap { name -> OfferFloor.Group? in
    ValueCohort(rawValue: name).map { .cohort($0) }
      ?? LifecycleStage(rawValue: name).map { .stage($0) }
  }
  // With a comma it could be meant as either.
  guard parts.count == 2, !parts[1].contains(","), let group else {
    let names = ValueCohort.allCases.map(\.rawValue) + LifecycleStage.allCases.map(\.rawValue)
    throw CallError(
      message: """
        --floor is "\(text)". Write a group, = and the least, such as low=100 (offers) or low=250.00 \
        (money). Groups: \(names.joined(separator: ", ")).
        """)
  }
  if let offers = Int64(parts[1]), offers >= 0 { return OfferFloor(group, least: offers) }
  let amount = try minorUnits(parts[1], option: "--floor", currency: currency)
  return OfferFloor(group, least: amount ?? 0, isSpend: true)
}

/// The number of a `--limit`.
func checked(limit: Int, least: Int = 0) throws -> Int {
  guard limit >= least else {
    throw CallError(message: "--limit is \(limit); write \(least) or more.")
  }
  return limit
}

/// The two sides of an option's text such as `date=Datum`.
///
/// - Parameters:
///   - text: The text.
///   - option: The option's name.
///   - advice: What is to be written, with an example.
/// - Returns: What stands before the first `=`, and what after it.
/// - Throws: An error when a side is missing.
func pair(_ text: String, option: String, advice: String) throws -> (String, String) {
  let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
  guard parts.count == 2 else {
    throw CallError(message: "\(option) is \"\(text)\". Write \(advice)")
  }
  return (parts[0], parts[1])
}
