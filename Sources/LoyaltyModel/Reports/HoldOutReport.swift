/// How well purchases were foreseen in a time that the models were not shown.
///
/// The models learn from all purchases up to a day; then everybody who had bought by then is
/// watched from the next day on, and the days with a purchase are counted.
package struct HoldOutReport: Sendable, Hashable {
  /// One way to foresee: a fitted model, or a guess that needs none.
  package struct Forecast: Sendable, Hashable {
    /// Its name, such as `MBG/NBD` or `same rate as before`.
    package let name: String
    /// All purchase days foreseen.
    package let predicted: Double
    /// The mean over the customers of |foreseen − actual| purchase days.
    package let meanAbsoluteError: Double

    /// A forecast.
    package init(name: String, predicted: Double, meanAbsoluteError: Double) {
      self.name = name
      (self.predicted, self.meanAbsoluteError) = (predicted, meanAbsoluteError)
    }
  }

  /// The customers of one frequency.
  package struct FrequencyClass: Sendable, Hashable {
    /// How often they had bought again, such as `0` or `7+`.
    package let label: String
    /// How many they are.
    package let customers: Int
    /// The purchase days that they had.
    package let actual: Int
    /// What each way foresees of them, in the order of ``HoldOutReport/forecasts``.
    package let forecasts: [Forecast]

    /// A class of customers.
    package init(label: String, customers: Int, actual: Int, forecasts: [Forecast]) {
      (self.label, self.customers) = (label, customers)
      (self.actual, self.forecasts) = (actual, forecasts)
    }
  }

  /// The last day that the models were shown.
  package let until: Day
  /// The last day that was watched.
  package let through: Day
  /// How many customers had bought by ``until``.
  package let customers: Int
  /// The days with a purchase that they had after it.
  package let actual: Int
  /// What was foreseen: the models that could be fitted, then the guesses.
  package let forecasts: [Forecast]
  /// The same by how often they had bought before.
  package let classes: [FrequencyClass]
  /// What could not be estimated, a sentence each.
  package let warnings: [String]

  /// A check on held-out time.
  package init(
    until: Day, through: Day, customers: Int, actual: Int, forecasts: [Forecast],
    classes: [FrequencyClass], warnings: [String]
  ) {
    (self.until, self.through, self.customers) = (until, through, customers)
    (self.actual, self.forecasts) = (actual, forecasts)
    (self.classes, self.warnings) = (classes, warnings)
  }

  /// The days that were watched.
  package var days: Int { through - until }
}
