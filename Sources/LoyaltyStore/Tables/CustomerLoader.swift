import LoyaltyModel
import TextFormats

/// Gathers the customers of many files; of one identifier the last line counts.
struct CustomerLoader: Sendable {
  private var rows = CustomerRows()
  private var compact = CompactCustomerReader()
  private var general = CustomerLineReader()
  /// Members that are not known here, with the place of their customer among the rows.
  private var others: [(row: Int, members: [JSONMember])] = []

  /// Nobody yet.
  init() {}

  /// Customers who are known already.
  init(_ people: LoadedPeople) {
    rows = CustomerRows(people.customers)
    for (id, members) in people.others {
      if let row = people.customers.row(of: id) { others.append((row, members)) }
    }
  }

  /// Adds the customers of a file; they replace those of files before.
  mutating func add(_ contents: ShardFile.Contents) throws(StoreError) {
    let bytes = contents.bytes.span.bytes
    let end = contents.records.upperBound
    var (offset, line) = (contents.records.lowerBound, 2)
    while offset < end {
      if let feed = compact.read(bytes, at: offset, into: &rows) {
        (offset, line) = (feed + 1, line + 1)
        continue
      }
      let feed = bytes.extracting(0..<end).lineFeed(from: offset) ?? end
      do throws(LineFlaw) {
        try add(bytes.extracting(offset..<feed))
      } catch {
        throw .damaged(
          Damage(contents.file, line: line, byte: offset + error.byte, error.flaw))
      }
      (offset, line) = (feed + 1, line + 1)
    }
  }

  /// Adds the customer of a line, which may be blank.
  private mutating func add(_ line: RawSpan) throws(LineFlaw) {
    guard let customer = try general.read(line) else { return }
    if !general.isWhollyKnown, let general = try? RecordReader(json: line.array(0..<line.byteCount))
    {
      others.append((rows.count, general.others(than: CustomerRecord.known)))
    }
    rows.append(customer)
  }

  /// The table of all customers.
  func loaded() -> LoadedPeople {
    let (table, order) = rows.table()
    var unknown: [String: [JSONMember]] = [:]
    for (row, members) in others {
      let id = rows.id(row)
      // What a later line has replaced is gone.
      if let place = table.row(of: id), Int(order[place]) == row { unknown[id] = members }
    }
    return LoadedPeople(customers: table, others: unknown)
  }
}

/// The customers' records, read.
struct LoadedPeople: Sendable {
  /// The table.
  var customers: CustomerTable
  /// Members that are not known here.
  var others: [String: [JSONMember]]
}

extension LoadedPeople {
  /// Adds customers of whom there is no record.
  ///
  /// - Parameter all: The identifiers of the table, then of those others.
  /// - Returns: The row of each of them; nil where they are rows already.
  mutating func add(namedBy all: ByteTable) -> [UInt32]? {
    guard all.count > customers.count else { return nil }
    var people = CustomerRows(customers)
    for number in customers.count..<all.count { people.append(Customer(id: all[number])) }
    let (table, order) = people.table()
    customers = table
    var rows = [UInt32](repeating: 0, count: order.count)
    for (row, number) in order.enumerated() { rows[Int(number)] = UInt32(row) }
    return rows
  }
}
