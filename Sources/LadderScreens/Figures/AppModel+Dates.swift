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
        PeriodWords(texts).back(months, to: asOf.adding(months: -months)),
        key: Character(String(index + 1)))
    }
    overlay = .dialog(
      Dialog(
        title: PeriodWords(texts).title, message: PeriodWords(texts).message(period),
        kind: .choice(choices + [Dialog.Choice(PeriodWords(texts).other, key: "o")], selected: 3)),
      .period)
  }

  /// What to do once a question about dates was answered.
  mutating func answerDates(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    switch (question, outcome) {
    case (.period, .chosen(let index)):
      guard Self.monthsBack.indices.contains(index) else {
        askDay(PeriodWords(texts).from, period.from, .periodFrom)
        return []
      }
      compare(Period(from: asOf.adding(months: -Self.monthsBack[index]), to: asOf))
    case (.periodFrom, .entered(let text)):
      guard let day = programme?.display.day(written: text), day < asOf else {
        return sayWrongDay(before: asOf)
      }
      askDay(PeriodWords(texts).to, period.to > day ? period.to : asOf, .periodTo(day))
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
    overlay = .dialog(
      Dialog(
        title: title, message: PeriodWords(texts).howToWrite,
        kind: .prompt(TextFieldState(texts.day(day)))), question)
  }

  private mutating func compare(_ period: Period) {
    compared = period
    shelf.forgetFailures()
  }

  mutating func sayWrongDay(before day: Day) -> [Effect] {
    say(.hint(PeriodWords(texts).wrong(before: day)))
    return []
  }

  private mutating func sayWrongDay(after from: Day, through to: Day) -> [Effect] {
    say(.hint(PeriodWords(texts).wrong(after: from, through: to)))
    return []
  }
}

/// The words around dates.
struct PeriodWords {
  let texts: Texts

  init(_ texts: Texts) { self.texts = texts }

  var title: String { texts["period.title"] }
  var other: String { texts["period.other"] }
  var from: String { texts["period.from"] }
  var to: String { texts["period.to"] }
  var howToWrite: String { texts["period.how-to-write"] }

  func message(_ period: Period) -> String {
    texts("period.now", ["from": texts.day(period.from), "to": texts.day(period.to)])
  }

  func between(_ period: Period) -> String {
    texts("period.between", ["from": texts.day(period.from), "to": texts.day(period.to)])
  }

  func back(_ months: Int, to day: Day) -> String {
    months == 12
      ? texts("period.year-ago", ["day": texts.day(day)])
      : texts("period.ago", count: months, ["n": String(months), "day": texts.day(day)])
  }

  func wrong(before day: Day) -> String {
    texts(
      "period.wrong-before",
      ["day": texts.day(day), "example": texts.day(day.adding(months: -1))])
  }

  func wrong(after from: Day, through to: Day) -> String {
    texts("period.wrong-after", ["from": texts.day(from), "to": texts.day(to)])
  }
}
