import LoyaltyModel
import LoyaltyStore

/// Which data the tables hold: rows of one mark are not those of another.
package struct DataMark: Sendable, Hashable {
  /// The imports that are in force.
  private let batches: [Int]
  private let customers: Int
  private let purchases: Int
  /// How many hashes of erased people are kept; it grows with every erasing.
  private let erased: Int

  /// The mark of a state.
  init(_ state: StoreState) {
    batches = state.batches.map(\.number)
    (customers, purchases) = (state.customers.count, state.purchases.count)
    erased = state.erased.hashes.count
  }
}

extension LoyaltyWorkspace {
  /// Which data the tables hold now; it changes with imports and when somebody is erased, whoever
  /// does it.
  package var dataMark: DataMark { DataMark(state) }
}
