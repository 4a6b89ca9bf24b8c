import ArgumentParser
import Foundation
import LoyaltyModel
import LoyaltyWorkspace

/// What the process gets from the machine: its clock, user, time and places; nothing below reads
/// them itself.
enum System {
  /// Where the store is when nobody says: `$LADDER_STORE`, else the folder for a user's data.
  static var defaultStorePath: String {
    if let path = variable("LADDER_STORE") { return path }
    return dataHome + "/ladder/store"
  }

  /// Where the demo's store is when nobody says.
  static var defaultDemoPath: String { dataHome + "/ladder/demo" }

  /// The clock, the user and the real disk.
  static func environment() -> WorkspaceEnvironment {
    var environment = WorkspaceEnvironment.live(
      user: variable("LADDER_USER") ?? NSUserName(),
      now: { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) },
      today: { zone in today(in: zone) ?? today(in: "UTC") ?? Day(number: 0) })
    environment.offset = { name in
      guard let zone = TimeZone(identifier: name) else { return { _ in 0 } }
      return { zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0))) }
    }
    environment.folder = FileManager.default.currentDirectoryPath
    environment.home = variable("HOME") ?? NSHomeDirectory()
    environment.stateFolder = home("XDG_STATE_HOME", ".local/state") + "/ladder"
    return environment
  }

  /// What the report of a crash begins with.
  static func reportHead(at time: Timestamp) -> String {
    let system = ProcessInfo.processInfo.operatingSystemVersionString
    return """
      ladder \(Ladder.configuration.version), started \(time)
      system: \(system)
      terminal: \(variable("TERM") ?? "unknown")

      """
  }

  /// Whether a path leads to the folder that the process works in.
  static func isCurrentFolder(_ path: String) -> Bool {
    let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    let there = URL(filePath: path, directoryHint: .isDirectory)
    return there.resolvingSymlinksInPath().path == here.resolvingSymlinksInPath().path
  }

  /// The language of the screens when nobody says: that of the locale, else English.
  static var language: Language {
    // The order in which POSIX has them count.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { variable($0) }.first
    return locale.flatMap { Language(locale: $0) } ?? .english
  }

  /// A variable of the environment, where it is set to something.
  static func variable(_ name: String) -> String? {
    let value = ProcessInfo.processInfo.environment[name]
    return value?.isEmpty == false ? value : nil
  }

  /// Today, in a time zone of the IANA database; nil when there is no such zone.
  static func today(in timeZone: String) -> Day? {
    guard let zone = TimeZone(identifier: timeZone) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
    return Day(year: year, month: month, day: day)
  }

  /// The time zones of the IANA database.
  static var timeZones: TimeZoneNames {
    TimeZoneNames(TimeZone.knownTimeZoneIdentifiers) { today(in: $0) != nil }
  }

  private static var dataHome: String { home("XDG_DATA_HOME", ".local/share") }

  private static func home(_ name: String, _ usual: String) -> String {
    // By the XDG specification a path that is not absolute counts as unset.
    if let path = variable(name), path.hasPrefix("/") { return path }
    return (variable("HOME") ?? NSHomeDirectory()) + "/" + usual
  }
}
