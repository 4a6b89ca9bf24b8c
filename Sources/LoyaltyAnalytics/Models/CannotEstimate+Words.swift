package import LoyaltyModel

extension CannotEstimate {
  /// What cannot be estimated and why, in one sentence about the model of a name.
  package func sentence(_ model: String, _ wording: Wording) -> String {
    wording("finding.sentence", ["model": model, "reason": reason(wording)])
  }

  /// Why, as the end of a sentence.
  package func reason(_ wording: Wording) -> String {
    switch self {
    case .invalidSummary(let index, let problem):
      wording(
        "finding.invalid", ["n": String(index + 1), "problem": problem.words(wording)])
    case .noCustomers: wording["finding.nobody"]
    case .nobodyObserved: wording["finding.nobody-observed"]
    case .noRepeatPurchases: wording["finding.no-repeats"]
    case .tooFewRepeatCustomers(let found, let needed):
      wording("finding.too-few", ["found": String(found), "needed": String(needed)])
    case .identicalCustomers: wording["finding.identical"]
    case .dropoutNotIdentified: wording["finding.dropout"]
    case .parameterNotIdentified(let parameter):
      wording("finding.parameter", ["parameter": parameter.rawValue])
    case .noPositiveAmounts: wording["finding.no-amounts"]
    case .amountsAllEqual: wording["finding.amounts-equal"]
    case .meanSpendInfinite: wording["finding.no-mean"]
    case .didNotConverge(let iterations):
      wording("finding.no-maximum", ["n": String(iterations)])
    }
  }
}

extension SummaryProblem {
  /// What is wrong, in words.
  fileprivate func words(_ wording: Wording) -> String {
    switch self {
    case .notANumber: wording["finding.invalid.number"]
    case .lastRepeatAfterEnd: wording["finding.invalid.last"]
    case .repeatsAndTimeDisagree: wording["finding.invalid.repeats"]
    }
  }
}

extension ModelFinding {
  /// The finding in a sentence.
  package func words(_ wording: Wording) -> String {
    switch self {
    case .neither(let reason): reason.sentence(wording["finding.both"], wording)
    case .cannotFit(let model, let reason): reason.sentence(model, wording)
    case .rhythmAlone: wording["finding.rhythm-alone"]
    case .leftOut(let count, let all):
      wording("finding.left-out", ["n": String(count), "all": String(all)])
    }
  }
}

extension ModelFits {
  /// What cannot be estimated and what to keep in mind, a sentence each.
  package func warnings(_ wording: Wording) -> [String] { findings.map { $0.words(wording) } }

  /// The fits as a report, as of a date or of a table that was given.
  package func report(asOf: Day?, _ wording: Wording) -> ModelReport {
    ModelReport(
      asOf: asOf, customers: customers, repeatCustomers: repeatCustomers,
      bgNBD: (try? bgNBD.get()).map { parameters($0, .bgNBD) },
      mbgNBD: (try? mbgNBD.get()).map { parameters($0, .mbgNBD) },
      gammaGamma: (try? gammaGamma.get()).map { fit in
        ModelReport.Spending(
          p: fit.model.p, q: fit.model.q, v: fit.model.v, logLikelihood: fit.logLikelihood)
      },
      warnings: warnings(wording))
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
