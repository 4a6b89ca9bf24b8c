/// One search for a point along a direction that is low enough and flat enough (weak Wolfe conditions).
struct LineSearch {
  let origin: Sample
  let direction: [Double]
  /// The longest step allowed.
  let longest: Double
  /// The first step to try.
  let first: Double
  private(set) var evaluations = 0

  init(origin: Sample, direction: [Double], longest: Double, first: Double) {
    self.origin = origin
    self.direction = direction
    self.longest = longest
    self.first = first
  }

  /// Finds a point, or nothing when no step however short is lower, or the search was stopped.
  mutating func run(
    _ objective: Optimiser.Objective, isStopped: () -> Bool = { false }
  ) -> Sample? {
    let slope = dot(direction, origin.gradient)
    // Two values closer than this are equal but for rounding.
    let noise = 4 * origin.value.magnitude.ulp
    var low: (step: Double, slope: Double) = (0, slope)
    var high: (step: Double, slope: Double)?
    var best: Sample?
    var step = min(first, longest)
    for _ in 0..<60 {
      if isStopped() { return nil }
      let sample = Sample(point: point(at: step), objective)
      evaluations += 1
      let sampleSlope = dot(direction, sample.gradient)
      if !sample.isFinite || sample.value > origin.value + 1e-4 * step * slope + noise {
        high = (step, sample.isFinite ? sampleSlope : .nan)
      } else if sampleSlope < 0.9 * slope, step < longest {
        low = (step, sampleSlope)
        best = sample
      } else {
        return sample
      }
      step = nextStep(low, high)
      if step == low.step || step == high?.step { break }
    }
    return best
  }

  private func point(at step: Double) -> [Double] {
    zip(origin.point, direction).map { $0 + step * $1 }
  }

  /// Where the slope would vanish if it were linear in between, kept off both ends; twice as far while
  /// nothing too far is known.
  private func nextStep(
    _ low: (step: Double, slope: Double), _ high: (step: Double, slope: Double)?
  ) -> Double {
    guard let high else { return min(max(2 * low.step, .leastNormalMagnitude), longest) }
    let width = high.step - low.step
    let fraction = low.slope / (low.slope - high.slope)
    guard high.slope > 0, fraction.isFinite else { return low.step + 0.5 * width }
    return low.step + min(max(fraction, 0.1), 0.9) * width
  }
}
