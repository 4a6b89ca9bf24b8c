import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import TextFormats

/// What came of editing a rule's file in an editor.
package enum RuleEditing: Sendable, Hashable {
  /// Nothing was changed.
  case unchanged
  /// It was saved; with what the checker warns of.
  case saved(Receipt, warnings: [String])
  /// It has mistakes and was not saved: the text as edited, the first mistake, and its line.
  case mistakes(text: String, first: String, line: Int)
  /// It could not be saved: the text as edited, and why.
  case notSaved(text: String, reason: String)
}

/// What the rules' screen tells of all rules.
package struct RulesDigest: Sendable, Hashable {
  /// How many customers match each rule now, by its identifier.
  package var matched: [String: Int]
  /// What the checker says of each rule, by its file.
  package var problems: [String: [String]]
  /// The results of the tests inside each rule, by its identifier: those that failed, in words, and
  /// how many there are.
  package var tests: [String: Tests]

  /// The tests inside one rule.
  package struct Tests: Sendable, Hashable {
    /// How many there are.
    package var count: Int
    /// The failed ones, in words.
    package var failed: [String]
  }
}

extension LoyaltyWorkspace {
  /// Has somebody edit a rule's file in an editor, checks it, and saves it when it has no mistakes.
  ///
  /// - Parameters:
  ///   - file: The file of the rule.
  ///   - text: What to begin with; nil for the file as it is.
  ///   - line: The line to be at.
  ///   - folder: Where the copy to be edited is put, outside of the store: a rule half written must
  ///     not be taken for one.
  ///   - edit: Runs the editor on a file and returns when it ended, with its exit status.
  /// - Returns: What came of it; a text that could not be saved is part of it.
  /// - Throws: An error when there is no such rule, a file cannot be read or written, or the editor
  ///   failed before anything was changed.
  package func editRule(
    file: String, text: String? = nil, line: Int? = nil, in folder: String,
    edit: (_ path: String, _ line: Int?) -> Int32
  ) throws(WorkspaceError) -> RuleEditing {
    guard let stored = ruleText(file) else { throw .noSuchRule(file, nearest: []) }
    let copy = try EditedCopy(of: text ?? stored, named: file, in: folder, environment)
    // Only once what was written is saved or handed back.
    defer { copy.remove() }
    let status = edit(copy.path, line)
    let edited = try copy.text()
    guard status == 0 else {
      let failure = WorkspaceError.editorFailed(status)
      if edited == stored { throw failure }
      return .notSaved(text: edited, reason: failure.message(wording))
    }
    guard edited != stored else { return .unchanged }
    let reading = readRule(Array(edited.utf8), file: file)
    if let first = reading.issues.first(where: { $0.severity == .error }) {
      return .mistakes(
        text: edited, first: first.description(wording), line: first.position?.line ?? 1)
    }
    do throws(WorkspaceError) {
      let receipt = try saveRule(versioned(edited, file: file), file: file)
      return .saved(receipt, warnings: reading.issues.map { $0.description(wording) })
    } catch {
      return .notSaved(text: edited, reason: error.message(wording))
    }
  }

  /// What is to be told of all rules; looks at every customer.
  ///
  /// - Parameter progress: Is told how far it is; false stops it.
  /// - Returns: Whom they match, their problems and their tests.
  /// - Throws: `WorkspaceError.cancelled` when it was stopped.
  package func rulesDigest(
    progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> RulesDigest {
    let stop = StopCheck(progress)
    try stop.check(texts["job.rules"])
    let facts = factsWithOffers(try prepared(stop, stop.pace.part(0, 0.1)))
    var digest = RulesDigest(matched: [:], problems: [:], tests: [:])
    let (readings, pace) = (readRules(), stop.pace.part(0.1, 0.6))
    for (index, reading) in readings.map(\.reading).enumerated() {
      guard let rule = reading.rule else { continue }
      let part = pace.part(index, of: readings.count)
      digest.matched[rule.id] = try matches(rule, facts, pace: part).population
      let results = RuleTester.run(rule, file: besideRules)
      digest.tests[rule.id] = RulesDigest.Tests(
        count: results.count, failed: results.filter { !$0.passed }.map { $0.message(wording) })
    }
    for check in try checkRules(pace: stop.pace.part(0.6, 1), stop) {
      digest.problems[check.file] = check.messages
    }
    return digest
  }
}
