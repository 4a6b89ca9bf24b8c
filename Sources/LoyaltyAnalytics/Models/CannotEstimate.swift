/// Why a model cannot be fitted to the data at hand: a finding to be shown, not a fault.
package enum CannotEstimate: Error, Sendable, Hashable {
  /// A customer's numbers contradict each other, such as a purchase after the as-of date.
  case invalidSummary(index: Int, problem: SummaryProblem)
  /// There is nobody to learn from.
  case noCustomers
  /// Everybody came on the last day, so that nobody was watched for any time.
  case nobodyObserved
  /// Nobody has bought on a second day.
  case noRepeatPurchases
  /// Too few customers have bought on a second day for the figures to mean anything.
  case tooFewRepeatCustomers(found: Int, needed: Int)
  /// All customers have the very same history, from which differences cannot be learnt.
  case identicalCustomers
  /// The data do not tell whether customers drop out at all; P(alive) would be 1 for everybody.
  ///
  /// The log-likelihoods with and without dropout say how little it explains.
  case dropoutNotIdentified(logLikelihood: Double, withoutDropout: Double)
  /// Customers differ too little (or too much) in how often they buy, or in how they drop out, for the
  /// named parameter to have a best value.
  case parameterNotIdentified(ModelParameter)
  /// No customer has a positive mean amount on repeat purchases.
  case noPositiveAmounts
  /// All mean amounts are equal, from which their spread cannot be learnt.
  case amountsAllEqual
  /// The fitted spread of amounts is so wide (q ≤ 1) that it has no mean.
  case meanSpendInfinite(q: Double)
  /// The search for the maximum ended without finding one.
  case didNotConverge(iterations: Int)
}

/// What is wrong with one customer's numbers.
package enum SummaryProblem: Sendable, Hashable {
  /// A number is negative, infinite or not a number.
  case notANumber
  /// The last repeat purchase lies after the end of the observation.
  case lastRepeatAfterEnd
  /// There is no repeat purchase but a time of the last one, or one at time 0.
  case repeatsAndTimeDisagree
}

/// The parameters of the models.
package enum ModelParameter: String, Sendable, Hashable {
  case r, alpha, a, b, p, q, v
}
