/// A moment in Coordinated Universal Time, to the second: when something was done.
package struct Timestamp: Hashable, Sendable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int64

  /// The moment some seconds after 1970-01-01T00:00:00Z.
  package init(seconds: Int64) { self.seconds = seconds }

  /// The moment written as `YYYY-MM-DDThh:mm:ssZ`, or nil when the text is anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 9, parts[1].last == "Z", let day = Day(parts[0])
    else { return nil }
    let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count == 3, let hour = Int64(clock[0]), let minute = Int64(clock[1]),
      let second = Int64(clock[2]), (0..<24).contains(hour), (0..<60).contains(minute),
      (0..<61).contains(second)
    else { return nil }
    seconds = Int64(day.number) * 86_400 + hour * 3_600 + minute * 60 + second
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}

extension Timestamp {
  /// The universal day of the moment.
  package var day: Day { Day(number: Int32(Int(seconds).flooredQuotient(by: 86_400))) }
}

extension Timestamp: CustomStringConvertible {
  /// The moment as `YYYY-MM-DDThh:mm:ssZ`.
  package var description: String {
    let days = Int(seconds).flooredQuotient(by: 86_400)
    let rest = Int(seconds).flooredRemainder(by: 86_400)
    let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { padded($0, 2) }
    return "\(Day(number: Int32(days)))T\(clock.joined(separator: ":"))Z"
  }
}
