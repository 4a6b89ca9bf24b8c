/// A column of numbers: an array, or memory that somebody else holds, such as a file that is mapped.
///
/// It reads like an array either way; what is mapped is copied when it is first changed, so that the
/// file stays as it is.
package struct Column<Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline enum Storage: Sendable {
    case own([Element])
    case mapped(MappedElements<Element>)
  }

  @usableFromInline var storage: Storage

  /// A column of its own.
  @inlinable package init(_ elements: [Element] = []) { storage = .own(elements) }

  /// A column of memory that is not copied.
  ///
  /// - Parameters:
  ///   - start: Where the elements are, aligned as they need it, for as long as the owner lives.
  ///   - count: How many there are.
  ///   - owner: Keeps the memory.
  package init(mapped start: UnsafePointer<Element>, count: Int, owner: any AnyObject & Sendable) {
    storage = .mapped(MappedElements(start: start, count: count, owner: owner))
  }

  /// The elements as an array; of what is mapped, a copy.
  @inlinable package var array: [Element] {
    switch storage {
    case .own(let elements): elements
    case .mapped(let elements): Array(elements.buffer)
    }
  }

  /// Adds an element.
  package mutating func append(_ element: Element) { change { $0.append(element) } }

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
  package typealias Index = Int
  package typealias Indices = Range<Int>

  /// 0.
  @inlinable package var startIndex: Int { 0 }

  /// The number of elements.
  @inlinable package var endIndex: Int {
    switch storage {
    case .own(let elements): elements.count
    case .mapped(let elements): elements.count
    }
  }

  // Without these each step of a loop in another module would ask for the type first.

  /// The next index.
  @inlinable package func index(after index: Int) -> Int { index &+ 1 }
  /// The index before.
  @inlinable package func index(before index: Int) -> Int { index &- 1 }
  /// Goes to the next index.
  @inlinable package func formIndex(after index: inout Int) { index &+= 1 }
  /// Goes to the index before.
  @inlinable package func formIndex(before index: inout Int) { index &-= 1 }
  /// An index so many later.
  @inlinable package func index(_ index: Int, offsetBy distance: Int) -> Int { index + distance }
  /// How much later the second index is.
  @inlinable package func distance(from start: Int, to end: Int) -> Int { end - start }
  /// All indices.
  @inlinable package var indices: Range<Int> { 0..<endIndex }

  /// Does something with all elements as they lie in memory: where each of millions is looked at.
  @inlinable
  package func withElements<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    switch storage {
    case .own(let elements): elements.withUnsafeBufferPointer(body)
    case .mapped(let elements): body(elements.buffer)
    }
  }

  /// An element.
  @inlinable package subscript(index: Int) -> Element {
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
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}

/// Elements in memory that is held by somebody else, and never changed.
@usableFromInline
final class MappedElements<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline let start: UnsafePointer<Element>
  @usableFromInline let count: Int
  private let owner: any AnyObject & Sendable

  @usableFromInline var buffer: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: start, count: count)
  }

  init(start: UnsafePointer<Element>, count: Int, owner: any AnyObject & Sendable) {
    (self.start, self.count, self.owner) = (start, count, owner)
  }
}
