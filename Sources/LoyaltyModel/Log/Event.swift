/// One thing that was done to the programme's data: a line of the journal.
package struct Event: Hashable, Sendable {
  /// The place in the journal, from 1, without gaps.
  package var sequence: Int
  /// When it was done.
  package var at: Timestamp
  /// Who did it: a login name.
  package var by: String
  /// What was done.
  package var change: Change
  /// The sequence number of the event that this one takes back, where it does.
  package var undoes: Int?
  /// The number that binds the events of one action together, where it made several.
  package var transaction: Int?

  /// An event.
  package init(
    sequence: Int, at: Timestamp, by: String, change: Change, undoes: Int? = nil,
    transaction: Int? = nil
  ) {
    (self.sequence, self.at, self.by, self.change) = (sequence, at, by, change)
    (self.undoes, self.transaction) = (undoes, transaction)
  }
}

/// What an event changes.
///
/// Each holds what was before and what is now, so that the inverse can be
/// made from it alone. Indirect, since an offer before and after takes 700 bytes, for which every
/// place in a list of changes would have room.
package indirect enum Change: Hashable, Sendable {
  /// An offer appeared (`from` nil), changed, or left (`to` nil).
  case offer(from: Offer?, to: Offer?)
  /// An offer was decided: only the fields of its decision changed.
  case decision(OfferDecision)
  /// The programme's settings changed.
  case settings(from: Programme, to: Programme)
  /// A rule's file appeared, changed or left: the whole text before and after.
  case rule(file: String, from: String?, to: String?)
  /// An import was committed (`true`) or taken back (`false`).
  case batch(ImportBatch, present: Bool)
  /// A list of offers was written outside the programme.
  case export(ExportRecord)
  /// People were erased.
  case erasure(Erasure)
  /// The programme was copied to a folder.
  case backup(folder: String)
}

/// The erasing of people; nothing in it says who they were.
package struct Erasure: Hashable, Sendable {
  /// How many people.
  package var people: Int
  /// How many of their purchases are sales without a customer now.
  package var purchases: Int
  /// How many offers to them were removed.
  package var offers: Int
  /// The key of the hashes: 32 hexadecimal digits.
  package var key: String
  /// Keyed hashes of their numbers and addresses, ascending.
  package var hashes: [UInt64]
  /// The checksum of the last event before, as it was.
  package var head: UInt32
  /// The checksum of the same event, after the events were written anew without them.
  package var newHead: UInt32

  /// The erasing of people.
  package init(
    people: Int, purchases: Int, offers: Int, key: String, hashes: [UInt64], head: UInt32,
    newHead: UInt32
  ) {
    (self.people, self.purchases, self.offers) = (people, purchases, offers)
    (self.key, self.hashes, self.head, self.newHead) = (key, hashes, head, newHead)
  }
}

/// A decision on an offer, with what was before.
package struct OfferDecision: Hashable, Sendable {
  /// The fields of an offer that a decision changes.
  package struct Standing: Hashable, Sendable {
    /// The state.
    package var state: OfferState
    /// Why it was rejected, or which file said what came of it.
    package var reason: String
    /// Until when it is put off.
    package var snoozedUntil: Day?
    /// The day of its export.
    package var exported: Day?
    /// The day on which it was used.
    package var redeemed: Day?
    /// What was spent then, in minor units.
    package var spent: Int64?

    /// A standing.
    package init(
      state: OfferState, reason: String = "", snoozedUntil: Day? = nil, exported: Day? = nil,
      redeemed: Day? = nil, spent: Int64? = nil
    ) {
      (self.state, self.reason, self.snoozedUntil, self.exported) =
        (state, reason, snoozedUntil, exported)
      (self.redeemed, self.spent) = (redeemed, spent)
    }
  }

  /// The number of the offer.
  package var offer: Int
  /// What was before.
  package var from: Standing
  /// What is now.
  package var to: Standing

  /// A decision.
  package init(offer: Int, from: Standing, to: Standing) {
    (self.offer, self.from, self.to) = (offer, from, to)
  }
}

extension Offer {
  /// The fields that a decision changes.
  package var standing: OfferDecision.Standing {
    get {
      OfferDecision.Standing(
        state: state, reason: reason, snoozedUntil: snoozedUntil, exported: exported,
        redeemed: redeemed, spent: spent)
    }
    set {
      (state, reason) = (newValue.state, newValue.reason)
      (snoozedUntil, exported) = (newValue.snoozedUntil, newValue.exported)
      (redeemed, spent) = (newValue.redeemed, newValue.spent)
    }
  }
}

/// An import: where it came from, what it brought, and the files that hold it.
package struct ImportBatch: Hashable, Sendable {
  /// The number of the import, from 1, given once.
  package var number: Int
  /// The name of the source file, without its folder.
  package var source: String
  /// The profile that it was read with, such as `cdnow` or `mapped`.
  package var profile: String
  /// What was counted.
  package var counts: ImportCounts
  /// The first and last day of its purchases, where there are any.
  package var firstDay: Day?
  /// See ``firstDay``.
  package var lastDay: Day?
  /// The files that it added to the store, with their checksums.
  package var segments: [Segment]
  /// The whole path of the file with its rejected rows; empty when there are none.
  package var rejected = ""
  /// By what the bytes of the source file are known again; nil in imports of earlier versions.
  package var fingerprint: Fingerprint?

  /// The size and checksum of a file, by which the very same bytes are known again.
  package struct Fingerprint: Hashable, Sendable {
    /// The number of its bytes.
    package var size: Int
    /// The CRC-32C of them.
    package var crc32c: UInt32

    /// A fingerprint.
    package init(size: Int, crc32c: UInt32) { (self.size, self.crc32c) = (size, crc32c) }
  }

  /// A file of records that an import added; nothing in it counts unless the journal names it.
  package struct Segment: Hashable, Sendable {
    /// The path within the store, such as `purchases/1997-01.000001.ndjson`.
    package var path: String
    /// The number of records.
    package var rows: Int
    /// The CRC-32C of the whole file.
    package var crc32c: UInt32

    /// A segment.
    package init(path: String, rows: Int, crc32c: UInt32) {
      (self.path, self.rows, self.crc32c) = (path, rows, crc32c)
    }
  }

  /// An import of a source file.
  package init(
    number: Int, source: String, profile: String, counts: ImportCounts = ImportCounts(),
    firstDay: Day? = nil, lastDay: Day? = nil, segments: [Segment] = []
  ) {
    (self.number, self.source, self.profile, self.counts) = (number, source, profile, counts)
    (self.firstDay, self.lastDay, self.segments) = (firstDay, lastDay, segments)
  }
}

/// What an import read, and what became of it.
package struct ImportCounts: Hashable, Sendable {
  /// Records that were read.
  package var read = 0
  /// Purchases that are new.
  package var new = 0
  /// Records that replaced or completed one that was there.
  package var changed = 0
  /// Records that were there already.
  package var unchanged = 0
  /// Records that could not be used.
  package var rejected = 0
  /// Sales without a customer among the new ones.
  package var anonymous = 0
  /// Customers who are new.
  package var newCustomers = 0

  /// Nothing yet.
  package init() {}
}

/// A list of offers that was written outside the programme.
package struct ExportRecord: Hashable, Sendable {
  /// The name of the file, without its folder.
  package var file: String
  /// The format, such as `csv`.
  package var format: String
  /// The offers in it.
  package var offers: [Int]
  /// The CRC-32C of the file as written.
  package var crc32c: UInt32
  /// The whole path; empty when unknown.
  package var path: String

  /// A list that was written.
  package init(
    file: String, format: String, offers: [Int], crc32c: UInt32, path: String = ""
  ) {
    (self.file, self.format, self.offers, self.crc32c) = (file, format, offers, crc32c)
    self.path = path
  }
}
