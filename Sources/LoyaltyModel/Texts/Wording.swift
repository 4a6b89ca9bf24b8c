/// What all sentences for people are written with: the words of a language, and its forms of days,
/// numbers and amounts.
///
/// What lies below the screens gives values; whoever puts them into words is handed this, and takes
/// every word from its texts. Commands speak English with days by ISO 8601; screens speak the
/// language of whoever works.
package struct Wording: Sendable, Hashable {
  /// The words.
  package let texts: Texts
  /// How days, numbers and amounts are written.
  package let display: DisplayFormat

  /// The words of a language with forms of their own or of others.
  package init(_ texts: Texts, _ display: DisplayFormat) {
    (self.texts, self.display) = (texts, display)
  }

  /// A text without values.
  package subscript(key: String) -> String { texts[key] }

  /// A text with values in its places.
  package func callAsFunction(
    _ key: String, _ values: KeyValuePairs<String, String>
  ) -> String {
    texts(key, values)
  }

  /// A text in the form that a number asks for, with values in its places.
  package func callAsFunction(
    _ key: String, count: Int, _ values: KeyValuePairs<String, String>
  ) -> String {
    texts(key, count: count, values)
  }

  /// A day, to be read.
  package func day(_ day: Day) -> String { display.day(day) }

  /// A number of days with its noun: `1 day`, `14 days`.
  package func days(_ number: Int) -> String {
    texts("count.days", count: number, ["n": display.number(number)])
  }

  /// How many days ago: `today`, `1 day ago`, `14 days ago`.
  package func ago(_ days: Int) -> String {
    days == 0 ? self["ago.today"] : self("ago.days", count: days, ["n": display.number(days)])
  }
}
