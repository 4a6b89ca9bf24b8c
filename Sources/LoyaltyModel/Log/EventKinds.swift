/// Kinds of events, to say of which the log is wanted.
package struct EventKinds: OptionSet, Sendable, Hashable {
  /// One bit a kind.
  package let rawValue: UInt16

  /// Kinds from their bits.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Offers that came, changed or went.
  package static let offers = EventKinds(rawValue: 1)
  /// Decisions on offers, and what came of them.
  package static let decisions = EventKinds(rawValue: 1 << 1)
  /// Changes of the settings.
  package static let settings = EventKinds(rawValue: 1 << 2)
  /// Changes of rules.
  package static let rules = EventKinds(rawValue: 1 << 3)
  /// Everything else.
  package static let others = EventKinds(rawValue: 1 << 4)
  /// All there are.
  package static let all: EventKinds = [.offers, .decisions, .settings, .rules, .others]

  /// The kind of a change.
  package init(_ change: Change) {
    self =
      switch change {
      case .offer: .offers
      case .decision: .decisions
      case .settings: .settings
      case .rule: .rules
      case .batch, .export, .erasure, .backup: .others
      }
  }
}
