/// How customers moved between groups (stages or cohorts) from one date to another.
///
/// Rows are the groups at the first date, columns those at the second. Who is no longer known at the
/// second date stands in the column *gone*, who was not known at the first in the row *arrived*, so
/// that every row adds up to the opening count of its group and every column to the closing one.
/// For cohorts use one ``CohortCut`` at both dates, lest people move because others did.
package struct MigrationMatrix<Group: Hashable & CaseIterable & Sendable>: Sendable {
  /// The groups, in the order of their declaration.
  package let groups: [Group]
  /// How many moved: a row for each group and one for arrivals, a column for each group and one
  /// for those who have gone.
  package let counts: [[Int]]

  /// Counts the moves of the same customers between two dates.
  ///
  /// - Parameters:
  ///   - opening: The group of each customer at the first date; nil when not yet known then.
  ///   - closing: The group of each customer at the second date, in the same order; nil when gone.
  package init(from opening: [Group?], to closing: [Group?]) {
    let groups = Array(Group.allCases)
    var places: [Group: Int] = [:]
    for (place, group) in groups.enumerated() { places[group] = place }
    var counts = Array(
      repeating: Array(repeating: 0, count: groups.count + 1), count: groups.count + 1)
    for (from, to) in zip(opening, closing) where from != nil || to != nil {
      let row = from.flatMap { places[$0] } ?? groups.count
      let column = to.flatMap { places[$0] } ?? groups.count
      counts[row][column] += 1
    }
    (self.groups, self.counts) = (groups, counts)
  }

  /// How many moved from one group to another; nil is *arrived* as origin, *gone* as destination.
  ///
  /// Write the cohort of prospects as `ValueCohort.none`: a bare `.none` is nil.
  package func count(from: Group?, to: Group?) -> Int {
    counts[place(from)][place(to)]
  }

  /// How many a group had at the first date; nil counts the arrivals.
  package func opening(_ group: Group?) -> Int { counts[place(group)].reduce(0, +) }

  /// How many a group has at the second date; nil counts those who have gone.
  package func closing(_ group: Group?) -> Int { counts.reduce(0) { $0 + $1[place(group)] } }

  /// The rows of the customers in one cell, ascending.
  package static func members(
    from: Group?, to: Group?, opening: [Group?], closing: [Group?]
  ) -> [Int] {
    zip(opening, closing).enumerated().filter { $1.0 == from && $1.1 == to }.map(\.offset)
  }

  private func place(_ group: Group?) -> Int {
    group.flatMap { groups.firstIndex(of: $0) } ?? groups.count
  }
}
