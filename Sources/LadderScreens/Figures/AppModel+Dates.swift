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
        PeriodWords.back(months, to: asOf.adding(months: -months)),
        key: Character(String(index + 1)))
    }
    overlay = .dialog(
      Dialog(
        title: PeriodWords.title, message: PeriodWords.message(period),
        kind: .choice(choices + [Dialog.Choice(PeriodWords.other, key: "o")], selected: 3)),
      .period)
  }

  /// What to do once a question about dates was answered.
  mutating func answerDates(_ question: Question, _ outcome: Dialog.Outcome) -> [Effect] {
    switch (question, outcome) {
    case (.period, .chosen(let index)):
      guard Self.monthsBack.indices.contains(index) else {
        askDay(PeriodWords.from, period.from, .periodFrom)
        return []
      }
      compare(Period(from: asOf.adding(months: -Self.monthsBack[index]), to: asOf))
    case (.periodFrom, .entered(let text)):
      guard let day = Day(text), day < asOf else { return sayWrongDay(before: asOf) }
      askDay(PeriodWords.to, period.to > day ? period.to : asOf, .periodTo(day))
    case (.periodTo(let from), .entered(let text)):
      guard let day = Day(text), from < day, day <= asOf else {
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
        title: title, message: PeriodWords.howToWrite,
        kind: .prompt(TextFieldState(day.description))), question)
  }

  private mutating func compare(_ period: Period) {
    compared = period
    shelf.forgetFailures()
  }

  mutating func sayWrongDay(before day: Day) -> [Effect] {
    say(.hint(PeriodWords.wrong(before: day)))
    return []
  }

  private mutating func sayWrongDay(after from: Day, through to: Day) -> [Effect] {
    say(.hint(PeriodWords.wrong(after: from, through: to)))
    return []
  }
}

/// The words around dates.
enum PeriodWords {
  static let title = "Compare with when?"
  static let other = "two other dates"
  static let from = "From which day?"
  static let to = "To which day?"
  static let howToWrite = "Year, month and day, then Enter."

  static func message(_ period: Period) -> String {
    "Now compared: \(period.from) with \(period.to)."
  }

  static func back(_ months: Int, to day: Day) -> String {
    let time = months == 1 ? "a month" : months == 12 ? "a year" : "\(months) months"
    return "\(time) ago, \(day)"
  }

  static func wrong(before day: Day) -> String {
    "Write a day before \(day) like this: \(day.adding(months: -1)). Nothing was changed."
  }

  static func wrong(after from: Day, through to: Day) -> String {
    "Write a day after \(from) and up to \(to). Nothing was changed."
  }
}
