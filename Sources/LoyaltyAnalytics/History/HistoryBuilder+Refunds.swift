import LoyaltyModel

/// Refund money that has found no sale yet: the row that it comes from and the amount, at most zero.
private struct Claim {
  let row: Int
  var amount: Int64
}

/// What is left of each row of one customer once linked refunds are taken off.
private struct OpenAmounts {
  let first: Int
  /// Amounts; refunds have none.
  var amounts: [Int64]
  /// Whether the row is a sale that still stands.
  var stands: [Bool]

  /// The amount left of a row.
  subscript(row: Int) -> Int64 {
    get { amounts[row - first] }
    set { amounts[row - first] = newValue }
  }

  /// Whether a row is a sale that stands.
  func stands(_ row: Int) -> Bool { stands[row - first] }

  /// Lets a row fall.
  mutating func fall(_ row: Int) { stands[row - first] = false }
}

extension HistoryBuilder {
  /// Adds rows some of which are refunds.
  mutating func addNetted(_ rows: Range<Int>) {
    var open = OpenAmounts(
      first: rows.lowerBound, amounts: rows.map { isRefund($0) ? 0 : amount($0) },
      stands: rows.map { !isRefund($0) })
    var linked: Set<Int> = []
    for row in rows where isRefund(row) {
      guard let sale = saleRefunded(by: row, within: rows) else { continue }
      linked.insert(row)
      open[sale] += amount(row)
      if open[sale] <= 0 { open.fall(sale) }
    }
    var start = rows.lowerBound
    while start < rows.upperBound {
      var end = start + 1
      while end < rows.upperBound, table.days[end] == table.days[start] { end += 1 }
      let unlinked = (start..<end).filter { isRefund($0) && !linked.contains($0) }
      addDay(start..<end, unlinked: unlinked, &open)
      start = end
    }
  }

  /// The sale that a refund is linked to, where the link makes sense.
  private func saleRefunded(by refund: Int, within rows: Range<Int>) -> Int? {
    guard let sale = table.refundedRow[refund], rows.contains(sale), !isRefund(sale),
      table.days[sale] <= table.days[refund]
    else { return nil }
    return sale
  }

  /// Adds the rows of one day, netting what is to be netted against the day.
  private mutating func addDay(_ rows: Range<Int>, unlinked: [Int], _ open: inout OpenAmounts) {
    var claims = unlinked.map { Claim(row: $0, amount: amount($0)) }
    for row in rows where open[row] < 0 {
      claims.append(Claim(row: row, amount: open[row]))
      open[row] = 0
    }
    settle(&claims, rows, &open)
    // Refunds of the day as a whole that leave no money leave no purchase, free lines included.
    guard claims.isEmpty || rows.contains(where: { open[$0] > 0 }) else {
      for claim in claims where claim.amount < 0 {
        loose.append(row: claim.row, day: table.days[claim.row], amount: claim.amount)
      }
      return
    }
    var (sum, standing) = (Int64(0), false)
    for row in rows where open.stands(row) {
      lines.append(row: row, day: table.days[row], amount: open[row])
      sum += open[row]
      standing = true
    }
    guard standing else { return }
    days.days.append(table.days[rows.lowerBound])
    days.amounts.append(sum)
  }

  /// Takes claims off the day's sales; what remains of them found none.
  private func settle(_ claims: inout [Claim], _ rows: Range<Int>, _ open: inout OpenAmounts) {
    guard !claims.isEmpty else { return }
    // By amount and name before place: rows in another order must give the same result.
    claims.sort { comesFirst($0.row, $1.row, by: (-$0.amount, -$1.amount)) }
    let before = open
    let sales = rows.filter { before[$0] > 0 }.sorted { left, right in
      comesFirst(left, right, by: (before[left], before[right]))
    }
    for index in claims.indices {
      let product = table.product[claims[index].row]
      for own in [true, false] {
        for sale in sales where (table.product[sale] == product) == own {
          let taken = min(open[sale], -claims[index].amount)
          guard taken > 0 else { continue }
          claims[index].amount += taken
          open[sale] -= taken
          if open[sale] == 0 { open.fall(sale) }
        }
      }
    }
  }

  /// Whether a row comes before another: the greater amount, then the product, then the place.
  private func comesFirst(_ left: Int, _ right: Int, by amounts: (Int64, Int64)) -> Bool {
    if amounts.0 != amounts.1 { return amounts.0 > amounts.1 }
    return (sku(left), left) < (sku(right), right)
  }

  /// The product's identifier of a row; empty when unknown.
  private func sku(_ row: Int) -> String { table.product(row)?.sku ?? "" }
}
