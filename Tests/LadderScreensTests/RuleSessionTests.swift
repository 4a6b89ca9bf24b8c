import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import TerminalKit
import Testing

/// Somebody works on the rules at the keyboard.
@Suite struct RuleSessionTests {
  private func line(_ session: Session, _ text: String) -> String {
    session.lines.first { $0.contains(text) } ?? ""
  }

  @Test func aRuleIsSwitchedOffAndOnAgainByUndo() throws {
    let session = try Session(SmallProgramme())
    session.press("7")
    #expect(session.screen.contains("Matches"))
    let title = try session.workspace?.rules().first?.title ?? ""
    session.press("space")
    #expect(session.status.contains("is off"))
    #expect(try session.workspace?.rules().first?.status == "paused")
    session.press("u")
    #expect(try session.workspace?.rules().first?.status == "active")
    #expect(session.status.contains("Took back"))
    #expect(!title.isEmpty)
  }

  @Test func theSentenceAndThePeopleChangeAsTheFormIsTyped() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "n")
    #expect(line(session, "What it says").contains("reaches"))
    // Down to the facts, which are typed as a filter.
    session.press("down", "down", "down", "down", "down", "enter")
    session.type("recency_days > 9999")
    #expect(line(session, "What it says").contains("reaches 0 people"))
    #expect(session.screen.contains("since last purchase is more than 9999 days"))
    session.press("enter")
    session.press("s")
    #expect(session.status.contains("Saved the new rule"))
    #expect(try session.workspace?.rules().contains { $0.id == "a-new-rule" } == true)
    #expect(session.screen.contains("[7 Rules]"))
    // The rule would be gone, so it is asked first.
    session.press("u")
    #expect(try session.workspace?.rules().contains { $0.id == "a-new-rule" } == true)
    session.press("y")
    #expect(try session.workspace?.rules().contains { $0.id == "a-new-rule" } == false)
  }

  @Test func aFormThatSaysAgainWhatItSaidIsAnsweredAgain() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "n", "down", "down", "down", "down", "down", "enter")
    session.type("recency_days > 9")
    let said = line(session, "What it says")
    #expect(said.contains("reaches"))
    session.type("x")
    #expect(!line(session, "What it says").contains("reaches"))
    session.press("backspace")
    #expect(line(session, "What it says") == said)
    session.press("enter", "s")
    #expect(session.status.contains("Saved the new rule"))
  }

  @Test func aMistakeIsToldAtOnceAndNothingIsSaved() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "n", "down", "down", "down", "down", "down", "enter")
    session.type("recncy > 3")
    session.press("enter")
    #expect(session.screen.contains("No fact"))
    let revision = session.workspace?.revision
    session.press("s")
    #expect(session.workspace?.revision == revision)
    #expect(session.status.contains("No fact"))
  }

  /// One rule after the other, without a word about identifiers; each is where the cursor is then.
  @Test func everyNewRuleHasAnIdentifierOfItsOwn() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    for id in ["a-new-rule", "a-new-rule-2", "spring-creme"] {
      session.press("7", "n")
      if id == "spring-creme" {
        session.press("enter")
        for _ in 0..<10 { session.press("backspace") }
        session.type("Spring: Crème!")
        session.press("enter")
      }
      session.press("s")
      #expect(session.status.contains("Saved the new rule \(id).json"), "\(session.status)")
    }
    #expect(line(session, "› Spring: Crème!") != "", "\(session.screen)")
    // What somebody wrote stays; what was emptied follows the title again.
    session.press("7", "n", "end", "enter", "end")
    session.type("x")
    session.press("enter", "home", "enter", "end")
    session.type(" of mine")
    session.press("enter")
    #expect(line(session, "Identifier").contains("a-new-rule-3x"))
    session.press("end", "enter", "backspace", "enter")
    #expect(line(session, "Identifier").contains("a-new-rule-of-mine"))
  }

  @Test(arguments: [Language.english, .indonesian])
  func stagesAndCohortsAreWrittenAsTheyAreRead(_ language: Language) throws {
    let session = try Session(
      SmallProgramme(), width: 120, height: 40, language: language)
    let texts = Texts(embedded: language)
    session.press("7", "n", "down", "down", "enter")
    for _ in 0..<9 { session.press("backspace") }
    session.type(texts.title(ValueCohort.low) + ", none")
    session.press("enter", "down", "down", "enter")
    for _ in 0..<16 { session.press("backspace") }
    session.type(texts.title(LifecycleStage.atRisk) + ", Loyal")
    session.press("enter", "s")
    #expect(session.screen.contains("[7 "), "\(session.screen)")
    let saved = try #require(
      try session.workspace?.ruleDraft(
        of: session.workspace?.rules().first {
          $0.title == texts["rule-form.new"]
        }?.id ?? ""))
    #expect(saved[.from] == texts.value("low") + ", " + texts.value("none"))
    #expect(saved[.stages] == texts.value("at risk") + ", " + texts.value("loyal"))
  }

  /// Saving goes to the field in question and says what to do there.
  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func aMistakeIsShownAtItsField(width: Int, height: Int) throws {
    let session = try Session(SmallProgramme(), width: width, height: height)
    session.press("7", "n", "down", "down", "enter", "end")
    session.type(", high")
    session.press("enter", "end", "s")
    #expect(line(session, "│! Cohorts ").contains("low, high"), "\(session.screen)")
    #expect(session.status.contains("! Cohorts: high is not below mid"))
  }

  @Test func aKindOfOfferHasTermsOfItsOwn() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "n")
    for _ in 0..<8 { session.press("down") }
    // From a discount on to a voucher and a gift, and back.
    session.press("right")
    #expect(line(session, "Percent off ").contains("only for a discount"))
    #expect(line(session, "Text").contains("kind-voucher"))
    session.press("s")
    #expect(session.status.contains("! Percent off: Write how many percent off"))
    session.press("up", "right")
    #expect(line(session, "Text").contains("kind-gift"))
    #expect(!session.screen.contains("!"))
    session.press("left", "left")
    #expect(line(session, "Percent off ").contains("10"))
    #expect(line(session, "Text").contains("kind-discount"))
  }

  @Test func whatTheFormHasNoFieldForIsShownAndKept() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    let rules = try session.workspace?.rules() ?? []
    let place = try #require(rules.firstIndex { $0.id == "low-mid.second-category" })
    session.press("7")
    for _ in 0..<place { session.press("down") }
    session.press("f")
    #expect(session.screen.contains("at least 2 purchases within 12"))
    #expect(session.screen.contains("Only in the file, kept as it is"))
  }

  @Test func turningANumberTellsWhatItDoesAndSavesOnlyWhenAsked() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    let rules = try session.workspace?.rules() ?? []
    let place = try #require(rules.firstIndex { $0.id == "low-mid.return" })
    session.press("7")
    for _ in 0..<place { session.press("down") }
    let revision = session.workspace?.revision
    session.press("w", "down", "right", "right")
    #expect(line(session, "568").contains("548"))
    #expect(session.screen.contains("nothing is saved"))
    #expect(session.workspace?.revision == revision)
    session.press("r")
    #expect(!session.screen.contains("568"))
    session.press("right", "s")
    #expect(session.status.contains("Saved low-mid.return.json"))
    // Offers were made by the first version, so this is the second.
    #expect(try session.workspace?.rules().first { $0.id == "low-mid.return" }?.version == 2)
    session.press("u")
    #expect(try session.workspace?.rules().first { $0.id == "low-mid.return" }?.version == 1)
  }

  @Test(arguments: ["q", "esc", "1"])
  func aChangedFormIsLeftOnlyWhenSaid(key: String) throws {
    let session = try Session(SmallProgramme(), width: 100, height: 30)
    session.press("7", "n", "q")
    #expect(session.screen.contains("[7 Rules]"), "nothing was changed")
    session.press("n", "enter", "end", "X", "enter", key)
    #expect(session.screen.contains("Leave the form?"))
    session.press("esc")
    #expect(session.screen.contains("A new ruleX"))
    session.press(key, "y")
    #expect(session.screen.contains(key == "1" ? "[1 Overview]" : "[7 Rules]"))
  }

  @Test func whoIsAlmostThereLeadsToTheirCard() throws {
    let session = try Session(SmallProgramme(), width: 100, height: 30)
    session.press("C")
    #expect(session.screen.contains("One purchase of at least"))
    session.press("enter")
    #expect(session.screen.contains("3 Card]"))
    session.press("q")
    #expect(session.screen.contains("[Almost there]"))
  }

  @Test func whyIsAskedOfTheOfferOnTheScreen() throws {
    let session = try Session(SmallProgramme())
    session.press("6", "y")
    #expect(session.screen.contains("Why, and why not"))
    #expect(session.screen.contains("The rule matches."))
    session.press("esc")
    #expect(!session.screen.contains("Why, and why not"))
    // It is no work in the background, which would have decisions refused.
    session.press("y", "escape", "a")
    #expect(try session.offers(.approved).count == 1)
    session.press("1")
    #expect(!session.footer.contains("y Why"))
  }

  @Test func theRulesAreTriedOnAnEarlierDay() throws {
    let session = try Session(SmallProgramme(), width: 120, height: 40)
    session.press("7", "B")
    // The programme was made on the last day of its data: there was no rule a year ago, so today's are
    // tried, and that is said before anything else.
    #expect(session.screen.contains("No rule had been written by 29 Jun 2025"))
    #expect(session.screen.contains("v1 now"))
    #expect(session.screen.contains("rose to a higher cohort anyway"))
    session.press("down", "down", "right")
    #expect(session.screen.contains("as they were then, and newer ones as they are today"))
    #expect(session.screen.contains("No rule had been written by 29 Jun 2025"))
    let first = session.screen
    session.press("up", "up", "right")
    #expect(session.screen != first)
    #expect(session.screen.contains("9 months ago"))
  }
}
