package import LoyaltyModel

extension CannotEstimate {
  /// What cannot be estimated and why, in one sentence about the model of a name.
  package func sentence(_ model: String) -> String {
    "\(model) cannot be fitted: \(reason)."
  }

  /// Why, as the end of a sentence.
  package var reason: String {
    switch self {
    case .invalidSummary(let index, let problem):
      "the numbers of customer \(index + 1) contradict each other (\(problem.words))"
    case .noCustomers: "nobody has bought yet"
    case .nobodyObserved: "everybody first bought on the last day, so nobody was watched"
    case .noRepeatPurchases: "nobody has bought on a second day"
    case .tooFewRepeatCustomers(let found, let needed):
      "only \(found) bought on a second day, and \(needed) are needed"
    case .identicalCustomers: "all customers have the very same history"
    case .dropoutNotIdentified:
      "dropout is not identified, as the data look no likelier when some customers have left for good"
    case .parameterNotIdentified(let parameter):
      "the data do not determine \(parameter.rawValue), as customers differ too little or too much"
    case .noPositiveAmounts: "no positive amount of a repeat purchase is known"
    case .amountsAllEqual: "all customers spend the same on average"
    case .meanSpendInfinite:
      "amounts are spread so widely (q is not above 1) that they have no mean"
    case .didNotConverge(let iterations):
      "the search found no maximum within \(iterations) steps"
    }
  }
}

extension SummaryProblem {
  /// What is wrong, in words.
  fileprivate var words: String {
    switch self {
    case .notANumber: "a number is negative, infinite or missing"
    case .lastRepeatAfterEnd: "the last purchase lies after the end"
    case .repeatsAndTimeDisagree: "the number of repeat purchases and the time of the last disagree"
    }
  }
}

extension ModelFits {
  /// What cannot be estimated and what to keep in mind, a sentence each.
  package var warnings: [String] {
    var warnings: [String] = []
    if let finding = mbgNBD.finding, finding.reason == bgNBD.finding?.reason {
      warnings.append(finding.sentence("BG/NBD and MBG/NBD"))
    } else {
      for kind in [PurchaseModelKind.bgNBD, .mbgNBD] {
        if let finding = finding(kind) { warnings.append(finding.sentence(kind.name)) }
      }
    }
    if mbgNBD.finding != nil {
      warnings.append("Stages go by each customer's rhythm alone; P(alive) and CLV are unknown.")
    }
    if let finding = gammaGamma.finding {
      warnings.append(finding.sentence("Gamma-Gamma"))
    } else if withoutAmounts > 0 {
      warnings.append(
        "Gamma-Gamma leaves out \(withoutAmounts) of \(repeatCustomers) repeat customers, whose "
          + "repeat purchases bring nothing.")
    }
    return warnings
  }

  /// The fits as a report, as of a date or of a table that was given.
  package func report(asOf: Day?) -> ModelReport {
    ModelReport(
      asOf: asOf, customers: customers, repeatCustomers: repeatCustomers,
      bgNBD: (try? bgNBD.get()).map { parameters($0, .bgNBD) },
      mbgNBD: (try? mbgNBD.get()).map { parameters($0, .mbgNBD) },
      gammaGamma: (try? gammaGamma.get()).map { fit in
        ModelReport.Spending(
          p: fit.model.p, q: fit.model.q, v: fit.model.v, logLikelihood: fit.logLikelihood)
      },
      warnings: warnings)
  }

  private func parameters<Model: PurchaseModel>(
    _ fit: ModelFit<Model>, _ kind: PurchaseModelKind
  ) -> ModelReport.Purchases {
    let model = fit.model
    return ModelReport.Purchases(
      kind: kind, r: model.r, alpha: model.alpha, a: model.a, b: model.b,
      logLikelihood: fit.logLikelihood)
  }
}
