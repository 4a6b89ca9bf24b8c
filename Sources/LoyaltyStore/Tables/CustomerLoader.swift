import LoyaltyModel
import TextFormats

/// Gathers the lines of customers from many files; of one identifier the last line counts.
struct CustomerLoader {
  /// The identifiers, numbered as they came.
  private(set) var ids: ByteTable
  private var files: [ShardFile.Contents] = []
  private var places: [Place] = []

  /// Where the line of a customer is.
  private struct Place {
    var file: Int
    var line: Int
    var range: Range<Int>
  }

  init(expected: Int) {
    ids = ByteTable(capacity: expected)
    places.reserveCapacity(expected)
  }

  /// Adds the customers of a file; they replace those of files before.
  mutating func add(_ contents: ShardFile.Contents) throws(LineFlaw) {
    files.append(contents)
    var scanner = NDJSONScanner(
      keys: CustomerRecord.keys, start: contents.records.lowerBound, firstLine: 2)
    let bytes = contents.bytes.span.bytes.extracting(0..<contents.records.upperBound)
    var (offset, line) = (contents.records.lowerBound, 2)
    do throws(NDJSONError) {
      while offset < bytes.byteCount {
        // Lines as the store writes them are only looked at as far as needed: they are read whole
        // when their table is made.
        if let (id, end) = Self.canonical(bytes, at: offset) {
          note(ids.number(adding: bytes, id), line, offset..<end)
          (offset, line) = (end + 1, line + 1)
          continue
        }
        scanner.move(to: offset, line: line)
        guard try scanner.next(in: bytes) else { break }
        if let range = try scanner.plainRange(0) {
          note(ids.number(adding: bytes, range), scanner.lineNumber, scanner.line)
        } else {
          let text = Array(try scanner.string(0, in: bytes).utf8)
          note(
            ids.number(adding: text.span.bytes, 0..<text.count), scanner.lineNumber, scanner.line)
        }
        (offset, line) = (scanner.cursor, scanner.lineNumber + 1)
      }
    } catch { throw LineFlaw(error) }
  }

  private mutating func note(_ number: Int, _ line: Int, _ range: Range<Int>) {
    let place = Place(file: files.count - 1, line: line, range: range)
    if number == places.count { places.append(place) } else { places[number] = place }
  }

  private static let start = Array(#"{"id":""#.utf8)

  /// The identifier and the end of a line that begins with an identifier without escapes; nil of
  /// any other.
  private static func canonical(
    _ bytes: RawSpan, at offset: Int
  ) -> (id: Range<Int>, end: Int)? {
    let first = offset + start.count
    guard first < bytes.byteCount, bytes.equals(offset..<first, start) else { return nil }
    var close = first
    while close < bytes.byteCount, bytes.byte(at: close) != 0x22 {
      guard bytes.byte(at: close) >= 0x20, bytes.byte(at: close) != 0x5C else { return nil }
      close += 1
    }
    guard close > first, let end = bytes.lineFeed(from: close) else { return nil }
    return (first..<close, end)
  }

  /// The table of all customers, those too whom only purchases name.
  ///
  /// - Parameters:
  ///   - all: The identifiers that were met, the loader's own first.
  ///   - others: Takes the members that are not known here.
  /// - Returns: The table, and the row of each number.
  /// - Throws: Damage where a line is none of a customer.
  func table(
    naming all: ByteTable, _ others: inout [String: [JSONMember]]
  ) throws(StoreError) -> (customers: CustomerTable, rows: [UInt32]) {
    let order = all.sorted()
    var rows = [UInt32](repeating: 0, count: order.count)
    var table = CustomerTable()
    var reader = CustomerLineReader()
    for (row, number) in order.enumerated() {
      rows[number] = UInt32(row)
      if number < places.count {
        table.append(try customer(places[number], &reader, &others))
      } else {
        table.append(Customer(id: all[number]))
      }
    }
    return (table, rows)
  }

  private func customer(
    _ place: Place, _ reader: inout CustomerLineReader, _ others: inout [String: [JSONMember]]
  ) throws(StoreError) -> Customer {
    let file = files[place.file]
    let line = file.bytes.span.bytes.extracting(place.range)
    do throws(LineFlaw) {
      let customer = try reader.read(line)
      if !reader.isWhollyKnown,
        let general = try? RecordReader(json: line.array(0..<line.byteCount))
      {
        others[customer.id] = general.others(than: CustomerRecord.known)
      }
      return customer
    } catch {
      throw StoreError.damaged(
        Damage(
          file.file, line: place.line, byte: place.range.lowerBound + error.byte, error.flaw))
    }
  }
}

/// The customers' records, read.
struct LoadedPeople: Sendable {
  /// The table.
  var customers: CustomerTable
  /// The row of each number.
  var rows: [UInt32]
  /// Members that are not known here.
  var others: [String: [JSONMember]]
}

extension CustomerLoader {
  /// The table of all customers with what comes beside it.
  func loaded(naming all: ByteTable) -> Result<LoadedPeople, StoreError> {
    var others: [String: [JSONMember]] = [:]
    do throws(StoreError) {
      let (customers, rows) = try table(naming: all, &others)
      return .success(LoadedPeople(customers: customers, rows: rows, others: others))
    } catch { return .failure(error) }
  }
}
