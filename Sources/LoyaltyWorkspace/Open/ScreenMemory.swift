import LoyaltyStore
import TextFormats

/// Where somebody was in the screens when they left, kept for the next time.
///
/// It holds no customer's data but what a filter was typed with.
package struct ScreenMemory: Sendable, Hashable {
  /// A list as it was looked at.
  package struct List: Sendable, Hashable {
    /// The filter.
    package var filter = ""
    /// The place in the list, from 0.
    package var place = 0

    /// A list without a filter, at its beginning.
    package init() {}
  }

  /// The screen.
  package var screen = ""
  /// The list of customers.
  package var customers = List()
  /// The order of that list; nil for that of the identifiers.
  package var sort: CustomerSort?
  /// The column of that list that sorting acts upon.
  package var column = ""
  /// The columns that are not shown.
  package var hidden: [String] = []
  /// The queue of offers.
  package var review = List()
  /// Which offers it showed.
  package var scope = ""
  /// The selected rows of the other lists, by the name of their screen.
  package var places: [String: Int] = [:]
  /// Which of its parts a screen showed, a table or a column, by the screen's name.
  package var parts: [String: Int] = [:]
  /// The theme that was chosen while the program ran; empty for none.
  package var theme = ""

  /// Nothing remembered.
  package init() {}
}

/// What the memory of the screens held.
package enum RecalledMemory: Sendable, Hashable {
  /// Nothing yet.
  case nothing
  /// Where the user was.
  case place(ScreenMemory)
  /// A file that cannot be read and is ignored.
  case damaged(path: String)
}

extension WorkspaceEnvironment {
  /// The file of the memory of a programme's screens; nil when nothing is to be remembered.
  private func memoryPath(_ path: String) -> String? {
    stateFolder.map { folder in
      // One file a programme, by a hash of its path.
      let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      return folder + "/screens/" + String(hash, radix: 16) + ".json"
    }
  }

  /// Where this user was in the screens of the programme at a path the last time.
  func recall(_ path: String) -> RecalledMemory {
    guard let path = memoryPath(path), (try? disk.status(path)) ?? nil != nil else {
      return .nothing
    }
    guard let bytes = try? disk.readWhole(path),
      let node = try? JSONDocument(parsing: bytes).root, let memory = ScreenMemory(node)
    else { return .damaged(path: path) }
    return .place(memory)
  }

  /// Keeps where the user is in the screens; what cannot be written is not worth a word.
  fileprivate func remember(_ memory: ScreenMemory, _ path: String) {
    guard let path = memoryPath(path) else { return }
    do throws(DiskError) {
      try disk.makeFolders(above: path)
      try disk.writeWhole(path, memory.bytes, overwrite: true)
    } catch {
      return
    }
  }
}

extension LoyaltyWorkspace {
  /// Where this user was in the screens the last time.
  package func recall() -> RecalledMemory { environment.recall(path) }

  /// Keeps where the user is in the screens; what cannot be written is not worth a word.
  package func remember(_ memory: ScreenMemory) { environment.remember(memory, path) }
}

extension ClosedProgramme {
  /// Keeps where the user is in the screens of a programme that they leave before it is open.
  package func remember(_ memory: ScreenMemory) { environment.remember(memory, path) }
}

extension ScreenMemory {
  private static let format = "ladder.screens/1"

  /// The memory as a file.
  fileprivate var bytes: [UInt8] {
    func list(_ list: List, _ key: StaticString, _ writer: inout JSONWriter) {
      writer.key(key)
      writer.beginObject()
      writer.key("filter")
      writer.string(list.filter)
      writer.key("place")
      writer.int(list.place)
      writer.endObject()
    }
    func numbers(_ numbers: [String: Int], _ key: StaticString, _ writer: inout JSONWriter) {
      writer.key(key)
      writer.beginObject()
      for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
        writer.key(text: name)
        writer.int(number)
      }
      writer.endObject()
    }
    var writer = JSONWriter()
    writer.beginObject()
    for (key, value) in [
      ("format", Self.format), ("screen", screen), ("column", column), ("scope", scope),
      ("sort", sort?.key.rawValue ?? ""), ("descending", sort?.descending == true ? "yes" : "no"),
      ("theme", theme),
    ] {
      writer.key(text: key)
      writer.string(value)
    }
    writer.key("hidden")
    writer.beginArray()
    for name in hidden { writer.string(name) }
    writer.endArray()
    list(customers, "customers", &writer)
    list(review, "review", &writer)
    numbers(places, "places", &writer)
    numbers(parts, "parts", &writer)
    writer.endObject()
    return writer.bytes
  }

  /// Reads a memory; nil where it is none.
  ///
  /// What an earlier version did not keep yet may be missing.
  fileprivate init?(_ node: JSONNode) {
    func numbers(_ key: String) -> [String: Int] {
      let found = (node[key]?.members ?? []).compactMap { member -> (String, Int)? in
        guard let number = member.value.int64, (0...Int64(Int32.max)).contains(number) else {
          return nil
        }
        return (member.key, Int(number))
      }
      return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }
    func text(_ key: String) -> String? { node[key]?.string }
    func list(_ key: String) -> List? {
      guard let found = node[key], let filter = found["filter"]?.string,
        let place = found["place"]?.int64, (0...Int64(Int32.max)).contains(place)
      else { return nil }
      var list = List()
      (list.filter, list.place) = (filter, Int(place))
      return list
    }
    guard text("format") == Self.format, let screen = text("screen"),
      let column = text("column"), let scope = text("scope"), let order = text("sort"),
      let customers = list("customers"), let review = list("review"),
      let hidden = node["hidden"]?.elements
    else { return nil }
    (self.screen, self.column, self.scope) = (screen, column, scope)
    (self.customers, self.review) = (customers, review)
    self.hidden = hidden.compactMap(\.string)
    (places, parts, theme) = (numbers("places"), numbers("parts"), text("theme") ?? "")
    sort = CustomerSortKey(rawValue: order).map {
      CustomerSort($0, descending: text("descending") == "yes")
    }
  }
}
