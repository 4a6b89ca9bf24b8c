import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A file to bring in: which, what is in it, and what came of it.
struct ImportState: Sendable {
  enum FieldPlace { static let file = 0, known = 1, columns = 2, days = 3, decimals = 4 }

  var form: Form
  var preview: Loadable<ImportPreview> = .missing
  var report: ImportReport?

  init(_ texts: Texts) {
    form = Form([
      Form.Field(
        label: texts["field.file"], value: .text(TextFieldState()),
        placeholder: texts["importing.file.example"]),
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

  func request(dryRun: Bool) -> ImportRequest? {
    // What is written by hand may be half a pair still; what is in the file is shown all the same.
    guard let mapping = mapping ?? (dryRun ? [] : nil) else { return nil }
    var request = ImportRequest()
    request.mapping = mapping
    request.replacesKnown = form.choice(FieldPlace.known) == 0
    // The first choice of both leaves it to the file.
    let (days, decimals) = (form.choice(FieldPlace.days), form.choice(FieldPlace.decimals))
    request.dayFirst = days == 0 ? nil : days == 1
    request.decimals = decimals == 0 ? nil : decimals == 1 ? .point : .comma
    request.dryRun = dryRun
    return request
  }

  /// Forgets what was seen of another file.
  mutating func forget() {
    preview = .missing
    report = nil
  }

  func needs() -> [Effect] {
    guard preview.isMissing, !form.isEditing, !path.isEmpty,
      let request = request(dryRun: true)
    else { return [] }
    return [.previewImport(path, request)]
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
    case .open, .edit: if importing.form.edit() { importing.forget() }
    case .nextChoice, .right: if importing.form.choose(1) { importing.forget() }
    case .previousChoice, .left: if importing.form.choose(-1) { importing.forget() }
    case .results: return lookForResults()
    case .run, .tryOut:
      guard let request = importing.request(dryRun: command == .tryOut) else { return [] }
      return start(.importFile(importing.path, request))
    default: break
    }
    return []
  }

  func whyDisabledInImport(_ command: Command) -> String? {
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
    guard let programme else { return [] }
    let counts = report.counts
    var parts = [
      texts("importing.read", ["n": programme.number(counts.read)]),
      texts("importing.new", ["n": programme.number(counts.new)]),
      texts("importing.changed", ["n": programme.number(counts.changed)]),
      texts("importing.unchanged", ["n": programme.number(counts.unchanged)]),
    ]
    if counts.rejected > 0 {
      parts.append(texts("importing.rejected", ["n": programme.number(counts.rejected)]))
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
    KeyBinding([.character("r")], .results, "results.look", priority: 3),
    KeyBinding([.right], .nextChoice, "importing.next-choice", priority: 0),
    KeyBinding([.left], .previousChoice, "importing.previous-choice", priority: 0),
  ]
}
