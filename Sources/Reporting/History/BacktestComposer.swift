import Calibration
import FundCore
import ReportForm

/// Puts the report of a backtest together.
struct BacktestComposer: Speaker {
  let report: BacktestReport
  let language: Language

  private var years: [BacktestYear] { report.backtest.years }

  var blocks: [ReportBlock] {
    [.title(say(en: "Was it right? \(report.source.file)", zh: "事后是否言中？\(report.source.file)"))]
      + forecasts + broken + unused + provenance
  }

  // MARK: Years

  private var forecasts: [ReportBlock] {
    [
      .heading(say(en: "Each year, forecast from the years before it alone", zh: "仅凭此前各年预测当年")),
      .table(table),
      .paragraph(
        say(
          en: """
            95 % and 99 %: the number of defaults that the forecast exceeds with 5 % and 1 %; * marks a \
            bound that was broken. Predictive: with what was not known of the parameters. PIT: where the \
            outcome lies in the forecast, from 0 to 1; under right forecasts all places are alike.
            """,
          zh: """
            95 % 与 99 %：预测违约笔数以 5 % 与 1 % 的概率超过的数；* 为被突破的上限。预测分布：计入参数的\
            不确定性。PIT：实际结果在预测中的位置（0 至 1）；预测正确时各处机会均等。
            """)),
    ]
  }

  /// The table of the years.
  var table: ReportTable {
    var table = ReportTable(
      heads: heads(
        en:
          "year|at risk|seen|best:\n50 %|95 %|99 %|PIT|predictive:\n50 %|95 %|99 %|PIT",
        zh: "年份|在险|实际|最佳估计：\n50 %|95 %|99 %|PIT|预测分布：\n50 %|95 %|99 %|PIT"))
    for year in years {
      let cells = BacktestReport.forecasts.flatMap { _, path -> [String] in
        let forecast = year[keyPath: path]
        return [
          NumberFormat.whole(forecast.q50), bound(forecast.q95, year.seen),
          bound(forecast.q99, year.seen), NumberFormat.fixed(forecast.pit, decimals: 3),
        ]
      }
      table.rows.append(
        [
          "\(year.year)", NumberFormat.trimmed(year.atRisk, decimals: 1),
          NumberFormat.whole(year.seen),
        ] + cells)
    }
    return table
  }

  private func bound(_ bound: Int, _ seen: Int) -> String {
    NumberFormat.whole(bound) + (seen > bound ? "*" : "")
  }

  // MARK: Bounds

  private var broken: [ReportBlock] {
    var table = ReportTable(
      heads: heads(
        en: "bound|broken|of|a right forecast\nbreaks as many|years", zh: "上限|突破|共|预测正确时\n突破同样多|年份")
    )
    for (name, path) in BacktestReport.forecasts {
      let forecast =
        name == "best"
        ? say(en: "best estimate", zh: "最佳估计") : say(en: "predictive", zh: "预测分布")
      for (_, bound) in BacktestReport.bounds {
        let broken = report.backtest.broken(path, level: bound)
        table.rows.append([
          "\(forecast), \(bound == .q95 ? "95 %" : "99 %")", "\(broken.years.count)",
          "\(broken.of)", percent(broken.chance),
          broken.years.isEmpty ? "–" : list(broken.years),
        ])
      }
    }
    return [
      .heading(say(en: "Bounds that were broken", zh: "被突破的上限")), .table(table),
    ]
  }

  /// The first years; all stand in the table above.
  private func list(_ years: [Int]) -> String {
    years.prefix(4).map { "\($0)" }.joined(separator: " ") + (years.count > 4 ? " …" : "")
  }

  private func percent(_ chance: Double) -> String {
    NumberFormat.significant(chance * 100, digits: 2) + " %"
  }

  // MARK: Closing

  private var unused: [ReportBlock] {
    let lines =
      report.source.unused.map { item in
        say(en: "\(item.count) rows: \(item.text)", zh: "\(item.count) 行：\(item.text)")
      } + report.source.notices.map { say($0) }
    guard !lines.isEmpty else { return [] }
    return [.heading(say(en: "Not used, and worth a look", zh: "未使用的行与提示")), .list(lines)]
  }

  private var provenance: [ReportBlock] {
    let source = report.source
    return [
      .heading(say(en: "Provenance", zh: "来源说明")),
      .pairs([
        pair(.init(en: "history", zh: "历史"), source.file),
        pair(.init(en: "digest", zh: "摘要"), source.digest),
        pair(.init(en: "program", zh: "程序"), "fundsim \(source.engine)"),
        pair(.init(en: "draws", zh: "抽样数"), NumberFormat.whole(report.settings.draws)),
        pair(.init(en: "seed", zh: "种子"), "\(report.settings.seed)"),
      ]),
    ]
  }
}
