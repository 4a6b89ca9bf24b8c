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
  func moveToAudit(_ generations: [Int]) throws(StoreError) {
    let earlier = try months().last ?? ""
    var last = try earlier.isEmpty ? 0 : trimAudit(earlier)
    let journal = try generations.map { (number) throws(StoreError) in
      try files.lines(StorePath.journal(number))
    }
    try files.doing { () throws(DiskError) in
      var pen: AuditPen?
      for var blocks in journal {
        while let (bytes, lines) = try blocks.next() {
          let new = lines.filter { $0.sequence.map { $0 > last } ?? false }
          last = new.last?.sequence ?? last
          try append(new, of: bytes, after: earlier, &pen)
        }
      }
      try pen?.add(checkpointLine()[...])
      // Also when nothing is new: a folding that failed or was killed may have written all of it
      // and synced nothing.
      if pen == nil, !earlier.isEmpty { pen = try AuditPen(earlier, files) }
      try pen?.finish()
    }
    try files.sync([StorePath.audit])
  }

  /// Appends lines that stand one after the other in a block to their months.
  private func append(
    _ lines: [Seal.Line], of bytes: [UInt8], after earlier: String, _ pen: inout AuditPen?
  ) throws(DiskError) {
    guard var start = lines.first?.range.lowerBound else { return }
    for line in lines {
      // Months never go back, so that the files in order are the events in order.
      let present = pen?.month ?? earlier
      let month = max(present, Self.month(bytes.span.bytes, line.range) ?? present)
      guard pen?.month != month else { continue }
      try pen?.add(bytes[start..<line.range.lowerBound])
      try pen?.finish()
      pen = try AuditPen(month, files)
      start = line.range.lowerBound
    }
    if let last = lines.last { try pen?.add(bytes[start...last.range.upperBound]) }
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
    var (blocks, last) = (try files.lines(path), 0)
    return try files.doing { () throws(DiskError) in
      while let block = try blocks.next() {
        last = block.lines.last { $0.sequence != nil }?.sequence ?? last
      }
      if blocks.end < blocks.size {
        try files.disk.open(files.full(path), .update).truncate(to: blocks.end)
      }
      return last
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
