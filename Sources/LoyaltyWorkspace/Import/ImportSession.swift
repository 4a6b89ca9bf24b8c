import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore
import TextFormats

/// One import from its first byte to its event.
struct ImportSession {
  let workspace: LoyaltyWorkspace
  let file: ImportFile
  let probe: ImportProbe
  let request: ImportRequest

  init(
    _ workspace: LoyaltyWorkspace, _ file: ImportFile, _ probe: ImportProbe,
    _ request: ImportRequest
  ) {
    (self.workspace, self.file, self.probe, self.request) = (workspace, file, probe, request)
  }

  /// Reads the file and commits what is new.
  func run(_ progress: @escaping ProgressHandler) throws(WorkspaceError) -> ImportReport {
    let isOfResults = probe.profile.records == .results
    let writer = request.dryRun || isOfResults ? nil : try beginImport()
    var rejected = RejectedRows(probe.look, workspace.wording)
    do {
      var sink = try collector(writer, rejected, progress)
      let (tally, fingerprint) = try read(into: &sink)
      try sink.finish()
      rejected = sink.rejected
      let counts = sink.counts(tally)
      if !request.again { try checkNotTwice(counts, fingerprint) }
      let place = try saveRejected(rejected)
      var event: Event?
      if !tally.isUseless, sink.brought(counts) {
        event = try finish(writer, counts, place, fingerprint)
      } else {
        writer?.cancel()
      }
      var report = makeReport(counts, tally, rejected, place?.path, event)
      report.changedCustomers = sink.changedCustomers
      report.cautions = doublings(sink, tally)
      report.notes += sink.notes(workspace.wording)
      if let note = place?.note(workspace.wording) { report.notes.append(note) }
      if !request.dryRun, !sink.results.decisions.isEmpty {
        _ = try workspace.commit(sink.results.decisions.map(Change.decision))
        report.isWritten = true
      }
      return report
    } catch {
      writer?.cancel()
      throw workspaceError(error)
    }
  }

  /// What takes the rows.
  func collector(
    _ writer: (any ImportWriter)?, _ rejected: RejectedRows, _ progress: @escaping ProgressHandler
  ) throws -> ImportCollector {
    ImportCollector(
      state: workspace.state, index: try seededIndex(progress), writer: writer,
      policy: request.replacesKnown ? .replace : .keep,
      hasUndatedConsents: probe.profile.records == .customers,
      results: ResultBook(
        workspace.state.offers, source: file.name, replacesKnown: request.replacesKnown,
        today: workspace.calendarDay), rejected: rejected, report: report(progress))
  }

  private func beginImport() throws(WorkspaceError) -> any ImportWriter {
    do throws(StoreError) {
      return try workspace.store.beginImport(
        source: file.name, profile: probe.profile.rawValue)
    } catch {
      throw .store(error)
    }
  }

  /// The identities of all purchases that are known; none are needed for files of people.
  private func seededIndex(_ progress: @escaping ProgressHandler) throws -> IdentityIndex {
    let known = workspace.state.purchases
    var index = IdentityIndex(minimumCapacity: known.count + known.anonymous.lines)
    if probe.profile.records == .purchases, known.count + known.anonymous.lines > 0 {
      _ = progress(WorkProgress(workspace.texts["job.comparing"]))
      try workspace.store.forEachPurchase { index.seed(PurchaseIdentity($0)) }
    }
    index.beginFile()
    return index
  }

  private func report(_ progress: @escaping ProgressHandler) -> (Int) throws -> Void {
    let size = max(1, file.size)
    let activity = workspace.texts("job.reading", ["file": file.name])
    return { bytes in
      let done = progress(
        WorkProgress(activity, fraction: min(1, Double(bytes) / Double(size))))
      guard done else { throw WorkspaceError.cancelled }
    }
  }

  /// Reads the file, or its beginning up to so many bytes.
  func read(
    into sink: inout ImportCollector, upTo limit: Int = .max
  ) throws -> (ImportTally, ImportBatch.Fingerprint) {
    var offset = 0
    var checksum = CRC32C()
    let tally = try Importer(probe).run(
      source: { buffer in
        let piece = try file.read(min(buffer.count, limit - offset), at: offset)
        buffer.replaceSubrange(0..<piece.count, with: piece)
        offset += piece.count
        checksum.update(piece.span.bytes)
        return piece.count
      }, into: &sink)
    return (tally, ImportBatch.Fingerprint(size: offset, crc32c: checksum.checksum))
  }

  /// Refuses a file whose very bytes an earlier import brought in, when rows that it brought are
  /// new by this reading: with other columns they are told apart otherwise, and would count twice.
  ///
  /// Rows that could not be read then, and can now, are no reason.
  private func checkNotTwice(
    _ counts: ImportCounts, _ fingerprint: ImportBatch.Fingerprint
  ) throws {
    guard probe.profile.records == .purchases, counts.new > 0 else { return }
    let before = workspace.state.batches.last {
      $0.fingerprint == fingerprint && counts.unchanged < $0.counts.new
    }
    guard let before else { return }
    let event = try workspace.store.events(before: nil, limit: 1) { event in
      guard case .batch(let batch, present: true) = event.change else { return false }
      return batch.number == before.number
    }.first
    throw WorkspaceError.importedBefore(
      ImportRepeat(
        file: file.name, time: event?.at, event: event?.sequence, purchases: counts.new))
  }

  private func finish(
    _ writer: (any ImportWriter)?, _ counts: ImportCounts, _ rejected: RejectedPlace?,
    _ fingerprint: ImportBatch.Fingerprint
  ) throws -> Event? {
    let environment = workspace.environment
    return try writer?.commit(
      counts: counts, rejected: rejected.map { environment.absolute($0.path) } ?? "",
      fingerprint: fingerprint, at: environment.now())
  }

  /// Writes the rejected rows beside the file, or where that cannot be written, in the present
  /// folder; they are never lost.
  private func saveRejected(_ rejected: RejectedRows) throws -> RejectedPlace? {
    guard !request.dryRun, rejected.count > 0 else { return nil }
    let disk = workspace.environment.disk
    do throws(DiskError) {
      return try RejectedPlace(rejected.bytes, of: file.path, disk)
    } catch {
      guard file.name != file.path else { throw error }
      return try RejectedPlace(rejected.bytes, of: file.name, disk)
    }
  }

  private func makeReport(
    _ counts: ImportCounts, _ tally: ImportTally, _ rejected: RejectedRows,
    _ rejectedFile: String?, _ event: Event?
  ) -> ImportReport {
    var batch: Int?
    if case .batch(let committed, _)? = event?.change { batch = committed.number }
    return ImportReport(
      file: file.name, profile: probe.profile.rawValue, counts: counts,
      customers: workspace.state.customers.count + (request.dryRun ? counts.newCustomers : 0),
      isOfSales: probe.profile.records == .purchases, firstDay: tally.firstDay,
      lastDay: tally.lastDay, rejectedFile: rejectedFile, rejections: rejected.first,
      notes: (workspace.isDemo ? [workspace.texts["import-note.demo"]] : [])
        + probe.notes.map { $0.message(workspace.wording) },
      dryRun: request.dryRun, batch: batch, isWritten: event != nil)
  }

  private func workspaceError(_ error: any Error) -> WorkspaceError {
    switch error {
    case let error as WorkspaceError: error
    case let error as ExchangeError: .exchange(file: file.name, error)
    case let error as StoreError: .store(error)
    case let error as DiskError: .disk(error)
    default: .cancelled
    }
  }
}
