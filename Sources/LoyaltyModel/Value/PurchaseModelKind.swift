/// The models of how often customers buy and when they leave for good.
package enum PurchaseModelKind: String, Sendable, CaseIterable {
  /// Batislam, Denizel & Filiztekin (2007): one-time buyers may have left too. The default.
  case mbgNBD = "mbg-nbd"
  /// Fader, Hardie & Lee (2005): nobody leaves before their second purchase.
  case bgNBD = "bg-nbd"

  /// The name in print.
  package var name: String {
    switch self {
    case .mbgNBD: "MBG/NBD"
    case .bgNBD: "BG/NBD"
    }
  }
}
