import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore
import TextFormats

extension LoyaltyWorkspace {
  /// The first rows of what an export would write, without writing anything.
  package func previewExport(
    _ options: ExportOptions, rows most: Int
  ) throws(WorkspaceError) -> ExportPreview {
    let selection = try select(options)
    let columns = ExportField.allCases.map(\.rawValue)
    let rows = selection.offers.prefix(most).map { offer in
      exportRow(offer).cells(display, currency)
    }
    return ExportPreview(
      columns: columns, rows: rows, total: selection.offers.count, keptBack: selection.keptBack)
  }

  /// Writes offers to a file, whole or not at all; approved ones become exported once it is safe.
  ///
  /// Offers are checked again: whoever asked not to be contacted, withdrew the consent or has an
  /// open complaint since the approval, or whose offer has run out, is kept back and listed.
  ///
  /// - Throws: An error when the file is there already and may not be replaced, or cannot be
  ///   written; nothing has changed then.
  package func exportOffers(_ options: ExportOptions) throws(WorkspaceError) -> ExportReport {
    let selection = try select(options)
    let bytes = list(selection.offers, options)
    let moved = selection.offers.filter { $0.state == .approved }
    let isNew = (try? environment.disk.status(options.file)) == .some(nil)
    do {
      try write(bytes, options)
      try record(selection.offers, moved, options, checksum: CRC32C.checksum(of: bytes))
    } catch {
      // A list that nobody recorded would be sent, and its offers suggested and sent again.
      if isNew, error != .fileExists(options.file) { try? environment.disk.remove(options.file) }
      throw error
    }
    return ExportReport(
      file: options.file, format: options.format.rawValue, written: selection.offers.count,
      moved: moved.count, keptBack: selection.keptBack)
  }

  private func write(_ bytes: [UInt8], _ options: ExportOptions) throws(WorkspaceError) {
    let disk = environment.disk
    if (try? disk.status(options.file))??.kind == .folder { throw .notAFile(options.file) }
    do throws(DiskError) {
      try disk.writeWhole(options.file, bytes, overwrite: options.overwrites)
    } catch {
      switch error.kind {
      case .exists: throw .fileExists(options.file)
      case .missing: throw .noFolder(options.file)
      default:
        // The person named this file, not the one beside it that is written first.
        throw .disk(DiskError(error.operation, options.file, error.number))
      }
    }
  }

  /// The offers that are written, and those that match but are kept back.
  private func select(
    _ options: ExportOptions
  ) throws(WorkspaceError) -> (offers: [Offer], keptBack: [KeptBack]) {
    var (offers, keptBack): ([Offer], [KeptBack]) = ([], [])
    let checks = ExportChecks(state: state, today: today, asOf: asOf, wording: wording)
    for offer in try self.offers(matching: options.filter) {
      if let reason = checks.reason(against: offer) {
        keptBack.append(KeptBack(offer: offer.id, customer: offer.customer, reason: reason))
      } else {
        offers.append(offer)
      }
    }
    return (offers.sorted { $0.id < $1.id }, keptBack.sorted { $0.offer < $1.offer })
  }

  private func list(_ offers: [Offer], _ options: ExportOptions) -> [UInt8] {
    var bytes: [UInt8] = []
    OfferExport.write(
      offers.lazy.map(exportRow), as: options.layout, currency: currency
    ) { bytes += $0 }
    return bytes
  }

  /// Records who wrote what, and moves the approved offers on, as one action.
  private func record(
    _ written: [Offer], _ moved: [Offer], _ options: ExportOptions, checksum: UInt32
  ) throws(WorkspaceError) {
    guard !written.isEmpty else { return }
    let file = options.file.split(separator: "/").last.map(String.init) ?? options.file
    let record = ExportRecord(
      file: file, format: options.format.rawValue, offers: written.map(\.id), crc32c: checksum,
      path: environment.absolute(options.file))
    let decisions = moved.map { offer in
      Change.decision(
        OfferDecision(
          offer: offer.id, from: offer.standing,
          to: OfferDecision.Standing(state: .exported, exported: today)))
    }
    _ = try commit([.export(record)] + decisions)
  }

  private func exportRow(_ offer: Offer) -> ExportRow {
    let row = state.customers.row(of: offer.customer)
    var line = ExportRow(
      offer: offer.id, customer: offer.customer, channel: offer.channel, kind: offer.terms.kind,
      validUntil: offer.validUntil, stage: offer.stage, cohort: offer.cohort)
    if let row {
      line.name = state.customers.names[row]
      line.email = state.customers.emails[row]
      line.phone = state.customers.phones[row]
    }
    line.title = offer.rule.title
    line.text = message(of: offer).joined(separator: "\n")
    line.percent = offer.terms.percent
    line.amount = offer.terms.amount
    line.threshold = offer.terms.threshold
    line.rule = offer.rule.id
    // The same in the file, in whatever language the list is looked through.
    line.why = why(of: offer, .english)
    return line
  }
}

/// What is checked once more when offers leave the house.
private struct ExportChecks {
  let state: StoreState
  let today: Day
  let asOf: Day
  let wording: Wording

  /// Why an offer is kept back, in words; nil when it may go.
  func reason(against offer: Offer) -> String? {
    if offer.state == .withheld { return wording["kept.group"] }
    guard let row = state.customers.row(of: offer.customer) else {
      return wording["kept.unknown"]
    }
    if state.customers.isDoNotContact(row, asOf: today) { return wording["kept.contact"] }
    if ContactChannel.needingConsent.contains(offer.channel),
      state.customers.consent(row, offer.channel, asOf: today) != true
    {
      let channel = wording.texts.value(offer.channel.rawValue)
      return wording("kept.consent", ["channel": channel])
    }
    let complaint = state.customers.details[row]?.feedback.first {
      $0.kind == .complaint && $0.day <= today && ($0.settled.map { $0 > today } ?? true)
    }
    if let complaint { return wording("kept.complaint", ["day": wording.day(complaint.day)]) }
    if offer.validUntil < asOf {
      return wording("kept.ran-out", ["day": wording.day(offer.validUntil)])
    }
    return nil
  }
}

extension ExportOptions {
  /// The layout in the exchange's terms.
  fileprivate var layout: OfferExport.Format {
    switch format {
    case .csv:
      .csv(
        delimiter: delimiter == ";" ? .semicolon : delimiter == "\t" ? .tab : .comma,
        byteOrderMark: byteOrderMark)
    case .json: .json
    case .ndjson: .ndjson
    case .markdown: .markdown
    }
  }
}

extension ExportRow {
  /// The fields as a preview shows them, in the order of ``ExportField``.
  fileprivate func cells(_ display: DisplayFormat, _ currency: Currency) -> [String] {
    func money(_ amount: Int64?) -> String { amount.map { display.amount($0, currency) } ?? "" }
    return ExportField.allCases.map { field in
      switch field {
      case .offer: String(offer)
      case .customer: customer
      case .name: name
      case .email: email
      case .phone: phone
      case .channel: channel.rawValue
      case .title: title
      case .text: text
      case .kind: kind.rawValue
      case .percent: percent.map(String.init) ?? ""
      case .amount: money(amount)
      case .threshold: money(threshold)
      case .currency: amount == nil && threshold == nil ? "" : currency.code
      case .code: code
      case .validUntil: validUntil.description
      case .rule: rule
      case .stage: stage.rawValue
      case .cohort: cohort.rawValue
      case .why: why
      }
    }
  }
}
