import LoyaltyExchange

/// The time zones that there are, by their names in the IANA database.
package struct TimeZoneNames: Sendable {
  /// Their names.
  private let names: [String]
  private let isKnown: @Sendable (String) -> Bool

  /// Time zones.
  ///
  /// - Parameters:
  ///   - names: Those that may be meant by another word.
  ///   - isKnown: Whether there is one of a name; also of names that are not listed, such as `UTC`.
  package init(_ names: [String], isKnown: @escaping @Sendable (String) -> Bool) {
    (self.names, self.isKnown) = (names.sorted(), isKnown)
  }

  /// Whether there is a time zone of a name.
  package func contains(_ name: String) -> Bool { isKnown(name) }

  /// The time zone that was most likely meant by a name that none has: the one whose town stands in
  /// it, else the nearest by a few letters; nil where none is near.
  package func meant(by name: String) -> String? {
    let plain = HeaderName.normalized(name)
    let towns = names.map { (name: $0, town: HeaderName.normalized(Self.town(of: $0))) }
    // The longest: who writes of Los Angeles does not mean a shorter town that begins so.
    let inside = towns.filter { $0.town.count > 3 && plain.contains($0.town) }
      .max { ($0.town.count, $1.name) < ($1.town.count, $0.name) }
    if let inside { return inside.name }
    if let nearest = HeaderName.nearest(to: name, in: names) { return nearest }
    let near = HeaderName.nearest(to: Self.town(of: name), in: towns.map(\.town))
    return near.flatMap { town in towns.first { $0.town == town }?.name }
  }

  /// What stands behind the last slash: `America/Argentina/Salta` → `Salta`.
  private static func town(of name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? ""
  }
}
