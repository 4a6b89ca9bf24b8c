package import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The filters that were given a name, ascending by it.
  package var segments: [SavedSegment] { state.programme.segments }

  /// The filters by their names, for the filter language.
  var savedFilters: [String: String] {
    Dictionary(segments.map { ($0.name, $0.filter) }, uniquingKeysWith: { first, _ in first })
  }

  /// Gives a filter of customers a name, for oneself and colleagues; one of that name is replaced.
  ///
  /// - Parameters:
  ///   - name: 1 to 40 characters without quotes and line breaks.
  ///   - filter: The filter language.
  /// - Returns: What was done; it can be undone like any change.
  /// - Throws: An error when the name or the filter is wrong, the filter is blank or leads back to
  ///   itself, or it cannot be written.
  package func saveSegment(_ name: String, filter: String) throws(WorkspaceError) -> Receipt {
    let name = name.trimmingBlanks
    guard (1...40).contains(name.count),
      !name.contains(where: { $0 == "\"" || $0 == "'" || $0.isNewline })
    else { throw .badName(name) }
    let segment = SavedSegment(name: name, filter: filter.trimmingBlanks)
    guard !segment.filter.isEmpty else { throw .blankFilter }
    // With the new one in its place already: it may name others that name it.
    var saved = savedFilters.filter { $0.key.lowercased() != name.lowercased() }
    saved[name] = segment.filter
    _ = try condition(segment.filter, .customers, saved: saved)
    _ = try condition("saved:\"\(name)\"", .customers, saved: saved)
    return try change(wording("receipt.filter-saved", ["name": name])) { segments in
      segments.removeAll { $0.name.lowercased() == name.lowercased() }
      segments.append(segment)
      segments.sort { $0.name < $1.name }
    }
  }

  /// Takes a saved filter away.
  ///
  /// - Throws: An error when there is none of that name, or it cannot be written.
  package func removeSegment(_ name: String) throws(WorkspaceError) -> Receipt {
    guard segments.contains(where: { $0.name == name }) else { throw .noSuchSegment(name) }
    return try change(wording("receipt.filter-removed", ["name": name])) { segments in
      segments.removeAll { $0.name == name }
    }
  }

  private func change(
    _ words: String, _ body: (inout [SavedSegment]) -> Void
  ) throws(WorkspaceError) -> Receipt {
    let before = state.programme
    var after = before
    body(&after.segments)
    let events = before == after ? [] : try commit([.settings(from: before, to: after)])
    return Receipt(text: words, events: events.map(\.sequence), offers: [])
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
