import LoyaltyExchange
import LoyaltyModel
import LoyaltyStore

/// What is checked once more when offers leave the house.
struct ExportChecks {
  let state: StoreState
  let today: Day
  let asOf: Day
  /// The campaign of a version of a rule by its hash, for offers with which none stands.
  let versions: [String: String]
  /// The home branch of a customer by their row; empty without one.
  let homeBranch: (Int) -> String
  let wording: Wording
  let options: ExportOptions

  /// Whether nobody approved an offer, and those are not wanted.
  func isUnapproved(_ offer: Offer) -> Bool {
    switch offer.state {
    case .withheld, .approved, .exported, .redeemed, .expired: false
    default: !options.includesUnapproved
    }
  }

  /// Why an offer is kept back, in words, whatever its last day is; nil when it may go.
  func reason(against offer: Offer) -> String? {
    switch offer.state {
    case .withheld: return wording["kept.group"]
    default:
      guard !isUnapproved(offer) else {
        return wording(
          "kept.not-approved", ["state": wording.texts.title(offer.state)])
      }
    }
    guard let row = state.customers.row(of: offer.customer) else {
      return wording["kept.unknown"]
    }
    if state.customers.isDoNotContact(row, asOf: today) { return wording["kept.contact"] }
    if ContactChannel.needingConsent.contains(offer.channel),
      state.customers.consent(row, offer.channel, asOf: today) != true
    {
      let channel = wording.texts.value(offer.channel.rawValue)
      return wording("kept.consent", ["channel": channel])
    }
    let complaint = state.customers.details[row]?.feedback.first {
      $0.kind == .complaint && $0.day <= today && ($0.settled.map { $0 > today } ?? true)
    }
    if let complaint { return wording("kept.complaint", ["day": wording.day(complaint.day)]) }
    if let misfit = misfit(offer, row) { return misfit }
    let name = offer.rule.campaign.isEmpty ? versions[offer.rule.hash] : offer.rule.campaign
    return name.flatMap { state.programme.campaign($0) }
      .flatMap { CampaignObstacle($0, offer, branch: homeBranch(row), asOf: asOf) }?
      .words(wording.texts, wording.display)
  }
}

extension ExportChecks {
  /// Why an offer does not belong into a file of the format, in words; nil where it does.
  private func misfit(_ offer: Offer, _ row: Int) -> String? {
    func goesOtherwise(_ key: String) -> String {
      wording(key, ["channel": wording.texts.value(offer.channel.rawValue)])
    }
    if options.format == .letters {
      return Letters.channels.contains(offer.channel) ? nil : goesOtherwise("kept.no-letter")
    }
    guard let tool = options.format.tool else { return nil }
    guard tool.sendsMail else {
      return offer.terms.kind.isDiscount
        ? nil
        : wording("kept.no-voucher", ["kind": wording.texts.value(offer.terms.kind.rawValue)])
    }
    guard offer.channel == .email else { return goesOtherwise("kept.no-mail") }
    return state.customers.emails.isEmpty(row) ? wording["kept.no-address"] : nil
  }
}
