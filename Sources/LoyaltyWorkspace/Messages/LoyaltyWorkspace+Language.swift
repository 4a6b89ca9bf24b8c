package import LoyaltyModel
import LoyaltyStore

extension LoyaltyWorkspace {
  /// The language of what customers read.
  package var language: Language { state.programme.language }

  /// Sets the language of what customers read, for offers that wait as for those to come.
  ///
  /// What somebody wrote by hand stays as it was written.
  ///
  /// - Returns: What was done; it can be undone like any change.
  /// - Throws: An error when it cannot be written.
  package func setLanguage(_ language: Language) throws(WorkspaceError) -> Receipt {
    let before = state.programme
    var after = before
    after.language = language
    let events = before == after ? [] : try commit([.settings(from: before, to: after)])
    return Receipt(
      text: wording("receipt.language", ["language": texts.title(language)]),
      events: events.map(\.sequence), offers: [])
  }
}
