import Foundation
import PackagePlugin

/// Writes Swift files while a target is built: the texts that lie in it as literals, and for the
/// program the digest of the sources that calculate.
@main
struct GeneratedSources: BuildToolPlugin {
  /// The target that carries the digest.
  private static let program = "fundsim"

  /// All of the targets from a scenario's text to what its trials record, with the programmes.
  ///
  /// Statistics, reports and the command line come after what a part or a checkpoint holds; statistics
  /// are among them all the same, because a merge computes them of every part.
  private static let calculating: Set<String> = [
    "FundCore", "CompensationKernel", "DocumentReading", "RandomStreams", "LossStatistics",
    "ResultFacts", "PolicyLibrary", "Simulation", "ClaimRules", "ScenarioInput", "PartialResults",
  ]

  /// How the names of texts end that become literals.
  private static let textEndings: Set<String> = ["yaml", "css", "js", "mustache"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    target.name == Self.program
      ? [try digest(context)] : [try texts(of: target, context)].compactMap(\.self)
  }

  /// Literals rather than SwiftPM's `.embedInCode`, whose arrays of bytes take the compiler a hundred
  /// times as long.
  private func texts(of target: any Target, _ context: PluginContext) throws -> Command? {
    let files = Self.texts(of: target)
    guard !files.isEmpty else { return nil }
    return try command(
      "Texts of \(target.name)", "texts", files, to: "TextResources.swift", context)
  }

  private func digest(_ context: PluginContext) throws -> Command {
    let targets = context.package.targets.filter { Self.calculating.contains($0.name) }
    guard targets.count == Self.calculating.count else {
      throw MissingTarget(names: Self.calculating.subtracting(targets.map(\.name)).sorted())
    }
    let sources = targets.compactMap { $0 as? any SourceModuleTarget }.flatMap { target in
      target.sourceFiles.filter { $0.type == .source }.map(\.url)
    }
    return try command(
      "Digest of the sources that calculate", "digest",
      sources + targets.flatMap(Self.texts), to: "SourcesDigest.swift", context)
  }

  private static func texts(of target: any Target) -> [URL] {
    (target as? any SourceModuleTarget)?.sourceFiles.map(\.url)
      .filter { textEndings.contains($0.pathExtension) } ?? []
  }

  private func command(
    _ name: String, _ kind: String, _ files: [URL], to output: String, _ context: PluginContext
  ) throws -> Command {
    let output = context.pluginWorkDirectoryURL.appending(path: output)
    return .buildCommand(
      displayName: name, executable: try context.tool(named: "SourceWriter").url,
      arguments: [kind, output.path, context.package.directoryURL.path]
        + files.map(\.path).sorted(), inputFiles: files, outputFiles: [output])
  }
}

/// The list above names what the package does not have.
struct MissingTarget: Error, CustomStringConvertible {
  let names: [String]
  var description: String {
    "Sources/GeneratedSources names targets that are none: \(names.joined(separator: ", "))"
  }
}
