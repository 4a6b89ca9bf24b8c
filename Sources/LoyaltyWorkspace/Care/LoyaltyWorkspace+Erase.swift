import LoyaltyModel
import LoyaltyStore
import TextFormats

/// What is known about somebody who is to be erased, for asking back.
package struct ErasurePreview: Sendable, Hashable {
  /// The customer's number.
  package let customer: String
  /// The name; empty when unknown.
  package let name: String
  /// How many purchases would become sales without a customer.
  package let purchases: Int
  /// How many offers would be removed.
  package let offers: Int
}

/// What an erasing did, and what it could not reach.
package struct ErasureReport: Sendable, Hashable {
  /// The number of the customer who was erased.
  package let customer: String
  /// How many purchases are sales without a customer now.
  package let purchases: Int
  /// How many offers were removed.
  package let offers: Int
  /// Files outside that the program once wrote.
  package let copies: [OutsideCopy]
}

/// A file or folder outside the programme that the program wrote and that may hold a person.
package struct OutsideCopy: Sendable, Hashable {
  /// What it is.
  package enum Kind: String, Sendable, Hashable {
    case backup
    case export
    case rejectedRows = "rejected rows"
    /// A store that was moved aside or repaired.
    case oldCopy = "old copy"
    case history = "git history"
  }

  /// What was found there.
  package enum Finding: String, Sendable, Hashable {
    /// The person stands in it.
    case holds
    /// It is not where it was written.
    case gone = "not found"
    /// It could not be read, or only its name is known.
    case unknown
  }

  /// What it is.
  package let kind: Kind
  /// Where it was written.
  package let path: String
  /// What was found there.
  package let finding: Finding
}

extension LoyaltyWorkspace {
  /// What erasing a customer would remove.
  package func erasurePreview(of id: String) throws(WorkspaceError) -> ErasurePreview {
    let state = state
    guard let row = state.customers.row(of: id) else { throw .noSuchCustomer(id) }
    return ErasurePreview(
      customer: id, name: state.customers.names[row],
      purchases: state.purchases.rows(ofCustomer: row).count,
      offers: state.offers.filter { $0.customer == id }.count)
  }

  /// Erases a person from every file of the programme; it cannot be taken back.
  ///
  /// Purchases stay as sales without a customer, so that totals stay. A keyed hash stays, so that
  /// no import brings the person back.
  ///
  /// - Parameter id: The customer's number.
  /// - Returns: What was removed, and which files outside still hold the person.
  /// - Throws: An error when there is no such customer, an import is running, or the store cannot
  ///   be written; nothing has changed then.
  package func erase(customer id: String) throws(WorkspaceError) -> ErasureReport {
    let state = state
    guard let row = state.customers.row(of: id) else { throw .noSuchCustomer(id) }
    let finder = CopyFinder(
      path: path, disk: environment.disk, person: state.customers.customer(row),
      offers: Set(state.offers.filter { $0.customer == id }.map(\.id)))
    let copies = finder.find(in: try events(limit: .max))
    let event: Event
    do throws(StoreError) {
      event = try store.erase(
        [id], by: SipHash(low: environment.random(), high: environment.random()),
        at: environment.now())
    } catch { throw .store(error) }
    guard case .erasure(let erasure) = event.change else { throw .noSuchCustomer(id) }
    return ErasureReport(
      customer: id, purchases: erasure.purchases, offers: erasure.offers, copies: copies)
  }
}

/// Finds what the program wrote outside of a programme and where a person still stands in it.
struct CopyFinder {
  let path: String
  let disk: any Disk
  let person: Customer
  /// The offers to the person.
  let offers: Set<Int>

  /// Looks at everything that events tell of, and at what stands beside the store.
  func find(in events: [Event]) -> [OutsideCopy] {
    var found: [OutsideCopy] = []
    var seen: Set<String> = []
    func look(_ kind: OutsideCopy.Kind, _ path: String, _ finding: OutsideCopy.Finding?) {
      guard let finding, seen.insert(path).inserted else { return }
      found.append(OutsideCopy(kind: kind, path: path, finding: finding))
    }
    for event in events {
      switch event.change {
      case .backup(let folder): look(.backup, folder, finding(folder))
      case .batch(let batch, _) where !batch.rejected.isEmpty:
        look(.rejectedRows, batch.rejected, finding(batch.rejected))
      case .export(let export):
        let isTheirs = !offers.isDisjoint(with: export.offers)
        let finding =
          export.path.isEmpty ? (isTheirs ? .unknown : nil) : finding(export.path)
        look(
          .export, export.path.isEmpty ? export.file : export.path,
          finding == .gone && !isTheirs ? nil : finding)
      default: break
      }
    }
    for copy in besideTheStore() where finding(copy) != .gone {
      look(.oldCopy, copy, finding(copy))
    }
    if (try? disk.status(path + "/.git")) ?? nil != nil { look(.history, path, .holds) }
    return found
  }

  /// Stores that were moved aside by a restore, or made by a repair.
  private func besideTheStore() -> [String] {
    var store = path[...]
    while store.count > 1, store.last == "/" { store.removeLast() }
    let name = store.split(separator: "/").last.map(String.init) ?? ""
    let folder = store.contains("/") ? String(store.dropLast(name.count + 1)) : "."
    let names = (try? disk.list(folder.isEmpty ? "/" : folder)) ?? []
    return names.filter {
      $0.hasPrefix(name + ".replaced-") || $0.hasPrefix(name + "-repaired")
        || $0 == name + ".restoring"
    }.map { folder + "/" + $0 }
  }

  /// What is found at a path; nil when it can be read and the person is not in it.
  private func finding(_ path: String) -> OutsideCopy.Finding? {
    do throws(DiskError) {
      guard let status = try disk.status(path) else { return .gone }
      return try holds(path, status) ? .holds : nil
    } catch { return .unknown }
  }

  private func holds(_ path: String, _ status: FileStatus) throws(DiskError) -> Bool {
    switch status.kind {
    case .folder:
      for name in try disk.list(path) {
        let inside = path + "/" + name
        if let status = try disk.status(inside), try holds(inside, status) { return true }
      }
      return false
    case .file:
      let search = PersonSearch(person)
      var (isFound, tail) = (false, [UInt8]())
      try disk.readChunks(path) { piece in
        // A text may be cut by the end of a piece.
        isFound = search.isFound(in: tail + piece)
        tail = Array((tail + piece).suffix(search.longest + 1))
        return !isFound
      }
      return isFound
    case .symbolicLink, .other: return false
    }
  }
}

/// Looks for a person's number, name and addresses in bytes.
struct PersonSearch {
  private let words: [[UInt8]]
  /// The length of the longest text.
  var longest: Int { words.map(\.count).max() ?? 0 }

  init(_ person: Customer) {
    words = [person.id, person.name, person.email, person.phone]
      .filter { !$0.isEmpty }.map { Array($0.utf8) }
  }

  /// Whether one of the texts stands in bytes, as a whole word.
  func isFound(in bytes: [UInt8]) -> Bool {
    words.contains { word in
      var start = 0
      while let place = bytes[start...].firstIndex(of: word[0]) {
        let end = place + word.count
        if end <= bytes.count, bytes[place..<end].elementsEqual(word),
          place == 0 || !Self.isOfWord(bytes[place - 1]),
          end == bytes.count || !Self.isOfWord(bytes[end])
        {
          return true
        }
        start = place + 1
      }
      return false
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte >= 0x80
  }
}
