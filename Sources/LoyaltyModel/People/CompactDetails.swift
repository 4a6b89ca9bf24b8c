/// What only some customers have, as ``DetailsColumn`` packs it.
///
/// Texts that come again stand as their numbers, other texts as bytes. One value serves for many
/// rows.
package struct CompactDetails: Sendable {
  /// The day since which the customer must not be contacted.
  package var doNotContactSince: Int32?
  /// The numbers of town and country; nil where they are empty.
  package var city: Int?
  package var country: Int?
  /// Person or organisation.
  package var kind = PartyKind.person
  /// The numbers of the tags.
  package var tags: [Int] = []
  /// Signs of interest.
  package var interests: [(what: Int, day: Int32)] = []
  /// People who use what the customer buys; their names and needs stand in the lists below.
  package private(set) var consumers: [(name: Range<Int>, birthYear: Int?, needs: Range<Int>)] = []
  private var names: [UInt8] = []
  /// The numbers of what consumers need, one consumer after the other.
  package var needs: [Int] = []
  /// Ratings, complaints and wishes.
  package var feedback:
    [(kind: Feedback.Kind, day: Int32, score: Int?, text: Int, settled: Int32?)] = []
  /// The orders that the source says exist.
  package var statedOrders: Int?

  /// No details.
  package init() {}

  /// Makes ready for another row.
  package mutating func clear() {
    (doNotContactSince, city, country, kind, statedOrders) = (nil, nil, nil, .person, nil)
    tags.removeAll(keepingCapacity: true)
    interests.removeAll(keepingCapacity: true)
    consumers.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    needs.removeAll(keepingCapacity: true)
    feedback.removeAll(keepingCapacity: true)
  }

  /// Adds a person who uses what the customer buys, whose name stands in bytes; what that person
  /// needs has been added to ``needs`` before.
  package mutating func addConsumer(
    name utf8: RawSpan, _ range: Range<Int>, birthYear: Int?
  ) {
    let (start, first) = (names.count, consumers.last?.needs.upperBound ?? 0)
    names.append(utf8, range)
    consumers.append((start..<names.count, birthYear, first..<needs.count))
  }

  /// Which kinds of details there are.
  private var parts: CustomerDetails.Parts {
    var parts = CustomerDetails.Parts()
    if doNotContactSince != nil { parts.insert(.doNotContact) }
    if city != nil || country != nil { parts.insert(.place) }
    if kind == .organisation { parts.insert(.organisation) }
    if !tags.isEmpty { parts.insert(.tags) }
    if !interests.isEmpty { parts.insert(.interests) }
    if !consumers.isEmpty { parts.insert(.consumers) }
    if !feedback.isEmpty { parts.insert(.feedback) }
    if statedOrders != nil { parts.insert(.statedOrders) }
    return parts
  }

  /// Writes the details: which kinds there are, then each of them; nothing where there are none.
  func write(to packed: inout PackedBytes) {
    let parts = parts
    guard !parts.isEmpty else { return }
    packed.byte(parts.rawValue)
    if let doNotContactSince { packed.number(Int64(doNotContactSince)) }
    if parts.contains(.place) {
      packed.size(city ?? packed.number(sharing: ""))
      packed.size(country ?? packed.number(sharing: ""))
    }
    packed.list(tags) { $0.size($1) }
    packed.list(interests) { packed, interest in
      packed.size(interest.what)
      packed.number(Int64(interest.day))
    }
    packed.list(consumers) { packed, consumer in
      packed.own(names.span.bytes, consumer.name)
      packed.optional(consumer.birthYear)
      packed.size(consumer.needs.count)
      for need in needs[consumer.needs] { packed.size(need) }
    }
    packed.list(feedback) { packed, feedback in
      packed.choice(feedback.kind, of: Feedback.kinds)
      packed.number(Int64(feedback.day))
      packed.optional(feedback.score)
      packed.size(feedback.text)
      packed.optional(feedback.settled.map { Int($0) })
    }
    if let statedOrders { packed.number(Int64(statedOrders)) }
  }
}

extension CompactDetails {
  /// The details of a record, whose texts get numbers in a column.
  init(_ details: CustomerDetails, _ column: inout DetailsColumn) {
    self.init()
    doNotContactSince = details.doNotContactSince?.number
    city = details.city.isEmpty ? nil : column.number(sharing: details.city)
    country = details.country.isEmpty ? nil : column.number(sharing: details.country)
    kind = details.kind
    tags = details.tags.map { column.number(sharing: $0) }
    interests = details.interests.map { (column.number(sharing: $0.what), $0.day.number) }
    for consumer in details.consumers {
      let name = Array(consumer.name.utf8)
      needs += consumer.needs.map { column.number(sharing: $0) }
      addConsumer(name: name.span.bytes, name.indices, birthYear: consumer.birthYear)
    }
    feedback = details.feedback.map {
      ($0.kind, $0.day.number, $0.score, column.number(sharing: $0.text), $0.settled?.number)
    }
    statedOrders = details.statedOrders
  }
}

extension PackedBytes {
  /// Writes a list that is there; an empty one is not written, as its kind is not among the parts.
  fileprivate mutating func list<Element>(
    _ elements: [Element], _ write: (inout PackedBytes, Element) -> Void
  ) {
    guard !elements.isEmpty else { return }
    size(elements.count)
    for element in elements { write(&self, element) }
  }
}
