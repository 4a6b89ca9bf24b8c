// The table taken apart into plain columns and put together again, for whoever keeps it in another
// form. What is put together is checked, since it may come from a file that anybody wrote.
extension CustomerTable {
  /// A table from its columns, checked; nil where they do not fit together.
  ///
  /// - Parameters:
  ///   - texts: Identifiers, names, e-mail addresses and telephone numbers, a row each.
  ///   - branch: The numbers of branches; see ``branch``.
  ///   - branches: The branches' names, distinct.
  ///   - offsets: Where each customer's consents begin; see ``consentOffsets``.
  ///   - days: The consents' days.
  ///   - marks: What else the consents say; see ``CompactConsent/mark``.
  ///   - sources: The consents' sources, distinct.
  ///   - details: What some customers have, by row.
  package init?(
    texts: (ids: TextColumn, names: TextColumn, emails: TextColumn, phones: TextColumn),
    branch: Column<UInt16>, branches: [String], offsets: Column<UInt32>, days: Column<Int32>,
    marks: Column<UInt32>, sources: [String], details: DetailsColumn
  ) {
    let count = texts.ids.count
    guard
      [texts.names.count, texts.emails.count, texts.phones.count, branch.count]
        .allSatisfy({ $0 == count }), days.count == marks.count,
      offsets.withElements({ TextColumn.areOffsets($0, of: days.count) }),
      offsets.count == count + 1,
      branch.withElements({ $0.allSatisfy { $0 == .max || Int($0) < branches.count } }),
      marks.withElements({ $0.allSatisfy { CompactConsent.isMark($0, sources: sources.count) } }),
      details.count == count
    else { return nil }
    (ids, names, emails, phones) = texts
    self.branch = branch
    (self.branches, consentSources) = (LabelList(branches), LabelList(sources))
    guard self.branches.labels.count == branches.count,
      consentSources.labels.count == sources.count
    else { return nil }
    (consentOffsets, consentDays, consentMarks) = (offsets, days, marks)
    self.details = details
  }
}

extension CompactConsent {
  /// All but the day in one number.
  package var mark: UInt32 {
    let number = Self.channels.firstIndex(of: channel) ?? 0
    return UInt32(number) | (given ? 1 << 8 : 0) | UInt32(source) << 16
  }

  /// The number of the source in a ``mark``.
  static func source(_ mark: UInt32) -> UInt16 { UInt16(mark >> 16) }

  /// A ``mark`` with the number of another source.
  static func mark(_ mark: UInt32, from source: UInt16) -> UInt32 {
    mark & 0xFFFF | UInt32(source) << 16
  }

  /// Whether a number is that of a consent from one of so many sources.
  static func isMark(_ mark: UInt32, sources: Int) -> Bool {
    Int(mark & 0xFF) < channels.count && mark >> 8 & 0xFF < 2 && Int(mark >> 16) < sources
  }

  private static let channels = ContactChannel.allCases

  /// A consent from its day and the number; nil where that is none.
  init?(day: Day, mark: UInt32) {
    let number = Int(mark & 0xFF)
    guard number < Self.channels.count, mark >> 8 & 0xFF < 2 else { return nil }
    self.init(
      day: day, channel: Self.channels[number], given: mark >> 8 & 1 == 1,
      source: UInt16(mark >> 16))
  }
}

extension TextColumn {
  /// A column from its parts; nil where they do not fit together.
  package init?(bytes: Column<UInt8>, offsets: Column<UInt32>) {
    guard offsets.withElements({ Self.areOffsets($0, of: bytes.count) }) else { return nil }
    self.init(checked: bytes, offsets)
  }

  /// Whether numbers divide so many elements into runs: from 0 on, ascending, to their number.
  package static func areOffsets(
    _ offsets: UnsafeBufferPointer<UInt32>, of count: Int
  ) -> Bool {
    guard offsets.first == 0, let last = offsets.last, Int(last) == count else { return false }
    var previous: UInt32 = 0
    for offset in offsets {
      if offset < previous { return false }
      previous = offset
    }
    return true
  }
}
