/// A date taken apart: three numbers, their order as far as it shows, and what follows.
struct DateShape {
  /// How the numbers stand.
  enum Order { case yearFirst, dayFirst, yearLast }

  let order: Order
  /// What follows the date, without the blank or `T` between.
  let rest: Substring
  private let text: String
  private let numbers: (Int, Int, Int)

  init(_ text: String) throws(DateError) {
    self.text = text
    var trimmed = text[...]
    while trimmed.first?.isWhitespace == true { trimmed = trimmed.dropFirst() }
    while trimmed.last?.isWhitespace == true { trimmed = trimmed.dropLast() }
    guard !trimmed.isEmpty else { throw .empty }
    let head = trimmed.prefix { $0 != " " && $0 != "T" && $0 != "t" }
    let tail = trimmed.dropFirst(head.count)
    rest = tail.dropFirst().drop { $0 == " " }
    if !tail.isEmpty, rest.isEmpty { throw .notADate(text) }
    (order, numbers) = try Self.split(head, of: text)
  }

  private static func split(
    _ head: Substring, of text: String
  ) throws(DateError) -> (Order, (Int, Int, Int)) {
    if head.utf8.count == 8, let all = number(head) {
      return (.yearFirst, (all / 10_000, all / 100 % 100, all % 100))
    }
    guard let separator = head.first(where: { $0 == "-" || $0 == "/" || $0 == "." }) else {
      throw .notADate(text)
    }
    let parts = head.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, let first = number(parts[0]), let second = number(parts[1]),
      let third = number(parts[2]), parts.allSatisfy({ $0.count <= 4 }), parts[1].count <= 2
    else { throw .notADate(text) }
    if parts[0].count == 4, parts[2].count <= 2 { return (.yearFirst, (first, second, third)) }
    guard parts[0].count <= 2 else { throw .notADate(text) }
    guard parts[2].count == 4 else {
      throw parts[2].count == 2 ? .shortYear(text) : .notADate(text)
    }
    return (separator == "." ? .dayFirst : .yearLast, (first, second, third))
  }

  /// The number that ASCII digits, and nothing else, make.
  static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }

  /// Whether day and month are the same number.
  var isSameEitherWay: Bool { numbers.0 == numbers.1 }

  func date(_ style: DateStyle) throws(DateError) -> CivilDate {
    switch order {
    case .yearFirst: return try date(year: numbers.0, month: numbers.1, day: numbers.2)
    case .dayFirst: return try date(year: numbers.2, month: numbers.1, day: numbers.0)
    case .yearLast: break
    }
    switch style {
    case .dayFirst: return try date(year: numbers.2, month: numbers.1, day: numbers.0)
    case .monthFirst: return try date(year: numbers.2, month: numbers.0, day: numbers.1)
    case .automatic: return try automaticDate()
    }
  }

  private func automaticDate() throws(DateError) -> CivilDate {
    let dayFirst = CivilDate(year: numbers.2, month: numbers.1, day: numbers.0)
    let monthFirst = CivilDate(year: numbers.2, month: numbers.0, day: numbers.1)
    switch (dayFirst, monthFirst) {
    case (let one?, let other?):
      guard one == other else { throw .ambiguous(text, dayFirst: one, monthFirst: other) }
      return one
    case (let one?, nil), (nil, let one?): return one
    case (nil, nil): return try date(year: numbers.2, month: numbers.1, day: numbers.0)
    }
  }

  private func date(year: Int, month: Int, day: Int) throws(DateError) -> CivilDate {
    guard (1...12).contains(month) else { throw .noSuchMonth(text, month: month) }
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw .noSuchDay(text, year: year, month: month, day: day)
    }
    return date
  }
}

/// A time of day with, perhaps, a zone.
enum TimeShape {
  /// Seconds since midnight and seconds east of UTC.
  static func parse(
    _ rest: Substring, of text: String
  ) throws(DateError) -> (second: Int, zone: Int?) {
    let clockEnd = rest.firstIndex { !($0.isASCII && ($0.isNumber || $0 == ":" || $0 == ".")) }
    var tail = rest[(clockEnd ?? rest.endIndex)...].drop { $0 == " " }
    let isAfternoon = takeHalf(&tail)
    let second = try clock(rest[..<(clockEnd ?? rest.endIndex)], isAfternoon, of: text)
    return (second, tail.isEmpty ? nil : try zone(tail, of: text))
  }

  /// Takes off AM or PM; true for PM, nil when there is neither.
  private static func takeHalf(_ tail: inout Substring) -> Bool? {
    let half = tail.prefix(2).uppercased()
    guard half == "AM" || half == "PM" else { return nil }
    tail = tail.dropFirst(2).drop { $0 == " " }
    return half == "PM"
  }

  private static func clock(
    _ clock: Substring, _ isAfternoon: Bool?, of text: String
  ) throws(DateError) -> Int {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts[0].count <= 2, parts[1].count == 2,
      var hour = DateShape.number(parts[0]), let minute = DateShape.number(parts[1]), minute < 60
    else { throw .badTime(text) }
    let second = parts.count == 3 ? seconds(parts[2]) : 0
    guard let second, second < 60 else { throw .badTime(text) }
    if let isAfternoon {
      guard (1...12).contains(hour) else { throw .badTime(text) }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24 else { throw .badTime(text) }
    return hour * 3600 + minute * 60 + second
  }

  /// Whole seconds; a fraction is checked and dropped.
  private static func seconds(_ part: Substring) -> Int? {
    let pieces = part.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces[0].count == 2 else { return nil }
    if pieces.count == 2, DateShape.number(pieces[1].prefix(18)) == nil { return nil }
    return DateShape.number(pieces[0])
  }

  private static func zone(_ zone: Substring, of text: String) throws(DateError) -> Int {
    if ["Z", "UTC", "GMT"].contains(zone.uppercased()) { return 0 }
    guard let sign = zone.first, sign == "+" || sign == "-" || sign == "\u{2212}" else {
      throw .badZone(text)
    }
    var digits = zone.dropFirst()
    if digits.count == 5, digits.dropFirst(2).first == ":" {
      digits = digits.prefix(2) + digits.suffix(2)
    }
    guard digits.count == 4 || digits.count == 2, let number = DateShape.number(digits) else {
      throw .badZone(text)
    }
    let (hours, minutes) = digits.count == 4 ? (number / 100, number % 100) : (number, 0)
    guard hours <= 18, minutes < 60 else { throw .badZone(text) }
    return (sign == "+" ? 1 : -1) * (hours * 3600 + minutes * 60)
  }
}
