// swift-tools-version: 6.2
import PackageDescription

// Arrows go strictly downward: a target lists only what stands below it. The build checks it
// (`--explicit-target-dependency-import-check error`).
let package = Package(
  name: "ladder",
  products: [.executable(name: "ladder", targets: ["ladder"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // The program.
    .executableTarget(
      name: "ladder",
      dependencies: [
        "LadderScreens", "LoyaltyWorkspace", "LoyaltyModel", "TextFormats", "TerminalKit",
        "CursesDriver",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "LadderScreens",
      dependencies: ["LoyaltyWorkspace", "LoyaltyModel", "TerminalKit"]),

    // What the program can do.
    .target(
      name: "LoyaltyWorkspace",
      dependencies: [
        "LoyaltyAnalytics", "LoyaltyRules", "LoyaltyStore", "LoyaltyExchange", "LoyaltyModel",
        "Statistics", "TextFormats", "CResources",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),

    // Four wings that do not know each other.
    .target(name: "LoyaltyAnalytics", dependencies: ["LoyaltyModel", "Statistics"]),
    .target(
      name: "LoyaltyRules",
      dependencies: [
        "LoyaltyModel", "Statistics", "TextFormats",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),
    .target(name: "LoyaltyStore", dependencies: ["LoyaltyModel", "TextFormats"]),
    .target(name: "LoyaltyExchange", dependencies: ["LoyaltyModel", "TextFormats"]),

    // The ground floor: nothing here imports anything of ours.
    .target(
      name: "Statistics",
      dependencies: [.product(name: "RealModule", package: "swift-numerics")]),
    .target(name: "LoyaltyModel"),
    .target(name: "TextFormats", dependencies: ["CCSV", "CChecksum"]),
    .target(name: "TerminalKit", dependencies: ["CUTF8Proc"]),
    .target(name: "CursesDriver", dependencies: ["TerminalKit", "CNCurses"]),

    // C: a narrow curses shim, the embedded resources, the processor's own checksum, and Debian's
    // libcsv and libutf8proc.
    .target(name: "CNCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "CResources"),
    .target(name: "CChecksum"),
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "RulesWorkload", dependencies: ["LoyaltyModel"], path: "Tests/RulesWorkload",
      exclude: ["rules-scalar.json", "rules-full.json"]),
    .testTarget(name: "TextFormatsTests", dependencies: ["TextFormats", "TestSupport"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"]),
    .testTarget(name: "TerminalKitTests", dependencies: ["TerminalKit", "TestSupport"]),
    .testTarget(
      name: "LoyaltyModelTests", dependencies: ["LoyaltyModel", "Statistics", "TestSupport"]),
    .testTarget(
      name: "LoyaltyAnalyticsTests",
      dependencies: [
        "LoyaltyAnalytics", "LoyaltyModel", "Statistics", "LoyaltyWorkspace", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LoyaltyRulesTests",
      dependencies: [
        "LoyaltyRules", "LoyaltyModel", "TextFormats", "Statistics", "LoyaltyWorkspace",
        "TestSupport",
        "RulesWorkload",
      ],
      exclude: ["Gallery"]),
    .testTarget(
      name: "LoyaltyStoreTests",
      dependencies: [
        "LoyaltyStore", "LoyaltyModel", "TextFormats", "LoyaltyWorkspace", "TestSupport",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "LoyaltyExchangeTests",
      dependencies: [
        "LoyaltyExchange", "LoyaltyModel", "TextFormats", "LoyaltyWorkspace", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LoyaltyWorkspaceTests",
      dependencies: [
        "LoyaltyWorkspace", "LoyaltyModel", "LoyaltyAnalytics", "LoyaltyRules", "LoyaltyStore",
        "TextFormats", "CResources", "TestSupport",
      ]),
    .testTarget(
      name: "LadderScreensTests",
      dependencies: [
        "LadderScreens", "LoyaltyWorkspace", "LoyaltyStore", "LoyaltyModel", "TerminalKit",
        "TextFormats", "TestSupport",
      ],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "LadderTests", dependencies: ["ladder", "TestSupport"],
      exclude: ["Fixtures", "Errors"]),
  ],
  swiftLanguageModes: [.v6]
)

/// Language features that later compilers will switch on by themselves.
let upcomingFeatures = [
  "ExistentialAny",  // an existential is written as one: `any Disk`
  "MemberImportVisibility",  // a file that uses a member imports the module it comes from
  "InternalImportsByDefault",  // what a module depends on does not leak into its interface
]
for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + upcomingFeatures.map { .enableUpcomingFeature($0) }
}
