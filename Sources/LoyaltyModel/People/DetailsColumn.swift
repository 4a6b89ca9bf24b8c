/// What only some customers have, a row each, packed: a town and a handful of records take some
/// thirty bytes, and are made to ``CustomerDetails`` when somebody asks.
package struct DetailsColumn: Sendable {
  /// The rows' records, one after the other.
  package private(set) var packed = PackedBytes()
  /// Where each row begins; one more than there are rows.
  ///
  /// A row of no bytes has no details.
  package private(set) var offsets: Column<UInt64> = [0]

  /// An empty column.
  package init() {}

  /// A column from its parts; nil where they do not fit together.
  package init?(_ packed: PackedBytes, offsets: Column<UInt64>) {
    guard offsets.first == 0, offsets.last == UInt64(packed.count),
      offsets.withElements({ zip($0, $0.dropFirst()).allSatisfy { $0 <= $1 } })
    else { return nil }
    (self.packed, self.offsets) = (packed, offsets)
  }

  /// The number of rows.
  package var count: Int { offsets.count - 1 }

  /// The details of a row, or nil where there are none.
  package subscript(row: Int) -> CustomerDetails? {
    guard var reader = reader(row) else { return nil }
    return CustomerDetails(&reader)
  }

  /// Whether a row has anything of some kinds: a look at one byte.
  package func has(_ parts: CustomerDetails.Parts, _ row: Int) -> Bool {
    guard row < count, offsets[row + 1] > offsets[row] else { return false }
    let place = offsets[row]
    return !CustomerDetails.Parts(rawValue: packed.byte(at: Int(place))).isDisjoint(with: parts)
  }

  /// Since when a customer must not be contacted.
  package func doNotContactSince(_ row: Int) -> Day? {
    guard has(.doNotContact, row), var reader = reader(row) else { return nil }
    _ = reader.byte()
    return reader.day()
  }

  /// The town and the country of a customer's address; nil where neither is known.
  package func place(_ row: Int) -> (city: String, country: String)? {
    guard has(.place, row), var reader = reader(row) else { return nil }
    let parts = CustomerDetails.Parts(rawValue: reader.byte())
    if parts.contains(.doNotContact) { _ = reader.day() }
    return (reader.shared(), reader.shared())
  }

  private func reader(_ row: Int) -> PackedReader? {
    guard row < count, offsets[row + 1] > offsets[row] else { return nil }
    return PackedReader(packed, at: Int(offsets[row]))
  }

  /// The number that stands for a text in ``CompactDetails``.
  package mutating func number(sharing text: String) -> Int { packed.number(sharing: text) }

  /// Adds a row.
  mutating func append(_ details: CustomerDetails?) {
    if let details { return append(CompactDetails(details, &self)) }
    offsets.append(UInt64(packed.count))
  }

  /// Adds a row.
  mutating func append(_ details: CompactDetails) {
    details.write(to: &packed)
    offsets.append(UInt64(packed.count))
  }

  /// Some rows in an order.
  func gathered(_ rows: [UInt32]) -> DetailsColumn {
    var column = DetailsColumn()
    let gathered = packed.gathered(rows, offsets.array)
    (column.packed, column.offsets) = (gathered.0, Column(gathered.offsets))
    return column
  }
}

extension CustomerDetails {
  /// Which kinds of details there are.
  package struct Parts: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A day since which there must be no contact.
    package static let doNotContact = Parts(rawValue: 1)
    /// A town or a country.
    package static let place = Parts(rawValue: 2)
    /// Another kind than a person.
    package static let organisation = Parts(rawValue: 4)
    /// Tags.
    package static let tags = Parts(rawValue: 8)
    /// Signs of interest.
    package static let interests = Parts(rawValue: 16)
    /// People who use what the customer buys.
    package static let consumers = Parts(rawValue: 32)
    /// Ratings, complaints and wishes.
    package static let feedback = Parts(rawValue: 64)
    /// A number of orders that the source states.
    package static let statedOrders = Parts(rawValue: 128)
  }

  /// Reads what ``CompactDetails/write(to:)`` wrote.
  fileprivate init(_ reader: inout PackedReader) {
    let parts = Parts(rawValue: reader.byte())
    doNotContactSince = parts.contains(.doNotContact) ? reader.day() : nil
    (city, country) = parts.contains(.place) ? (reader.shared(), reader.shared()) : ("", "")
    kind = parts.contains(.organisation) ? .organisation : .person
    tags = parts.contains(.tags) ? reader.list { $0.shared() } : []
    interests =
      parts.contains(.interests)
      ? reader.list { Interest(what: $0.shared(), day: $0.day()) } : []
    consumers =
      parts.contains(.consumers)
      ? reader.list {
        Consumer(name: $0.own(), birthYear: $0.optional(), needs: $0.list { $0.shared() })
      } : []
    feedback = parts.contains(.feedback) ? reader.list { $0.feedback() } : []
    statedOrders = parts.contains(.statedOrders) ? Int(reader.number()) : nil
  }
}

extension PackedReader {
  fileprivate mutating func feedback() -> Feedback {
    Feedback(
      kind: choice(of: Feedback.kinds), day: day(), score: optional(), text: shared(),
      settled: optional().map { Day(number: Int32(truncatingIfNeeded: $0)) })
  }
}

extension Feedback {
  /// All kinds, made once.
  static let kinds = Kind.allCases
}
