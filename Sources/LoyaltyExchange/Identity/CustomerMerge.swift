package import LoyaltyModel

/// What becomes of a known customer when a file says something else about them.
package enum ConflictPolicy: String, Sendable, CaseIterable {
  /// What is known stays, and each difference is reported so that a person can decide.
  case ask
  /// What is known stays.
  case keep
  /// What the file says replaces it.
  case replace
}

/// The record of a customer put together from what is known and what a file says.
///
/// Empty fields of the file never erase anything, lists only ever grow, and a refusal is never
/// forgotten: a request not to be contacted keeps its earliest day, and of a permission and a
/// refusal of the same day the refusal counts.
package struct CustomerMerge: Hashable, Sendable {
  /// What the file brought.
  package enum Verdict: Sendable, Hashable { case new, changed, unchanged }

  /// A field in which the file differs from what was known.
  package struct Conflict: Hashable, Sendable {
    /// The field.
    package let field: ImportField
    /// What was known.
    package let known: String
    /// What the file says.
    package let incoming: String
  }

  /// The record to keep.
  package private(set) var merged: Customer
  /// What the file brought.
  package private(set) var verdict: Verdict
  /// The fields that differ, whatever the policy made of them; in a fixed order.
  package private(set) var conflicts: [Conflict] = []

  /// Whether the file permits, without a day, what the customer is known to have refused; then the
  /// refusal stays.
  package private(set) var keepsRefusal = false

  /// Merges what a file says about a customer into what is known.
  ///
  /// - Parameters:
  ///   - known: The customer as stored, or nil when new; must have the same identifier.
  ///   - incoming: What the file says; empty fields say nothing.
  ///   - policy: Which side of a difference counts.
  ///   - hasUndatedConsents: Whether the file says what is permitted but not since when: then what
  ///     is known already is nothing new, and an earlier refusal stands.
  package init(
    known: Customer?, incoming: Customer, policy: ConflictPolicy, hasUndatedConsents: Bool = false
  ) {
    let before = known ?? Customer(id: incoming.id)
    precondition(before.id == incoming.id, "only records of one customer are merged")
    (merged, verdict) = (before, .new)
    for (field, path) in Self.texts {
      merge(field, at: path, incoming: incoming[keyPath: path], policy)
    }
    if incoming.kind == .organisation { merged.kind = .organisation }
    merged.tags.addMissing(incoming.tags)
    merged.interests.addMissing(incoming.interests)
    merged.feedback.addMissing(incoming.feedback)
    for consent in incoming.consents {
      let latest = hasUndatedConsents ? before.consents.latest(of: consent.channel) : nil
      guard let latest else {
        merged.consents.record(consent)
        continue
      }
      keepsRefusal = keepsRefusal || consent.given && !latest.given
      if latest.given, !consent.given {
        var refusal = consent
        // It is newer than the permission, whose day may be that of the file, or after it.
        refusal.day = max(consent.day, latest.day)
        merged.consents.record(refusal)
      }
    }
    for consumer in incoming.consumers { merged.consumers.complete(with: consumer) }
    merged.doNotContactSince =
      [before.doNotContactSince, incoming.doNotContactSince].compactMap { $0 }.min()
    merged.statedOrders = incoming.statedOrders ?? before.statedOrders
    if known != nil { verdict = merged == before ? .unchanged : .changed }
  }

  private static var texts: [(ImportField, WritableKeyPath<Customer, String>)] {
    [
      (.name, \.name), (.email, \.email), (.phone, \.phone), (.city, \.city),
      (.country, \.country), (.branch, \.branch),
    ]
  }

  private mutating func merge(
    _ field: ImportField, at path: WritableKeyPath<Customer, String>, incoming: String,
    _ policy: ConflictPolicy
  ) {
    let known = merged[keyPath: path]
    guard !incoming.isEmpty, incoming != known else { return }
    if known.isEmpty {
      merged[keyPath: path] = incoming
      return
    }
    conflicts.append(Conflict(field: field, known: known, incoming: incoming))
    if policy == .replace { merged[keyPath: path] = incoming }
  }
}

extension Array where Element: Hashable {
  /// Adds what is not there yet, in its order.
  fileprivate mutating func addMissing(_ others: [Element]) {
    for other in others where !contains(other) { append(other) }
  }
}

extension Array<Consent> {
  /// The newest consent or refusal of a channel, the later recorded of one day, or nil.
  fileprivate func latest(of channel: ContactChannel) -> Consent? {
    let own = filter { $0.channel == channel }
    guard let day = own.map(\.day).max() else { return nil }
    return own.last { $0.day == day }
  }

  /// Adds a consent that is not there yet; a permission goes before a refusal of the same day, so
  /// that the refusal stays the newer record.
  fileprivate mutating func record(_ consent: Consent) {
    let known = contains {
      ($0.channel, $0.given, $0.day) == (consent.channel, consent.given, consent.day)
    }
    guard !known else { return }
    let refusal = firstIndex {
      ($0.channel, $0.given, $0.day) == (consent.channel, false, consent.day)
    }
    if let refusal, consent.given { insert(consent, at: refusal) } else { append(consent) }
  }
}

extension Array<Consumer> {
  /// Adds a consumer, or completes the one of the same name.
  fileprivate mutating func complete(with other: Consumer) {
    guard let index = firstIndex(where: { $0.name == other.name }) else {
      append(other)
      return
    }
    self[index].birthYear = self[index].birthYear ?? other.birthYear
    self[index].needs.addMissing(other.needs)
  }
}
