import Statistics
import Testing

@Suite struct OptimiserTests {
  /// Rosenbrock's valley, whose minimum is 0 at (1, 1).
  static func rosenbrock(_ x: [Double], _ gradient: inout [Double]) -> Double {
    let (u, w) = (1 - x[0], x[1] - x[0] * x[0])
    gradient = [-2 * u - 400 * x[0] * w, 200 * w]
    return u * u + 100 * w * w
  }

  /// Wood's function of four variables, whose minimum is 0 at (1, 1, 1, 1).
  static func wood(_ x: [Double], _ gradient: inout [Double]) -> Double {
    let (s, t) = (x[1] - x[0] * x[0], x[3] - x[2] * x[2])
    let (u, w) = (x[1] - 1, x[3] - 1)
    gradient = [
      -400 * x[0] * s - 2 * (1 - x[0]), 200 * s + 20.2 * u + 19.8 * w,
      -360 * x[2] * t - 2 * (1 - x[2]), 180 * t + 20.2 * w + 19.8 * u,
    ]
    return 100 * s * s + (1 - x[0]) * (1 - x[0]) + 90 * t * t + (1 - x[2]) * (1 - x[2])
      + 10.1 * (u * u + w * w) + 19.8 * u * w
  }

  @Test func findsKnownMinima() {
    let valley = Optimiser().minimise(from: [-1.2, 1], Self.rosenbrock)
    #expect(valley.status == .converged)
    #expect(valley.iterations < 60)
    #expect(valley.point.allSatisfy { agree($0, 1, within: 1e-8) })
    let wood = Optimiser().minimise(from: [-3, -1, -3, -1], Self.wood)
    #expect(wood.isConverged)
    #expect(wood.point.allSatisfy { agree($0, 1, within: 1e-8) })
    #expect(wood.evaluations >= wood.iterations)
  }

  @Test func isDeterministic() {
    let first = Optimiser().minimise(from: [-3, -1, -3, -1], Self.wood)
    let second = Optimiser().minimise(from: [-3, -1, -3, -1], Self.wood)
    #expect(first == second)
  }

  @Test func reportsABoundary() {
    var optimiser = Optimiser()
    optimiser.box = -5...5
    // Falls for ever as the first coordinate grows.
    let optimum = optimiser.minimise(from: [0, 3]) { x, gradient in
      gradient = [-1, 2 * x[1]]
      return -x[0] + x[1] * x[1]
    }
    #expect(optimum.status == .boundary(coordinate: 0, upper: true))
    #expect(agree(optimum.point[0], 5, within: 1e-9))
  }

  @Test func findsTheLowestPointOfAFace() {
    var optimiser = Optimiser()
    optimiser.box = -5...0.5
    // Along x = ½ the valley's floor is at y = ¼.
    let optimum = optimiser.minimise(from: [-1.2, -2], Self.rosenbrock)
    #expect(optimum.status == .boundary(coordinate: 0, upper: true))
    #expect(agree(optimum.point[1], 0.25, within: 1e-8))
  }

  @Test func comesBackFromABoundaryThatIsNotTheEnd() {
    var optimiser = Optimiser()
    optimiser.box = -1.5...1.5
    let optimum = optimiser.minimise(from: [-1.5, 1.5], Self.rosenbrock)
    #expect(optimum.status == .converged)
    #expect(optimum.point.allSatisfy { agree($0, 1, within: 1e-8) })
  }

  @Test func reportsWhatItCannotDo() {
    let undefined = Optimiser().minimise(from: [0]) { _, gradient in
      gradient = [.nan]
      return .nan
    }
    #expect(undefined.status == .undefinedAtStart)
    var impatient = Optimiser()
    impatient.maximumIterations = 3
    #expect(impatient.minimise(from: [-1.2, 1], Self.rosenbrock).status == .maximumIterations)
    // A gradient that points the wrong way: no step is lower.
    let wrong = Optimiser().minimise(from: [1]) { x, gradient in
      gradient = [-2 * x[0]]
      return x[0] * x[0]
    }
    #expect(wrong.status == .stalled)
  }

  @Test func treatsAnUndefinedRegionAsTooHigh() {
    // x − ln x, not defined for x ≤ 0, where the first step goes.
    let optimum = Optimiser().minimise(from: [3]) { x, gradient in
      guard x[0] > 0 else { return .nan }
      gradient = [50 * (1 - 1 / x[0])]
      return 50 * (x[0] - PortableMath.log(x[0]))
    }
    #expect(optimum.isConverged)
    #expect(agree(optimum.point[0], 1, within: 1e-9))
  }
}
