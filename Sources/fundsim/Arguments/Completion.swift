import ArgumentParser
import CompensationKernel
import FundCore
import Planning
import PolicyLibrary
import ScenarioInput

/// What a shell offers for a word that is being typed: the names of the scenario on the line, or those that are always there.
enum Completion {
  /// The operating models.
  static let models = OperatingModel.shared.map(\.id)

  /// The built-in programmes.
  static let programmes = PolicyDocument.builtInIDs

  /// The funds of the scenario on the line, by words that a shell takes without quotes.
  @Sendable static func funds(_ words: [String], _ place: Int, _ prefix: String) -> [String] {
    guard let names = document(in: words)?.fundNames else { return [] }
    return names.flatMap { name -> [String] in
      guard name.contains(where: \.isWhitespace) else { return [name] }
      // A part of a name is enough where no other has it.
      return name.split(whereSeparator: \.isWhitespace).map(String.init).filter { word in
        names.count { $0.contains(word) } == 1
      }
    }
  }

  /// The settings of the scenario on the line, ready for a value.
  @Sendable static func settings(_ words: [String], _ place: Int, _ prefix: String) -> [String] {
    guard let document = document(in: words) else { return [] }
    // Funds by their names, and by their numbers, as the help spells them.
    var known: Set<String> = []
    let paths = document.paths + document.numberedFundPaths
    return paths.filter { known.insert($0).inserted }.map { "\($0)=" }
  }

  /// The figures of the scenario on the line; of a scenario that reads a tape, which may be large, the usual ones.
  @Sendable static func figures(_ words: [String], _ place: Int, _ prefix: String) -> [String] {
    guard let document = document(in: words), !document.readsTape else { return usualFigures }
    do {
      let scenario = try document.scenario()
      let variant = Variant(name: "", settings: [], outcome: .success(scenario))
      return FigureNames([variant]).all
    } catch {
      return usualFigures
    }
  }

  /// What `--require` can ask of a run, without the comparison and the value that follow.
  @Sendable static func required(_ words: [String], _ place: Int, _ prefix: String) -> [String] {
    let usual = ["survival"] + usualFigures
    guard let document = document(in: words), !document.readsTape else { return usual }
    do {
      let request = RunRequest(
        try document.scenario(), at: document.file, pieces: try PieceArguments.parse([]),
        threads: 1,
        isQuiet: true)
      return try RequireArguments.names(request) + [RequireArguments.list]
    } catch {
      return usual
    }
  }

  private static let usualFigures = FigureNames([]).all + [FigureNames.list]

  /// The first word that leads to a scenario.
  private static func document(in words: [String]) -> ScenarioDocument? {
    for word in words.dropFirst()
    where !word.hasPrefix("-") && word.contains(where: { "/.".contains($0) }) {
      do { return try ScenarioDocument(path: word) } catch { continue }
    }
    for word in words.dropFirst(2) where !word.hasPrefix("-") && !word.isEmpty {
      do { return try ScenarioDocument(path: word) } catch { continue }
    }
    return nil
  }
}
