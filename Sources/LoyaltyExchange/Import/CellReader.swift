import LoyaltyModel
import TextFormats

/// Reads amounts, numbers and days from cells, quickly where they are written plainly.
struct CellReader: Sendable {
  /// How exactly prices and quantities are read before they are multiplied.
  static let priceDigits = 6
  /// The most bytes of an identifier.
  static let longestIdentifier = 200
  /// The most bytes of a name or another text.
  static let longestText = 1000
  /// Earlier days are taken for slips.
  private static let earliest = Day(year: 1900, month: 1, day: 1)?.number ?? 0

  private let currency: Currency
  private let digits: Int
  private let style: AmountStyle
  private let amounts: AmountParser
  private let factors: AmountParser
  private let dates: DateParser
  private let today: Day
  /// The day from which a consent holds of which the file gives no day.
  let consentDay: Day
  private let zone: ImportZone?

  init(_ probe: ImportProbe) {
    currency = probe.options.currency
    digits = currency.digits
    style = probe.amountStyle
    amounts = AmountParser(digits: digits, style: style)
    factors = AmountParser(digits: Self.priceDigits, style: style)
    dates = DateParser(style: probe.dateStyle)
    (today, consentDay) = (probe.options.today, probe.options.consentDay)
    zone = probe.options.zone
  }

  // MARK: Amounts

  /// An amount in minor units.
  func amount(_ cell: RawSpan, _ field: ImportField) throws(Rejection) -> Int64 {
    if let plain = plain(cell, digits: digits) { return plain }
    return try slow(cell, field, amounts)
  }

  /// A price or a quantity in millionths.
  func factor(_ cell: RawSpan, _ field: ImportField) throws(Rejection) -> Int64 {
    if let plain = plain(cell, digits: Self.priceDigits) { return plain }
    return try slow(cell, field, factors)
  }

  /// Quantity times price, both in millionths, as minor units; halves are rounded away from zero.
  func product(_ quantity: Int64, _ price: Int64) throws(Rejection) -> Int64 {
    var divisor: Int128 = 1
    for _ in 0..<(2 * Self.priceDigits - digits) { divisor *= 10 }
    let (quotient, rest) = (Int128(quantity) * Int128(price)).quotientAndRemainder(
      dividingBy: divisor)
    let isHalf = rest.magnitude * 2 >= divisor.magnitude
    let rounded = quotient + (isHalf ? (rest < 0 ? -1 : 1) : 0)
    guard let amount = Int64(exactly: rounded) else { throw .tooLarge(.amount, "") }
    return amount
  }

  /// Rejects an amount that is larger than a line may hold, in either direction.
  func checkBound(_ amount: Int64, _ field: ImportField) throws(Rejection) {
    guard amount.magnitude > Purchase.largestAmount.magnitude else { return }
    throw .beyondBound(
      field, currency.decimalText(minorUnits: amount),
      bound: currency.decimalText(minorUnits: Purchase.largestAmount))
  }

  /// Whole units of a quantity in millionths: parts are rounded, but something is at least one.
  func units(_ quantity: Int64, _ cell: RawSpan) throws(Rejection) -> Int32 {
    let (whole, rest) = quantity.quotientAndRemainder(dividingBy: 1_000_000)
    let rounded = whole + (rest.magnitude >= 500_000 ? rest.signum() : 0)
    let units = rounded == 0 ? quantity.signum() : rounded
    guard let exact = Int32(exactly: units) else {
      throw .tooLarge(.units, cell.string(0..<cell.byteCount))
    }
    return exact
  }

  /// A plain decimal such as `-12.50`, or nil for whatever needs a closer look.
  private func plain(_ cell: RawSpan, digits: Int) -> Int64? {
    guard style != .decimalComma else { return plainWithComma(cell, digits: digits) }
    // `1.234` may be a thousand and more unless the column's style says otherwise.
    if style == .automatic, cell.byteCount > 4, cell.byte(at: cell.byteCount - 4) == 0x2E {
      return nil
    }
    return Self.minorUnits(cell, digits: digits)
  }

  /// A decimal such as `-12,50`, or nil for whatever needs a closer look.
  private func plainWithComma(_ cell: RawSpan, digits: Int) -> Int64? {
    var bytes: [UInt8] = []
    bytes.append(cell, 0..<cell.byteCount)
    for index in bytes.indices {
      if bytes[index] == 0x2E { return nil }
      if bytes[index] == 0x2C { bytes[index] = 0x2E }
    }
    return Self.minorUnits(bytes.span.bytes, digits: digits)
  }

  private static func minorUnits(_ cell: RawSpan, digits: Int) -> Int64? {
    do throws(DecimalText.Flaw) {
      return try DecimalText.minorUnits(cell, 0..<cell.byteCount, digits: digits)
    } catch {
      return nil
    }
  }

  private func slow(
    _ cell: RawSpan, _ field: ImportField, _ parser: AmountParser
  ) throws(Rejection) -> Int64 {
    do throws(AmountError) {
      return try parser.minorUnits(cell.string(0..<cell.byteCount))
    } catch {
      throw error == .empty ? .missing(field) : .amount(field, error)
    }
  }

  // MARK: Days

  /// A day that is neither after today nor very long ago.
  func day(_ cell: RawSpan, _ field: ImportField) throws(Rejection) -> Day {
    let day: Day
    if let number = Self.plainDay(cell) {
      day = Day(number: number)
    } else {
      day = Day(number: try slowDay(cell, field))
    }
    guard day <= today else { throw .future(field, day, today: today) }
    guard day.number >= Self.earliest else {
      throw .tooLongAgo(field, cell.string(0..<cell.byteCount))
    }
    return day
  }

  /// A day of `YYYY-MM-DD`, perhaps with `hh:mm` or `hh:mm:ss`, or of `YYYYMMDD`; nil otherwise.
  private static func plainDay(_ cell: RawSpan) -> Int32? {
    switch cell.byteCount {
    case 8: compactDay(cell)
    case 10: CivilDate.days(iso: cell, 0..<10)
    case 16, 19: hasPlainTime(cell) ? CivilDate.days(iso: cell, 0..<10) : nil
    default: nil
    }
  }

  private static func compactDay(_ cell: RawSpan) -> Int32? {
    var number = 0
    for offset in 0..<8 {
      let digit = cell.byte(at: offset) &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    guard (1...12).contains(month), (1...CivilDate.daysInMonth(year: year, month: month)) ~= day
    else { return nil }
    return Int32(CivilDate.days(year: year, month: month, day: day))
  }

  private static func hasPlainTime(_ cell: RawSpan) -> Bool {
    func pair(_ offset: Int, below limit: UInt8) -> Bool {
      let (ten, one) = (cell.byte(at: offset) &- 0x30, cell.byte(at: offset + 1) &- 0x30)
      return ten < 10 && one < 10 && ten * 10 + one < limit
    }
    let hasSeconds = cell.byteCount == 19
    return cell.byte(at: 10) == 0x20 && cell.byte(at: 13) == 0x3A && pair(11, below: 24)
      && pair(14, below: 60)
      && (!hasSeconds || cell.byte(at: 16) == 0x3A && pair(17, below: 60))
  }

  private func slowDay(_ cell: RawSpan, _ field: ImportField) throws(Rejection) -> Int32 {
    do throws(DateError) {
      let moment = try dates.parse(cell.string(0..<cell.byteCount))
      // 23:30 in UTC is the next morning in Berlin; a time without a zone is the shop's own.
      if let zone, let seconds = moment.secondsSinceEpoch { return zone.day(at: seconds).number }
      return moment.date.daysSinceEpoch
    } catch {
      throw error == .empty ? .missing(field) : .date(field, error)
    }
  }
}
