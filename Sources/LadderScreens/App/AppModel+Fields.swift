import LoyaltyModel
import TerminalKit

extension AppModel {
  /// Gives a key to the field that is being typed into; nil when there is none.
  mutating func takeInField(_ key: Key) -> [Effect]? {
    switch screen {
    case .customers where customers.filter.isOpen:
      if key == .function(1) { return showFacts(.customers) }
      if key == .tab { return completeFilter() }
      return customers.filter.handle(key) ? listCustomers() : []
    case .review where review.filter.isOpen:
      if key == .function(1) { return showFacts(.offers) }
      if key == .tab { return completeFilter() }
      return review.filter.handle(key) ? listOffers() : []
    case .rules where rules.form.isEditing:
      rules.form.handle(key)
    case .ruleForm where ruleForm.form.isEditing:
      let place = ruleForm.form.selected
      ruleForm.form.handle(key)
      ruleForm.take(place)
    case .campaignForm where campaignForm.form.isEditing:
      campaignForm.form.handle(key)
      campaignForm.takeFields()
    case .export where export.form.isEditing:
      if export.form.handle(key) { export.sample = .missing }
    case .importing where importing.form.isEditing:
      if key == .tab, importing.isWritingPath {
        return [.completePath(importing.form[ImportState.FieldPlace.file])]
      }
      importing.take(key)
    case .welcome where welcome.form.isEditing:
      takeInWelcome(key)
    default: return nil
    }
    return []
  }

  /// Lists what a filter may ask for, over the filter that is being typed.
  private mutating func showFacts(_ catalogue: FactCatalogue) -> [Effect] {
    let lines = catalogue.facts.map { fact in
      guard case .choice(let words) = fact.type, !words.isEmpty else {
        return "\(fact.id): \(texts.label(fact))"
      }
      return "\(fact.id): \(texts.label(fact)) (\(words.map(texts.value).joined(separator: ", ")))"
    }
    let about = texts[catalogue.fact("offer") == nil ? "filter.facts.about" : "filter.facts.offers"]
    overlay = .text(
      TextSheet(
        title: texts["filter.facts"], text: ([about, ""] + lines).joined(separator: "\n")))
    return []
  }

  /// Pastes into the field that is being typed into; elsewhere a paste does nothing, so that its
  /// letters are never taken for commands.
  mutating func pasteIntoField(_ text: String) -> [Effect] {
    switch screen {
    case .customers where customers.filter.isOpen:
      customers.filter.field.insert(text)
      return listCustomers()
    case .review where review.filter.isOpen:
      review.filter.field.insert(text)
      return listOffers()
    case .rules where rules.form.isEditing: rules.form.paste(text)
    case .ruleForm where ruleForm.form.isEditing:
      ruleForm.form.paste(text)
      ruleForm.take(ruleForm.form.selected)
    case .campaignForm where campaignForm.form.isEditing:
      campaignForm.form.paste(text)
      campaignForm.takeFields()
    case .export where export.form.isEditing: export.form.paste(text)
    case .importing: importing.paste(text)
    case .welcome where welcome.form.isEditing: welcome.form.paste(text)
    default: break
    }
    return []
  }

  /// Takes the filter of the screen away; nil when there is none.
  mutating func clearFilterHere() -> [Effect]? {
    switch screen {
    // What was begun last goes first.
    case .customers where customers.table.anchor != nil:
      customers.table.endRange()
      return []
    case .review where review.table.anchor != nil:
      review.table.endRange()
      return []
    case .review where review.groups.isOpen:
      toggleGroups()
      return []
    case .customers where !customers.filter.text.isEmpty:
      customers.filter.clear()
      return listCustomers()
    case .review where !review.filter.text.isEmpty:
      review.filter.clear()
      return listOffers()
    case .customers where customers.scope != nil:
      customers.leaveScope()
      return listCustomers()
    case .attrition: return clearAttrition()
    case .rules where rules.isInForm:
      rules.isInForm = false
      return []
    default: return nil
    }
  }
}
