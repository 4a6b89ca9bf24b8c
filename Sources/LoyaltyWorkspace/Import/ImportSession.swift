import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

/// One import from its first byte to its event.
struct ImportSession {
  private let workspace: LoyaltyWorkspace
  private let file: ImportFile
  private let probe: ImportProbe
  private let request: ImportRequest

  init(
    _ workspace: LoyaltyWorkspace, _ file: ImportFile, _ probe: ImportProbe,
    _ request: ImportRequest
  ) throws(WorkspaceError) {
    (self.workspace, self.file, self.probe, self.request) = (workspace, file, probe, request)
  }

  /// Reads the file and commits what is new.
  func run(_ progress: @escaping ProgressHandler) throws(WorkspaceError) -> ImportReport {
    let isOfResults = probe.profile.records == .results
    let writer = request.dryRun || isOfResults ? nil : try beginImport()
    var rejected = RejectedRows(probe.look, workspace.wording)
    do {
      var sink = ImportCollector(
        state: workspace.state, index: try seededIndex(progress), writer: writer,
        policy: request.replacesKnown ? .replace : .keep,
        results: ResultBook(
          workspace.state.offers, source: file.name, replacesKnown: request.replacesKnown,
          today: workspace.today), rejected: rejected, report: report(progress))
      let tally = try read(into: &sink)
      rejected = sink.rejected
      let counts = sink.counts(tally)
      let rejectedFile = try saveRejected(rejected)
      let event = try finish(
        writer, counts, rejectedFile, isUseless: tally.isUseless)
      var report = makeReport(counts, tally, rejected, rejectedFile, event)
      report.notes += sink.notes(workspace.wording)
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

  private func read(into sink: inout ImportCollector) throws -> ImportTally {
    var offset = 0
    return try Importer(probe).run(
      source: { buffer in
        let piece = try file.read(buffer.count, at: offset)
        buffer.replaceSubrange(0..<piece.count, with: piece)
        offset += piece.count
        return piece.count
      }, into: &sink)
  }

  private func finish(
    _ writer: (any ImportWriter)?, _ counts: ImportCounts, _ rejected: String?, isUseless: Bool
  ) throws -> Event? {
    guard let writer else { return nil }
    guard !isUseless, counts.new + counts.changed + counts.newCustomers > 0 else {
      writer.cancel()
      return nil
    }
    let environment = workspace.environment
    return try writer.commit(
      counts: counts, rejected: rejected.map { environment.absolute($0) } ?? "",
      at: environment.now())
  }

  /// Writes the rejected rows beside the file, or where that cannot be written, in the present
  /// folder; they are never lost.
  private func saveRejected(_ rejected: RejectedRows) throws -> String? {
    guard !request.dryRun, rejected.count > 0 else { return nil }
    let disk = workspace.environment.disk
    let beside = file.path + ".rejected.csv"
    do throws(DiskError) {
      try disk.writeWhole(beside, rejected.bytes, overwrite: true)
      return beside
    } catch {
      let here = file.name + ".rejected.csv"
      guard here != beside else { throw error }
      try disk.writeWhole(here, rejected.bytes, overwrite: true)
      return here
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
      firstDay: tally.firstDay, lastDay: tally.lastDay, rejectedFile: rejectedFile,
      rejections: rejected.first, notes: probe.notes.map { $0.message(workspace.wording) },
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

/// The rows that could not be used, as the file that is written, and the first of them in words.
struct RejectedRows {
  private var writer: RejectedRowsWriter
  private let wording: Wording
  /// The file so far.
  private(set) var bytes: [UInt8] = []
  /// The first few in words.
  private(set) var first: [String] = []
  /// How many are told in words.
  private static let told = 5

  init(_ look: TableLook, _ wording: Wording) {
    self.wording = wording
    writer = RejectedRowsWriter(look, wording)
  }

  /// How many there are.
  var count: Int { writer.count }

  mutating func add(_ row: RejectedRow) {
    if count < Self.told {
      first.append(
        wording(
          "reject.line", ["line": String(row.line), "reason": row.reason.message(wording)]))
    }
    writer.append(row)
    bytes += writer.take()
  }
}
