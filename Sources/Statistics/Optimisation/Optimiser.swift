/// Minimises a smooth function of a few variables inside a box by the BFGS method.
///
/// Nocedal & Wright (2006), algorithm 6.1, with a weak Wolfe line search (Lewis & Overton 2013) that,
/// near the minimum where the function's own rounding hides its decrease, goes by the gradient.
/// Deterministic: same function and start, same bits.
package struct Optimiser: Sendable {
  /// A function: takes a point, fills in the gradient, returns the value.
  package typealias Objective = (_ point: [Double], _ gradient: inout [Double]) -> Double

  /// Stops when every component of the gradient is at most this; scale the function to order 1.
  package var gradientTolerance = 1e-10
  /// Stops when no coordinate moves by more than this and the gradient is within 10⁴ tolerances.
  package var stepTolerance = 1e-12
  /// The greatest number of steps.
  package var maximumIterations = 500
  /// The greatest move of a coordinate in one step.
  package var largestMove = 2.0
  /// Every coordinate stays within this range.
  package var box = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  /// Asked before every evaluation of the function; the search ends at once when it says yes.
  package var isStopped: @Sendable () -> Bool = { false }

  /// An optimiser with the usual tolerances and no box.
  package init() {}

  // Within the rounding of a step that was cut to end at the bound.
  fileprivate func isAtLowerBound(_ coordinate: Double) -> Bool {
    coordinate <= box.lowerBound + 1e-9
  }

  fileprivate func isAtUpperBound(_ coordinate: Double) -> Bool {
    coordinate >= box.upperBound - 1e-9
  }

  /// Minimises a function.
  /// - Parameters:
  ///   - start: The point to start from, within the box.
  ///   - objective: The function and its gradient; a value that is not finite counts as too high.
  /// - Returns: The end point and why it is the end.
  package func minimise(from start: [Double], _ objective: Objective) -> Optimum {
    var search = BFGSSearch(settings: self, start: start, objective: objective)
    guard search.isDefined else { return search.optimum(.undefinedAtStart) }
    while true {
      if isStopped() { return search.optimum(.stopped) }
      if let status = search.endStatus() { return search.optimum(status) }
      if let status = search.step(objective) { return search.optimum(status) }
    }
  }
}

/// The state of one BFGS minimisation.
private struct BFGSSearch {
  let settings: Optimiser
  var here: Sample
  var inverseHessian: SymmetricMatrix
  /// The coordinates that stand at a bound and stay there.
  var held: [Bool]
  /// Whether nothing is known of the curvature yet.
  var isFresh = true
  var iterations = 0
  var evaluations = 1

  init(settings: Optimiser, start: [Double], objective: Optimiser.Objective) {
    self.settings = settings
    here = Sample(point: start, objective)
    inverseHessian = SymmetricMatrix(identity: start.count)
    held = [Bool](repeating: false, count: start.count)
  }

  var isDefined: Bool { here.isFinite }

  func optimum(_ status: Optimum.Status) -> Optimum {
    Optimum(
      point: here.point, value: here.value, gradient: here.gradient, iterations: iterations,
      evaluations: evaluations, status: status)
  }

  /// Why to stop before the next step, if so.
  func endStatus() -> Optimum.Status? {
    let free = freeGradient
    if free.allSatisfy({ abs($0) <= settings.gradientTolerance }) {
      guard let held = zip(free, here.gradient).enumerated().first(where: { $1.0 != $1.1 }) else {
        return .converged
      }
      return .boundary(coordinate: held.offset, upper: held.element.1 < 0)
    }
    return iterations >= settings.maximumIterations ? .maximumIterations : nil
  }

  /// The gradient without the coordinates that stand at a bound over which the function still falls.
  private var freeGradient: [Double] {
    zip(here.point, here.gradient).map { coordinate, slope in
      let isHeld =
        slope > 0 ? settings.isAtLowerBound(coordinate) : settings.isAtUpperBound(coordinate)
      return isHeld ? 0 : slope
    }
  }

  /// A direction in which the function falls and that does not leave the box at once.
  private mutating func descentDirection() -> [Double] {
    let free = freeGradient
    let nowHeld = zip(free, here.gradient).map { $0 != $1 }
    if nowHeld != held {
      // What was learnt of the curvature in one face of the box misleads in another.
      held = nowHeld
      restart()
    }
    var direction = inverseHessian.times(free).map { -$0 }
    if dot(direction, free) >= 0 {
      restart()
      direction = free.map { -$0 }
    }
    for (index, coordinate) in here.point.enumerated() {
      // What is held stays; elsewhere the function falls inwards, so staying is still a descent.
      let leaves =
        direction[index] > 0
        ? settings.isAtUpperBound(coordinate) : settings.isAtLowerBound(coordinate)
      if leaves || held[index] { direction[index] = 0 }
    }
    return direction
  }

  private mutating func restart() {
    inverseHessian = SymmetricMatrix(identity: here.point.count)
    isFresh = true
  }

  /// Goes one step; tells why to stop after it, if so.
  mutating func step(_ objective: Optimiser.Objective) -> Optimum.Status? {
    let direction = descentDirection()
    var line = LineSearch(
      origin: here, direction: direction, longest: longestStep(along: direction),
      first: isFresh ? min(1, 1 / direction.reduce(0) { max($0, abs($1)) }) : 1)
    let found = line.run(objective, isStopped: settings.isStopped)
    evaluations += line.evaluations
    guard let next = found else { return smallStepStatus(.stalled) }
    iterations += 1
    learn(from: next)
    let length = zip(next.point, here.point).reduce(0) { max($0, abs($1.0 - $1.1)) }
    here = next
    return length <= settings.stepTolerance ? smallStepStatus(.stalled) : nil
  }

  /// Takes in the curvature seen on the way to the next point.
  private mutating func learn(from next: Sample) {
    let move = zip(next.point, here.point).map { $0 - $1 }
    let change = here.gradient.indices.map { index in
      held[index] ? 0 : next.gradient[index] - here.gradient[index]
    }
    if inverseHessian.updateBFGS(move: move, change: change, rescaling: isFresh) { isFresh = false }
  }

  private func smallStepStatus(_ otherwise: Optimum.Status) -> Optimum.Status {
    freeGradient.allSatisfy { abs($0) <= 1e4 * settings.gradientTolerance }
      ? .convergedByStep : otherwise
  }

  /// How far one may go without a move above the greatest one or out of the box.
  private func longestStep(along direction: [Double]) -> Double {
    var longest = Double.infinity
    for (coordinate, slope) in zip(here.point, direction) where slope != 0 {
      let room =
        slope > 0 ? settings.box.upperBound - coordinate : coordinate - settings.box.lowerBound
      longest = min(longest, min(room, settings.largestMove) / abs(slope))
    }
    return longest
  }
}

/// A function's value and gradient at a point.
struct Sample {
  let point: [Double]
  let value: Double
  let gradient: [Double]

  init(point: [Double], _ objective: Optimiser.Objective) {
    var gradient = [Double](repeating: 0, count: point.count)
    value = objective(point, &gradient)
    self.point = point
    self.gradient = gradient
  }

  var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for (x, y) in zip(a, b) { sum += x * y }
  return sum
}
