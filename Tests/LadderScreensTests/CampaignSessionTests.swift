import LadderScreens
import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit
import Testing

/// Somebody works on campaigns at the keyboard.
@Suite struct CampaignSessionTests {
  private func campaign(_ session: Session, _ name: String) throws -> CampaignSummary? {
    try session.workspace?.campaigns().first { $0.campaign.name == name }
  }

  @Test func theDemoShowsOneWithItsFigures() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "c")
    #expect(session.screen.contains("[Campaigns]"))
    let summer = try #require(try campaign(session, "Summer 2026"))
    #expect(summer.waiting > 0 && summer.rules.count == 4 && summer.left == summer.campaign.budget)
    #expect(session.screen.contains("from 15 Jun 2026 to 31"))
    #expect(session.screen.contains("\(summer.waiting) wait, 0 approved, 0"))
    session.press("h")
    #expect(session.screen.contains("The expected cost of offers that are approved"))
    session.press("esc", "enter")
    #expect(session.screen.contains("[6 Review]"))
    #expect(session.screen.contains("campaign = \"Summer 2026\""))
  }

  /// An approved offer counts for the budget at once.
  @Test func anApprovalIsSpent() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "c", "enter", "a", "7", "c")
    let summer = try #require(try campaign(session, "Summer 2026"))
    #expect(summer.approved == 1 && summer.used > 0)
    #expect(session.screen.contains("\(summer.waiting) wait, 1 approved, 0"))
  }

  @Test func oneIsMadeInTheFormChangedUndoneAndRemoved() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "c", "n", "enter")
    session.type("Autumn")
    session.press("down", "down", "enter")
    session.type("2026-1")
    #expect(session.screen.contains("\"2026-1\" is no day"))
    session.press("enter", "s")
    #expect(try campaign(session, "Autumn") == nil)
    session.press("enter", "end")
    session.type("1-30")
    session.press("down", "enter")
    session.type("Web")
    session.press("down", "enter")
    session.type("500")
    session.press("enter")
    #expect(session.screen.contains("until 30 Nov 2026"))
    #expect(session.screen.contains("500.00 EUR of the budget are left"))
    session.press("s")
    #expect(session.status.contains("Made the campaign Autumn"))
    #expect(session.screen.contains("[Campaigns]"))
    let made = try #require(try campaign(session, "Autumn")?.campaign)
    #expect(made.budget == 50_000 && made.branches == ["Web"])
    #expect(made.until == Day("2026-11-30"))
    // What stands is selected, so that typing takes its place.
    session.press("e", "down", "down", "down", "enter")
    session.type("900")
    session.press("enter", "s")
    #expect(try campaign(session, "Autumn")?.campaign.budget == 90_000)
    session.press("u")
    #expect(try campaign(session, "Autumn")?.campaign.budget == 50_000)
    session.press("home", "x")
    #expect(session.screen.contains("Remove Autumn"))
    session.press("n")
    #expect(try campaign(session, "Autumn") != nil)
    session.press("x", "y")
    #expect(try campaign(session, "Autumn") == nil)
    #expect(session.status.contains("Removed the campaign Autumn"))
    session.press("u")
    #expect(try campaign(session, "Autumn")?.campaign == made)
  }

  /// What was written is not lost to one key.
  @Test(arguments: ["q", "esc", "2"])
  func whatWasWrittenIsNotLostToOneKey(_ key: String) throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "c", "e", "end", "enter", "end")
    session.type("xyz")
    session.press("enter", key)
    #expect(session.screen.contains("Leave the form?"))
    session.press("esc")
    #expect(session.screen.contains("[Form of a campaign]") && session.screen.contains("endxyz"))
    session.press(key, "y")
    #expect(session.screen.contains(key == "2" ? "[2 Customers]" : "[Campaigns]"))
    session.press("7", "c", "e")
    #expect(!session.screen.contains("endxyz"))
  }

  @Test func oneThatRulesNameStays() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "c", "x")
    #expect(session.status.contains("Rules still belong to it: low-mid.bigger-basket"))
    #expect(try campaign(session, "Summer 2026")?.isKept == true)
  }

  /// The form of a rule offers the campaigns that there are.
  @Test func aRuleIsGivenACampaignInItsForm() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "f", "down")
    #expect(session.screen.contains("‹ none ›"))
    session.press("right")
    #expect(session.screen.contains("‹ Summer 2026 ›"))
    #expect(session.screen.contains("The campaign Summer 2026: from 15 Jun 2026"))
    session.press("s")
    #expect(try campaign(session, "Summer 2026")?.rules.count == 5)
  }

  @Test func theCardOfAnOfferNamesIt() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "c", "enter")
    #expect(session.screen.contains("Campaign Summer 2026: from 15 Jun 2026"))
    session.press("y")
    #expect(session.screen.contains("The campaign Summer 2026 runs from 15 Jun 2026"))
  }
}
