import LoyaltyModel

/// Where everything is within a store.
enum StorePath {
  static let store = "store.json"
  static let lock = "lock"
  static let settings = "settings"
  static let programme = "settings/programme.json"
  static let recorded = "settings/recorded.ndjson"
  static let rules = "rules"
  static let ruleHistory = "rules/history"
  static let customers = "customers"
  static let products = "products"
  static let offers = "offers"
  static let imports = "imports"
  static let purchases = "purchases"
  static let journal = "journal"
  static let audit = "audit"
  static let spool = "spool"
  /// New contents of many files before they take their places; there only meanwhile.
  static let pending = "pending"
  /// Disposable, and made only when something is kept in it.
  static let cache = "cache"

  /// The folders of a store, parents first.
  static let folders = [
    settings, rules, ruleHistory, customers, products, offers, imports, purchases, journal, audit,
    spool,
  ]

  /// Whether a path is one of something right in one of the folders that the program alone writes.
  static func isInFolder(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, ownFolders.contains(String(parts[0])) else { return false }
    return !["", ".", ".."].contains(parts[1]) && !parts[1].utf8.contains(0)
  }

  /// Whether a path is one of a file that may be replaced by a new one.
  static func isReplaceable(_ path: String) -> Bool { path == store || isInFolder(path) }

  private static let ownFolders: Set<String> = [
    settings, customers, products, offers, imports, purchases, journal, audit, cache,
  ]

  /// The file of a shard.
  static func shard(_ folder: String, _ number: Int) -> String {
    "\(folder)/\(digits(number, 2)).ndjson"
  }

  /// The file of a generation of the journal, from 1.
  static func journal(_ generation: Int) -> String { "\(journal)/\(digits(generation, 6)).ndjson" }

  /// The generation that a file in `journal/` holds, or nil when it is none.
  static func generation(ofName name: String) -> Int? {
    guard name.hasSuffix(".ndjson"), name.utf8.count == 13 else { return nil }
    return Int(name.dropLast(7)).flatMap { $0 > 0 ? $0 : nil }
  }

  /// The file of a month's folded events.
  static func audit(month: String) -> String { "\(audit)/\(month).ndjson" }

  /// A whole number with leading zeros.
  static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

/// The path of a file that an import adds: `purchases/1997-01.000001.ndjson`,
/// `customers/import.000001.ndjson`, `products/import.000001.ndjson`.
struct SegmentPath: Hashable {
  /// What the records are.
  enum Kind: String { case purchases, customers, products }

  /// What the records are.
  let kind: Kind
  /// The month of purchases; `import` for the other kinds.
  let name: String
  /// The number of the import.
  let batch: Int

  init(_ kind: Kind, name: String = "import", batch: Int) {
    (self.kind, self.name, self.batch) = (kind, name, batch)
  }

  /// The parts of a path, or nil when it is not exactly one of a segment.
  init?(_ path: String) {
    let folders = path.split(separator: "/", omittingEmptySubsequences: false)
    guard folders.count == 2, let kind = Kind(rawValue: String(folders[0])) else { return nil }
    let parts = folders[1].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2] == "ndjson", let batch = Int(parts[1]), batch > 0 else {
      return nil
    }
    self.init(kind, name: String(parts[0]), batch: batch)
    let isNamed = kind == .purchases ? Day("\(name)-01") != nil : name == "import"
    guard isNamed, self.path == path else { return nil }
  }

  /// The path within the store.
  var path: String { "\(kind.rawValue)/\(name).\(StorePath.digits(batch, 6)).ndjson" }
}
