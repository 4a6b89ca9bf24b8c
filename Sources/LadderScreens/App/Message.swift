package import LoyaltyWorkspace
package import TerminalKit

/// Something that happened, which `update` takes in.
package enum Message: Sendable {
  /// A key; `isTypeAhead` when it was waiting already as the present frame was drawn.
  case key(Key, isTypeAhead: Bool)
  case paste(String)
  case resize(Size)
  case resumed
  /// Somebody, perhaps this program itself, changed the files of the programme.
  case filesChanged
  case wheel(down: Bool)
  case click(ClickTarget, isTypeAhead: Bool)
  /// The program is asked to end.
  case terminate
  /// What is known of a programme that is being opened.
  case found(FoundProgramme)
  /// What an effect brought.
  case answer(Answer)
  /// What an effect brought that was done beside the keys, and the revision of the data it is of.
  case aside(Answer, revision: Int)
  /// What an effect failed with, in words; a filter that is half typed may still become right.
  case failed(Effect, String, isHalfTyped: Bool = false)
  case progress(WorkProgress)
  case jobDone(Job, JobResult)
  case jobFailed(Job, String, wasStopped: Bool)
}

/// What quick effects bring.
package enum Answer: Sendable {
  case status(ProgrammeFacts)
  case overview(Overview)
  case customers(CustomerListing, filter: String)
  case summaries([CustomerSummary])
  case card(CustomerCard)
  /// What would lead a customer further.
  case nextSteps([String], customer: String)
  case offers([Int], filter: String)
  case groups([OfferGroup], filter: String)
  case impact(OfferImpact, [Int], Verdict)
  case editing(OfferEditing)
  case edited(Receipt, Int)
  case batch(Receipt, isTaken: Bool)
  case summary(ReviewSummary)
  case segments(Receipt)
  case offerCards([OfferCard])
  case decided(Receipt, [Int], Verdict)
  case undone(Receipt?)
  /// Taking this back should be asked first.
  case asksToUndo(UndoPreview)
  case redone(Receipt?)
  case log([LogEntry])
  case rules([RuleLine])
  case explained(FigureExplanation)
  /// Why a rule does or does not offer something to a customer.
  case why([String])
  case ruleForm(RuleDraft, rule: String?)
  case campaignForm(CampaignDraft)
  /// A campaign was made, changed or removed.
  case campaignChanged(Receipt)
  case languageChanged(Receipt)
  case ruleNumbers(String, [RuleNumber])
  /// A rule's file was changed.
  case ruleChanged(Receipt)
  case ruleEdited(file: String, RuleEditing)
  case exportPreview(ExportPreview)
  case importPreview(ImportPreview)
  case pathCompletion(PathCompletion)
  case filterWords(FilterWords)
  case refreshed(changed: Bool)
  case overviewKept
}

/// What long work brings.
package enum JobResult: Sendable {
  case prepared
  case figures(FigureQuery, FigureAnswer)
  /// What was computed is of data that have changed meanwhile.
  case outdated
  case suggested(SuggestReport)
  case imported(ImportReport)
  /// The file was imported before, and its sales would count twice.
  case importedBefore(ImportRepeat)
  case exported(ExportReport)
  case outcomes(OutcomeReport)
  /// The programme is open, and as it was found at the first look or not.
  case adopted(ProgrammeFacts, isAsFound: Bool)
  /// Another programme is open now.
  case opened(ProgrammeFacts, isDemo: Bool)
}
