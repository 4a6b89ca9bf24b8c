import LoyaltyModel
import TextFormats

// The audit: events that are folded, by month, verbatim. Each folding ends with a sealed line
// `{"checkpoint":120,…}` that vouches for the end of the chain.
extension Core {
  private static let checkpoint = Array(#"{"checkpoint":"#.utf8)

  /// The months of the audit, oldest first.
  func months() throws(StoreError) -> [String] {
    try files.list(StorePath.audit).compactMap { name in
      let month = String(name.dropLast(".ndjson".utf8.count))
      return name == month + ".ndjson" && Day(month + "-01") != nil ? month : nil
    }
  }

  /// Copies the events of the journal to the audit, as far as it lacks them, and syncs it.
  func moveToAudit(_ generations: [(number: Int, bytes: [UInt8])]) throws(StoreError) {
    var month = try months().last ?? ""
    var last = try month.isEmpty ? 0 : trimAudit(month)
    // The new lines of a generation that are of one month stand together in it.
    var pieces: [(month: String, generation: Int, range: Range<Int>)] = []
    for (generation, (_, bytes)) in generations.enumerated() {
      let span = bytes.span.bytes
      for line in JournalScan(span, after: nil).lines {
        guard let sequence = line.sequence, sequence > last else { continue }
        last = sequence
        // Months never go back, so that the files in order are the events in order.
        month = max(month, Self.month(span, line.range) ?? month)
        var start = line.range.lowerBound
        if let open = pieces.last, (open.month, open.generation) == (month, generation) {
          start = open.range.lowerBound
          pieces.removeLast()
        }
        pieces.append((month, generation, start..<line.range.upperBound + 1))
      }
    }
    for (number, piece) in pieces.enumerated() {
      var lines = [generations[piece.generation].bytes[piece.range]]
      if number == pieces.count - 1 { lines.append(checkpointLine()[...]) }
      try appendToAudit(piece.month, lines)
    }
    // Also when nothing is new: a folding that failed or was killed may have written all of it
    // and synced nothing.
    if pieces.isEmpty, !month.isEmpty { try appendToAudit(month, []) }
    try files.sync([StorePath.audit])
  }

  private func checkpointLine() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("checkpoint", head.sequence)
    return Seal.seal(writer.bytes, after: head.checksum).bytes
  }

  /// The month of an event: the first seven bytes of its time.
  private static func month(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
    let mark = Array(#","at":""#.utf8)
    var offset = range.lowerBound
    while offset + mark.count + 7 <= range.upperBound, bytes.byte(at: offset) != 0x2C {
      offset += 1
    }
    guard offset + mark.count + 7 <= range.upperBound,
      bytes.equals(offset..<offset + mark.count, mark)
    else { return nil }
    let month = bytes.string(offset + mark.count..<offset + mark.count + 7)
    return Day(month + "-01") == nil ? nil : month
  }

  /// Cuts off what a folding that was killed left unfinished at the end of a month.
  ///
  /// - Returns: The last event in it.
  private func trimAudit(_ month: String) throws(StoreError) -> Int {
    let path = StorePath.audit(month: month)
    let bytes = try files.read(path)
    let span = bytes.span.bytes
    var (offset, last) = (0, 0)
    while let feed = Seal.lineFeed(span, from: offset),
      let line = Seal.line(span, offset..<feed)
    {
      last = line.sequence ?? last
      offset = feed + 1
    }
    if offset < bytes.count {
      try files.doing { () throws(DiskError) in
        let file = try files.disk.open(files.full(path), .update)
        try file.truncate(to: offset)
      }
    }
    return last
  }

  /// Appends lines to a month and syncs it.
  ///
  /// After a failure the file is as long as before, so that the next folding writes the lines
  /// again: after a failed sync they may look stored and not be.
  private func appendToAudit(
    _ month: String, _ lines: [ArraySlice<UInt8>]
  ) throws(StoreError) {
    let path = files.full(StorePath.audit(month: month))
    try files.doing { () throws(DiskError) in
      let exists = try files.disk.status(path) != nil
      let file = try files.disk.open(path, exists ? .update : .create(files.privacy))
      let size = try file.status().size
      var end = size
      do throws(DiskError) {
        for lines in lines {
          try file.writeAll(lines, at: end, path: path)
          end += lines.count
        }
        try file.syncData()
      } catch {
        try? file.truncate(to: size)
        throw error
      }
    }
  }

  // MARK: Reading

  /// The intact lines of a month.
  static func auditLines(_ bytes: RawSpan) -> [Seal.Line] {
    var lines: [Seal.Line] = []
    var offset = 0
    while let feed = Seal.lineFeed(bytes, from: offset) {
      if let line = Seal.line(bytes, offset..<feed) { lines.append(line) }
      offset = feed + 1
    }
    return lines
  }
}
