import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A file to bring in: which, what is in it, and what came of it.
struct ImportState: Sendable {
  enum FieldPlace {
    static let file = 0, layout = 1, known = 2, columns = 3, days = 4, decimals = 5
  }

  var form: Form
  var preview: Loadable<ImportPreview> = .missing
  var report: ImportReport?
  /// The file that the other fields were filled in for.
  private var settledPath = ""
  /// How many lines of what is shown below are scrolled past.
  var skipping = 0

  init(_ texts: Texts) {
    form = Form([
      Form.Field(
        label: texts["field.file"], value: .text(TextFieldState()),
        placeholder: texts["importing.file.example"]),
      Form.Field(
        label: texts["importing.layout"],
        value: .choice(
          [
            texts["importing.as-file"], texts["importing.layout.sales"],
            texts["importing.layout.customers"],
          ], 0)),
      Form.Field(
        label: texts["importing.known"],
        value: .choice([texts["importing.known.file"], texts["importing.known.ours"]], 0)),
      Form.Field(
        label: texts["importing.columns"], value: .text(TextFieldState()),
        placeholder: texts["importing.columns.example"]),
      Form.Field(
        label: texts["importing.days"],
        value: .choice(
          [
            texts["importing.as-file"], texts["importing.days.day-first"],
            texts["importing.days.month-first"],
          ], 0)),
      Form.Field(
        label: texts["importing.decimals"],
        value: .choice(
          [
            texts["importing.as-file"], texts["importing.decimals.point"],
            texts["importing.decimals.comma"],
          ], 0)),
    ])
  }

  /// The path as written, without blanks around it and without the quotes of a dragged file.
  var path: String {
    var path = Substring(form[FieldPlace.file])
    while let first = path.first, " '\"".contains(first) { path.removeFirst() }
    while let last = path.last, " '\"".contains(last) { path.removeLast() }
    return String(path)
  }

  /// Columns picked by hand: `field=Column` pairs; nil where they cannot be read.
  var mapping: [MappedColumn]? { MappedColumn.pairs(in: form[FieldPlace.columns]) }

  /// Whether keys go into the path.
  var isWritingPath: Bool {
    form.isEditing && form.selected == FieldPlace.file && !form[FieldPlace.file].isEmpty
  }

  /// Whether what the columns mean was guessed from their names, and nobody said otherwise.
  var isProposed: Bool { preview.value?.isProposed == true && mapping == [] }

  /// What is asked of an import; nil while the columns by hand cannot be read.
  func request(dryRun: Bool) -> ImportRequest? {
    guard let mapping else { return nil }
    var request = lookRequest(mapping)
    if isProposed { request.mapping = preview.value?.proposal ?? [] }
    request.dryRun = dryRun
    return request
  }

  /// What is asked of a first look.
  private func lookRequest(_ mapping: [MappedColumn]) -> ImportRequest {
    var request = ImportRequest()
    request.mapping = mapping
    // The first choice leaves it to the file.
    request.profile = [nil, "sales", "customers"][form.choice(FieldPlace.layout)]
    request.replacesKnown = form.choice(FieldPlace.known) == 0
    // The first choice of both leaves it to the file.
    let (days, decimals) = (form.choice(FieldPlace.days), form.choice(FieldPlace.decimals))
    request.dayFirst = days == 0 ? nil : days == 1
    request.decimals = decimals == 0 ? nil : decimals == 1 ? .point : .comma
    request.dryRun = true
    return request
  }

  /// Whether nobody said yet what a file leaves open.
  func isOpen(_ question: ImportQuestion) -> Bool { form.choice(question.place) == 0 }

  /// Takes what was said of it.
  mutating func settle(_ question: ImportQuestion, choice: Int) {
    form.set(question.place, toChoice: choice)
  }

  /// Forgets what was seen of the file, as it is to be read otherwise.
  mutating func forget() {
    preview = .missing
    report = nil
    skipping = 0
  }

  /// Forgets what came of an import that was taken back: it is not there any more.
  mutating func takenBack(_ receipt: Receipt) {
    guard let report, report.isWritten else { return }
    // What came of offers is no import of its own, but decisions about them.
    let isOfIt = report.batch.map(receipt.imports.contains) ?? !receipt.offers.isEmpty
    if isOfIt { forget() }
  }

  /// Begins anew with another file: how the last one was to be read is no word about this one.
  mutating func beginFile() {
    forget()
    form.set(FieldPlace.columns, to: "")
    for place in [FieldPlace.layout, FieldPlace.days, FieldPlace.decimals] {
      form.set(place, toChoice: 0)
    }
  }

  /// Begins to write another path, from the root on.
  mutating func beginPath() {
    form.selected = FieldPlace.file
    form.set(FieldPlace.file, to: "/")
    form.edit(isSelecting: false)
  }

  /// Pastes into the field that is written; a path that is pasted where none is, is another file.
  mutating func paste(_ text: String) {
    if !form.isEditing {
      guard form.selected == FieldPlace.file else { return }
      form.set(FieldPlace.file, to: "")
      form.edit()
    }
    form.paste(text)
  }

  /// Gives a key to the field that is written.
  mutating func take(_ key: Key) {
    guard form.handle(key) else { return }
    if path == settledPath { forget() } else { beginFile() }
    settledPath = path
  }

  func needs() -> [Effect] {
    guard preview.isMissing, !form.isEditing, !path.isEmpty else { return [] }
    // What is written by hand may be half a pair still; what is in the file is shown all the same.
    return [.previewImport(path, lookRequest(mapping ?? []))]
  }
}

extension ImportQuestion {
  /// The field that answers it.
  fileprivate var place: Int {
    switch self {
    case .dates: ImportState.FieldPlace.days
    case .decimals: ImportState.FieldPlace.decimals
    }
  }
}

extension AppModel {
  /// Does a command of the import's screen.
  mutating func performImport(_ command: Command) -> [Effect] {
    if command.motion != nil {
      importing.form.move(command)
      return []
    }
    switch command {
    case .newFile: importing.beginPath()
    case .takeOver: takeProposalOver()
    case .open, .edit: if importing.form.edit() { importing.forget() }
    case .nextChoice, .right: if importing.form.choose(1) { importing.forget() }
    case .previousChoice, .left: if importing.form.choose(-1) { importing.forget() }
    case .results: return lookForResults()
    case .scrollDown: scrollImport(1)
    case .scrollUp: scrollImport(-1)
    case .run: return bringIn()
    case .tryOut:
      guard let request = importing.request(dryRun: true) else { return [] }
      return start(.importFile(importing.path, request))
    default: break
    }
    return []
  }

  func whyDisabledInImport(_ command: Command) -> String? {
    if command == .scrollDown || command == .scrollUp {
      return importScroll.most > 0 ? nil : texts["importing.all-in-view"]
    }
    if command == .takeOver {
      return importing.preview.value?.proposal.isEmpty == false && importing.mapping == []
        ? nil : texts["importing.no-proposal"]
    }
    guard command == .run || command == .tryOut else { return nil }
    if importing.path.isEmpty { return texts["importing.which-file"] }
    if importing.mapping == nil {
      return texts["importing.wrong-columns"]
    }
    if let preview = importing.preview.value, preview.profile == nil { return preview.notes.first }
    return importing.preview.failure
  }

  /// After a file was brought in.
  mutating func imported(_ report: ImportReport) -> [Effect] {
    importing.report = report
    importing.skipping = 0
    guard let programme else { return [] }
    let counts = report.counts
    func part(_ key: String, _ count: Int) -> String { texts(key, ["n": programme.number(count)]) }
    var parts = [part("importing.read", counts.read), part("importing.new", counts.new)]
    // Sales never change; what a file of sales changes are customers.
    if !report.isOfSales { parts.append(part("importing.changed", counts.changed)) }
    parts.append(part("importing.unchanged", counts.unchanged))
    if counts.rejected > 0 {
      parts.append(part("importing.rejected", counts.rejected))
    }
    let what = parts.joined(separator: ", ")
    // Without a new or changed row nothing is written, so there is nothing to take back.
    let told =
      report.dryRun
      ? "importing.tried" : report.isWritten ? "importing.done" : "importing.nothing"
    let text = texts(told, ["what": what])
    say(report.isUnusable ? .failed(text) : .done(text))
    if !report.dryRun { invalidateFigures() }
    return [.loadStatus]
  }
}

extension ScreenBindings {
  /// The keys of the import's screen.
  static let importing: [KeyBinding<Command>] = [
    KeyBinding([.character("w")], .run, "importing.bring-in", priority: 10),
    KeyBinding([.character("d")], .tryOut, "importing.try", priority: 8),
    KeyBinding([.enter], .open, "importing.change", priority: 9),
    KeyBinding([.character("p")], .takeOver, "importing.take-over", priority: 7),
    KeyBinding([.character("/")], .newFile, "importing.new-file", priority: 0),
    KeyBinding([.character("J")], .scrollDown, "importing.scroll-down", priority: 6),
    KeyBinding([.character("K")], .scrollUp, "importing.scroll-up", priority: 0),
    KeyBinding([.character("r")], .results, "results.look", priority: 3),
    KeyBinding([.right], .nextChoice, "importing.next-choice", priority: 0),
    KeyBinding([.left], .previousChoice, "importing.previous-choice", priority: 0),
  ]
}
