import LoyaltyModel
import TextFormats

/// What the store is: the contents of `store.json`.
///
/// Members that this program does not know are kept.
struct StoreFile: Hashable {
  /// The version of the format.
  var schema = JSONStore.knownSchema
  /// Over how many files the next folding spreads customers and offers.
  var shards: Int
  /// The currency of every amount.
  var currency: Currency
  /// The time zone of every day.
  var timeZone: String
  /// The group of people who share the store, where it is shared.
  var group: String?
  /// Members that are not known here, in their order.
  private var others: [JSONMember] = []

  init(shards: Int, currency: Currency, timeZone: String) {
    (self.shards, self.currency, self.timeZone) = (shards, currency, timeZone)
  }

  private static let known: Set<String> = [
    "format", "schema", "shards", "currency", "time_zone", "group",
  ]

  /// Reads the file.
  ///
  /// - Throws: A flaw with key `format` when it is no store's.
  init(_ bytes: [UInt8]) throws(RecordFlaw) {
    let reader = try RecordReader(json: bytes)
    guard try reader.optionalText("format") == "ladder" else { throw reader.flaw("format") }
    schema = try reader.int("schema")
    shards = try reader.int("shards")
    guard (1...99).contains(shards) else { throw reader.flaw("shards") }
    guard let currency = Currency(code: try reader.text("currency")) else {
      throw reader.flaw("currency")
    }
    self.currency = currency
    timeZone = try reader.requiredText("time_zone")
    group = try reader.optionalText("group")
    others = (reader.node.members ?? []).filter { !Self.known.contains($0.key) }
  }

  /// The file as bytes.
  var bytes: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.member("format", "ladder")
    writer.member("schema", schema)
    writer.member("shards", shards)
    writer.member("currency", currency.code)
    writer.member("time_zone", timeZone)
    writer.member("group", group ?? "")
    for member in others {
      writer.key(text: member.key)
      writer.node(member.value)
    }
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}

/// `settings/programme.json`: all settings but currency and time zone, for people to edit.
enum SettingsFile {
  /// The file as bytes.
  ///
  /// - Parameters:
  ///   - programme: The settings.
  ///   - earlier: The file that it replaces; what is not known in it is kept.
  /// - Returns: The bytes.
  static func bytes(_ programme: Programme, replacing earlier: [UInt8]? = nil) -> [UInt8] {
    let others =
      earlier.flatMap { try? RecordReader(json: $0).others(than: ProgrammeRecord.known) } ?? []
    var writer = JSONWriter(pretty: true)
    writer.object(with: others, of: ProgrammeRecord.known) { writer in
      writer.object { ProgrammeRecord.writeSettings(programme, to: &$0) }
    }
    writer.newline()
    return writer.bytes
  }
}

/// `settings/recorded.ndjson`: settings and rules as they were recorded when the journal was folded
/// last, to tell an edit by hand from what the program wrote.
struct RecordedSettings {
  /// The last event that is in it.
  var head: ChainHead
  /// The settings.
  var programme: Programme
  /// The rules' files, by name.
  var rules: [RuleFile]
  /// What is not known in the settings.
  var others: [JSONMember] = []
  /// The people who were erased.
  var erased = ErasedPeople()

  static let kind = "settings"

  init(head: ChainHead, programme: Programme, rules: [RuleFile]) {
    (self.head, self.programme, self.rules) = (head, programme, rules)
  }

  /// Reads the file.
  init(_ contents: ShardFile.Contents) throws(StoreError) {
    guard let head = contents.header.head else {
      throw StoreError.damaged(Damage(contents.file, line: 1, byte: 0, .header))
    }
    var programme: Programme?
    var rules: [RuleFile] = []
    var others: [JSONMember] = []
    var erased = ErasedPeople()
    try contents.forEach { (reader) throws(RecordFlaw) in
      if let settings = try reader.optionalObject("programme") {
        programme = try ProgrammeRecord.read(settings)
        others = settings.others(than: ProgrammeRecord.known)
        if let people = try reader.optionalObject("erased") {
          erased = try ErasedPeople(people)
        }
      } else {
        rules.append(
          RuleFile(file: try reader.requiredText("file"), text: try reader.text("text")))
      }
    }
    guard let programme else {
      throw StoreError.damaged(Damage(contents.file, .value(key: "programme")))
    }
    self.init(head: head, programme: programme, rules: rules)
    (self.others, self.erased) = (others, erased)
  }

  /// The file as bytes.
  var bytes: [UInt8] {
    var header = ShardFile.Header(Self.kind)
    header.head = head
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("programme")
      writer.object(with: others, of: ProgrammeRecord.known) {
        ProgrammeRecord.write(programme, to: &$0)
      }
      guard let function = erased.function else { return }
      writer.object("erased") {
        $0.member("key", function.hexadecimal)
        $0.member("hashes", erased.hashes.sorted().map { SipHash.hexadecimal($0) })
      }
    }
    writer.newline()
    for rule in rules {
      writer.object {
        $0.member("file", rule.file)
        $0.key("text")
        $0.string(rule.text)
      }
      writer.newline()
    }
    return ShardFile.whole(header, rows: rules.count + 1, writer.bytes)
  }
}

extension ShardFile.Contents {
  /// Hands over each record as an object.
  func forEach(
    _ body: (RecordReader) throws(RecordFlaw) -> Void
  ) throws(StoreError) {
    try forEachLine { (line) throws(RecordFlaw) in
      try body(RecordReader(json: line.array(0..<line.byteCount)))
    }
  }

  /// Hands over each record as the bytes of its line.
  func forEachLine(_ body: (RawSpan) throws(RecordFlaw) -> Void) throws(StoreError) {
    let span = bytes.span.bytes
    var (offset, line) = (records.lowerBound, 2)
    while offset < records.upperBound {
      let end = Seal.lineFeed(span, from: offset) ?? records.upperBound
      do throws(RecordFlaw) {
        try body(span.extracting(offset..<end))
      } catch {
        throw StoreError.damaged(
          Damage(file, line: line, byte: offset + (error.offset ?? 0), .value(key: error.key)))
      }
      (offset, line) = (end + 1, line + 1)
    }
  }
}
