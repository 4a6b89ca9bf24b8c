import LoyaltyAnalytics
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension LoyaltyWorkspace {
  /// Within how many days after a list went out buyers count for a campaign.
  package static let campaignDays = 30

  /// The campaigns that are kept, that rules name, or that offers bear, ascending by name.
  ///
  /// - Parameters:
  ///   - days: Within how many days after a list went out buyers count.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: Each with its limits and what its offers come to.
  /// - Throws: Damage of the log, or what the disk does.
  package func campaigns(
    days: Int = campaignDays, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> [CampaignSummary] {
    let stop = StopCheck(progress)
    try stop.check(texts["job.campaigns"])
    let versions = campaignsOfVersions
    let tallies = offerLines { $0.tallies(ofVersions: versions + missing($0, versions)) }
    let rules = rulesByCampaign
    try stop.pace.look()
    let uplifts = try campaignUplifts(days: days, stop.pace)
    try stop.pace.look(1)
    let names = Set(campaignNames).union(tallies.filter { !$0.value.counts.isEmpty }.keys)
    return names.sorted().map { name in
      let campaign = state.programme.campaign(name)
      return summary(
        campaign ?? Campaign(name: name), isKept: campaign != nil, rules[name] ?? [],
        tallies[name] ?? CampaignTally(), uplifts[name])
    }
  }

  /// The campaign of a name.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: The campaign with what its offers come to.
  /// - Throws: An error when neither a campaign nor a rule nor an offer has this name.
  package func campaign(
    _ name: String, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> CampaignSummary {
    let all = try campaigns(progress: progress)
    guard let found = all.first(where: { $0.campaign.name == name }) else {
      throw .noSuchCampaign(name, known: all.map(\.campaign.name))
    }
    return found
  }

  private func summary(
    _ campaign: Campaign, isKept: Bool, _ rules: [String], _ tally: CampaignTally,
    _ uplift: CampaignUplift?
  ) -> CampaignSummary {
    let day = asOf
    let standing: CampaignSummary.Standing =
      campaign.runs(on: day) ? .running : campaign.from.map { day < $0 } == true ? .ahead : .over
    let used = tally.cost { $0.usesUpLimits }
    let waits = tally.cost { $0 == .suggested }
    return CampaignSummary(
      campaign: campaign, isKept: isKept, standing: standing, rules: rules,
      waiting: tally.count(.suggested, .snoozed), approved: tally.count(.approved),
      sent: tally.count(.exported, .redeemed, .expired), bought: tally.count(.redeemed),
      withheld: tally.count(.withheld), used: used, waitingCost: waits, cost: used + waits,
      gain: tally.value { $0.usesUpLimits || $0 == .suggested }, uplift: uplift)
  }

  /// The names of the campaigns that are kept or that rules name, ascending.
  var campaignNames: [String] {
    Set(state.programme.campaigns.map(\.name) + rulesByCampaign.keys).sorted()
  }

  /// The identifiers of the rules that name each campaign, ascending.
  private var rulesByCampaign: [String: [String]] {
    let rules = readRules().compactMap(\.reading.rule).filter { !$0.campaign.isEmpty }
    return Dictionary(grouping: rules, by: \.campaign).mapValues { $0.map(\.id).sorted() }
  }

  // MARK: Making, changing, removing

  /// A campaign in the form, as it stands; a new one without a name.
  ///
  /// - Parameter name: The campaign; one that is only named by rules is made by saving it.
  /// - Returns: What the fields hold.
  package func campaignDraft(_ name: String? = nil) -> CampaignDraft {
    guard let name else { return CampaignDraft(original: nil, values: [:]) }
    let campaign = state.programme.campaign(name) ?? Campaign(name: name)
    return CampaignDraft(
      original: name,
      values: [
        .name: name, .from: campaign.from?.description ?? "",
        .until: campaign.until?.description ?? "",
        .branches: campaign.branches.joined(separator: ", "),
        .budget: campaign.budget.map { display.amount($0, currency) } ?? "",
        .note: campaign.note,
      ])
  }

  /// What can be said of a campaign as it is typed: mistakes, whom it is for, what would be left.
  package func check(_ draft: CampaignDraft) -> CampaignDraftReport {
    let reading = read(draft)
    let campaign = reading.campaign
    let titles = ruleTitles
    let rules = (rulesByCampaign[campaign.name] ?? []).map { titles[$0] ?? $0 }
    return CampaignDraftReport(
      campaign: reading.mistakes.isEmpty ? campaign : nil, mistakes: reading.mistakes,
      customers: customers(of: campaign), allCustomers: state.customers.count, rules: rules,
      left: campaign.budget.map { $0 - spent(on: campaign.name) })
  }

  /// How many customers have a home branch of a campaign; all where it names none.
  private func customers(of campaign: Campaign) -> Int {
    guard !campaign.branches.isEmpty else { return state.customers.count }
    let homes = analysis().figures.homes
    let isInside = homes.labels.labels.map { campaign.branches.contains($0) }
    return homes.branch.count { Int($0) < isInside.count && isInside[Int($0)] }
  }

  private func read(_ draft: CampaignDraft) -> CampaignReading {
    let named = Set(state.customers.branches.labels + state.purchases.branches.labels)
    let known = named.subtracting([""]).sorted()
    // A campaign that keeps its name may; a new one may not take that of another that is kept.
    let taken = state.programme.campaigns.map(\.name).filter { $0 != draft.original }
    return CampaignReading(draft, taken: taken, branches: known, display, currency)
  }

  /// Saves a campaign as it was typed; it can be undone like any change.
  ///
  /// A new name is a new campaign: rules name the old one, which stays.
  ///
  /// - Returns: What was done.
  /// - Throws: An error when it has mistakes, or cannot be written.
  package func save(_ draft: CampaignDraft) throws(WorkspaceError) -> Receipt {
    let reading = read(draft)
    guard reading.mistakes.isEmpty else { throw .badCampaign(reading.mistakes) }
    let campaign = reading.campaign
    let text = state.programme.campaign(campaign.name) == nil ? "made" : "changed"
    return try changeCampaigns(texts("receipt.campaign.\(text)", ["name": campaign.name])) {
      $0.removeAll { $0.name == campaign.name }
      $0.append(campaign)
      $0.sort { $0.name < $1.name }
    }
  }

  /// Removes a campaign that no rule names any more; it can be undone like any change.
  ///
  /// - Throws: An error when there is none of that name, or rules still name it, or it cannot be
  ///   written.
  package func removeCampaign(_ name: String) throws(WorkspaceError) -> Receipt {
    guard state.programme.campaign(name) != nil else {
      throw .noSuchCampaign(name, known: state.programme.campaigns.map(\.name))
    }
    if let rules = rulesByCampaign[name] { throw .campaignInUse(name, rules: rules) }
    return try changeCampaigns(texts("receipt.campaign.removed", ["name": name])) {
      $0.removeAll { $0.name == name }
    }
  }

  private func changeCampaigns(
    _ words: String, _ body: (inout [Campaign]) -> Void
  ) throws(WorkspaceError) -> Receipt {
    let before = state.programme
    var after = before
    body(&after.campaigns)
    guard before != after else {
      return Receipt(text: texts["receipt.campaign.unchanged"], events: [], offers: [])
    }
    let events = try commit([.settings(from: before, to: after)])
    return Receipt(text: words, events: events.map(\.sequence), offers: [])
  }
}

// MARK: Which campaign an offer belongs to

extension LoyaltyWorkspace {
  /// The campaign of an offer as its rule was then: the one that stands with it, else that of the
  /// version that is kept, as for offers of before campaigns were recorded.
  package func campaign(of offer: Offer) -> String {
    offer.rule.campaign.isEmpty ? rule(of: offer)?.campaign ?? "" : offer.rule.campaign
  }

  /// The campaign of each version of a rule that offers came from, in the order of
  /// ``OfferLines/samples``; empty for none.
  var campaignsOfVersions: [String] {
    let samples = offerLines { $0.samples }
    return samples.map { state.offers[$0].map(campaign(of:)) ?? "" }
  }

  /// The same by the hash of the version.
  var campaignsByHash: [String: String] {
    let (campaigns, hashes) = (campaignsOfVersions, offerLines { $0.versions.labels })
    return Dictionary(zip(hashes, campaigns), uniquingKeysWith: { first, _ in first })
  }

  /// A version that came between two looks has no campaign yet.
  func missing(_ lines: OfferLines, _ versions: [String]) -> [String] {
    Array(repeating: "", count: max(0, lines.samples.count - versions.count))
  }

  /// What a campaign has spent of its budget, in minor units.
  func spent(on name: String) -> Int64 {
    let versions = campaignsOfVersions
    let tallies = offerLines { $0.tallies(ofVersions: versions + missing($0, versions)) }
    return tallies[name]?.cost { $0.usesUpLimits } ?? 0
  }

  /// A rule within the dates of its campaign.
  func narrowed(_ rule: Rule) -> Rule { rule.narrowed(to: state.programme.campaign(rule.campaign)) }
}
