package import LoyaltyModel
package import LoyaltyStore

/// What the program is given by the machine: the disk, the clock and the name of who works.
package struct WorkspaceEnvironment: Sendable {
  /// All files.
  package var disk: any Disk
  /// Who works: a login name, written beside everything they do.
  package var user: String
  /// The clock.
  package var now: @Sendable () -> Timestamp
  /// Today in a time zone of the IANA database.
  package var today: @Sendable (String) -> Day
  /// How many seconds east of UTC a time zone of the IANA database is at a moment, which is given
  /// in seconds since 1970-01-01 00:00 UTC.
  package var offset: @Sendable (_ zone: String) -> @Sendable (_ moment: Int64) -> Int = { _ in
    { _ in 0 }
  }
  /// Random numbers for keys.
  package var random: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
  /// The present folder, to which paths that are not absolute belong; empty when unknown.
  package var folder = ""
  /// The user's own folder, for which `~` stands; empty when unknown.
  package var home = ""
  /// How numbers are written for people.
  package var display = DisplayFormat()
  /// The words of the screens.
  package var texts = Texts.english
  /// What sentences are written with.
  package var wording: Wording { Wording(texts, display) }
  /// The folder in which the program keeps where each user was; nil where it keeps nothing.
  package var stateFolder: String?
  /// From how many customers or purchases on tables, figures and the overview are kept for the next
  /// opening.
  package var cachesFrom = 50_000

  /// An environment of a disk, a user and a clock.
  package init(
    disk: any Disk, user: String, now: @escaping @Sendable () -> Timestamp,
    today: @escaping @Sendable (String) -> Day
  ) {
    (self.disk, self.user, self.now, self.today) = (disk, user, now, today)
  }

  /// The machine's own disk, with a user and a clock.
  package static func live(
    user: String, now: @escaping @Sendable () -> Timestamp,
    today: @escaping @Sendable (String) -> Day
  ) -> WorkspaceEnvironment {
    WorkspaceEnvironment(disk: SystemDisk(), user: user, now: now, today: today)
  }

  /// The same for screens in a language, with its words and conventions.
  package func speaking(_ language: Language) -> WorkspaceEnvironment {
    var copy = self
    copy.texts = Texts.of(language).onScreen
    copy.display = DisplayFormat(copy.texts)
    return copy
  }

  /// A path that was written by hand: `~` at its beginning is the user's own folder, as in a shell.
  func written(_ path: String) -> String {
    guard !home.isEmpty, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }

  /// A path as it can be found again from another folder.
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
  }
}
