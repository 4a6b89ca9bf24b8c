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
    let rows = selection.offers.prefix(most).map(exportRow)
    let (columns, cells) = table(rows, options.format)
    return ExportPreview(
      columns: columns, rows: cells, total: selection.offers.count,
      approved: selection.offers.count { $0.state == .approved }, hasRunOut: selection.hasRunOut,
      keptBack: selection.keptBack)
  }

  /// Writes offers to a file, whole or not at all; approved ones become exported once it is safe.
  ///
  /// Offers are checked again: whoever asked not to be contacted, withdrew the consent or has an
  /// open complaint since the approval is kept back and listed. So is what nobody approved, unless
  /// the options say otherwise, and what has run out by today, unless nothing else is there: then
  /// the data are old or invented, and the report says that all has run out.
  ///
  /// - Throws: An error when no offer is to be written, when the file is there already and may not
  ///   be replaced, or cannot be written; nothing has changed then.
  package func exportOffers(_ options: ExportOptions) throws(WorkspaceError) -> ExportReport {
    var options = options
    options.file = environment.written(options.file)
    if Self.spreadsheetEndings.contains(where: { options.file.lowercased().hasSuffix($0) }) {
      throw .spreadsheet(options.file)
    }
    let selection = try select(options)
    guard !selection.offers.isEmpty else {
      throw .nothingToExport(
        waiting: state.offers.filter { $0.state == .suggested }.count,
        kept: KeptBackGroup.groups(of: selection.keptBack))
    }
    let bytes = list(selection.offers, options)
    let moved = selection.offers.filter { $0.state == .approved }
    let place = try ListPlace(options, environment.disk)
    do {
      try write(bytes, options)
      try record(selection.offers, moved, options, checksum: CRC32C.checksum(of: bytes))
    } catch {
      // A list that nobody recorded would be sent, and its offers suggested and sent again.
      if error != .fileExists(options.file) { place.putBack() }
      throw error
    }
    place.keep()
    return ExportReport(
      file: options.file, format: options.format.rawValue, written: selection.offers.count,
      moved: moved.count, hasRunOut: selection.hasRunOut, keptBack: selection.keptBack)
  }

  /// The endings of files that spreadsheet programs write; a list by such a name would not open.
  private static let spreadsheetEndings = [".xls", ".xlsx", ".xlsm", ".ods", ".numbers"]

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
  private func select(_ options: ExportOptions) throws(WorkspaceError) -> ExportSelection {
    var selection = ExportSelection()
    var runOut: [Offer] = []
    let checks = ExportChecks(
      state: state, today: today, asOf: asOf, versions: campaignsByHash, homeBranch: homeBranch,
      wording: wording, options: options)
    let firstDay = max(today, asOf)
    for offer in try self.offers(matching: options.filter) {
      if let reason = checks.reason(against: offer) {
        selection.keepBack(offer, reason, isUnapproved: checks.isUnapproved(offer))
      } else if offer.validUntil < firstDay, offer.state == .approved || offer.state == .exported {
        runOut.append(offer)
      } else {
        selection.offers.append(offer)
      }
    }
    selection.hasRunOut = selection.offers.isEmpty && !runOut.isEmpty
    if selection.hasRunOut {
      selection.offers = runOut
    } else {
      for offer in runOut {
        selection.keepBack(
          offer, wording("kept.ran-out", ["day": wording.day(offer.validUntil)]))
      }
    }
    selection.offers.sort { $0.id < $1.id }
    if options.format.tool?.sendsMail == true { keepOneAnAddress(&selection) }
    selection.keptBack.sort { $0.offer < $1.offer }
    return selection
  }

  /// A service knows people by their address: a second line of one would replace the first.
  private func keepOneAnAddress(_ selection: inout ExportSelection) {
    var first: [String: Int] = [:]
    for offer in selection.offers {
      let address =
        state.customers.row(of: offer.customer)
        .map { state.customers.emails[$0].lowercased() } ?? ""
      guard let other = first[address] else {
        first[address] = offer.id
        continue
      }
      selection.keepBack(offer, wording("kept.same-address", ["n": String(other)]))
    }
    let kept = Set(selection.keptBack.map(\.offer))
    selection.offers.removeAll { kept.contains($0.id) }
  }

  private func list(_ offers: [Offer], _ options: ExportOptions) -> [UInt8] {
    if options.format == .letters {
      return Array(letters.text(offers.lazy.map(exportRow)).utf8)
    }
    var bytes: [UInt8] = []
    OfferExport.write(
      offers.lazy.map(exportRow), as: options.layout, currency: currency
    ) { bytes += $0 }
    return bytes
  }

  private var letters: Letters { Letters(day: today, words: customerWords) }

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
    let words = customerWords
    let row = state.customers.row(of: offer.customer)
    var line = ExportRow(
      offer: offer.id, customer: offer.customer, channel: offer.channel, kind: offer.terms.kind,
      validUntil: offer.validUntil, stage: offer.stage, cohort: offer.cohort)
    if let row {
      line.name = state.customers.names[row]
      line.email = state.customers.emails[row]
      line.phone = state.customers.phones[row]
      line.city = state.customers.details[row]?.city ?? ""
      line.country = state.customers.details[row]?.country ?? ""
      line.tags = state.customers.details[row]?.tags ?? []
      line.mayBeTexted = state.customers.consent(row, .sms, asOf: today) == true
    }
    line.title = words.title(of: offer)
    line.text = message(of: offer).joined(separator: "\n")
    line.percent = offer.terms.percent
    line.amount = offer.terms.amount
    line.threshold = offer.terms.threshold
    line.code = offer.code
    line.firstDay = min(offer.exported ?? today, offer.validUntil)
    line.rule = offer.rule.id
    line.campaign = campaign(of: offer)
    line.why = why(of: offer, words.paper)
    line.state = offer.state == .approved ? .exported : offer.state
    (line.redeemed, line.spent) = (offer.redeemed, offer.spent)
    return line
  }
}

/// The offers of an export, by number.
private struct ExportSelection {
  /// Those that are written.
  var offers: [Offer] = []
  /// Those that match and are kept back.
  var keptBack: [KeptBack] = []
  /// Whether those that are written have all run out.
  var hasRunOut = false

  mutating func keepBack(_ offer: Offer, _ reason: String, isUnapproved: Bool = false) {
    keptBack.append(
      KeptBack(
        offer: offer.id, customer: offer.customer, reason: reason, isUnapproved: isUnapproved))
  }
}

extension ExportFormat {
  /// The service whose layout it is; nil for our own.
  var tool: CampaignTool? { CampaignTool(rawValue: rawValue) }
}

extension LoyaltyWorkspace {
  /// Rows as a preview shows them: the columns and cells of the very file.
  private func table(
    _ rows: [ExportRow], _ format: ExportFormat
  ) -> (columns: [String], cells: [[String]]) {
    if let tool = format.tool {
      return (tool.columns, rows.map { tool.cells($0, currency) })
    }
    if format == .letters {
      let letters = letters
      return (
        [ExportField.offer, .channel, .name, .text].map(\.rawValue),
        rows.map { [String($0.offer), $0.channel.rawValue, $0.name, letters.page($0)] }
      )
    }
    return (ExportField.allCases.map(\.rawValue), rows.map { $0.cells(display, currency) })
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
    case .klaviyo: .tool(.klaviyo)
    case .mailchimp: .tool(.mailchimp)
    case .hubspot: .tool(.hubspot)
    case .voucherify: .tool(.voucherify)
    case .letters: .csv()
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
      case .currency: amount == nil && threshold == nil && spent == nil ? "" : currency.code
      case .code: code
      case .validUntil: validUntil.description
      case .rule: rule
      case .campaign: campaign
      case .stage: stage.rawValue
      case .cohort: cohort.rawValue
      case .why: why
      case .state: state.rawValue
      case .redeemed: redeemed?.description ?? ""
      case .spent: money(spent)
      }
    }
  }
}
