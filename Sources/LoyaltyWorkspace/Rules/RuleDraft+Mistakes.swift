import LoyaltyModel
import LoyaltyRules
import TextFormats

// What is wrong with a rule's file, said for the fields of the form.

extension RuleDraft {
  /// The field in which a value of the rule's file is typed.
  static func field(of pointer: [String]) -> Field? {
    switch pointer.prefix(2).joined(separator: "/") {
    case "id": .id
    case "title": .title
    case "campaign": .campaign
    case "move", "move/to": .to
    case "move/from": .from
    case _ where pointer.first == "when": .facts
    case _ where pointer.first == "unless": .except
    case "offer": .kind
    case "offer/params": .category
    case "offer/cost", "offer/role": nil
    case _ where pointer.first == "offer": Field(rawValue: pointer[1])
    case "window": .ends
    case "window/from": .begins
    case "window/until": .ends
    case "score/propensity": .response
    case "limits/per customer": .every
    case "group": .group
    case "priority": .priority
    case _ where pointer.first == "holdout": .holdOut
    case "why": .why
    case "benefit/customer": .customerBenefit
    case "benefit/business": .businessBenefit
    default: nil
    }
  }
}

extension RuleDraftReport.Mistake {
  /// An issue of the file at the field that it comes from, in the words of the form.
  init(_ issue: RuleIssue, _ wording: Wording) {
    let field = RuleDraft.field(of: issue.pointer.tokens)
    self.init(field: field, text: issue.cause.formMessage(wording) ?? issue.message(wording))
    switch issue.cause {
    case .moveNotUp: self.field = .from
    case .termsMissing: self.field = .percent
    default: break
    }
  }
}

extension RuleIssue.Cause {
  /// Cause and remedy for somebody who sees fields rather than a file; nil where both are the same.
  fileprivate func formMessage(_ wording: Wording) -> String? {
    let texts = wording.texts
    switch self {
    case .identifier: return wording["draft.id"]
    case .emptyText: return wording["draft.empty"]
    case .emptyList: return wording["draft.no-cohort"]
    case .moveNotUp(let from, let to):
      return wording("draft.move", ["from": texts.value(from), "to": texts.value(to)])
    case .moveContradicted(let from, _, let asks):
      return wording(
        "draft.other-cohorts", ["asks": texts.value(asks), "from": texts.value(from)])
    case .neverTogether(let test, _, _, _):
      return wording("draft.never", ["fact": texts.label(test.fact)])
    case .alwaysExcepted: return wording["draft.nobody-left"]
    case .termsMissing: return wording["draft.no-terms"]
    case .termsUnfit(_, let kind):
      return wording("draft.unfit-terms", ["kind": texts.value(kind.rawValue)])
    case .needlessTerm: return wording["draft.two-terms"]
    case .notDay(let text): return wording("draft.no-day", ["text": text])
    case .wrongKind(expected: .wholeNumber, _), .notWhole: return wording["draft.whole"]
    case .outsideRange(_, _, let low, let high?):
      return wording("draft.outside", ["low": low, "high": high])
    case .windowReversed: return wording["draft.window"]
    default: return nil
    }
  }
}
