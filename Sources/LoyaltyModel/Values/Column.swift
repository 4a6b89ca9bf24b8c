/// A column of numbers: an array, or memory that somebody else holds, such as a file that is mapped.
///
/// It reads like an array either way; what is mapped is copied when it is first changed, so that the
/// file stays as it is.
///
/// Public, unlike all else: the compiler (6.3) takes into other modules only what is public, even
/// where it is marked inlinable, and a call for each of ten million elements doubles the time of all
/// figures.
public struct Column<Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline enum Storage: Sendable {
    case own([Element])
    case mapped(MappedElements<Element>)
  }

  @usableFromInline var storage: Storage

  /// A column of its own.
  @inlinable public init(_ elements: [Element] = []) { storage = .own(elements) }

  /// A column of memory that is not copied.
  ///
  /// - Parameters:
  ///   - start: Where the elements are, aligned as they need it, for as long as the owner lives.
  ///   - count: How many there are.
  ///   - owner: Keeps the memory.
  public init(mapped start: UnsafePointer<Element>, count: Int, owner: any AnyObject & Sendable) {
    storage = .mapped(MappedElements(start: start, count: count, owner: owner))
  }

  /// The elements as an array; of what is mapped, a copy.
  @inlinable public var array: [Element] {
    switch storage {
    case .own(let elements): elements
    case .mapped(let elements): Array(elements.buffer)
    }
  }

  /// Adds an element.
  @inlinable
  public mutating func append(_ element: Element) { change { $0.append(element) } }

  /// Adds elements.
  @inlinable
  public mutating func append(contentsOf elements: some Sequence<Element>) {
    change { $0.append(contentsOf: elements) }
  }

  /// Makes room for so many elements together.
  public mutating func reserveCapacity(_ count: Int) { change { $0.reserveCapacity(count) } }

  /// Changes the elements in place.
  @inlinable
  mutating func change(_ body: (inout [Element]) -> Void) {
    var elements = array
    // Nobody else may hold them while they are changed, or they would be copied every time.
    storage = .own([])
    body(&elements)
    storage = .own(elements)
  }
}

extension Column: RandomAccessCollection {
  /// Rows from 0.
  public typealias Index = Int
  /// All rows.
  public typealias Indices = Range<Int>

  /// 0.
  @inlinable public var startIndex: Int { 0 }

  /// The number of elements.
  @inlinable public var endIndex: Int {
    switch storage {
    case .own(let elements): elements.count
    case .mapped(let elements): elements.count
    }
  }

  // Without these each step of a loop in another module would ask for the type first.

  /// The next index.
  @inlinable public func index(after index: Int) -> Int { index &+ 1 }
  /// The index before.
  @inlinable public func index(before index: Int) -> Int { index &- 1 }
  /// Goes to the next index.
  @inlinable public func formIndex(after index: inout Int) { index &+= 1 }
  /// Goes to the index before.
  @inlinable public func formIndex(before index: inout Int) { index &-= 1 }
  /// An index so many later.
  @inlinable public func index(_ index: Int, offsetBy distance: Int) -> Int { index + distance }
  /// How much later the second index is.
  @inlinable public func distance(from start: Int, to end: Int) -> Int { end - start }
  /// All indices.
  @inlinable public var indices: Range<Int> { 0..<endIndex }

  /// Does something with all elements as they lie in memory, for what takes any collection.
  @inlinable
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result? {
    switch storage {
    case .own(let elements): try elements.withUnsafeBufferPointer(body)
    case .mapped(let elements): try body(elements.buffer)
    }
  }

  /// Does something with all elements as they lie in memory: where each of millions is looked at.
  @inlinable
  public func withElements<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    switch storage {
    case .own(let elements): elements.withUnsafeBufferPointer(body)
    case .mapped(let elements): body(elements.buffer)
    }
  }

  /// An element.
  @inlinable public subscript(index: Int) -> Element {
    get {
      switch storage {
      case .own(let elements): return elements[index]
      case .mapped(let elements):
        precondition(index >= 0 && index < elements.count, "there is no such row")
        return elements.start[index]
      }
    }
    set { change { $0[index] = newValue } }
  }
}

extension Column: ExpressibleByArrayLiteral {
  /// A column of some elements.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Column: Equatable where Element: Equatable {
  /// Whether both hold the same elements, wherever these lie.
  public static func == (left: Column, right: Column) -> Bool {
    left.withElements { left in right.withElements { left.elementsEqual($0) } }
  }
}

extension Column: Hashable where Element: Hashable {
  /// Takes in the elements.
  public func hash(into hasher: inout Hasher) {
    for element in self { hasher.combine(element) }
  }
}

/// Memory that comes back by itself when it is looked at again, such as that of a file.
package protocol RestingMemory: AnyObject, Sendable {
  /// Lets the system take it for something else meanwhile.
  func rest()
}

extension Column {
  /// Lets the memory go that somebody else holds, with all that lies beside it, after a look at all
  /// of it; it comes back when it is asked for.
  package func rest() {
    guard case .mapped(let elements) = storage else { return }
    (elements.owner as? any RestingMemory)?.rest()
  }
}

/// Elements in memory that is held by somebody else, and never changed.
@usableFromInline
final class MappedElements<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline let start: UnsafePointer<Element>
  @usableFromInline let count: Int
  fileprivate let owner: any AnyObject & Sendable

  @usableFromInline var buffer: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: start, count: count)
  }

  init(start: UnsafePointer<Element>, count: Int, owner: any AnyObject & Sendable) {
    (self.start, self.count, self.owner) = (start, count, owner)
  }
}
