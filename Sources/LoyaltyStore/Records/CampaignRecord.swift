import LoyaltyModel
import TextFormats

/// A campaign within the settings.
enum CampaignRecord {
  /// Its keys; members that are not known stay with the campaign of the same name.
  static let known = KnownKeys(
    ["name", "from", "until", "branches", "budget", "note"], identity: ["name"])

  /// Reads a campaign from an object.
  static func read(_ reader: RecordReader, _ currency: Currency) throws(RecordFlaw) -> Campaign {
    var campaign = Campaign(name: try reader.requiredText("name"))
    campaign.from = try reader.optionalDay("from")
    campaign.until = try reader.optionalDay("until")
    if let from = campaign.from, let until = campaign.until, until < from {
      throw reader.flaw("until")
    }
    campaign.branches = try reader.texts("branches")
    campaign.budget = try reader.optionalMoney("budget", currency)
    guard campaign.budget ?? 0 >= 0 else { throw reader.flaw("budget") }
    campaign.note = try reader.text("note")
    return campaign
  }

  /// Writes a campaign as an object.
  static func write(_ campaign: Campaign, _ currency: Currency, to writer: inout JSONWriter) {
    writer.object {
      $0.member("name", campaign.name)
      $0.member("from", campaign.from)
      $0.member("until", campaign.until)
      $0.member("branches", campaign.branches)
      $0.member("budget", money: campaign.budget, currency)
      $0.member("note", campaign.note)
    }
  }
}
