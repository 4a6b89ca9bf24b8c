package import LoyaltyModel

/// All that a store knows at one moment; copies share their memory.
package struct StoreState: Sendable {
  /// The programme's settings.
  package internal(set) var programme: Programme
  /// The sequence number of the last event that is in it; 0 before the first.
  package internal(set) var sequence = 0
  /// All customers, by the bytes of their identifiers; those too that only purchases name.
  package internal(set) var customers = CustomerTable()
  /// All purchases, by customer row.
  package internal(set) var purchases = PurchaseTable()
  /// All known products, by the bytes of their stock-keeping units.
  package internal(set) var products: [Product] = []
  /// All offers.
  package internal(set) var offers = OfferBook()
  /// The imports that are in force, by number.
  package internal(set) var batches: [ImportBatch] = []
  /// The highest number of an import so far, in force or not.
  package internal(set) var lastBatch = 0
  /// The people who were erased.
  package internal(set) var erased = ErasedPeople()
  /// The rules' files as they were recorded last, by name.
  package internal(set) var rules: [RuleFile] = []

  /// Names the files that the tables were read from, where they are large and all are known.
  var tablesKey: CacheKey?

  /// A programme without data.
  package init(programme: Programme) { self.programme = programme }

  /// The product of a stock-keeping unit, or nil.
  package func product(_ sku: String) -> Product? {
    products.sortedIndex(of: sku).map { products[$0] }
  }

  /// The last day of purchases that each profile of imports has brought, by profile.
  package var lastDays: [(profile: String, day: Day)] {
    var days: [String: Day] = [:]
    for batch in batches {
      guard let day = batch.lastDay else { continue }
      days[batch.profile] = max(days[batch.profile] ?? day, day)
    }
    return days.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { ($0.key, $0.value) }
  }
}

/// A rule's file: its name within `rules/`, and its text, verbatim.
package struct RuleFile: Sendable, Hashable {
  /// The name, such as `second-purchase.json`.
  package var file: String
  /// The text.
  package var text: String

  /// A rule's file.
  package init(file: String, text: String) { (self.file, self.text) = (file, text) }
}

extension [Product] {
  /// The place of a stock-keeping unit in a list sorted by their bytes, or nil.
  fileprivate func sortedIndex(of sku: String) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].sku.utf8.lexicographicallyPrecedes(sku.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < count && self[low].sku.utf8.elementsEqual(sku.utf8) ? low : nil
  }
}
