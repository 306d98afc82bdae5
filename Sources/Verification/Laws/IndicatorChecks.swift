import FundCore
import Simulation

/// The regulator's indicators of a run with certain outcomes, worked by hand.
///
/// A loan of 400 yuan runs at the start, defaults in month 6, is claimed in month 7: the fund bears half, 200. 40 % of it is
/// recovered in month 10, of which the fund gets half, 80. A loan of 600 runs from month 2 to 14; one of 200, made in month 4,
/// is repaid in four equal parts at the ends of the months 5 to 8.
enum IndicatorChecks {
  static let sets = [
    CheckSet(
      .money,
      indicators.flatMap { figure, name, values in
        periods.indices.compactMap { place in
          values[place].map { value in
            Check(
              .init(en: "\(name), \(periods[place])", zh: "\(periods[place])\(name)"), value,
              .absolute(5e-7),
              source: .init(
                en: "Indicators, indicators: worked by hand", zh: "《Indicators》，监管指标：手工核算"))
          }
        }
      }
    ) { work in
      let table = try table(opening: 100_000, on: work)
      return indicators.flatMap { figure, _, values in
        periods.indices.compactMap { place in
          values[place] == nil
            ? nil : Finding.number(table.ratios(figure, period: place).first ?? .nan)
        }
      }
    },
    budgets(opening: 10_000, floor: 0, [100, 100, 0]),
    budgets(opening: 22_000, floor: 5_000, [30, 30, 0]),
  ]

  private static let periods: [LocalizedText] = [
    .init(en: "whole run", zh: "全期"), .init(en: "first year", zh: "第一年"),
    .init(en: "second year", zh: "第二年"),
  ]

  /// The whole run, then the two years; `nil` where the indicator is not defined.
  private static let indicators: [(YearFigure, LocalizedText, [Double?])] = [
    // 600 outstanding against 1,000 − 200 + 80; at the end of the second year nothing is.
    (.leverage, .init(en: "leverage", zh: "放大倍数"), [0, 60.0 / 88, 0]),
    // In month 4: 400 + 600 + 200 against 1,000.
    (.leveragePeak, .init(en: "highest leverage", zh: "最高放大倍数"), [1.2, 1.2, 60.0 / 88]),
    (
      .lendingMultiple, .init(en: "covered lending by money put in", zh: "累计纳保贷款与投入资金之比"),
      [1.2, 1.2, 1.2]
    ),
    // 200 of 1,200 − 600 that are released; in month 7 of 1,200 − 650.
    (.claimRate, .init(en: "claim rate", zh: "代偿率"), [1.0 / 6, 1.0 / 3, 1.0 / 6]),
    (
      .claimRatePeak, .init(en: "highest claim rate", zh: "最高代偿率"), [20.0 / 55, 20.0 / 55, 1.0 / 3]
    ),
    (.recoveryRate, .init(en: "recovery rate", zh: "代偿返还率"), [0.4, 0.4, 0.4]),
    (.lossRate, .init(en: "loss rate", zh: "代偿损失率"), [0.1, 0.2, 0.1]),
    (.lossRatePeak, .init(en: "highest loss rate", zh: "最高代偿损失率"), [20.0 / 55, 20.0 / 55, 0.2]),
    // In the months 8 and 9 the 400 are overdue, of 1,000.
    (.nonPerforming, .init(en: "non-performing loans", zh: "不良率"), [nil, 0, nil]),
    (.nonPerformingPeak, .init(en: "most non-performing loans", zh: "最高不良率"), [0.4, 0.4, 0]),
    (.useOfMoney, .init(en: "use of the money", zh: "资金使用率"), [0.2, 0.2, 0]),
  ]

  private static func table(
    opening: Int64, floor: Int64 = 0, on work: CheckWork
  ) throws -> YearTable {
    var amortizing = ReferenceLoan.sound(start: 4, term: 4, 20_000)
    amortizing.isAmortizing = true
    var portfolio = ReferencePortfolio(
      horizon: 24,
      loans: [.failing(in: 6, 40_000), .sound(start: 2, term: 12, 60_000), amortizing])
    portfolio.recovery = RecoveryModel(part: .fixed(0.4), lag: 3...3)
    var fund = ReferenceFund.of(share: .percent(50), opening: Money(fen: opening))
    fund.delay = 1
    var plan = portfolio.plan([fund], trials: 1)
    plan.years.floor = Money(fen: floor)
    guard let table = simulateYears(plan, fundCount: 1, threads: work.threads)?.tables.first else {
      throw UnknownError()
    }
    return table
  }

  /// What has to be put in lest a claim goes unpaid, or the balance falls below a floor.
  private static func budgets(opening: Int64, floor: Int64, _ yuan: [Double]) -> CheckSet {
    CheckSet(
      .money,
      zip(periods, yuan).map { period, amount in
        let (fund, least) = (Money(fen: opening), Money(fen: floor))
        return Check(
          .init(
            en: "budget of a fund of \(fund) with a floor of \(least), \(period)",
            zh: "资金\(fund)、余额下限\(least)，\(period)的预算"), amount, .exact,
          source: .init(en: "Indicators, budget: worked by hand", zh: "《Indicators》，预算：手工核算"))
      }
    ) { work in
      let table = try table(opening: opening, floor: floor, on: work)
      return periods.indices.map { place in
        .number(Double(table.amounts(.budget, period: place).first ?? -1) / 100)
      }
    }
  }
}
