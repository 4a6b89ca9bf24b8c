import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A file to bring in: which, what is in it, and what came of it.
struct ImportState: Sendable {
  enum FieldPlace { static let file = 0, known = 1, columns = 2 }

  var form = Form([
    Form.Field(
      label: "File", value: .text(TextFieldState()), placeholder: "/home/me/sales.csv"),
    Form.Field(
      label: "Known customers",
      value: .choice(["take the file's", "keep ours"], 0)),
    Form.Field(
      label: "Columns by hand", value: .text(TextFieldState()),
      placeholder: "amount=Total date=Day (only when not recognised)"),
  ])
  var preview: Loadable<ImportPreview> = .missing
  var report: ImportReport?

  /// The path as written, without blanks around it and without the quotes of a dragged file.
  var path: String {
    var path = Substring(form[FieldPlace.file])
    while let first = path.first, " '\"".contains(first) { path.removeFirst() }
    while let last = path.last, " '\"".contains(last) { path.removeLast() }
    return String(path)
  }

  /// Columns picked by hand: `field=Column` pairs; nil where they cannot be read.
  var mapping: [MappedColumn]? {
    var pairs: [MappedColumn] = []
    for part in form[FieldPlace.columns].split(separator: " ") {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return nil }
      pairs.append(MappedColumn(field: String(sides[0]), column: String(sides[1])))
    }
    return pairs
  }

  func request(dryRun: Bool) -> ImportRequest? {
    guard let mapping else { return nil }
    var request = ImportRequest()
    request.mapping = mapping
    request.replacesKnown = form.choice(FieldPlace.known) == 0
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
    case .run, .tryOut:
      guard let request = importing.request(dryRun: command == .tryOut) else { return [] }
      return start(.importFile(importing.path, request))
    default: break
    }
    return []
  }

  func whyDisabledInImport(_ command: Command) -> String? {
    guard command == .run || command == .tryOut else { return nil }
    if importing.path.isEmpty { return "Which file? Press Enter and write or paste its path." }
    if importing.mapping == nil {
      return "Write columns by hand like amount=Total date=Day customer=Client."
    }
    return importing.preview.failure
  }

  /// After a file was brought in.
  mutating func imported(_ report: ImportReport) -> [Effect] {
    importing.report = report
    guard let programme else { return [] }
    let counts = report.counts
    let rejected = counts.rejected > 0 ? ", \(programme.number(counts.rejected)) rejected" : ""
    let what =
      "\(programme.number(counts.read)) read, \(programme.number(counts.new)) new, "
      + "\(programme.number(counts.changed)) changed, "
      + "\(programme.number(counts.unchanged)) unchanged\(rejected)"
    say(.done(report.dryRun ? "Tried: \(what). Nothing was written." : "\(what). u takes it back."))
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
    KeyBinding([.right], .nextChoice, "importing.next-choice", priority: 0),
    KeyBinding([.left], .previousChoice, "importing.previous-choice", priority: 0),
  ]
}
