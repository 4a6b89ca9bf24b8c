import LoyaltyModel
import TextFormats

/// Which files take whose places, and which go, when an overhaul is carried out.
struct OverhaulPlan {
  /// The newest generation of the journal when it was made.
  var before: Int
  /// The new files by their names in `pending`, and where they belong, in order.
  var replaced: [(name: String, path: String)] = []
  /// What is to go.
  var removed: [String] = []

  /// Where the plan stands.
  static let path = StorePath.pending + "/plan.json"

  init(before: Int) { self.before = before }

  /// Reads a plan.
  ///
  /// A store may come from anybody, so a plan may name nothing but files of the store.
  ///
  /// - Throws: Damage where it is none, or names anything else.
  init(_ bytes: [UInt8]) throws(StoreError) {
    let reader: RecordReader
    do throws(RecordFlaw) {
      reader = try RecordReader(json: bytes)
      self.init(before: try reader.int("before"))
      replaced = try reader.list("replace") { (reader) throws(RecordFlaw) in
        (name: try reader.requiredText("from"), path: try reader.requiredText("to"))
      }
      removed = try reader.texts("remove")
    } catch { throw .damaged(Damage(Self.path, error)) }
    for (index, file) in replaced.enumerated() {
      let node = reader.node["replace"]?.elements?[index]
      try Self.check(file.name, Self.isName(file.name), node?["from"])
      try Self.check(file.path, StorePath.isReplaceable(file.path), node?["to"])
    }
    for (index, path) in removed.enumerated() {
      try Self.check(path, StorePath.isInFolder(path), reader.node["remove"]?.elements?[index])
    }
  }

  /// The plan as bytes.
  var bytes: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { writer in
      writer.member("before", before)
      writer.list("replace", replaced) { writer, file in
        writer.object {
          $0.member("from", file.name)
          $0.member("to", file.path)
        }
      }
      writer.member("remove", removed)
    }
    writer.newline()
    return writer.bytes
  }

  /// The name in `pending` of the new file of a number, from 1.
  static func name(_ number: Int) -> String { StorePath.digits(number, 6) }

  private static func isName(_ name: String) -> Bool {
    name.utf8.count == 6 && name.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func check(
    _ path: String, _ isOurs: Bool, _ node: JSONNode?
  ) throws(StoreError) {
    guard !isOurs else { return }
    throw .damaged(Damage(Self.path, byte: node?.range.lowerBound, .foreignPath(path)))
  }
}
