import LoyaltyModel
import TextFormats

/// The line of an event in the journal, before and after its seal.
enum EventRecord {
  /// The keys of an event's line that the scanner looks for; what else an operation has is read by
  /// the general reader.
  static let keys: [StaticString] = [
    "seq", "at", "by", "op", "offer", "from", "to", "undoes", "tx", "more", "prev", "crc",
  ]

  private enum Key {
    static let sequence = 0
    static let at = 1
    static let by = 2
    static let operation = 3
    static let offer = 4
    static let from = 5
    static let to = 6
    static let undoes = 7
    static let transaction = 8
  }

  // MARK: Writing

  /// The sealed line of an event, line feed included.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - more: Whether its transaction goes on.
  ///   - previous: The checksum of the line before.
  ///   - currency: The currency of its amounts.
  /// - Returns: The bytes, and their checksum, which the next line names.
  static func line(
    _ event: Event, more: Bool, after previous: UInt32, _ currency: Currency
  ) -> (bytes: [UInt8], checksum: UInt32) {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    writer.member("seq", event.sequence)
    writer.member("at", event.at.description)
    writer.member("by", event.by)
    write(event.change, currency, to: &writer)
    writer.member("undoes", event.undoes)
    writer.member("tx", event.transaction)
    if more { writer.member("more", 1) }
    return Seal.seal(writer.bytes, after: previous)
  }

  private static func write(
    _ change: Change, _ currency: Currency, to writer: inout JSONWriter
  ) {
    writer.member("op", operation(change))
    switch change {
    case .offer(let from, let to):
      writer.member("offer", (to ?? from)?.id)
      if let from { writer.value("from") { OfferRecord.write(from, currency, to: &$0) } }
      if let to { writer.value("to") { OfferRecord.write(to, currency, to: &$0) } }
    case .decision(let decision):
      writer.member("offer", decision.offer)
      write("from", decision.from, currency, to: &writer)
      write("to", decision.to, currency, to: &writer)
    case .settings(let from, let to):
      writer.value("from") { ProgrammeRecord.write(from, to: &$0) }
      writer.value("to") { ProgrammeRecord.write(to, to: &$0) }
    case .rule(let file, let from, let to):
      writer.member("file", file)
      if let from { writer.value("from") { $0.string(from) } }
      if let to { writer.value("to") { $0.string(to) } }
    case .batch(let batch, _):
      writer.value("import") { BatchRecord.write(batch, to: &$0) }
    case .export(let export):
      writer.member("file", export.file)
      writer.member("format", export.format)
      writer.list("offers", export.offers) { $0.int($1) }
      writer.member("crc32c", checksum: export.crc32c)
      writer.member("path", export.path)
    case .erasure(let erasure): ErasureRecord.write(erasure, to: &writer)
    case .backup(let folder): writer.member("folder", folder)
    }
  }

  /// The name of an operation.
  static func operation(_ change: Change) -> String {
    switch change {
    case .offer(nil, _): "offer.suggest"
    case .offer(_, nil): "offer.withdraw"
    case .offer: "offer.change"
    case .decision: "offer.decide"
    case .settings: "settings.change"
    case .rule: "rule.change"
    case .batch(_, let present): present ? "import.commit" : "import.undo"
    case .export: "export.write"
    case .erasure: "customer.erase"
    case .backup: "store.backup"
    }
  }

  /// A standing is its state alone where there is no more to say.
  private static func write(
    _ key: StaticString, _ standing: OfferDecision.Standing, _ currency: Currency,
    to writer: inout JSONWriter
  ) {
    writer.key(key)
    if standing == OfferDecision.Standing(state: standing.state) {
      writer.string(standing.state.rawValue)
      return
    }
    writer.object {
      $0.member("state", standing.state.rawValue)
      $0.member("reason", standing.reason)
      $0.member("snoozed_until", standing.snoozedUntil)
      $0.member("exported", standing.exported)
      $0.member("redeemed", standing.redeemed)
      $0.member("spent", money: standing.spent, currency)
    }
  }

  // MARK: Reading

  /// Reads the event of the line on which a scanner for ``keys`` stands.
  static func read(
    _ scanner: NDJSONScanner, in bytes: RawSpan, _ currency: Currency
  ) throws(LineFlaw) -> Event {
    guard let at = Timestamp(try scanner.text(Key.at, bytes)) else {
      throw scanner.flaw(Key.at, keys[Key.at])
    }
    var event = Event(
      sequence: try scanner.int(Key.sequence, bytes), at: at,
      by: try scanner.text(Key.by, bytes),
      change: try change(scanner, in: bytes, currency))
    if scanner.has(Key.undoes) { event.undoes = try scanner.int(Key.undoes, bytes) }
    if scanner.has(Key.transaction) {
      event.transaction = try scanner.int(Key.transaction, bytes)
    }
    return event
  }

  private static func change(
    _ scanner: NDJSONScanner, in bytes: RawSpan, _ currency: Currency
  ) throws(LineFlaw) -> Change {
    let operation = try scanner.text(Key.operation, bytes)
    if operation == "offer.decide" {
      return .decision(
        OfferDecision(
          offer: try scanner.int(Key.offer, bytes),
          from: try standing(Key.from, scanner, in: bytes, currency),
          to: try standing(Key.to, scanner, in: bytes, currency)))
    }
    do throws(RecordFlaw) {
      let reader = try RecordReader(json: bytes.array(scanner.line))
      if let change = try change(operation, reader, currency) { return change }
    } catch { throw scanner.flaw(error, from: scanner.line.lowerBound) }
    throw LineFlaw(
      line: scanner.lineNumber, byte: scanner.values[Key.operation].range.lowerBound,
      .operation(operation))
  }

  private static func standing(
    _ key: Int, _ scanner: NDJSONScanner, in bytes: RawSpan, _ currency: Currency
  ) throws(LineFlaw) -> OfferDecision.Standing {
    let value = scanner.values[key]
    if value.isString {
      guard let state = OfferState(rawValue: try scanner.text(key, bytes)) else {
        throw scanner.flaw(key, keys[key])
      }
      return OfferDecision.Standing(state: state)
    }
    guard value.kind == .object else { throw scanner.flaw(key, keys[key]) }
    do throws(RecordFlaw) {
      let reader = try RecordReader(json: bytes.array(value.range))
      return OfferDecision.Standing(
        state: try reader.choice("state"), reason: try reader.text("reason"),
        snoozedUntil: try reader.optionalDay("snoozed_until"),
        exported: try reader.optionalDay("exported"),
        redeemed: try reader.optionalDay("redeemed"),
        spent: try reader.optionalMoney("spent", currency))
    } catch { throw scanner.flaw(error, from: value.range.lowerBound) }
  }

  /// The change of an operation, or nil when the operation is not known.
  private static func change(
    _ operation: String, _ reader: RecordReader, _ currency: Currency
  ) throws(RecordFlaw) -> Change? {
    func offer(_ key: String) throws(RecordFlaw) -> Offer {
      try OfferRecord.read(try reader.object(key), currency)
    }
    switch operation {
    case "offer.suggest": return .offer(from: nil, to: try offer("to"))
    case "offer.change": return .offer(from: try offer("from"), to: try offer("to"))
    case "offer.withdraw": return .offer(from: try offer("from"), to: nil)
    case "settings.change":
      return .settings(
        from: try ProgrammeRecord.read(try reader.object("from")),
        to: try ProgrammeRecord.read(try reader.object("to")))
    case "rule.change":
      return .rule(
        file: try reader.requiredText("file"), from: try reader.optionalText("from"),
        to: try reader.optionalText("to"))
    case "import.commit", "import.undo":
      return .batch(
        try BatchRecord.read(try reader.object("import")), present: operation == "import.commit")
    case "export.write":
      return .export(
        ExportRecord(
          file: try reader.text("file"), format: try reader.text("format"),
          offers: try reader.ints("offers"), crc32c: try reader.checksum("crc32c"),
          path: try reader.text("path")))
    case "customer.erase": return .erasure(try ErasureRecord.read(reader))
    case "store.backup": return .backup(folder: try reader.text("folder"))
    default: return nil
    }
  }
}

extension Change {
  /// The name of what was done, as the journal writes it, such as `offer.decide`.
  package var operation: String { EventRecord.operation(self) }

  /// The names of all operations.
  package static var operations: [String] {
    [
      "offer.suggest", "offer.change", "offer.withdraw", "offer.decide", "settings.change",
      "rule.change", "import.commit", "import.undo", "export.write", "customer.erase",
      "store.backup",
    ]
  }
}
