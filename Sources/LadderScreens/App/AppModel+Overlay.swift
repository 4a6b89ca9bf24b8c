import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Gives a key to what lies over the screen.
  mutating func take(_ key: Key, in overlay: Overlay, isTypeAhead: Bool) -> [Effect] {
    switch overlay {
    case .finder(var finder):
      return take(key, &finder, isTypeAhead: isTypeAhead)
    case .dialog(var dialog, let question):
      if dialog.scroll(key, in: Chrome(bounds: bounds).body) {
        self.overlay = .dialog(dialog, question)
        return []
      }
      let outcome = dialog.handle(key)
      guard let outcome else {
        self.overlay = .dialog(dialog, question)
        if key == .enter, let wrong = dialog.wronglyTyped {
          say(
            .hint(
              texts(
                wrong.typed.isEmpty ? "dialog.empty" : "dialog.other",
                ["typed": wrong.typed, "expected": wrong.expected])))
        }
        return []
      }
      if outcome != .cancelled, isTypeAhead, question.mustBeSeen {
        refusedTypeAhead = true
        return []
      }
      self.overlay = nil
      return outcome == .cancelled ? cancel(question) : answer(question, outcome)
    case .offer(var form):
      switch form.handle(key, textWidth: OfferFormView.textWidth(in: Chrome(bounds: bounds).body)) {
      case .goesOn: self.overlay = .offer(form)
      case .cancelled: self.overlay = nil
      case .saved:
        self.overlay = nil
        return [.changeOffer(form.editing.offer.id, form.draft)]
      }
      return []
    case .text(var sheet):
      let (most, page) = TextSheetView.extent(sheet, in: Chrome(bounds: bounds).body)
      if sheet.handle(key, page: page, most: most) {
        self.overlay = .text(sheet)
      } else {
        self.overlay = nil
      }
      return []
    }
  }

  private mutating func take(
    _ key: Key, _ finder: inout Finder, isTypeAhead: Bool
  ) -> [Effect] {
    let words = finder.words
    let entries = words == nil ? finderEntries(finder) : []
    switch finder.handle(key, count: words?.count ?? entries.count, page: size.height - 8) {
    case .goesOn: overlay = .finder(finder)
    case .closed: overlay = nil
    case .chosen(let index):
      if let words {
        guard words.indices.contains(index) else { return [] }
        overlay = nil
        return complete(with: words[index], over: finder.kind.completedLength)
      }
      guard entries.indices.contains(index) else { return [] }
      overlay = nil
      return perform(entries[index].binding.command, isTypeAhead: isTypeAhead)
    }
    return []
  }

  /// Nothing is done where there was no answer; what somebody wrote is kept.
  private mutating func cancel(_ question: Question) -> [Effect] {
    if case .editAgain(let file, let text, _) = question {
      rules.kept[file] = text
      say(.hint(texts["rules.edit.kept"]))
    }
    return []
  }

  private mutating func answer(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    switch (question, outcome) {
    case (.leave, .confirmed): return end()
    case (.found(let currency, let zone, let language), .confirmed):
      return start(.makeProgramme(currency, timeZone: zone, language))
    case (.dropForm(let target), .confirmed):
      (ruleForm, campaignForm) = (RuleFormState(), CampaignFormState())
      return target.map { show($0) } ?? back()
    case (.export(let options), .confirmed): return start(.export(options))
    case (.outcomes, .confirmed): return start(.outcomes(dryRun: false))
    case (.settleImport, _), (.importIntoDemo, _), (.importAgain, _):
      return answerImport(question, outcome)
    case (.takeBack(let event), .confirmed): return [.undoEvent(event)]
    case (.removeCampaign(let name), .confirmed): return [.removeCampaign(name)]
    case (.editFile(let file), .confirmed):
      unchosenEditor = nil
      return [.editRule(file: file, text: rules.kept[file], line: nil)]
    case (.editAgain(let file, let text, let line), .chosen(0)):
      return [.editRule(file: file, text: text, line: line)]
    case (.editAgain, _):
      say(.hint(texts["rules.edit.dropped"]))
      return []
    case (.period, _), (.periodFrom, _), (.periodTo, _), (.overdueSince, _), (.overdueDay, _),
      (.branch, _):
      return answerDates(question, outcome)
    case (.segment, _), (.segmentName, _), (.segmentRemoval, _):
      return answerSegment(question, outcome)
    default: return answerReview(question, outcome)
    }
  }
}

extension TextSheet {
  /// Scrolls on movement keys, at most to the last page; any other key closes it.
  mutating func handle(_ key: Key, page: Int, most: Int) -> Bool {
    switch key {
    case .down, .character("j"): skipping += 1
    case .up, .character("k"): skipping -= 1
    case .pageDown, .space: skipping += page
    case .pageUp: skipping -= page
    case .home, .character("g"): skipping = 0
    case .end, .character("G"): skipping = most
    default: return false
    }
    skipping = max(0, min(most, skipping))
    return true
  }
}
