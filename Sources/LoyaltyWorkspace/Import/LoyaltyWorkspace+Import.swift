import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore
import TextFormats

extension LoyaltyWorkspace {
  /// The names of the kinds of files that can be imported.
  package static var importProfiles: [String] { ProfileRequest.allCases.map(\.rawValue) }

  /// The fields that the columns of a file of sales can be mapped to.
  package static var saleFields: [String] { ImportField.mappable(in: .sales).map(\.rawValue) }

  /// The fields that the columns of a file of customers can be mapped to.
  package static var customerFields: [String] {
    ImportField.mappable(in: .customers).map(\.rawValue)
  }

  /// The kinds of the project's own files.
  package static var templateKinds: [String] { TemplateKind.allCases.map(\.rawValue) }

  /// An empty file of one of the project's own layouts with its header and one example row; nil
  /// when there is no such kind.
  package static func template(_ kind: String) -> [UInt8]? {
    TemplateKind(rawValue: kind).flatMap { kind in
      Currency(code: "EUR").map { kind.csv(currency: $0) }
    }
  }

  /// Looks at the beginning of a file: what it is, its first rows, and how they would be read.
  ///
  /// A file that no profile fits is shown as the names of its columns suggest, where these tell
  /// all that is needed.
  package func previewImport(
    of path: String, _ request: ImportRequest
  ) throws(WorkspaceError) -> ImportPreview {
    let file = try ImportFile(environment.written(path), disk: environment.disk)
    let options = try options(request)
    let look = try file.look().atHeader(options)
    do throws(ExchangeError) {
      return preview(of: file, try ImportProbe(look, options: options), request)
    } catch {
      return unrecognised(file, look, options, error, request)
    }
  }

  private func preview(
    of file: ImportFile, _ probe: ImportProbe, _ request: ImportRequest
  ) -> ImportPreview {
    var preview = ImportPreview(
      file: file.name, profile: probe.profile.rawValue, columns: probe.look.header,
      rows: Array(probe.look.rows.prefix(Self.previewRows)),
      mapping: probe.mapping.fields.compactMap { field in
        probe.mapping[field].map {
          MappedColumn(field: field.rawValue, column: probe.look.header[$0])
        }
      },
      notes: [])
    for note in probe.notes {
      switch note {
      case .guessed(_, let requests): preview.propose(requests, wording)
      // What would be rejected comes first.
      case .ambiguousDates(let example):
        preview.questions.append(.dates(example: SafeText.shown(example, limit: 40)))
        preview.cautions.append(note.message(wording))
      case .ambiguousAmounts(let example):
        preview.questions.append(.decimals(example: SafeText.shown(example, limit: 40)))
        preview.cautions.append(note.message(wording))
      default: preview.notes.append(note.message(wording))
      }
    }
    preview.cautions += ImportSession(self, file, probe, request.trial).previewDoublings()
    return preview
  }

  private func unrecognised(
    _ file: ImportFile, _ look: TableLook, _ options: ImportOptions, _ error: ExchangeError,
    _ request: ImportRequest
  ) -> ImportPreview {
    var preview = ImportPreview(
      file: file.name, profile: nil, columns: look.header,
      rows: Array(look.rows.prefix(Self.previewRows)), mapping: [],
      notes: [error.message(wording)])
    guard case .unrecognised(_, let layout, let suggestion) = error else { return preview }
    var guessed = options
    guessed.profile = layout == .sales ? .sales : .customers
    guessed.mapping = suggestion
    guard !suggestion.isEmpty, let probe = try? ImportProbe(look, options: guessed) else {
      preview.proposal = suggestion.map { MappedColumn(field: $0.field, column: $0.column) }
      return preview
    }
    preview = self.preview(of: file, probe, request)
    preview.propose(suggestion, wording)
    return preview
  }

  /// How many rows a preview holds: enough for the tallest screens.
  private static let previewRows = 50

  /// Brings a file in: all of it, or nothing when the file as a whole is damaged.
  ///
  /// Rows that cannot be used are written to `FILE.rejected.csv`, or beside one that is there, and
  /// stop nothing. What is known already is left alone, so that the same file, or one that overlaps,
  /// adds nothing twice; with other columns the same file is refused unless it is wanted again.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - request: How it is read, and whether anything is written.
  ///   - progress: Is told how far it is; false stops it, and then nothing was changed.
  /// - Returns: What was counted, and where the rejected rows are.
  /// - Throws: An error when the file cannot be read or is no table, or the store cannot be written.
  package func importFile(
    _ path: String, _ request: ImportRequest, progress: @escaping ProgressHandler
  ) throws(WorkspaceError) -> ImportReport {
    let file = try ImportFile(environment.written(path), disk: environment.disk)
    let (look, options) = (try file.look(), try options(request))
    let probe: ImportProbe
    do throws(ExchangeError) {
      probe = try ImportProbe(look, options: options)
    } catch {
      throw .exchange(file: file.name, error)
    }
    return try ImportSession(self, file, probe, request).run(progress)
  }

  private func options(_ request: ImportRequest) throws(WorkspaceError) -> ImportOptions {
    var options = ImportOptions(currency: currency, today: calendarDay)
    let zone = state.programme.timeZone
    options.consentDay = dataCompleteTo.map { min(calendarDay, $0) } ?? calendarDay
    options.zone = ImportZone(zone, offset: environment.offset(zone))
    if let name = request.profile {
      guard let profile = ProfileRequest(rawValue: name) else {
        throw .unknownProfile(name)
      }
      options.profile = profile
    }
    options.mapping = request.mapping.map { MappingRequest(field: $0.field, column: $0.column) }
    options.amountStyle = request.decimals.map { $0 == .point ? .decimalPoint : .decimalComma }
    options.dateStyle = request.dayFirst.map { $0 ? .dayFirst : .monthFirst }
    return options
  }
}

extension ImportRequest {
  /// The same, with nothing written.
  fileprivate var trial: ImportRequest {
    var trial = self
    trial.dryRun = true
    return trial
  }
}

extension ImportPreview {
  /// Proposes what the columns' names suggest.
  fileprivate mutating func propose(_ requests: [MappingRequest], _ wording: Wording) {
    notes.insert(wording["import-note.proposed"], at: 0)
    proposal = requests.map { MappedColumn(field: $0.field, column: $0.column) }
  }
}
