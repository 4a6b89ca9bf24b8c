import Foundation
import LoyaltyModel

// What a programme would most likely be counted in here; neither can be changed once it is made.
extension System {
  /// The currency of the region that this user's locale names.
  static var usualCurrency: String { usualCurrency(in: ProcessInfo.processInfo.environment) }

  /// The time zone of this machine: `$TZ`, else that of `/etc/localtime`.
  static var usualTimeZone: String { TimeZone.current.identifier }

  /// The currency of the region that a locale such as `id_ID.UTF-8` names, in the order in which
  /// POSIX has the variables count; the euro where none names a region that has one.
  ///
  /// The currencies are those of Unicode's CLDR. The locale of the process is of no use here: on
  /// Linux Foundation does not take it from these variables.
  static func usualCurrency(in variables: [String: String]) -> String {
    let locale = ["LC_ALL", "LC_MONETARY", "LANG"].lazy.compactMap { variables[$0] }
      .first { !$0.isEmpty }
    guard let region = locale.flatMap(region(ofLocale:)) else { return "EUR" }
    // The euro came to Bulgaria in 2026, which older tables do not have.
    guard region != "BG" else { return "EUR" }
    let code = Locale(identifier: "und_\(region)").currency?.identifier
    return code.flatMap { Currency(inUse: $0) }?.code ?? "EUR"
  }

  /// The region of a POSIX locale, `language_REGION.encoding@variant`; nil where it has none.
  private static func region(ofLocale locale: String) -> String? {
    let name = locale.prefix { $0 != "." && $0 != "@" }
    let parts = name.split(separator: "_")
    guard parts.count > 1, let region = parts.last, region.utf8.count == 2,
      region.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    return String(region)
  }
}
