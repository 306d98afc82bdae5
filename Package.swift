// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
/// Whether .ci/fuzz/run builds the readers for its fuzzers.
let isFuzzed = Context.environment["FUNDSIM_FUZZ_LIBRARY"] != nil
/// Further settings of the libraries then: a fuzzer follows them, and checksums are not compared, which it
/// would not guess. A build tool has none of it: a fuzzer would bring a main of its own.
let fuzzed: [SwiftSetting] = [.define("FUZZING"), .unsafeFlags(["-sanitize=fuzzer"])]

/// Settings of the libraries: `public import` marks what a target's interface depends on.
let library =
  strict + [.enableUpcomingFeature("InternalImportsByDefault")] + (isFuzzed ? fuzzed : [])

/// Further settings of what the tests spend their time in: optimised in debug builds too, with every
/// check that debug builds make.
let calculating: [SwiftSetting] = [
  .unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))
]

/// Further settings of what puts a scenario into words and pictures, once a run: release builds leave
/// it as it is written, which saves a fifth of their time (see Building.md).
let speaking: [SwiftSetting] = [
  .unsafeFlags(["-Onone", "-assert-config", "Release"], .when(configuration: .release))
]

/// What only the fuzzers of .ci/fuzz link: a static library of all readers, 34 MB with every build.
let fuzzedProducts: [Product] =
  !isFuzzed
  ? []
  : [
    .library(
      name: "Readers", type: .static,
      targets: [
        "ScenarioInput", "PartialResults", "Simulation", "PolicyLibrary", "Reporting",
        "PlanningServer", "PlanningPage",
      ])
  ]

let package = Package(
  name: "fundsim",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "fundsim", targets: ["fundsim"]),
    .library(
      name: "CompensationKernel", targets: ["CompensationKernel", "PolicyLibrary", "ClaimRules"]),
  ] + fuzzedProducts,
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    // Level 0
    .target(name: "FundCore", swiftSettings: library + calculating),
    .target(name: "Spreadsheets", swiftSettings: library + calculating),
    .target(name: "PlanningServer", swiftSettings: library),
    // Level 1
    .target(
      name: "CompensationKernel", dependencies: ["FundCore"], swiftSettings: library + calculating),
    .target(
      name: "DocumentReading",
      dependencies: ["FundCore", "Spreadsheets", .product(name: "Yams", package: "Yams")],
      swiftSettings: library),
    .target(name: "RandomStreams", swiftSettings: library + calculating),
    .target(name: "LossStatistics", swiftSettings: library + calculating),
    .target(name: "Charts", swiftSettings: library, plugins: ["GeneratedSources"]),
    .target(name: "ResultFacts", dependencies: ["FundCore"], swiftSettings: library),
    // Level 2
    .target(
      name: "PolicyLibrary", dependencies: ["FundCore", "CompensationKernel", "DocumentReading"],
      exclude: ["PolicyLibrary.docc"], swiftSettings: library, plugins: ["GeneratedSources"]),
    .target(
      name: "Simulation",
      dependencies: ["FundCore", "CompensationKernel", "RandomStreams", "LossStatistics"],
      swiftSettings: library + calculating),
    .target(
      name: "ReportForm",
      dependencies: [
        "FundCore", "Spreadsheets", "LossStatistics", "Charts",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: library, plugins: ["GeneratedSources"]),
    .target(
      name: "Calibration", dependencies: ["RandomStreams"], swiftSettings: library + calculating),
    // Level 3
    .target(
      name: "ClaimRules", dependencies: ["FundCore", "CompensationKernel", "PolicyLibrary"],
      swiftSettings: library),
    .target(
      name: "ScenarioInput",
      dependencies: [
        "FundCore", "ResultFacts", "CompensationKernel", "DocumentReading", "PolicyLibrary",
        "RandomStreams", "Simulation", "Calibration", "ClaimRules",
      ], swiftSettings: library),
    // Level 4
    .target(
      name: "Planning",
      dependencies: [
        "FundCore", "CompensationKernel", "DocumentReading", "RandomStreams", "LossStatistics",
        "PolicyLibrary", "Simulation", "ClaimRules", "ScenarioInput",
      ], swiftSettings: library),
    .target(
      name: "Verification",
      dependencies: [
        "FundCore", "CompensationKernel", "DocumentReading", "RandomStreams", "LossStatistics",
        "PolicyLibrary", "Simulation", "Calibration",
      ], swiftSettings: library + speaking, plugins: ["GeneratedSources"]),
    // Level 5
    .target(
      name: "Reporting",
      dependencies: [
        "FundCore", "ResultFacts", "CompensationKernel", "DocumentReading", "LossStatistics",
        "Charts", "ReportForm", "PolicyLibrary", "Simulation", "Calibration", "ClaimRules",
        "ScenarioInput", "Planning", "Verification",
      ],
      exclude: ["Schemas"], swiftSettings: library + speaking),
    .target(
      name: "PartialResults",
      dependencies: ["FundCore", "ResultFacts", "LossStatistics", "Simulation"],
      swiftSettings: library + calculating),
    // Level 6
    .target(
      name: "PlanningPage",
      dependencies: [
        "FundCore", "PlanningServer", "CompensationKernel", "DocumentReading", "LossStatistics",
        "PolicyLibrary", "Simulation", "ReportForm", "ClaimRules", "ScenarioInput", "Planning",
        "Reporting",
      ], swiftSettings: library + speaking),
    // Level 7
    .executableTarget(
      name: "fundsim",
      dependencies: [
        "FundCore", "ResultFacts", "CompensationKernel", "DocumentReading", "LossStatistics",
        "PlanningServer", "PolicyLibrary", "Simulation", "Calibration", "ScenarioInput", "Planning",
        "Verification", "ReportForm", "Reporting", "PartialResults", "PlanningPage",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Documentation.docc"], swiftSettings: strict + speaking,
      plugins: ["GeneratedSources"]),
    // Writes the texts that lie in a target (.yaml, .css, .mustache) as literals, and the digest of the
    // sources that calculate. Its SHA256.swift is a link to FundCore's, which is not compiled twice for it.
    .executableTarget(
      name: "SourceWriter", path: "Sources/GeneratedSources/Tool", swiftSettings: strict),
    .plugin(
      name: "GeneratedSources", capability: .buildTool(), dependencies: ["SourceWriter"],
      path: "Sources/GeneratedSources/Plugin"),
    // Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict + calculating),
    .testTarget(
      name: "FundCoreTests", dependencies: ["FundCore", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CompensationTests", dependencies: ["FundCore", "CompensationKernel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SpreadsheetsTests", dependencies: ["Spreadsheets"], exclude: ["Workbooks"],
      swiftSettings: strict),
    .testTarget(
      name: "PlanningServerTests", dependencies: ["PlanningServer", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DocumentReadingTests",
      dependencies: ["FundCore", "Spreadsheets", "DocumentReading", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RandomStreamsTests", dependencies: ["RandomStreams"],
      swiftSettings: strict + calculating),
    .testTarget(
      name: "LossStatisticsTests", dependencies: ["LossStatistics"],
      swiftSettings: strict + calculating),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
    .testTarget(
      name: "ReportFormTests",
      dependencies: ["FundCore", "Spreadsheets", "LossStatistics", "Charts", "ReportForm"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyLibraryTests",
      dependencies: [
        "FundCore", "ResultFacts", "CompensationKernel", "DocumentReading", "PolicyLibrary",
        "Verification", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "VerificationTests",
      dependencies: [
        "FundCore", "CompensationKernel", "DocumentReading", "PolicyLibrary", "Verification",
      ], swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "FundCore", "CompensationKernel", "RandomStreams", "LossStatistics", "Simulation",
        "TestSupport",
      ], swiftSettings: strict + calculating),
    .testTarget(
      name: "CalibrationTests", dependencies: ["RandomStreams", "Calibration"],
      swiftSettings: strict + calculating),
    .testTarget(
      name: "ClaimRulesTests",
      dependencies: [
        "FundCore", "CompensationKernel", "DocumentReading", "PolicyLibrary", "ClaimRules",
        "TestSupport",
      ], exclude: ["Registers"], swiftSettings: strict),
    .testTarget(
      name: "ScenarioInputTests",
      dependencies: [
        "FundCore", "Spreadsheets", "ResultFacts", "CompensationKernel", "DocumentReading",
        "PolicyLibrary",
        "Simulation", "ClaimRules", "ScenarioInput", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "PlanningTests",
      dependencies: [
        "FundCore", "CompensationKernel", "DocumentReading", "LossStatistics", "PolicyLibrary",
        "Simulation", "ClaimRules", "ScenarioInput", "Planning", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "FundCore", "Spreadsheets", "ResultFacts", "CompensationKernel", "DocumentReading",
        "RandomStreams",
        "LossStatistics", "Simulation", "ClaimRules", "ScenarioInput", "Planning", "ReportForm",
        "Reporting", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "PlanningPageTests",
      dependencies: [
        "FundCore", "PlanningServer", "DocumentReading", "Simulation", "ReportForm",
        "ScenarioInput",
        "PlanningPage", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "PartialResultsTests",
      dependencies: [
        "FundCore", "ResultFacts", "LossStatistics", "Simulation", "PartialResults", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["FundCore", "Spreadsheets", "fundsim", "TestSupport"],
      exclude: ["Approved", "Drafts"], swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict + calculating),
  ]
)
