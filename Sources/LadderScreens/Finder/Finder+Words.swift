import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension Finder.Kind {
  /// The key of the title.
  var title: String {
    switch self {
    case .help: "finder.help"
    case .palette: "keys.everywhere.commands"
    case .words: "filter.words"
    }
  }

  /// How many characters of a filter the chosen word takes the place of.
  var completedLength: Int { if case .words(let words) = self { words.length } else { 0 } }
}

extension Finder {
  /// The words of a filter that match what was typed; nil for other kinds.
  var words: [FilterWords.Word]? {
    guard case .words(let all) = kind else { return nil }
    let typed = query.text.lowercased()
    guard !typed.isEmpty else { return all.words }
    return all.words.filter {
      $0.text.lowercased().contains(typed) || $0.about.lowercased().contains(typed)
    }
  }
}

// Completing what is typed into a filter.
extension AppModel {
  /// Asks what the filter may go on with.
  mutating func completeFilter() -> [Effect] {
    let isOfOffers = screen == .review
    let field = isOfOffers ? review.filter.field : customers.filter.field
    return [.completeFilter(field.kept, isOfOffers: isOfOffers)]
  }

  /// Puts in the only word that fits, or lets one be chosen.
  mutating func take(_ words: FilterWords) -> [Effect] {
    switch words.words.count {
    case 0: say(.hint(texts["filter.no-words"]))
    case 1: return complete(with: words.words[0], over: words.length)
    default: overlay = .finder(Finder(kind: .words(words)))
    }
    return []
  }

  /// Puts a word in the place of what was begun of it.
  mutating func complete(with word: FilterWords.Word, over length: Int) -> [Effect] {
    let text = word.text.hasSuffix("(") ? word.text : word.text + " "
    if screen == .review {
      review.filter.field.replace(last: length, with: text)
      return listOffers()
    }
    customers.filter.field.replace(last: length, with: text)
    return listCustomers()
  }
}
