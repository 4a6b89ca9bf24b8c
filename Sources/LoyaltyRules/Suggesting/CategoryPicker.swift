package import LoyaltyModel

/// Chooses categories for customers from what they and others bought.
struct CategoryPicker {
  private let labels: [String]
  private let offsets: Column<UInt32>
  private let categories: Column<UInt16>
  private let favourites: FactColumn?
  private let people: People
  private let rankings: CategoryRankings

  init(facts: FactTable, rankings: CategoryRankings? = nil) {
    people = People(facts)
    favourites = facts.columns["favourite_category"]
    self.rankings = rankings ?? CategoryRankings(facts)
    if let list = facts.lists["purchases"],
      case .choice(let values, let labels)? = list.columns["category"]
    {
      (self.labels, offsets, categories) = (labels.labels, list.offsets, values)
    } else {
      (labels, offsets, categories) = ([], [], [])
    }
  }

  /// The category for a row, nil where none fits or nothing is known.
  func pick(_ pick: CategoryPick, row: Int) -> String? {
    switch pick {
    case .favourite:
      if case .label(let label)? = favourites?.value(row) { return label }
      return nil
    case .nextBest:
      guard let ranking = rankings[people.cohort(row)] else { return nil }
      let own = categories[Int(offsets[row])..<Int(offsets[row + 1])]
      let next = ranking.first { !own.contains($0) }
      return next.map { labels[Int($0)] }
    }
  }
}

/// What the customers of each cohort buy most: the places of categories among the labels of the
/// purchases' categories, from the most bought to the least; equal ones by name.
package struct CategoryRankings: Sendable {
  private let byRank: [[UInt16]]

  /// Counts the purchases of all rows.
  package init(_ facts: FactTable) {
    guard let list = facts.lists["purchases"],
      case .choice(let values, let labels)? = list.columns["category"]
    else {
      byRank = []
      return
    }
    let people = People(facts)
    var counts = Array(
      repeating: [Int](repeating: 0, count: labels.labels.count), count: ValueCohort.allCases.count)
    for row in 0..<facts.count {
      let rank = people.cohort(row).rank
      for entry in Int(list.offsets[row])..<Int(list.offsets[row + 1])
      where values[entry] != FactColumn.unknownChoice {
        counts[rank][Int(values[entry])] += 1
      }
    }
    byRank = counts.map { counts in
      labels.labels.indices.filter { counts[$0] > 0 }
        .sorted { (counts[$1], labels.labels[$0]) < (counts[$0], labels.labels[$1]) }
        .map { UInt16($0) }
    }
  }

  /// The categories of a cohort; nil where no purchase has any.
  subscript(cohort: ValueCohort) -> [UInt16]? { byRank.isEmpty ? nil : byRank[cohort.rank] }
}
