package import LoyaltyModel

/// A campaign as it is typed: texts that may be wrong.
package struct CampaignDraft: Sendable, Hashable {
  /// The fields, in the order of the form.
  package enum Field: String, Sendable, CaseIterable {
    case name, from, until, branches, budget, note
  }

  /// The name that it had when it was opened; nil for a new one.
  package let original: String?
  private var values: [Field: String]
  private let start: [Field: String]

  init(original: String?, values: [Field: String]) {
    (self.original, self.values, start) = (original, values, values)
  }

  /// What stands in a field; empty for no limit, several branches separated by commas.
  package subscript(field: Field) -> String {
    get { values[field] ?? "" }
    set { values[field] = newValue }
  }

  /// Whether anything differs from what it was opened with.
  package var isChanged: Bool { Field.allCases.contains { self[$0] != start[$0] ?? "" } }
}

/// Something that is wrong with a campaign as it was typed.
package struct CampaignMistake: Sendable, Hashable {
  /// The field.
  package var field: CampaignDraft.Field
  /// What is wrong.
  package var cause: Cause

  /// What is wrong with it.
  package enum Cause: Sendable, Hashable {
    /// It is no name: empty, too long, or with quotes or line breaks.
    case name(String)
    /// Another campaign has this name.
    case taken(String)
    /// It is no day.
    case day(String)
    /// It ends before it begins.
    case reversed(from: String, until: String)
    /// No customer belongs to such a branch.
    case branch(String, known: [String])
    /// It is no amount.
    case amount(String)
  }

  /// Cause and remedy.
  package func words(_ texts: Texts) -> String {
    switch cause {
    case .name(let name):
      texts("campaign.wrong.name", ["name": name, "most": String(Campaign.longestName)])
    case .taken(let name): texts("campaign.wrong.taken", ["name": name])
    case .day(let text): texts("campaign.wrong.day", ["text": text])
    case .reversed(let from, let until):
      texts("campaign.wrong.reversed", ["from": from, "until": until])
    case .branch(let name, let known):
      texts("campaign.wrong.branch", ["name": name, "known": known.joined(separator: ", ")])
    case .amount(let text): texts("campaign.wrong.amount", ["text": text])
    }
  }
}

/// What can be said of a campaign while it is typed.
package struct CampaignDraftReport: Sendable, Hashable {
  /// The campaign; nil while it has mistakes.
  package var campaign: Campaign?
  /// What is wrong.
  package var mistakes: [CampaignMistake]
  /// How many customers belong to its branches, and how many there are.
  package var customers: Int
  /// See ``customers``.
  package var allCustomers: Int
  /// The titles of the rules that name it.
  package var rules: [String]
  /// What is left of its budget, in minor units, if it is saved so; nil without a budget.
  package var left: Int64?
}

/// Reads what was typed of a campaign.
struct CampaignReading {
  private(set) var campaign: Campaign
  private(set) var mistakes: [CampaignMistake] = []

  /// Reads a draft.
  ///
  /// - Parameters:
  ///   - draft: What was typed.
  ///   - taken: The names of other campaigns.
  ///   - branches: The branches that customers belong to.
  ///   - display: How days and amounts are written.
  ///   - currency: The currency of the budget.
  init(
    _ draft: CampaignDraft, taken: [String], branches: [String], _ display: DisplayFormat,
    _ currency: Currency
  ) {
    campaign = Campaign(name: draft[.name].trimmingBlanks)
    campaign.note = draft[.note].trimmingBlanks
    let name = campaign.name
    if !(1...Campaign.longestName).contains(name.count)
      || name.contains(where: { $0 == "\"" || $0 == "'" || $0.isNewline })
    {
      tell(.name, .name(name))
    } else if let other = taken.first(where: { $0.lowercased() == name.lowercased() }) {
      tell(.name, .taken(other))
    }
    campaign.from = day(draft, .from, display)
    campaign.until = day(draft, .until, display)
    if let from = campaign.from, let until = campaign.until, until < from {
      tell(.until, .reversed(from: display.day(from), until: display.day(until)))
    }
    let words = draft[.branches].split(separator: ",").map { String($0).trimmingBlanks }
    for word in Set(words).sorted() where !word.isEmpty {
      let known = branches.first { $0 == word }
      let same = known ?? branches.first { $0.lowercased() == word.lowercased() }
      if same == nil, !branches.isEmpty { tell(.branches, .branch(word, known: branches)) }
      if !campaign.branches.contains(same ?? word) { campaign.branches.append(same ?? word) }
    }
    campaign.branches.sort()
    let budget = draft[.budget].trimmingBlanks
    guard !budget.isEmpty else { return }
    campaign.budget = Self.amount(budget, display, currency)
    if campaign.budget == nil { tell(.budget, .amount(budget)) }
  }

  /// An amount as people write it, or as files do.
  private static func amount(
    _ text: String, _ display: DisplayFormat, _ currency: Currency
  ) -> Int64? {
    let amount = display.amount(written: text, currency) ?? currency.minorUnits(decimalText: text)
    return amount.flatMap { $0 < 0 ? nil : $0 }
  }

  private mutating func day(
    _ draft: CampaignDraft, _ field: CampaignDraft.Field, _ display: DisplayFormat
  ) -> Day? {
    let text = draft[field].trimmingBlanks
    guard !text.isEmpty else { return nil }
    let day = display.day(written: text)
    if day == nil { tell(field, .day(text)) }
    return day
  }

  private mutating func tell(_ field: CampaignDraft.Field, _ cause: CampaignMistake.Cause) {
    mistakes.append(CampaignMistake(field: field, cause: cause))
  }
}
