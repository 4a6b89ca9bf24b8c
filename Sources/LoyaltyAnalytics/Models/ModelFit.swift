import RealModule
import Statistics

/// A model fitted by maximum likelihood, with what is to be shown beside it.
package struct ModelFit<Model: Sendable & Equatable>: Sendable, Equatable {
  /// The model at the maximum.
  package let model: Model
  /// The log-likelihood at the maximum, in the data's own units.
  package let logLikelihood: Double
  /// The number of customers that the model learnt from.
  package let customers: Int
  /// The number of those with a repeat purchase.
  package let repeatCustomers: Int
  /// The number of steps that the search took.
  package let iterations: Int

  /// A fit that is known already.
  package init(
    model: Model, logLikelihood: Double, customers: Int, repeatCustomers: Int, iterations: Int
  ) {
    (self.model, self.logLikelihood) = (model, logLikelihood)
    (self.customers, self.repeatCustomers) = (customers, repeatCustomers)
    self.iterations = iterations
  }
}

/// What the fits of all models share.
enum Fitting {
  /// The least number of repeat customers to learn from.
  static let neededRepeatCustomers = 30

  /// Where log-parameters (of data scaled to order 1) are sought: from 10⁻⁷ to 60,000.
  ///
  /// Above, customers differ by less than half a percent, which no data can tell from not at all.
  static let box = -16.0...11.0

  /// Where a search for a maximum ended.
  struct Maximum {
    /// The parameters themselves, not their logarithms.
    let parameters: [Double]
    let logLikelihood: Double
    let optimum: Optimum
  }

  /// Maximises a log-likelihood over positive parameters by way of their logarithms.
  ///
  /// - Parameters:
  ///   - start: The parameters to start from.
  ///   - customers: What the likelihood is divided by, so that tolerances are per customer.
  ///   - isStopped: Asked again and again; the search ends anywhere when it says yes.
  ///   - logLikelihood: The function and its derivatives by the parameters themselves.
  /// - Returns: Where the search ended.
  static func maximise(
    from start: [Double], customers: Int, isStopped: @escaping @Sendable () -> Bool = { false },
    _ logLikelihood: (_ parameters: [Double], _ gradient: inout [Double]) -> Double
  ) -> Maximum {
    var optimiser = Optimiser()
    optimiser.box = box
    optimiser.isStopped = isStopped
    let scale = -1 / Double(customers)
    let optimum = optimiser.minimise(from: start.map { Double.log($0) }) { point, gradient in
      let parameters = point.map { Double.exp($0) }
      let value = logLikelihood(parameters, &gradient)
      for index in gradient.indices { gradient[index] *= scale * parameters[index] }
      return scale * value
    }
    let parameters = optimum.point.map { Double.exp($0) }
    return Maximum(
      parameters: parameters, logLikelihood: optimum.value / scale, optimum: optimum)
  }

  /// Turns an end that is not a maximum into the finding that it is.
  static func requireMaximum(
    _ optimum: Optimum, _ names: [ModelParameter]
  ) throws(CannotEstimate) {
    switch optimum.status {
    case .converged, .convergedByStep:
      // A search that ends at a bound because its steps became small found no maximum either.
      let margin = 1e-6
      for (coordinate, value) in optimum.point.enumerated()
      where value < box.lowerBound + margin || value > box.upperBound - margin {
        throw .parameterNotIdentified(names[coordinate])
      }
    case .boundary(let coordinate, _): throw .parameterNotIdentified(names[coordinate])
    // Who stopped a search throws away what it brought.
    case .maximumIterations, .stalled, .stopped, .undefinedAtStart:
      throw .didNotConverge(iterations: optimum.iterations)
    }
  }
}
