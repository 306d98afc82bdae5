import ArgumentParser
import FundCore
import LossStatistics
import Planning
import Reporting
import ScenarioInput
import Simulation

extension PrecisionArguments {
  /// Runs variants until their figures are known as well as is asked.
  ///
  /// - Parameters:
  ///   - study: The variants, and what is kept of them.
  ///   - figure: The figure that is meant where no name is given.
  ///   - options: What every study asks for.
  ///   - scenario: How messages name the scenario.
  /// - Throws: A diagnostic if a figure is not known.
  func study(
    _ study: VariantStudy, _ figure: StudyFigure, _ options: StudyArguments, scenario: String
  ) throws -> (StudyResult, PrecisionOutcome?) {
    var wanted: [StudyPrecision.FigureTarget] = []
    let names = FigureNames(targets.isEmpty ? [] : study.variants)
    for target in targets {
      let own = try target.figure.map { try names.figure(named: $0) }
      wanted.append(.init(target, figure: own ?? figure))
      guard target.isAmount, let found = wanted.last?.figure, found.isShare || found.isMultiple
      else {
        continue
      }
      throw ValidationError(
        en:
          "--precision '\(target.text)': '\(found.word)' is no amount of money; write a part, such as 1%.",
        zh: "--precision '\(target.text)'：“\(found.word)”不是金额；请写比例，如1%。")
    }
    let most = study.variants.compactMap(\.scenario).map(\.trials).max() ?? 1
    func few(_ trials: Int, _ detail: StudyDetail) -> VariantStudy {
      var few = VariantStudy(
        study.variants.map { variant in
          variant.with(trials: min(trials, variant.scenario?.trials ?? trials))
        })
      few.capitalMonths = study.capitalMonths
      few.detail = detail
      return few
    }
    return try StudyRuns.follow(options, scenario: scenario) { runs in
      guard !wanted.isEmpty else {
        return (
          try study.result(version: ProgramVersion.current, simulate: runs.keep, repeats: runs),
          nil
        )
      }
      let asked = StudyDetail(of: wanted.map(\.figure))
      var (found, precision) = try runs.looking(for: targets, upTo: most) { trials in
        try few(trials, asked).result(
          version: ProgramVersion.current, simulate: runs.keep, repeats: runs)
      } look: {
        StudyPrecision.look(at: $0, wanted, after: $1)
      }
      // Once more with all that is kept beside: its trials are there.
      runs.beginLook()
      let whole = try few(found.trialCount, study.detail).result(
        version: ProgramVersion.current, simulate: runs.keep, repeats: runs)
      runs.endLooks()
      precision?.drawCount = whole.drawCount
      return (whole, precision)
    }
  }
}
