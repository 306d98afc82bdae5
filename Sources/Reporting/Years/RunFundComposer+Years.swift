import LossStatistics
import ReportForm
import ResultFacts
import Simulation

// The years of a fund of a run.
extension RunFundComposer {
  /// The years; nothing where they were not run.
  var years: [SectionBlock] {
    guard let composer = yearsComposer else { return [] }
    return composer.blocks + (run.provenance.state.map { [composer.since($0)] } ?? [])
  }

  private var yearsComposer: YearsComposer? {
    run.source.years.map {
      YearsComposer(
        years: $0, fund: $0.funds[index], money: money, runTrials: estimates.trialCount)
    }
  }

  /// The pictures of the years.
  var yearCharts: [ReportChart] {
    yearsComposer.map { YearCharts(composer: $0, index: index).charts } ?? []
  }
}
