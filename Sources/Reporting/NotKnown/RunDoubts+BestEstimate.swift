import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

extension RunDoubts {
  /// How far the predictive survival and that by the best estimate alone are apart, a sentence a fund.
  var estimateSentences: [LocalizedText] {
    guard let estimate = report.bestEstimate else { return [] }
    let trials = NumberFormat.whole(estimate.trials)
    let correlation = estimate.assetCorrelation.map { number in
      let text = NumberFormat.trimmed(number, decimals: 3)
      return LocalizedText(en: ", correlation \(text)", zh: "、相关系数\(text)")
    }
    let what = LocalizedText(
      en: "the best estimate alone (\(trials) trials\(correlation?.english ?? ""))",
      zh: "只按最佳估计（\(trials)次模拟\(correlation?.chinese ?? "")）")
    return report.funds.indices.compactMap { sentence($0, what) }
  }

  private func sentence(_ fund: Int, _ what: LocalizedText) -> LocalizedText? {
    guard let best = bestEstimate(fund), let survival = survival(fund) else { return nil }
    let name = isolated(report.funds[fund].name)
    let (low, high) = (best.interval95.low, best.interval95.high)
    func percent(_ share: Double) -> String {
      NumberFormat.fixed(share * 100, decimals: (0.005...0.995).contains(share) ? 1 : 2)
    }
    let apart = NumberFormat.fixed(abs(best.value - survival.value) * 100, decimals: 1)
    let isLower = survival.value <= best.value
    return .init(
      en: """
        \(name): with what is not known of the parameters it lasts with \(percent(survival.value)) %; \(what) \
        would say \(percent(best.value)) % (\(percent(low))–\(percent(high))): \
        \(isLower ? "the short history takes" : "the draws add") \(apart) points.
        """,
      zh: """
        \(name)：计入参数的不确定性，足额概率为\(percent(survival.value))%；\(what)则为\(percent(best.value))%\
        （\(percent(low))–\(percent(high))%）：\(isLower ? "因历史太短而减少" : "计入参数抽样后增加")\(apart)个百分点。
        """)
  }
}
