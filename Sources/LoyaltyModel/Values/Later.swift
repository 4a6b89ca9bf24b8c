import Synchronization

/// A value that is made when it is first asked for, and kept from then on; whoever asks meanwhile
/// waits for it.
package final class Later<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case due(@Sendable () -> Value)
    case made(Value)
  }

  private let state: Mutex<State>

  /// A value that may be made later, or never.
  package init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.due(make)) }

  /// A value that is there.
  package init(made value: Value) { state = Mutex(.made(value)) }

  /// The value.
  package var value: Value {
    state.withLock { state in
      switch state {
      case .made(let value): return value
      case .due(let make):
        let value = make()
        // What it was made from is let go.
        state = .made(value)
        return value
      }
    }
  }
}

/// Values by name, each made when it is first asked for.
package struct LaterValues<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  private var kept: [String: Later<Value>] = [:]

  /// Values that are there.
  package init(_ values: [String: Value]) { kept = values.mapValues { Later(made: $0) } }

  /// Values that are there.
  package init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// The value of a name, or nil where there is none.
  package subscript(name: String) -> Value? {
    get { kept[name]?.value }
    set { kept[name] = newValue.map { Later(made: $0) } }
  }

  /// Gives a name a value that is made when somebody asks for it.
  package mutating func set(_ name: String, _ make: @escaping @Sendable () -> Value) {
    kept[name] = Later(make)
  }

  /// The names that have a value, in order.
  package var names: [String] { kept.keys.sorted() }

  /// All values, by name; those are made that nobody asked for yet.
  package var values: [Value] { names.compactMap { self[$0] } }

  /// Other values made from these, each when it is first asked for.
  package func mapped<Other: Sendable>(
    _ transform: @escaping @Sendable (Value) -> Other
  ) -> LaterValues<Other> {
    var others: LaterValues<Other> = [:]
    for (name, value) in kept { others.set(name) { transform(value.value) } }
    return others
  }
}
