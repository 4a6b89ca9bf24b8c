/// Where a minimisation ended, and why.
package struct Optimum: Sendable, Equatable {
  /// Why a minimisation ended.
  package enum Status: Sendable, Equatable {
    /// Every component of the gradient is within the tolerance.
    case converged
    /// The steps have become too small to matter while the gradient is nearly within its tolerance.
    case convergedByStep
    /// Lowest within the box, but the function still falls beyond the bound of a coordinate.
    case boundary(coordinate: Int, upper: Bool)
    /// The allowed number of iterations is used up.
    case maximumIterations
    /// No lower point was found although the gradient is not small.
    case stalled
    /// It was told to stop.
    case stopped
    /// The function has no finite value or gradient at the starting point.
    case undefinedAtStart
  }

  /// The best point found.
  package let point: [Double]
  /// The function there.
  package let value: Double
  /// The gradient there.
  package let gradient: [Double]
  /// The number of steps taken.
  package let iterations: Int
  /// The number of times that the function was computed.
  package let evaluations: Int
  /// Why it ended.
  package let status: Status

  /// Whether the point is a stationary one inside the box.
  package var isConverged: Bool { status == .converged || status == .convergedByStep }

  /// The greatest component of the gradient, in magnitude.
  package var gradientNorm: Double { gradient.reduce(0) { max($0, abs($1)) } }
}
