/// A day of the proleptic Gregorian calendar, years 0 to 9999, without time and zone.
package struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  /// 1–12.
  package let month: Int
  /// 1–31.
  package let day: Int

  /// Makes a day that exists, else nil.
  package init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.daysInMonth(year: year, month: month)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that is so many days after 1970-01-01; days outside of the years 0–9999 are taken as
  /// the nearest one inside.
  package init(daysSinceEpoch days: Int32) {
    let clamped = min(max(Int(days), -719_528), 2_932_896)
    let (year, month, day) = Self.civil(fromDays: clamped)
    self.init(unchecked: year, month, day)
  }

  /// Days since 1970-01-01.
  package var daysSinceEpoch: Int32 {
    Int32(truncatingIfNeeded: Self.days(year: year, month: month, day: day))
  }

  /// `YYYY-MM-DD`.
  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `YYYY-MM-DD`.
  package func append(to bytes: inout [UInt8]) {
    DecimalText.append(UInt64(year), to: &bytes, minimumDigits: 4)
    bytes.append(0x2D)
    DecimalText.append(UInt64(month), to: &bytes, minimumDigits: 2)
    bytes.append(0x2D)
    DecimalText.append(UInt64(day), to: &bytes, minimumDigits: 2)
  }

  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

// Civil-day arithmetic as plain functions on integers.
extension CivilDate {
  /// Days from 1970-01-01 to a civil day, by counting 400-year eras of years that begin in March.
  ///
  /// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  package static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The civil day that is so many days after 1970-01-01; the inverse of `days(year:month:day:)`.
  package static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Whether a year has a 29 February.
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days a month, 1–12, has.
  package static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Reads exactly `YYYY-MM-DD`; nil when it is written otherwise or no such day exists.
  @inlinable
  package static func days(iso bytes: RawSpan, _ range: Range<Int>) -> Int32? {
    guard range.count == 10 else { return nil }
    let start = range.lowerBound
    // What is left of each byte of "YYYY-MM-" is below 10 for digits and 0 for the dashes.
    let word = bytes.word(at: start) ^ 0x2D30_302D_3030_3030
    let flaws = (word &+ 0x7F76_767F_7676_7676 | word) & 0x8080_8080_8080_8080
    let tens = bytes.byte(at: start &+ 8) &- 0x30
    let ones = bytes.byte(at: start &+ 9) &- 0x30
    guard flaws == 0, tens < 10, ones < 10 else { return nil }
    func digit(_ index: Int) -> Int { Int(truncatingIfNeeded: word &>> UInt64(index &* 8) & 0xFF) }
    let year = digit(0) &* 1000 &+ digit(1) &* 100 &+ digit(2) &* 10 &+ digit(3)
    let month = digit(5) &* 10 &+ digit(6)
    let day = Int(tens) &* 10 &+ Int(ones)
    guard month >= 1, month <= 12, day >= 1, day <= daysInMonth(year: year, month: month) else {
      return nil
    }
    return Int32(truncatingIfNeeded: days(year: year, month: month, day: day))
  }
}
