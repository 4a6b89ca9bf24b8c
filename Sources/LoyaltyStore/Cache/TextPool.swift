import LoyaltyModel

/// Distinct texts by number, as they are met.
struct TextPool {
  private var numbers: [String: UInt32] = [:]
  private(set) var column = TextColumn()

  /// The number of a text.
  mutating func number(_ text: String) -> UInt32 {
    // By bytes: texts that only look the same are two.
    if let known = numbers[text], column.utf8(Int(known)).elementsEqual(text.utf8) { return known }
    let number = UInt32(column.count)
    numbers[text] = number
    column.append(text)
    return number
  }
}

/// What some customers have, as numbers: texts by their numbers in a pool.
struct DetailsWriter {
  private(set) var words: [UInt32] = []
  private(set) var pool = TextPool()

  /// Adds the details of a row.
  mutating func add(_ row: Int, _ details: CustomerDetails) {
    words.append(UInt32(row))
    text(details.city)
    text(details.country)
    words.append(details.kind == .person ? 0 : 1)
    texts(details.tags)
    optional(details.doNotContactSince.map { Int($0.number) })
    words.append(UInt32(details.interests.count))
    for interest in details.interests {
      text(interest.what)
      day(interest.day)
    }
    words.append(UInt32(details.consumers.count))
    for consumer in details.consumers {
      text(consumer.name)
      optional(consumer.birthYear)
      texts(consumer.needs)
    }
    words.append(UInt32(details.feedback.count))
    for feedback in details.feedback {
      words.append(UInt32(Feedback.Kind.allCases.firstIndex(of: feedback.kind) ?? 0))
      day(feedback.day)
      optional(feedback.score)
      text(feedback.text)
      optional(feedback.settled.map { Int($0.number) })
    }
    optional(details.statedOrders)
  }

  private mutating func text(_ text: String) { words.append(pool.number(text)) }

  private mutating func texts(_ texts: [String]) {
    words.append(UInt32(texts.count))
    for text in texts { self.text(text) }
  }

  private mutating func day(_ day: Day) { words.append(UInt32(bitPattern: day.number)) }

  private mutating func optional(_ number: Int?) {
    words.append(number == nil ? 0 : 1)
    guard let number else { return }
    words.append(UInt32(truncatingIfNeeded: number))
    words.append(UInt32(truncatingIfNeeded: number >> 32))
  }
}

/// Reads what ``DetailsWriter`` wrote; whatever is no such thing ends it with a flaw.
struct DetailsReader {
  /// The numbers are not those of details.
  struct Flaw: Error {}

  private let words: [UInt32]
  private let texts: [String]
  private var place = 0

  init(words: [UInt32], texts: [String]) { (self.words, self.texts) = (words, texts) }

  /// All details by row.
  mutating func all(expected: Int) throws(Flaw) -> [Int: CustomerDetails] {
    var all: [Int: CustomerDetails] = [:]
    all.reserveCapacity(expected)
    while place < words.count {
      let row = Int(try word())
      all[row] = try details()
    }
    return all
  }

  private mutating func details() throws(Flaw) -> CustomerDetails {
    let (city, country) = (try text(), try text())
    let kind: PartyKind = try word() == 0 ? .person : .organisation
    let tags = try list { (self) throws(Flaw) in try self.text() }
    let doNotContact = try optionalDay()
    let interests = try list { (self) throws(Flaw) in
      Interest(what: try self.text(), day: try self.day())
    }
    let consumers = try list { (self) throws(Flaw) in
      Consumer(
        name: try self.text(), birthYear: try self.optional(),
        needs: try self.list { (self) throws(Flaw) in try self.text() })
    }
    let feedback = try list { (self) throws(Flaw) in
      Feedback(
        kind: try self.kind(), day: try self.day(), score: try self.optional(),
        text: try self.text(), settled: try self.optionalDay())
    }
    return CustomerDetails(
      city: city, country: country, kind: kind, tags: tags, doNotContactSince: doNotContact,
      interests: interests, consumers: consumers, feedback: feedback,
      statedOrders: try optional())
  }

  @inline(__always)
  private mutating func word() throws(Flaw) -> UInt32 {
    guard place < words.count else { throw Flaw() }
    defer { place += 1 }
    return words[place]
  }

  private mutating func text() throws(Flaw) -> String {
    let number = Int(try word())
    guard number < texts.count else { throw Flaw() }
    return texts[number]
  }

  private mutating func list<Element>(
    _ read: (inout DetailsReader) throws(Flaw) -> Element
  ) throws(Flaw) -> [Element] {
    let count = Int(try word())
    guard count <= words.count - place else { throw Flaw() }
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try read(&self)) }
    return elements
  }

  private mutating func day() throws(Flaw) -> Day { Day(number: Int32(bitPattern: try word())) }

  private mutating func kind() throws(Flaw) -> Feedback.Kind {
    let number = Int(try word())
    guard number < Feedback.Kind.allCases.count else { throw Flaw() }
    return Feedback.Kind.allCases[number]
  }

  private mutating func optional() throws(Flaw) -> Int? {
    guard try word() != 0 else { return nil }
    let low = Int(try word())
    return low | Int(Int32(bitPattern: try word())) << 32
  }

  private mutating func optionalDay() throws(Flaw) -> Day? {
    try optional().map { Day(number: Int32(truncatingIfNeeded: $0)) }
  }
}
