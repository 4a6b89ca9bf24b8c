import LoyaltyModel
import TextFormats

/// Whoever gives numbers to texts that records share.
protocol TextSharing {
  /// The number of a text.
  mutating func number(sharing text: String) -> Int
}

extension CustomerRows: TextSharing {}
extension PackedOffers: TextSharing {}

/// Finds the numbers of texts that records share.
struct SharedTexts {
  private var memo = TextMemo(bits: 12)

  /// The number of the text at a cursor, which goes past it and its quote; nil where it is none
  /// without escapes, or empty.
  @inline(__always)
  mutating func number(
    _ cursor: inout LineCursor, _ json: RawSpan, in texts: inout some TextSharing
  ) -> Int? {
    memo.number(&cursor, json) ?? newNumber(&cursor, json, in: &texts)
  }

  private mutating func newNumber(
    _ cursor: inout LineCursor, _ json: RawSpan, in texts: inout some TextSharing
  ) -> Int? {
    guard let range = cursor.text(json), !range.isEmpty else { return nil }
    let number = texts.number(sharing: json.string(range))
    memo.remember(range, number, json)
    return number
  }

  /// Adds the numbers of a list of texts, from after its bracket on; false where it is none, or
  /// empty.
  mutating func list(
    _ cursor: inout LineCursor, _ json: RawSpan, into numbers: inout [Int],
    in texts: inout some TextSharing
  ) -> Bool {
    repeat {
      guard cursor.take(UInt8(ascii: "\""), json),
        let number = number(&cursor, json, in: &texts)
      else { return false }
      numbers.append(number)
    } while cursor.take(UInt8(ascii: ","), json)
    return cursor.take(UInt8(ascii: "]"), json)
  }
}

/// Finds the cases of a closed list.
struct ChoiceMemo<Choice: RawRepresentable<String> & CaseIterable & Sendable>: Sendable {
  private let all = Array(Choice.allCases)
  private var memo = TextMemo(bits: 6)

  /// The case at a cursor, which goes past it and its quote; nil where it is none.
  @inline(__always)
  mutating func choice(_ cursor: inout LineCursor, _ json: RawSpan) -> Choice? {
    if let number = memo.number(&cursor, json) { return all[number] }
    guard let range = cursor.text(json) else { return nil }
    let text = json.string(range)
    guard let number = all.firstIndex(where: { $0.rawValue == text }) else { return nil }
    memo.remember(range, number, json)
    return all[number]
  }
}
