package import Statistics

/// How the people of the demo buy: the laws behind the product's own predictions.
///
/// When they buy is the BG/NBD law (Fader, Hardie & Lee 2005, "Counting your customers the easy way"):
/// the rate λ ~ Gamma(r, α), exponential times between purchases, and after each repeat purchase a
/// chance p ~ Beta(a, b) of never coming again. What they spend is the gamma-gamma law (Fader & Hardie
/// 2013, "The gamma-gamma model of monetary value"): a purchase is worth Gamma(p, ν), ν ~ Gamma(q, v).
package struct DemoLaws: Hashable, Sendable {
  /// The shape of the rates, chosen for a shop for everyday things: the published 0.243 of a music
  /// shop leaves more than half of the people with one purchase only.
  package var r = 0.8
  /// The scale of the rates, in weeks: the mean rate r / α is a purchase in seven and a half weeks.
  package var alpha = 6.0
  /// The first shape of the chance to drop out, as published for CDNOW.
  package var a = 0.793
  /// The second shape of the chance to drop out, as published for CDNOW.
  package var b = 2.426
  /// The shape of one person's purchases, as published for CDNOW.
  package var p = 6.25
  /// The shape of the spending rates, as published for CDNOW.
  package var q = 3.74
  /// The scale of the spending rates, in euros, as published for CDNOW in dollars: the mean purchase
  /// pv / (q − 1) is 35.22.
  package var v = 15.44

  /// The laws as the demo uses them.
  package init() {}

  /// What is one person's own for ever.
  package struct Habit: Hashable, Sendable {
    /// λ: purchases in a week while the person still comes.
    package let rate: Double
    /// p: the chance to drop out after a repeat purchase.
    package let dropout: Double
    /// ν: purchases are worth p / ν on average.
    package let spendingRate: Double
  }

  /// Draws a person's habit.
  package func habit(using generator: inout SeededGenerator) -> Habit {
    Habit(
      rate: generator.gamma(shape: r, rate: alpha),
      dropout: generator.beta(a, b),
      spendingRate: generator.gamma(shape: q, rate: v))
  }

  /// Draws the times of the repeat purchases.
  /// - Parameters:
  ///   - habit: Whose purchases they are.
  ///   - weeks: How long the person is observed after the first purchase.
  ///   - generator: The source of chance.
  /// - Returns: Weeks after the first purchase, ascending, up to `weeks`.
  package func repeatTimes(
    of habit: Habit, within weeks: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    var times: [Double] = []
    var time = generator.exponential(rate: habit.rate)
    while time <= weeks {
      times.append(time)
      if generator.happens(withChance: habit.dropout) { break }
      time += generator.exponential(rate: habit.rate)
    }
    return times
  }

  /// Draws what one purchase is worth, in euros.
  package func spend(of habit: Habit, using generator: inout SeededGenerator) -> Double {
    generator.gamma(shape: p, rate: habit.spendingRate)
  }
}
