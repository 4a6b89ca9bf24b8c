// swift-tools-version: 6.1
import PackageDescription

// Benchmarks, apart from the product so that nobody needs their dependencies to build or test it.
// The measured targets are links to the product's own folders: within one package, `package`
// symbols are at hand, and nothing has to become a library for it.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Without traits it needs no jemalloc.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
  ],
  targets: [
    .target(
      name: "Statistics", dependencies: [.product(name: "RealModule", package: "swift-numerics")]),
    .target(name: "LoyaltyModel"),
    .target(name: "LoyaltyAnalytics", dependencies: ["LoyaltyModel", "Statistics"]),
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    .target(name: "CChecksum"),
    .target(name: "TextFormats", dependencies: ["CCSV", "CChecksum"]),
    .target(name: "LoyaltyStore", dependencies: ["LoyaltyModel", "TextFormats"]),
    .target(
      name: "LoyaltyRules",
      dependencies: ["LoyaltyModel", "TextFormats"],
      // The choice of offers is measured by itself, and is nobody else's business.
      swiftSettings: [.unsafeFlags(["-enable-testing"])]),
    .target(
      name: "RulesWorkload", dependencies: ["LoyaltyModel"],
      exclude: ["rules-scalar.json", "rules-full.json"]),
    .target(name: "TestSupport"),
    .executableTarget(
      name: "Rules",
      dependencies: [
        "LoyaltyRules", "LoyaltyModel", "RulesWorkload", "TestSupport", "TextFormats",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Rules",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "Store",
      dependencies: [
        "LoyaltyStore", "LoyaltyModel", "Statistics", "TextFormats",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Store",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "Analytics",
      dependencies: [
        "LoyaltyAnalytics", "LoyaltyModel", "Statistics",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Analytics",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? [])
    + ["ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault"].map {
      .enableUpcomingFeature($0)
    }
}
