import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

// Filters under a name, and the columns of the list.
extension AppModel {
  /// Offers the saved filters, and to save the one in force.
  mutating func askSegment() {
    let names = segmentNames
    var choices = names.enumerated().map { index, name in
      Dialog.Choice(name, key: index < 9 ? Character(String(index + 1)) : nil)
    }
    if !customers.filter.text.isEmpty {
      choices.append(Dialog.Choice(texts["segments.save"], key: "s"))
    }
    if !names.isEmpty { choices.append(Dialog.Choice(texts["segments.remove"], key: "r")) }
    guard !choices.isEmpty else { return say(.hint(texts["segments.none"])) }
    ask(
      .segment, title: texts["segments.title"], message: texts["segments.about"],
      .choice(choices, selected: 0))
  }

  private var segmentNames: [String] { (programme?.status.segments ?? []).map(\.name) }

  /// What to do once a question about saved filters was answered.
  mutating func answerSegment(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    let names = segmentNames
    switch (question, outcome) {
    case (.segment, .chosen(let index)) where index < names.count:
      customers.filter.set("saved:\"\(names[index])\"")
      return listCustomers()
    case (.segment, .chosen(let index)):
      let isSaving = index == names.count && !customers.filter.text.isEmpty
      if isSaving {
        ask(
          .segmentName, title: texts["segments.save"], message: texts["segments.name"],
          .prompt(TextFieldState()))
      } else {
        ask(
          .segmentRemoval, title: texts["segments.remove"], message: texts["segments.remove.about"],
          .choice(names.map { Dialog.Choice($0) }, selected: 0))
      }
    case (.segmentName, .entered(let name)):
      return [.saveSegment(name, filter: customers.filter.text)]
    case (.segmentRemoval, .chosen(let index)) where names.indices.contains(index):
      return [.removeSegment(names[index])]
    default: break
    }
    return []
  }

  /// Leaves the column out that sorting acts upon, unless it is the name or the last.
  mutating func hideColumn() {
    let columns = CustomersLayout(Chrome(bounds: bounds).body, customers).columns
    guard customers.column != .name, columns.count > 1 else {
      return say(.hint(texts["customers.column.stays"]))
    }
    let place = columns.firstIndex(of: customers.column) ?? 0
    customers.hidden.insert(customers.column)
    let rest = columns.filter { $0 != customers.column }
    customers.column = rest[min(place, rest.count - 1)]
  }
}
