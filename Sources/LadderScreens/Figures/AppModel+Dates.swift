import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

// Which dates are compared, and since when somebody slips away.
extension AppModel {
  private static let monthsBack = [1, 3, 6, 12, 24]

  private var asOf: Day { programme?.status.asOf ?? Day(number: 0) }

  /// Asks which two dates to compare.
  mutating func askPeriod() {
    let asOf = asOf
    let choices = Self.monthsBack.enumerated().map { index, months in
      Dialog.Choice(
        texts.back(months, to: asOf.adding(months: -months)),
        key: Character(String(index + 1)))
    }
    ask(
      .period, title: texts["period.title"], message: texts.message(period),
      .choice(choices + [Dialog.Choice(texts["period.other"], key: "o")], selected: 3))
  }

  /// What to do once a question about dates was answered.
  mutating func answerDates(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    switch (question, outcome) {
    case (.period, .chosen(let index)):
      guard Self.monthsBack.indices.contains(index) else {
        askDay(texts["period.from"], period.from, .periodFrom)
        return []
      }
      compare(Period(from: asOf.adding(months: -Self.monthsBack[index]), to: asOf))
    case (.periodFrom, .entered(let text)):
      guard let day = programme?.display.day(written: text), day < asOf else {
        return sayWrongDay(before: asOf)
      }
      askDay(texts["period.to"], period.to > day ? period.to : asOf, .periodTo(day))
    case (.periodTo(let from), .entered(let text)):
      guard let day = programme?.display.day(written: text), from < day, day <= asOf else {
        return sayWrongDay(after: from, through: asOf)
      }
      compare(Period(from: from, to: day))
    default: return answerAttrition(question, outcome)
    }
    return []
  }

  /// Asks for a day in writing.
  mutating func askDay(_ title: String, _ day: Day, _ question: Question) {
    ask(
      question, title: title, message: texts["period.how-to-write"],
      .prompt(.selected(texts.day(day))))
  }

  private mutating func compare(_ period: Period) {
    compared = period
    shelf.forgetFailures()
  }

  mutating func sayWrongDay(before day: Day) -> [Effect] {
    say(.hint(texts.wrong(before: day)))
    return []
  }

  private mutating func sayWrongDay(after from: Day, through to: Day) -> [Effect] {
    say(.hint(texts.wrong(after: from, through: to)))
    return []
  }
}

/// The words around dates.
extension Texts {
  func message(_ period: Period) -> String {
    self("period.now", ["from": self.day(period.from), "to": self.day(period.to)])
  }

  func between(_ period: Period) -> String {
    self("period.between", ["from": self.day(period.from), "to": self.day(period.to)])
  }

  func back(_ months: Int, to day: Day) -> String {
    months == 12
      ? self("period.year-ago", ["day": self.day(day)])
      : self("period.ago", count: months, ["n": String(months), "day": self.day(day)])
  }

  func wrong(before day: Day) -> String {
    self(
      "period.wrong-before",
      ["day": self.day(day), "example": self.day(day.adding(months: -1))])
  }

  func wrong(after from: Day, through to: Day) -> String {
    self("period.wrong-after", ["from": self.day(from), "to": self.day(to)])
  }
}
