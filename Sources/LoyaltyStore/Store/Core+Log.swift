import LoyaltyModel
import TextFormats

// The log as it is read, newest first: the events in memory, then those of the journal before them,
// then those of the audit.
extension Core {
  /// Events from the newest to the oldest; see ``LoyaltyStore``.
  func events(
    before: Int?, limit: Int, of kinds: EventKinds, goesOn: (Double) -> Bool,
    matching: (Event) -> Bool
  ) throws(StoreError) -> [Event] {
    var reading = LogReading(limit: limit, kinds: kinds)
    var bound = before ?? .max
    for event in events.reversed() where event.sequence < bound && !reading.isOver {
      reading.take(event, matching)
    }
    bound = min(bound, events.first?.sequence ?? .max)
    let journal = try reading.isOver ? [] : olderJournal()
    for path in try reading.isOver ? [] : auditFiles() + journal { reading.bytes += size(path) }
    // Asked for only then: what is folded meanwhile leaves the journal for the audit.
    for path in journal where !reading.isOver && size(path) > 0 {
      try read(path, before: &bound, &reading, goesOn, matching)
    }
    for path in try reading.isOver ? [] : auditFiles() where !reading.isOver {
      try read(path, before: &bound, &reading, goesOn, matching)
    }
    return reading.found
  }

  /// The files of the journal, newest first, where they hold events that are not in memory.
  private func olderJournal() throws(StoreError) -> [String] {
    guard let oldest = events.first?.sequence, oldest > head.sequence - journalEvents + 1 else {
      return []
    }
    return try generations().reversed().map { StorePath.journal($0) }
  }

  private func auditFiles() throws(StoreError) -> [String] {
    try months().reversed().map { StorePath.audit(month: $0) }
  }

  private func size(_ path: String) -> Int {
    (try? files.disk.status(files.full(path)))??.size ?? 0
  }

  /// Reads a file from its end; `bound` becomes its first event, which another file may have too.
  private func read(
    _ path: String, before bound: inout Int, _ reading: inout LogReading,
    _ goesOn: (Double) -> Bool,
    _ matching: (Event) -> Bool
  ) throws(StoreError) {
    let prepared = NDJSONScanner(keys: EventRecord.keys)
    var reader = try AuditReader(path, before: bound, files: files)
    while !reading.isOver, let block = try reader.next() {
      let span = block.bytes.span.bytes
      for line in block.lines.reversed() where !reading.isOver {
        reading.pass(line.range.count, goesOn)
        guard let sequence = line.sequence, sequence < bound else { continue }
        bound = sequence
        let text = span.extracting(line.range)
        guard reading.kinds == .all || reading.kinds.contains(EventRecord.kinds(text)) else {
          continue
        }
        var scanner = prepared
        do throws(LineFlaw) {
          do throws(NDJSONError) {
            _ = try scanner.next(in: text)
          } catch { throw LineFlaw(error) }
          reading.take(
            try EventRecord.read(scanner, in: text, state.programme.currency), matching)
        } catch {
          throw .damaged(
            Damage(path, byte: block.start + line.range.lowerBound + error.byte, error.flaw))
        }
      }
    }
  }
}

/// What is wanted of the log, and how far its reading is.
private struct LogReading {
  /// After so many lines it is asked whether to go on.
  private static let linesBetweenLooks = 1024

  let limit: Int
  let kinds: EventKinds
  /// The bytes of the files to read.
  var bytes = 0
  private var seen = 0
  private var lines = 0
  private var isStopped = false
  private(set) var found: [Event] = []

  init(limit: Int, kinds: EventKinds) { (self.limit, self.kinds) = (limit, kinds) }

  var isOver: Bool { isStopped || found.count >= limit }

  mutating func take(_ event: Event, _ matching: (Event) -> Bool) {
    if kinds.contains(EventKinds(event.change)), matching(event) { found.append(event) }
  }

  /// Passes a line of so many bytes.
  mutating func pass(_ count: Int, _ goesOn: (Double) -> Bool) {
    (seen, lines) = (seen + count, lines + 1)
    guard lines % Self.linesBetweenLooks == 0 else { return }
    if !goesOn(min(1, Double(seen) / Double(max(1, bytes)))) { isStopped = true }
  }
}

extension EventRecord {
  private static let operationKey = Array(#","op":""#.utf8)

  /// The kinds that the event of a line is of, told without reading it; all where that cannot be
  /// told.
  ///
  /// What people write stands in it with its quotes escaped, so the first such key is the one.
  static func kinds(_ line: RawSpan) -> EventKinds {
    var offset = 0
    while offset + operationKey.count + 8 < line.byteCount {
      if line.byte(at: offset) == 0x2C,
        line.equals(offset..<offset + operationKey.count, operationKey)
      {
        return kinds(line, at: offset + operationKey.count)
      }
      offset += 1
    }
    return .all
  }

  private static func kinds(_ line: RawSpan, at offset: Int) -> EventKinds {
    func begins(_ text: StaticString) -> Bool {
      offset + text.utf8CodeUnitCount <= line.byteCount
        && text.withUTF8Buffer { name in
          name.indices.allSatisfy { line.byte(at: offset + $0) == name[$0] }
        }
    }
    if begins("offer.decide\"") { return .decisions }
    if begins("offer.") { return .offers }
    if begins("settings.") { return .settings }
    if begins("rule.") { return .rules }
    return .others
  }
}
