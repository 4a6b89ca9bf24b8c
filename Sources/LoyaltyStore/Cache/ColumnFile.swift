import LoyaltyModel
import TextFormats

/// A file of columns: plain numbers in the order of this machine, each column with its checksum.
///
/// It begins with a table of contents of a fixed length: the mark, the key, how many columns there
/// are, the length in bytes and the checksum of each, and the checksum of all that. The columns
/// follow, each from a place on that numbers of any kind may stand at, so that the file can be looked
/// at where it lies instead of being read.
enum ColumnFile {
  /// Tells the file and its layout.
  private static let mark: UInt64 = 0x0001_4D55_4C4F_434C
  /// The places at which columns begin are multiples of this.
  private static let alignment = 8
  /// So many bytes are written at once.
  private static let piece = 1 << 20
  /// How many columns there can be.
  private static let mostColumns = 64

  /// The length of the table of contents in numbers, its checksum included.
  private static func headLength(_ key: [UInt64]) -> Int { 3 + key.count + mostColumns * 2 }

  /// Where a column begins that comes after so many bytes.
  private static func aligned(_ offset: Int) -> Int {
    (offset + alignment - 1) / alignment * alignment
  }

  /// Writes columns to a file, one at a time, so that no more than one is in memory twice.
  struct Writer {
    private let file: any OpenFile
    private let path: String
    private let key: [UInt64]
    private var columns: [(length: Int, checksum: UInt32)] = []
    private var offset: Int

    /// A file of a key.
    init(_ file: any OpenFile, path: String, key: [UInt64]) {
      (self.file, self.path, self.key) = (file, path, key)
      offset = ColumnFile.headLength(key) * 8
    }

    /// Adds a column of bytes.
    mutating func add(_ bytes: [UInt8]) throws(DiskError) { try add(Column(bytes)) }

    /// Adds a column of numbers.
    mutating func add<Number: FixedWidthInteger & PlainNumber>(
      _ numbers: [Number]
    ) throws(DiskError) {
      try add(Column(numbers))
    }

    /// Adds a column of numbers.
    mutating func add<Number: PlainNumber>(_ numbers: Column<Number>) throws(DiskError) {
      precondition(columns.count < ColumnFile.mostColumns, "the table of contents is full")
      let length = numbers.count * MemoryLayout<Number>.stride
      var (checksum, written) = (CRC32C(), 0)
      // A piece at a time, so that no column is in memory twice.
      while written < length {
        let piece = numbers.withElements { elements in
          let bytes = UnsafeRawBufferPointer(elements)
          return [UInt8](bytes[written..<min(written + ColumnFile.piece, length)])
        }
        try file.writeAll(piece[...], at: offset + written, path: path)
        checksum.update(piece.span.bytes)
        written += piece.count
      }
      columns.append((length, checksum.checksum))
      let next = ColumnFile.aligned(offset + length)
      let gap = [UInt8](repeating: 0, count: next - offset - length)
      try file.writeAll(gap[...], at: offset + length, path: path)
      offset = next
    }

    /// Adds a column of texts: two columns of the file.
    mutating func add(_ texts: TextColumn) throws(DiskError) {
      try add(texts.bytes)
      try add(texts.offsets)
    }

    /// Adds a column of texts that are few.
    mutating func add(_ labels: [String]) throws(DiskError) {
      var column = TextColumn()
      for label in labels { column.append(label) }
      try add(column)
    }

    /// Adds records and their texts: three columns of the file.
    mutating func add(_ packed: PackedBytes) throws(DiskError) {
      try add(packed.bytes)
      try add(packed.texts)
    }

    /// Writes the table of contents; before that the file is none.
    func finish() throws(DiskError) {
      var head = [ColumnFile.mark] + key + [UInt64(columns.count)]
      for column in columns { head += [UInt64(column.length), UInt64(column.checksum)] }
      head += Array(repeating: 0, count: ColumnFile.headLength(key) - 1 - head.count)
      let bytes = head.withUnsafeBytes { Array($0) }
      head.append(UInt64(CRC32C.checksum(of: bytes)))
      let whole = head.withUnsafeBytes { Array($0) }
      try file.writeAll(whole[...], at: 0, path: path)
    }
  }

  /// Hands out the columns of a file, each when it is asked for.
  struct Reader: Sendable {
    private let file: any OpenFile
    private let map: FileMap?
    private let columns: [(length: Int, checksum: UInt32)]
    private var offset: Int
    private var next = 0

    /// The file of a key; nil when it is not that, or its beginning is damaged.
    init?(_ file: any OpenFile, key: [UInt64]) {
      self.file = file
      let length = ColumnFile.headLength(key)
      guard let size = try? file.status().size,
        let bytes = try? file.read(length * 8, at: 0), let head = Self.words(bytes, length),
        head[length - 1] == UInt64(CRC32C.checksum(of: Array(bytes.dropLast(8)))),
        head[0] == ColumnFile.mark, Array(head[1..<1 + key.count]) == key,
        let count = Int(exactly: head[1 + key.count]), count <= ColumnFile.mostColumns
      else { return nil }
      offset = length * 8
      var (columns, end) = ([(length: Int, checksum: UInt32)](), offset)
      for index in 0..<count {
        let place = 2 + key.count + index * 2
        guard let length = Int(exactly: head[place]), length <= size,
          let checksum = UInt32(exactly: head[place + 1])
        else { return nil }
        columns.append((length, checksum))
        let next = ColumnFile.aligned(end + length)
        // No byte of the file may be another, those between columns neither.
        guard let gap = try? file.read(next - end - length, at: end + length),
          gap.count == next - end - length, gap.allSatisfy({ $0 == 0 })
        else { return nil }
        end = next
      }
      guard end == size else { return nil }
      self.columns = columns
      map = file.map().flatMap { $0.bytes.count == size ? $0 : nil }
    }

    private static func words(_ bytes: [UInt8]?, _ count: Int) -> [UInt64]? {
      guard let bytes, bytes.count == count * 8 else { return nil }
      return numbers(bytes)
    }

    private static func numbers<Number: PlainNumber>(_ bytes: [UInt8]) -> [Number] {
      let count = bytes.count / MemoryLayout<Number>.size
      return [Number](unsafeUninitializedCapacity: count) { buffer, filled in
        UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
        filled = count
      }
    }

    /// Lets the pages go that were looked at; they come back when somebody asks for them.
    func rest() { map?.rest() }

    /// The same without the next columns; nil when there are not so many.
    func skipping(_ count: Int) -> Reader? {
      guard next + count <= columns.count else { return nil }
      var later = self
      for column in columns[next..<next + count] {
        later.offset = ColumnFile.aligned(later.offset + column.length)
      }
      later.next += count
      return later
    }

    /// The bytes of the next column; nil when they are damaged.
    mutating func bytes() -> [UInt8]? {
      guard next < columns.count else { return nil }
      let (length, checksum) = columns[next]
      guard let bytes = try? file.read(length, at: offset), bytes.count == length,
        CRC32C.checksum(of: bytes) == checksum
      else { return nil }
      offset = ColumnFile.aligned(offset + length)
      next += 1
      return bytes
    }

    /// The next column where it lies in the file, read where it cannot be looked at there; nil when
    /// it is damaged.
    mutating func column<Number: PlainNumber>(
      _: Number.Type = Number.self
    ) -> Column<Number>? {
      guard let map else { return numbers(Number.self).map { Column($0) } }
      guard next < columns.count else { return nil }
      let (length, checksum) = columns[next]
      let part = UnsafeRawBufferPointer(rebasing: map.bytes[offset..<offset + length])
      guard length % MemoryLayout<Number>.size == 0,
        CRC32C.checksum(of: part.bytes) == checksum
      else { return nil }
      offset = ColumnFile.aligned(offset + length)
      next += 1
      guard let start = part.baseAddress else { return Column() }
      return Column(
        mapped: start.assumingMemoryBound(to: Number.self),
        count: length / MemoryLayout<Number>.size, owner: map)
    }

    /// The next column; nil when it is damaged.
    mutating func numbers<Number: PlainNumber>(
      _: Number.Type = Number.self
    ) -> [Number]? {
      guard let bytes = bytes(), bytes.count % MemoryLayout<Number>.size == 0 else { return nil }
      return Self.numbers(bytes)
    }

    /// The next column of texts; nil when it is damaged.
    mutating func texts() -> TextColumn? {
      guard let bytes = column(UInt8.self), let offsets = column(UInt32.self) else { return nil }
      return TextColumn(bytes: bytes, offsets: offsets)
    }

    /// The next column of texts that are few; nil when it is damaged.
    mutating func labels() -> [String]? {
      texts().map { column in (0..<column.count).map { column[$0] } }
    }

    /// The next records and their texts; nil when they are damaged.
    mutating func packed() -> PackedBytes? {
      guard let bytes = column(UInt8.self), let labels = labels() else { return nil }
      return PackedBytes(bytes: bytes, texts: labels)
    }
  }
}
