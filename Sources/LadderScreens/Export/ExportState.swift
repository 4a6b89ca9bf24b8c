import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// What is to be exported, and the first rows of it.
struct ExportState: Sendable {
  enum FieldPlace {
    static let file = 0, format = 1, filter = 2, replaces = 3, excel = 4
  }

  static let formats: [ExportFormat] = [
    .csv, .json, .ndjson, .markdown, .klaviyo, .mailchimp, .hubspot, .voucherify, .letters,
  ]

  var form: Form
  var sample: Loadable<ExportPreview> = .missing
  var report: ExportReport?

  init(_ texts: Texts) {
    form = Form([
      Form.Field(label: texts["field.file"], value: .text(TextFieldState("offers.csv"))),
      Form.Field(
        label: texts["export.format"],
        value: .choice(
          [
            "CSV", "JSON", "NDJSON", "Markdown", "Klaviyo", "Mailchimp", "HubSpot", "Voucherify",
            texts["export.letters"],
          ], 0)),
      Form.Field(
        label: texts["export.which"], value: .text(TextFieldState("state = approved"))),
      Form.Field(
        label: texts["export.exists"],
        value: .choice([texts["export.exists.stop"], texts["export.exists.replace"]], 0)),
      Form.Field(
        label: texts["export.excel"],
        value: .choice([texts["export.excel.no"], texts["export.excel.yes"]], 0)),
    ])
  }

  /// What the fields ask for.
  var options: ExportOptions {
    var options = ExportOptions(
      file: form[FieldPlace.file], format: Self.formats[form.choice(FieldPlace.format)])
    options.filter = form[FieldPlace.filter]
    options.overwrites = form.choice(FieldPlace.replaces) == 1
    // What a service takes has one form only.
    if options.format.hasDelimiter, form.choice(FieldPlace.excel) == 1 {
      options.delimiter = ";"
      options.byteOrderMark = true
    }
    return options
  }

  /// Follows the format with the file's ending, unless the name was written with another.
  mutating func followFormat(from old: ExportFormat) {
    let file = form[FieldPlace.file]
    guard file.hasSuffix("." + old.ending) else { return }
    form.set(
      FieldPlace.file,
      to: String(file.dropLast(old.ending.count)) + options.format.ending)
  }
}

extension ExportFormat {
  /// The ending of its files.
  var ending: String {
    switch self {
    case .markdown: "md"
    case .csv, .json, .ndjson: rawValue
    case .klaviyo, .mailchimp, .hubspot, .voucherify: "csv"
    case .letters: "txt"
    }
  }
}

extension AppModel {
  /// How many rows the preview holds: enough for the tallest screens.
  private static let sampleRows = 50

  func exportNeeds() -> [Effect] {
    guard export.sample.isMissing, !export.form.isEditing else { return [] }
    return [.previewExport(export.options)]
  }

  /// Does a command of the export's screen.
  mutating func performExport(_ command: Command) -> [Effect] {
    if command.motion != nil {
      export.form.move(command)
      return []
    }
    let old = export.options.format
    switch command {
    case .open, .edit:
      if export.form.edit() { export.followFormat(from: old) }
    case .nextChoice, .right: if export.form.choose(1) { export.followFormat(from: old) }
    case .previousChoice, .left: if export.form.choose(-1) { export.followFormat(from: old) }
    case .run: askToExport()
    case .results: return lookForResults()
    default: break
    }
    // Each format has its own rows, and keeps others back.
    if export.options.format != old { export.sample = .missing }
    return []
  }

  func whyDisabledInExport(_ command: Command) -> String? {
    guard command == .run else { return nil }
    guard let sample = export.sample.value else {
      return export.sample.failure ?? texts["export.not-ready"]
    }
    if sample.total == 0 { return texts["export.no-match"] }
    return export.form[ExportState.FieldPlace.file].isEmpty ? texts["export.no-name"] : nil
  }

  /// After the list was written.
  mutating func exported(_ report: ExportReport) -> [Effect] {
    export.report = report
    invalidateLists()
    guard let programme else { return [] }
    let text = report.keptBack.isEmpty ? "export.done" : "export.done.kept"
    say(
      .done(
        texts(
          text, count: report.moved,
          [
            "offers": programme.count(report.written, "count.offers"), "file": report.file,
            "moved": programme.number(report.moved),
            "kept": programme.number(report.keptBack.count),
          ])))
    return [.loadStatus]
  }

  private mutating func askToExport() {
    guard let sample = export.sample.value, let programme else { return }
    let options = export.options
    let count = programme.count(sample.total, "count.offers")
    let number = String(sample.total)
    let (again, kept) = (sample.total - sample.approved, sample.keptBack.count)
    let message = [
      again == 0
        ? texts("export.ask.go", count: sample.total, ["offers": count, "file": options.file])
        : texts(
          "export.ask.again", count: sample.total,
          [
            "offers": count, "file": options.file, "approved": programme.number(sample.approved),
            "again": programme.number(again),
          ]),
      sample.hasRunOut ? texts["export.ask.run-out"] : nil,
      kept == 0 ? nil : texts("export.ask.kept", count: kept, ["n": programme.number(kept)]),
      texts["export.ask.type"],
    ].compactMap(\.self).joined(separator: "\n")
    ask(
      .export(options), title: texts("export.ask", ["offers": count, "n": number]),
      message: message, .typed(expected: number, TextFieldState()))
  }
}

extension ScreenBindings {
  /// The keys of the export's screen.
  static let export: [KeyBinding<Command>] = [
    KeyBinding([.character("w")], .run, "export.write", priority: 10),
    KeyBinding([.enter], .open, "export.change", priority: 8),
    KeyBinding([.character("r")], .results, "results.look", priority: 6),
    KeyBinding([.right], .nextChoice, "export.next-choice", priority: 0),
    KeyBinding([.left], .previousChoice, "export.previous-choice", priority: 0),
    KeyBinding([.character("T")], .nextLanguage, "letters.language", priority: 0),
  ]
}
