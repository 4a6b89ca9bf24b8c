package import LoyaltyModel
import LoyaltyRules
import TextFormats

extension Offer {
  /// Why it was withdrawn, as the record has it, in a language; empty where nothing was recorded.
  package func whyWithdrawn(_ texts: Texts, _ display: DisplayFormat) -> String {
    guard reason.hasPrefix(Self.outlived), let day = Day(reason.dropFirst(Self.outlived.count))
    else { return texts.reason(reason) }
    return texts("review.withdrawn.outlived", ["day": display.day(day)])
  }
}

extension DisplayFormat {
  /// The day that somebody wrote, in any way in which files that are imported may have it, or with
  /// the month in words; nil for what is none.
  ///
  /// `3/4/2026` is 3 April where the language puts the day first, and else refused: it could be
  /// either.
  package func day(written text: String) -> Day? {
    Day(reading: text, putsDayFirst ? .dayFirst : .automatic) ?? day(inWords: text)
  }
}
