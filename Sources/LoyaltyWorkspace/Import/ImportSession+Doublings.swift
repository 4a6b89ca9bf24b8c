import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

// Sales that would count twice: the same file in another form, and lines that stand in it twice.
extension ImportSession {
  /// So much of a file is looked at before it is brought in.
  private static let previewBytes = 4 << 20
  /// With more purchases in the programme than these, a preview does not wait for a comparison;
  /// trying the import, or bringing it in, tells as well.
  private static let mostCompared = 200_000

  /// What the beginning of the file tells of sales that would count twice; nothing is written.
  func previewDoublings() -> [String] {
    let known = workspace.state.purchases
    guard probe.profile.records == .purchases,
      known.count + known.anonymous.lines <= Self.mostCompared
    else { return [] }
    // What hinders reading further down is told when the file is brought in.
    guard
      var sink = try? collector(nil, RejectedRows(probe.look, workspace.wording), { _ in true }),
      let (tally, _) = try? read(into: &sink, upTo: Self.previewBytes)
    else { return [] }
    return doublings(sink, tally, isPart: file.size > Self.previewBytes)
  }

  /// What was found of sales that count twice, or would.
  func doublings(
    _ sink: ImportCollector, _ tally: ImportTally, isPart: Bool = false
  ) -> [String] {
    let (wording, number) = (workspace.wording, workspace.wording.display.number as (Int) -> String)
    var notes: [String] = []
    if let (alike, new) = sink.likeness {
      let written = request.dryRun ? "import-note.alike.before" : "import-note.alike"
      let key = isPart ? "import-note.alike.first" : written
      notes.append(wording(key, count: new, ["n": number(alike), "of": number(new)]))
    }
    if let line = tally.firstRepeated {
      notes.append(
        wording(
          "import-note.repeated", count: tally.repeated,
          ["n": number(tally.repeated), "line": number(line)]))
    }
    return notes
  }
}
