import DocumentReading
import FundCore
import Simulation

/// What is asked of the years of a run.
extension ScenarioReading {
  /// Reads `budget` and `limits`: the floor under the balance and the probability with which a year's budget
  /// keeps it, and the limits on indicators whose odds of being passed are told.
  func years(_ top: inout Section) -> YearRequest {
    var request = YearRequest()
    if var budget = top.sectionIfPresent("budget") {
      request.floor = budget.moneyIfPresent("floor")?.value ?? .zero
      if let level = budget.ratioIfPresent("confidence", in: .percent(50) ... .one) {
        if level.value < .one {
          request.confidence = Int(level.value.millionths)
        } else {
          budget.report(
            "level-out-of-range",
            .init(en: "no amount keeps a balance with certainty", zh: "没有一个金额能百分之百保证余额"),
            help: .init(
              en: "give a probability from 50% to below 100%, such as `confidence: 95%`",
              zh: "请给出50%以上、100%以下的概率，如 `confidence: 95%`"))
        }
      }
      budget.finish()
    }
    request.limits = top.indicatorLimits()
    return request
  }
}

extension Section {
  /// Reads `limits`: those on indicators, in their order; none without the key.
  mutating func indicatorLimits() -> [YearRequest.Limit] {
    guard var limits = sectionIfPresent("limits") else { return [] }
    defer { limits.finish() }
    return LimitedIndicator.allCases.compactMap { limits.limit($0) }
  }

  private mutating func limit(_ indicator: LimitedIndicator) -> YearRequest.Limit? {
    if indicator == .leverage {
      return numberIfPresent(indicator.rawValue, in: 0...1_000_000).map {
        YearRequest.Limit(indicator, millionths: Int64(($0.value * 1_000_000).rounded()))
      }
    }
    return ratioIfPresent(indicator.rawValue, in: .zero ... .percent(1_000)).map {
      YearRequest.Limit(indicator, millionths: $0.value.millionths)
    }
  }
}
