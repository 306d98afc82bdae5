import Charts
import FundCore
import LossStatistics
public import Planning
public import ReportForm
import ResultFacts
import Simulation

/// What a planning page shows of a run while its inputs are moved: a few of the report's own tables and charts,
/// beside those of a variant that was pinned.
public struct PlanReport: Sendable {
  /// The report of the run; with a pinned variant, its funds stand behind the run's own.
  private let shown: RiskReport
  /// How many funds are the run's own.
  private let ownFunds: Int
  /// How the run differs from the pinned variant; `nil` without one.
  private let comparison: Comparison?

  private init(_ shown: RiskReport, ownFunds: Int, _ comparison: Comparison?) {
    (self.shown, self.ownFunds, self.comparison) = (shown, ownFunds, comparison)
  }

  /// - Parameter report: The report of a run.
  public init(_ report: RiskReport) { self.init(report, ownFunds: report.funds.count, nil) }

  /// - Parameters:
  ///   - report: The report of a run.
  ///   - pinned: That of the variant that was pinned, on as many trials.
  ///   - comparison: How the run differs from it.
  ///   - name: What a fund of the pinned variant is called.
  public init(
    _ report: RiskReport, beside pinned: RiskReport, _ comparison: Comparison,
    naming name: (String) -> String
  ) {
    // Curves over other months would not stand on one axis.
    let isOnOneAxis = pinned.estimates.horizon == report.estimates.horizon
    guard isOnOneAxis else {
      self.init(report)
      return
    }
    let descriptions = pinned.funds.map { fund in
      var renamed = fund
      renamed.name = name(fund.name)
      return renamed
    }
    var both = RiskReport(
      report.estimates.beside(pinned.estimates, naming: name), provenance: report.provenance,
      funds: report.funds + descriptions)
    both.years = report.years
    self.init(both, ownFunds: report.funds.count, comparison)
  }

  private var run: RunComposer { RunComposer(report: shown) }

  /// The scale of all its amounts.
  public var money: MoneyScale { run.money }

  /// How long the funds last.
  public var survival: ReportChart { RunCharts(run: run).survival }

  /// Capital, and who bears the loss.
  public var charts: [ReportChart] {
    let (run, all) = (run, RunCharts(run: run))
    let losses =
      shown.funds.count > 1 ? all.sharing : [RunFundCharts(run: run, index: 0).loss]
    return [all.size] + losses
  }

  /// Money by year, of each of the run's own funds.
  public var years: [FundCharts] {
    let run = run
    return (0..<ownFunds).map { index in
      FundCharts(
        fund: shown.funds[index].name,
        charts: RunFundComposer(run: run, index: index).yearCharts)
    }
  }

  /// The charts of one fund.
  public struct FundCharts: Sendable {
    /// The fund's name.
    public let fund: String
    /// Its charts.
    public let charts: [ReportChart]
  }

  /// The figures of all funds, with their precision.
  public var figures: [SectionBlock] {
    let run = run
    var table = FigureTable(
      "plan",
      heads: [
        .init(en: "fund", zh: "基金"),
        .init(en: "lasts through \(run.lastMonth)", zh: "足额至\(run.lastMonth)"),
        .init(en: "compensation", zh: "风险补偿"),
        .init(en: "mean of worst 1 %", zh: "最差1%的均值"),
        .init(en: "capital for 95 % survival", zh: "95%足额所需资本"),
      ])
    for fund in run.estimates.funds {
      table.rows.append([
        .name(fund.name), fund.survival.last.map { .probability($0) } ?? .none,
        .mean(fund.compensation.mean),
        fund.worstPaid(.percent(99)).map { .figure(Figure($0.estimate, in: .yuan)) } ?? .none,
        fund.capital(.percent(95)).map { .figure(Figure($0, in: .yuan)) } ?? .none,
      ])
    }
    return [.table(table)]
  }

  /// How the run differs from the pinned variant, trial by trial; nothing without one.
  public var differences: [SectionBlock] {
    guard let comparison else { return [] }
    // What it costs stands in the report.
    return CompareComposer(comparison: comparison, money: money).differences.prefix(2).flatMap {
      [.subheading($0.heading)] + $0.blocks
    }
  }
}
