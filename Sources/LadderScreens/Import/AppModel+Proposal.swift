import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

// What the names of a file's columns suggest, and files that were there before.
extension AppModel {
  /// Brings the file in; into a demo only after asking.
  mutating func bringIn() -> [Effect] {
    guard programme?.status.isDemo == true else { return bringInHere() }
    ask(
      .importIntoDemo, title: texts["importing.demo"], message: texts["importing.demo.why"],
      .choice(
        [
          Dialog.Choice(texts["importing.demo.own"], key: "o"),
          Dialog.Choice(texts["importing.demo.here"], key: "w"),
        ], selected: 0))
    return []
  }

  private mutating func bringInHere() -> [Effect] {
    importing.request(dryRun: false).map { start(.importFile(importing.path, $0)) } ?? []
  }

  /// Asks whether sales shall count twice.
  mutating func askToImportAgain(_ path: String, _ request: ImportRequest, _ before: ImportRepeat) {
    guard let programme else { return }
    let day = before.time.map { programme.display.day($0) } ?? "-"
    ask(
      .importAgain(path, request), title: texts["importing.again"],
      message: texts(
        "importing.again.why", count: before.purchases,
        ["file": before.file, "day": day, "n": programme.number(before.purchases)]),
      .confirm(yes: "y", label: texts["importing.again.yes"]))
  }

  mutating func answerImport(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    switch (question, outcome) {
    case (.importAgain(let path, var request), .confirmed):
      request.again = true
      return start(.importFile(path, request))
    case (.importIntoDemo, .chosen(0)) where whyNotOwn == nil: beginOwn()
    case (.importIntoDemo, .chosen(0)): say(.hint(whyNotOwn ?? ""))
    case (.importIntoDemo, .chosen(1)): return bringInHere()
    default: break
    }
    return []
  }

  /// Writes the proposed columns into the field for columns by hand, to be changed there.
  mutating func takeProposalOver() {
    guard let proposal = importing.preview.value?.proposal, !proposal.isEmpty else { return }
    let place = ImportState.FieldPlace.columns
    importing.form.set(place, to: proposal.map(\.written).joined(separator: " "))
    importing.form.selected = place
    importing.form.edit()
  }

  /// After a path was completed: it stands in the field, and how it could go on is told.
  mutating func completed(_ completion: PathCompletion) {
    guard importing.isWritingPath else { return }
    let place = ImportState.FieldPlace.file
    let isSame = importing.form[place] == completion.path
    importing.form.set(place, to: completion.path)
    switch completion.names.count {
    case 0: say(.hint(texts["importing.no-such-path"]))
    case 1: break
    default: if isSame { say(.hint(completion.names.joined(separator: "  "))) }
    }
  }
}
