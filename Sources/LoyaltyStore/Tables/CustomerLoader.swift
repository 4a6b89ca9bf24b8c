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
    do throws(NDJSONError) {
      while try scanner.next(in: bytes) {
        let number: Int
        if let range = try scanner.plainRange(0) {
          number = ids.number(adding: bytes, range)
        } else {
          let text = Array(try scanner.string(0, in: bytes).utf8)
          number = ids.number(adding: text.span.bytes, 0..<text.count)
        }
        let place = Place(
          file: files.count - 1, line: scanner.lineNumber, range: scanner.line)
        if number == places.count { places.append(place) } else { places[number] = place }
      }
    } catch { throw LineFlaw(error) }
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
    let prepared = NDJSONScanner(keys: CustomerRecord.keys)
    for (row, number) in order.enumerated() {
      rows[number] = UInt32(row)
      if number < places.count {
        table.append(try customer(places[number], prepared, &others))
      } else {
        table.append(Customer(id: all[number]))
      }
    }
    return (table, rows)
  }

  private func customer(
    _ place: Place, _ prepared: NDJSONScanner, _ others: inout [String: [JSONMember]]
  ) throws(StoreError) -> Customer {
    let file = files[place.file]
    let line = file.bytes.span.bytes.extracting(place.range)
    var scanner = prepared
    do throws(LineFlaw) {
      do throws(NDJSONError) {
        _ = try scanner.next(in: line)
      } catch { throw LineFlaw(error) }
      var isWhollyKnown = scanner.others.isEmpty
      let customer = try CustomerRecord.read(scanner, in: line, &isWhollyKnown)
      if !isWhollyKnown, let reader = try? RecordReader(json: line.array(scanner.line)) {
        others[customer.id] = reader.others(than: CustomerRecord.known)
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
