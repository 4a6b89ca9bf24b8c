import Benchmark
import LoyaltyModel
import LoyaltyRules
import RulesWorkload

/// Rule × customer evaluations a second, in thousands.
private let evaluations = BenchmarkMetric.custom(
  "Rule × customer evaluations (K/s)", polarity: .prefersLarger, useScalingFactor: false)
private let bytesEach = BenchmarkMetric.custom(
  "Bytes of facts a customer", polarity: .prefersSmaller, useScalingFactor: false)
private let gap = BenchmarkMetric.custom(
  "Gap to the proven bound (ppm)", polarity: .prefersSmaller, useScalingFactor: false)
private let floorsShort = BenchmarkMetric.custom(
  "Floors short", polarity: .prefersSmaller, useScalingFactor: false)

/// The fixed workload, and the choice of offers among a million customers.
let benchmarks: @Sendable () -> Void = {
  for form in ["scalar", "full"] {
    for customers in [100_000, 1_000_000] { evaluate(form, customers) }
    reference(form)
  }
  for problem in ChoiceShape.allCases { choose(problem) }
}

private func evaluate(_ form: String, _ customers: Int) {
  Benchmark(
    "20 rules (\(form)), \(customers) customers",
    configuration: .init(
      metrics: [.cpuTotal, .wallClock, evaluations, bytesEach], warmupIterations: 1,
      maxIterations: 10)
  ) { (benchmark: Benchmark, shop: EvaluationShop) in
    for _ in benchmark.scaledIterations {
      let clock = ContinuousClock()
      var counts: [Int] = []
      let time = clock.measure { counts = shop.counts() }
      benchmark.measurement(evaluations, Int(shop.evaluations / time.seconds / 1_000))
      benchmark.measurement(bytesEach, shop.bytesEach)
      benchmark.stopMeasurement()
      if customers == 100_000, let fault = shop.fault(counts) { benchmark.error(fault) }
    }
  } setup: {
    try EvaluationShop(form: form, customers: customers)
  }
}

/// The plain reference in Python on the same customers, where it lies beside the data sets.
private func reference(_ form: String) {
  guard let reference = PythonReference(form: form) else { return }
  Benchmark(
    "20 rules (\(form)), 100000 customers, Python reference",
    configuration: .init(
      metrics: [.wallClock, evaluations], warmupIterations: 0, maxDuration: .seconds(60),
      maxIterations: 1)
  ) { benchmark in
    for _ in benchmark.scaledIterations {
      benchmark.measurement(evaluations, try reference.evaluationsPerSecond() / 1_000)
    }
  }
}

private func choose(_ shape: ChoiceShape) {
  Benchmark(
    "Choice among 1000000 customers: \(shape.rawValue)",
    configuration: .init(
      metrics: [.cpuTotal, .wallClock, .peakMemoryResident, gap, floorsShort], warmupIterations: 0,
      maxDuration: .seconds(60), maxIterations: 3)
  ) { (benchmark: Benchmark, problem: ChoiceProblemOfMany) in
    for _ in benchmark.scaledIterations {
      let result = problem.solve()
      benchmark.measurement(gap, Int((result.gap * 1_000_000).rounded(.up)))
      benchmark.measurement(floorsShort, result.floorsShort)
    }
  } setup: {
    ChoiceProblemOfMany(shape, customers: 1_000_000)
  }
}

extension Duration {
  /// The length in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
