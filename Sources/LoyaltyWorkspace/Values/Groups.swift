package import LoyaltyModel

/// Two dates to compare.
package struct Period: Sendable, Hashable {
  /// The earlier date.
  package var from: Day
  /// The later date.
  package var to: Day

  /// A time from one date to another.
  package init(from: Day, to: Day) { (self.from, self.to) = (from, to) }
}

/// Who moved between stages and between cohorts in a time.
package struct FlowReport: Sendable, Hashable {
  /// The two dates.
  package var period: Period
  /// From which lifecycle stage to which.
  package var stages: MigrationReport
  /// From which value cohort to which.
  package var cohorts: MigrationReport
}

/// How many moved from each group to each other between two dates.
package struct MigrationReport: Sendable, Hashable {
  /// The groups at the earlier date; then, where there are any, those who were not known yet.
  package var rows: [String]
  /// The groups at the later date; the last are those who are no longer known.
  package var columns: [String]
  /// How many moved, a row for each of ``rows``, a column for each of ``columns``.
  package var counts: [[Int]]

  /// The name of the row of those who were not known yet.
  package static let arrived = "arrived"
  /// The name of the column of those who are no longer known.
  package static let gone = "gone"

  /// How many a group had at the earlier date.
  package func began(_ name: String) -> Int {
    rows.firstIndex(of: name).map { counts[$0].reduce(0, +) } ?? 0
  }

  /// How many a group has at the later date.
  package func ended(_ name: String) -> Int {
    columns.firstIndex(of: name).map { column in counts.reduce(0) { $0 + $1[column] } } ?? 0
  }

  /// How many of a group were in it at both dates.
  package func stayed(_ name: String) -> Int {
    guard let row = rows.firstIndex(of: name), let column = columns.firstIndex(of: name) else {
      return 0
    }
    return counts[row][column]
  }

  /// How many came into a group.
  package func joined(_ name: String) -> Int { ended(name) - stayed(name) }
  /// How many left a group.
  package func left(_ name: String) -> Int { began(name) - stayed(name) }
}

/// Customers whom one figure counts, by what the figure means.
package enum CustomerGroup: Sendable, Hashable {
  /// What is followed between two dates.
  package enum Kind: Sendable, Hashable { case stages, cohorts }

  /// How they moved, by the names of groups in a ``MigrationReport``.
  package enum Move: Sendable, Hashable {
    /// From one group to another, or staying in one.
    case fromTo(String, String)
    /// In the group at the earlier date.
    case began(String)
    /// In the group at the later date.
    case ended(String)
    /// In the group at the later date, and not at the earlier one.
    case joined(String)
    /// In the group at the earlier date, and not at the later one.
    case left(String)
  }

  /// First bought in the month that begins on a day and, where months are given, bought so many
  /// calendar months later.
  case won(inMonth: Day, activeAfter: Int?)
  /// Moved between two dates.
  case moved(Period, Kind, Move)
}
