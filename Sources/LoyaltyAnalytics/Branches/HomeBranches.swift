package import LoyaltyModel

/// The home branch of every customer as of a date.
///
/// Where the customer's record names one, it is that. Else it is the branch at which they bought on
/// the most days of the twelve months up to the as-of date, (as-of − 12 months, as-of]; of those with
/// as many days the one where they bought last, then the first by the bytes of its name. Whoever
/// bought nothing in the twelve months goes by all their days. What refunds took back whole does not
/// count, and who never bought at a branch that is known has none.
package struct HomeBranches: Sendable {
  /// The date that they are as of.
  package let asOf: Day
  /// The number of each customer's branch among ``labels``; ``FactColumn/unknownChoice`` without one.
  package private(set) var branch: Column<UInt16>
  /// The names of all branches, of records and purchases alike, ascending by bytes.
  package private(set) var labels: LabelList

  /// The home branches of customers.
  ///
  /// - Parameters:
  ///   - history: The purchases as known on the as-of date.
  ///   - purchases: The table that the history was made of.
  ///   - customers: The customers.
  ///   - pace: May end it.
  /// - Throws: What `pace` does.
  package init<Failure: Error>(
    _ history: PurchaseHistory, purchases: PurchaseTable, customers: CustomerTable,
    pace: Pace<Failure> = Pace<Never>.free
  ) throws(Failure) {
    let names = BranchNames(customers, purchases)
    var tally = BranchTally(history, purchases, names)
    branch = Column(
      try (0..<customers.count).map { row throws(Failure) in
        try pace.look(row: row, of: customers.count)
        let stated = names.stated(customers.branch[row])
        return stated == FactColumn.unknownChoice ? tally.home(row)?.branch ?? stated : stated
      })
    (asOf, labels) = (history.asOf, names.sorted.labels)
  }

  /// Visits the column; the names are those of the tables.
  mutating func visitColumns<Visitor: ColumnVisitor>(
    _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    try visitor.visit(&branch)
  }

  /// Takes in the tables that a column which was kept belongs to.
  ///
  /// - Throws: What the visitor does where they do not fit together.
  mutating func take<Visitor: ColumnVisitor>(
    _ customers: CustomerTable, _ purchases: PurchaseTable, _ visitor: inout Visitor
  ) throws(Visitor.Failure) {
    labels = BranchNames(customers, purchases).sorted.labels
    let (count, branch) = (labels.labels.count, branch)
    try visitor.require(
      branch.withElements { numbers in
        numbers.allSatisfy { $0 == FactColumn.unknownChoice || Int($0) < count }
      })
  }

  /// The name of a customer's home branch; empty without one.
  package func name(_ row: Int) -> String {
    let number = Int(branch[row])
    return labels.labels.indices.contains(number) ? labels.labels[number] : ""
  }

  /// The names of the branches that are anybody's home, ascending by bytes.
  package var names: [String] {
    var isHome = [Bool](repeating: false, count: labels.labels.count)
    branch.withElements { numbers in
      for number in numbers where Int(number) < isHome.count { isHome[Int(number)] = true }
    }
    return labels.labels.indices.filter { isHome[$0] }.map { labels.labels[$0] }
  }
}

/// A customer's home branch with what it rests on.
package struct HomeBranch: Sendable, Hashable {
  /// What tells it.
  package enum Grounds: Sendable, Hashable {
    /// The customer's record names it.
    case stated
    /// Most purchase days are there: so many of so many, in the twelve months or ever.
    case bought(days: Int, of: Int, isRecent: Bool)
  }

  /// Its name.
  package let name: String
  /// What tells it.
  package let grounds: Grounds
}

extension CustomerAnalysis {
  /// The home branch of a customer with what it rests on; nil without one.
  ///
  /// - Parameters:
  ///   - row: The customer.
  ///   - customers: The customers that were analysed.
  ///   - purchases: Their purchases.
  /// - Returns: The branch, counted anew.
  package func homeBranch(
    _ row: Int, customers: CustomerTable, purchases: PurchaseTable
  ) -> HomeBranch? {
    let names = BranchNames(customers, purchases)
    let stated = names.stated(customers.branch[row])
    if stated != FactColumn.unknownChoice {
      return HomeBranch(name: names.sorted.labels.labels[Int(stated)], grounds: .stated)
    }
    var tally = BranchTally(history, purchases, names)
    return tally.home(row).map { home in
      HomeBranch(
        name: names.sorted.labels.labels[Int(home.branch)],
        grounds: .bought(days: home.days, of: home.all, isRecent: home.isRecent))
    }
  }
}

/// The branches of customers' records and of purchases under one numbering.
private struct BranchNames {
  let sorted: SortedLabels
  private let customers: Int

  init(_ customers: CustomerTable, _ purchases: PurchaseTable) {
    self.customers = customers.branches.labels.count
    sorted = SortedLabels(customers.branches.labels + purchases.branches.labels)
  }

  /// The number of a branch that a record names.
  func stated(_ number: UInt16) -> UInt16 {
    Int(number) < customers ? sorted.number(ofOriginal: Int(number)) : FactColumn.unknownChoice
  }

  /// The number of a branch that a purchase names.
  func bought(_ number: UInt16) -> UInt16 {
    number == .max ? FactColumn.unknownChoice : sorted.number(ofOriginal: customers + Int(number))
  }
}

/// Counts one customer's purchase days by branch, one customer after the other.
private struct BranchTally {
  struct Home {
    let branch: UInt16
    let days: Int
    let all: Int
    let isRecent: Bool
  }

  private let lines: HistoryLines
  private let purchases: PurchaseTable
  private let names: [UInt16]
  /// The last day before the trailing twelve months.
  private let before: Int32
  private var days: [Int]
  private var last: [Int32]
  private var touched: [UInt16] = []

  init(_ history: PurchaseHistory, _ purchases: PurchaseTable, _ names: BranchNames) {
    lines = history.lines
    self.purchases = purchases
    self.names = purchases.branches.labels.indices.map { names.bought(UInt16(clamping: $0)) }
    before = history.asOf.adding(months: -12).number
    days = Array(repeating: 0, count: names.sorted.labels.labels.count)
    last = Array(repeating: .min, count: days.count)
  }

  /// The branch with the most purchase days of a customer, in the twelve months, else ever.
  mutating func home(_ row: Int) -> Home? {
    count(row, after: before) ?? count(row, after: .min)
  }

  private mutating func count(_ row: Int, after first: Int32) -> Home? {
    var (all, lastDay) = (0, Int32.min)
    for line in lines.range(ofCustomer: row) where lines.days[line] > first {
      let number = Int(purchases.branch[Int(lines.rows[line])])
      guard number < names.count, names[number] != FactColumn.unknownChoice else { continue }
      let (branch, day) = (names[number], lines.days[line])
      if day != lastDay { all += 1 }
      lastDay = day
      if days[Int(branch)] == 0 { touched.append(branch) }
      guard last[Int(branch)] != day else { continue }
      days[Int(branch)] += 1
      last[Int(branch)] = day
    }
    let best = touched.min { left, right in
      let (one, other) = (Int(left), Int(right))
      return (days[other], last[other], left) < (days[one], last[one], right)
    }
    let home = best.map {
      Home(branch: $0, days: days[Int($0)], all: all, isRecent: first != .min)
    }
    for branch in touched { (days[Int(branch)], last[Int(branch)]) = (0, .min) }
    touched.removeAll(keepingCapacity: true)
    return home
  }
}
