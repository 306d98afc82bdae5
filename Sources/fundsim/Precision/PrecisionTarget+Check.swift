import ArgumentParser
import FundCore
import Reporting

extension PrecisionTarget {
  /// Finds out whether a fund has the figure, and whether that can be known as is asked.
  ///
  /// - Parameters:
  ///   - report: A report of the run, of however few trials.
  ///   - fund: The position of the fund.
  /// - Throws: `ValidationError` with the names near it, or with what may be written.
  func check(_ report: RiskReport, fund: Int) throws {
    let name = figure ?? RiskReport.precisionFigure
    let all = report.figures(ofFund: fund).map(\.name)
    let names = all.filter { report.kind(ofFigure: $0) != .exact }
    guard all.contains(name) else {
      let near = nearestNames(to: name, among: names)
      let list = (near.isEmpty ? Array(names.prefix(6)) : near).joined(separator: ", ")
      throw ValidationError(
        en: """
          --precision '\(text)': there is no figure '\(name)'. Near it: \(list); \
          'fundsim run SCENARIO --require list' prints all names.
          """,
        zh: """
          --precision '\(text)'：没有数据“\(name)”。相近的有：\(list)；\
          'fundsim run 情景 --require list' 列出全部名称。
          """)
    }
    let kind = report.kind(ofFigure: name)
    guard kind != .exact else {
      throw ValidationError(
        en: """
          --precision '\(text)': '\(name)' has no error that trials could make smaller; name a figure with an \
          interval, such as exhaustion or compensation.mean.
          """,
        zh: """
          --precision '\(text)'：“\(name)”没有可随模拟次数缩小的误差；请写有区间的数据，如 exhaustion 或 \
          compensation.mean。
          """)
    }
    guard isAmount, kind != .amount else { return }
    throw ValidationError(
      en: """
        --precision '\(text)': '\(name)' is no amount of money; write \
        \(kind.isProbability ? "points, such as '\(name)=0.1%'" : "a part of it, such as '\(name)=2%'").
        """,
      zh: """
        --precision '\(text)'：“\(name)”不是金额；请写\
        \(kind.isProbability ? "百分点，如 '\(name)=0.1%'" : "比例，如 '\(name)=2%'")。
        """)
  }
}
