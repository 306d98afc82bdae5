import FundCore
import LossStatistics
import Planning
import Reporting

extension PrecisionArguments {
  /// Runs variants until their figures are known as well as is asked.
  ///
  /// - Parameters:
  ///   - variants: The variants.
  ///   - figure: The figure that is meant where no name is given.
  ///   - options: What every study asks for.
  ///   - scenario: How messages name the scenario.
  /// - Throws: A diagnostic if a figure is not known.
  func study(
    _ variants: [Variant], _ figure: StudyFigure, _ options: StudyArguments, scenario: String
  ) throws -> (StudyResult, PrecisionOutcome?) {
    var wanted: [(target: PrecisionTarget, figure: StudyFigure)] = []
    for target in targets {
      wanted.append(
        (target, try target.figure.map { try StudyFigure.named($0, in: variants) } ?? figure))
    }
    let most = variants.compactMap(\.scenario).map(\.trials).max() ?? 1
    return try StudyRuns.follow(options, scenario: scenario) { runs in
      try runs.looking(for: targets, upTo: most) { trials in
        let few = variants.map { variant in
          variant.with(trials: min(trials, variant.scenario?.trials ?? trials))
        }
        return try VariantStudy(few).result(
          version: ProgramVersion.current, simulate: runs.keep)
      } look: {
        StudyPrecision.look(at: $0, wanted, after: $1)
      }
    }
  }
}
