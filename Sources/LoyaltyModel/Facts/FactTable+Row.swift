extension FactTable {
  /// The facts of one row alone, as a table of one row.
  package func only(_ row: Int) -> FactTable {
    var table = FactTable(asOf: asOf, count: 1)
    table.columns = columns.mapped { $0.only(row..<row + 1) }
    table.lists = lists.mapped { $0.only(row) }
    return table
  }
}

extension FactColumn {
  /// The values of some rows that follow one another.
  fileprivate func only(_ rows: Range<Int>) -> FactColumn {
    switch self {
    case .int32(let values): return .int32(Array(values[rows]))
    case .int64(let values): return .int64(Array(values[rows]))
    case .double(let values): return .double(Array(values[rows]))
    case .yesNo(let values): return .yesNo(Array(values[rows]))
    case .choice(let values, let labels): return .choice(Array(values[rows]), labels: labels)
    case .set(let offsets, let members, let labels):
      let first = offsets[rows.lowerBound]
      return .set(
        offsets: offsets[rows.lowerBound...rows.upperBound].map { $0 - first },
        members: Array(members[Int(first)..<Int(offsets[rows.upperBound])]), labels: labels)
    case .text(let texts):
      var some = TextColumn()
      for row in rows { some.append(texts.utf8(row)) }
      return .text(some)
    }
  }
}

extension RecordList {
  /// The entries of one customer.
  fileprivate func only(_ row: Int) -> RecordList {
    let entries = Int(offsets[row])..<Int(offsets[row + 1])
    return RecordList(
      offsets: [0, UInt32(entries.count)], columns: columns.mapped { $0.only(entries) },
      ids: PurchaseIDs(ids.isEmpty ? [] : Array(ids[entries])))
  }
}
