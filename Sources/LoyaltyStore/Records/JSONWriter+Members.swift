import LoyaltyModel
import TextFormats

// Members that are left out where they say nothing, so that lines stay short and diffs small.
extension JSONWriter {
  mutating func member(_ key: StaticString, _ text: String) {
    if text.isEmpty { return }
    self.key(key)
    string(text)
  }

  mutating func member(_ key: StaticString, _ number: Int?) {
    guard let number else { return }
    self.key(key)
    int(number)
  }

  mutating func member(_ key: StaticString, _ number: Double?) {
    guard let number else { return }
    self.key(key)
    double(number)
  }

  mutating func member(_ key: StaticString, _ day: Day?) {
    guard let day else { return }
    self.key(key)
    string(day.description)
  }

  mutating func member(_ key: StaticString, money: Int64?, _ currency: Currency) {
    guard let money else { return }
    self.key(key)
    decimalString(minorUnits: money, digits: currency.digits)
  }

  mutating func member(_ key: StaticString, checksum: UInt32) {
    self.key(key)
    string(CRC32C.hexadecimal(checksum))
  }

  mutating func member(_ key: StaticString, _ texts: [String]) {
    list(key, texts) { $0.string($1) }
  }

  mutating func list<Element>(
    _ key: StaticString, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    if elements.isEmpty { return }
    self.key(key)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  mutating func object(_ key: StaticString, _ write: (inout JSONWriter) -> Void) {
    self.key(key)
    object(write)
  }

  mutating func object(_ write: (inout JSONWriter) -> Void) {
    beginObject()
    write(&self)
    endObject()
  }
}

extension JSONWriter {
  /// Writes a key and whatever value the function writes.
  mutating func value(_ key: StaticString, _ write: (inout JSONWriter) -> Void) {
    self.key(key)
    write(&self)
  }
}
