import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

// What the names of a file's columns suggest, and files that were there before.
extension AppModel {
  /// Brings the file in; what it leaves open is asked first.
  mutating func bringIn() -> [Effect] {
    for question in importing.preview.value?.questions ?? [] {
      guard importing.isOpen(question) else { continue }
      askToSettle(question)
      return []
    }
    return bringInSettled()
  }

  /// Brings the file in as it is read now; into a demo only after asking.
  private mutating func bringInSettled() -> [Effect] {
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

  /// Asks what a file leaves open, so that its rows are not rejected for it.
  private mutating func askToSettle(_ question: ImportQuestion) {
    let (title, message, answers): (String, String, [Dialog.Choice])
    switch question {
    case .dates(let example):
      title = texts["importing.settle.days"]
      message = texts("importing.settle.days.why", ["example": example])
      answers = [
        Dialog.Choice(texts["importing.days.day-first"], key: "d"),
        Dialog.Choice(texts["importing.days.month-first"], key: "m"),
      ]
    case .decimals(let example):
      title = texts["importing.settle.decimals"]
      message = texts("importing.settle.decimals.why", ["example": example])
      answers = [
        Dialog.Choice(texts["importing.decimals.point"], key: "p"),
        Dialog.Choice(texts["importing.decimals.comma"], key: "c"),
      ]
    }
    let reject = Dialog.Choice(texts["importing.settle.reject"], key: "l")
    ask(
      .settleImport(question), title: title, message: message,
      .choice(answers + [reject], selected: 0))
  }

  /// Takes what was said of a file, and brings it in; where nothing was, its rows are rejected.
  private mutating func settle(_ question: ImportQuestion, choice: Int) -> [Effect] {
    guard choice < 2 else { return bringInSettled() }
    importing.settle(question, choice: choice + 1)
    return bringIn()
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
    case (.settleImport(let open), .chosen(let choice)): return settle(open, choice: choice)
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
    // What was proposed is to be changed, not to be written anew.
    importing.form.edit(isSelecting: false)
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
