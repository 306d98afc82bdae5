import Foundation
import PackagePlugin

/// Puts the digest of the sources that calculate into the program, with every build of them: all of
/// the targets from a scenario's text to what its trials record, with the programmes.
@main
struct EngineDigest: BuildToolPlugin {
  /// Statistics, reports and the command line come after what a part or a checkpoint holds; statistics
  /// are among them all the same, because a merge computes them of every part.
  private static let targets: Set<String> = [
    "FundCore", "CompensationKernel", "DocumentReading", "RandomStreams", "LossStatistics",
    "PolicyLibrary", "Simulation", "ClaimRules", "ScenarioInput", "PartialResults",
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let modules = context.package.targets.filter { Self.targets.contains($0.name) }
    guard modules.count == Self.targets.count else {
      throw MissingTarget(names: Self.targets.subtracting(modules.map(\.name)).sorted())
    }
    let files = modules.compactMap { $0 as? any SourceModuleTarget }.flatMap { module in
      module.sourceFiles.filter { $0.type == .source || $0.type == .resource }.map(\.url)
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "SourcesDigest.swift")
    return [
      .buildCommand(
        displayName: "Digest of the sources that calculate",
        executable: try context.tool(named: "DigestTool").url,
        arguments: [output.path, context.package.directoryURL.path] + files.map(\.path).sorted(),
        inputFiles: files, outputFiles: [output])
    ]
  }
}

/// The list above names what the package does not have.
struct MissingTarget: Error, CustomStringConvertible {
  let names: [String]
  var description: String {
    "Sources/EngineDigest names targets that are none: \(names.joined(separator: ", "))"
  }
}
