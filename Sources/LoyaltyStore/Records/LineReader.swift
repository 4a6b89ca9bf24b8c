import TextFormats

/// A flaw of a line within a file: which line, which byte, what.
struct LineFlaw: Error, Hashable {
  var line: Int
  var byte: Int
  var flaw: Damage.Flaw

  init(line: Int, byte: Int, _ flaw: Damage.Flaw) {
    (self.line, self.byte, self.flaw) = (line, byte, flaw)
  }

  init(_ error: NDJSONError) {
    self.init(line: error.line, byte: error.offset, .line(error.cause))
  }

  /// The flaw as damage of a file.
  func damage(in file: String) -> Damage { Damage(file, line: line, byte: byte, flaw) }
}

// The values of the line on which a scanner stands, with the store's kind of error.
extension NDJSONScanner {
  /// A text; empty when absent.
  func text(_ index: Int, _ bytes: RawSpan) throws(LineFlaw) -> String {
    guard has(index) else { return "" }
    do throws(NDJSONError) {
      return try string(index, in: bytes)
    } catch { throw LineFlaw(error) }
  }

  /// A whole number.
  func int(_ index: Int, _ bytes: RawSpan) throws(LineFlaw) -> Int {
    do throws(NDJSONError) {
      return Int(try int64(index, in: bytes))
    } catch { throw LineFlaw(error) }
  }

  /// An expected member that makes no sense.
  func flaw(_ index: Int, _ key: StaticString) -> LineFlaw {
    let byte = values[index].isPresent ? values[index].range.lowerBound : line.lowerBound
    return LineFlaw(line: lineNumber, byte: byte, .value(key: key.description))
  }

  /// A flaw that was found in bytes that begin at an offset.
  func flaw(_ flaw: RecordFlaw, from start: Int) -> LineFlaw {
    LineFlaw(line: lineNumber, byte: start + (flaw.offset ?? 0), .value(key: flaw.key))
  }
}

extension RawSpan {
  /// The bytes of a range as an array.
  func array(_ range: Range<Int>) -> [UInt8] {
    var array: [UInt8] = []
    array.reserveCapacity(range.count)
    array.append(self, range)
    return array
  }
}
