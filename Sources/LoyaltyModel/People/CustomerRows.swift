/// Customers in the order in which they were read, as columns, to become a table.
package struct CustomerRows: Sendable {
  /// The columns; their rows are in any order.
  private var rows = CustomerTable()

  /// No customers.
  package init() {}

  /// The customers of a table, to be added to.
  package init(_ table: CustomerTable) { rows = table }

  /// How many there are.
  package var count: Int { rows.count }

  /// The identifier of one.
  package func id(_ row: Int) -> String { rows.ids[row] }

  /// The number that stands for a text in the compact form.
  package mutating func number(sharing text: String) -> Int {
    rows.details.number(sharing: text)
  }

  /// The number of a branch, added where it is new.
  package mutating func branch(adding name: String) -> UInt16 {
    UInt16(clamping: rows.branches.number(adding: name))
  }

  /// The number of a place where consents were recorded, added where it is new.
  package mutating func consentSource(adding name: String) -> UInt16 {
    UInt16(clamping: rows.consentSources.number(adding: name))
  }

  /// Adds a customer.
  package mutating func append(_ customer: Customer) { rows.add(customer) }

  /// Adds a customer whose texts stand in bytes.
  package mutating func append(_ customer: CompactCustomer, in bytes: RawSpan) {
    rows.ids.append(bytes, customer.id)
    rows.names.append(bytes, customer.name)
    rows.emails.append(bytes, customer.email)
    rows.phones.append(bytes, customer.phone)
    rows.branch.append(customer.branch)
    rows.consents += customer.consents
    rows.consentOffsets.append(UInt32(rows.consents.count))
    rows.details.append(customer.details)
  }

  /// The table of them, and which of the customers here each of its rows is: of one identifier the
  /// last.
  package func table() -> (table: CustomerTable, rows: [UInt32]) {
    let order = lastRows()
    var table = CustomerTable()
    table.ids = rows.ids.gathered(order)
    table.names = rows.names.gathered(order)
    table.emails = rows.emails.gathered(order)
    table.phones = rows.phones.gathered(order)
    table.details = rows.details.gathered(order)
    table.branch = Self.renumbered(
      order.map { rows.branch[Int($0)] }, rows.branches, &table.branches)
    var sources: [UInt16] = []
    for row in order {
      for consent in rows.consents(Int(row)) {
        table.consents.append(consent)
        sources.append(consent.source)
      }
      table.consentOffsets.append(UInt32(table.consents.count))
    }
    sources = Self.renumbered(sources, rows.consentSources, &table.consentSources)
    for (index, source) in sources.enumerated() { table.consents[index].source = source }
    return (table, order)
  }

  /// The rows in the order of their identifiers; of equal ones the last.
  private func lastRows() -> [UInt32] {
    var order: [UInt32] = []
    order.reserveCapacity(count)
    for row in rows.ids.sortedRows() {
      if let last = order.last, rows.ids.isSame(Int(last), Int(row)) { order.removeLast() }
      order.append(row)
    }
    return order
  }

  /// Numbers of labels as they are when the labels are numbered in the order of these.
  private static func renumbered(
    _ numbers: [UInt16], _ labels: LabelList, _ list: inout LabelList
  ) -> [UInt16] {
    var known = [UInt16?](repeating: nil, count: labels.labels.count)
    return numbers.map { number in
      guard Int(number) < known.count else { return number }
      if let renumbered = known[Int(number)] { return renumbered }
      let renumbered = UInt16(clamping: list.number(adding: labels.labels[Int(number)]))
      known[Int(number)] = renumbered
      return renumbered
    }
  }
}

/// A customer as bytes and numbers; one value serves for many.
package struct CompactCustomer: Sendable {
  /// Where the texts stand; empty where there are none.
  package var id = 0..<0
  package var name = 0..<0
  package var email = 0..<0
  package var phone = 0..<0
  /// The number of the branch; `UInt16.max` when unknown.
  package var branch = UInt16.max
  /// Permissions to be contacted.
  package var consents: [CompactConsent] = []
  /// What only some customers have.
  package var details = CompactDetails()

  /// Nobody.
  package init() {}

  /// Makes ready for another customer.
  package mutating func clear() {
    (id, name, email, phone, branch) = (0..<0, 0..<0, 0..<0, 0..<0, .max)
    consents.removeAll(keepingCapacity: true)
    details.clear()
  }
}
