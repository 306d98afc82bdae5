import FundCore
import Simulation

/// Who uses a fund up: groups of 400, 200 and 100 loans with 1, 2 and 5 yuan each, which default with 1.2, 3 and 8 % under an
/// asset correlation of 0.12, assessed once.
enum ContributionChecks {
  static let sets = [
    CheckSet(
      .funds,
      figures.flatMap { _, name, parts in
        zip(groups, parts).map { group, part in
          Check(
            .init(en: "\(name) by \(group.name)", zh: "\(name)，\(group.name)"), part, .chance,
            source: .init(
              en: "Validation: the exact distribution, by quadrature and convolution",
              zh: "《Validation》：精确分布，数值积分与卷积"))
        }
      }, find: parts)
  ]

  private struct Group: Sendable {
    let count: Int
    let yuan: Int64
    let probability: Double

    var name: LocalizedText {
      .init(en: "\(count) loans of \(yuan) yuan", zh: "\(count)笔\(yuan)元的贷款")
    }
  }

  private static let groups = [
    Group(count: 400, yuan: 1, probability: 0.012), Group(count: 200, yuan: 2, probability: 0.03),
    Group(count: 100, yuan: 5, probability: 0.08),
  ]

  private static let figures: [(ContributionFigure, LocalizedText, [Double])] = [
    (.compensationMean, .init(en: "mean compensation", zh: "平均补偿"), [4.8, 12, 40]),
    (
      .compensationBeyond95, .init(en: "compensation beyond 95 %", zh: "超过95%部分的补偿"),
      [20.278004, 43.617499, 122.388571]
    ),
    (
      .compensationBeyond99, .init(en: "compensation beyond 99 %", zh: "超过99%部分的补偿"),
      [30.959059, 62.206359, 160.177166]
    ),
    // Nothing comes back and nothing comes in: what is needed is what is owed.
    (
      .capitalBeyond95, .init(en: "needed capital beyond 95 %", zh: "超过95%部分的所需资本"),
      [20.278004, 43.617499, 122.388571]
    ),
  ]

  private static func parts(_ work: CheckWork) throws -> [Finding] {
    var portfolio = ReferencePortfolio(horizon: 12)
    var places: [Int32] = []
    for (place, group) in groups.enumerated() {
      let loan = ReferenceLoan(principal: 100 * group.yuan, probability: group.probability)
      portfolio.loans += Array(repeating: loan, count: group.count)
      places += Array(repeating: Int32(place), count: group.count)
    }
    portfolio.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.12])
    // All loans come to 1,300 yuan: below that the mean takes trials, too.
    let plan = portfolio.plan([ReferenceFund(opening: .yuan(1_299))], trials: 20_000)
    let grouping = LoanGrouping(
      by: .grade, groups: groups.map { LoanGrouping.Group($0.name, lent: .zero) },
      groupOfLoan: places)
    let study = ContributionStudy(
      plan, fundCount: 1, groupings: [grouping], threads: work.threads)
    guard let found = study.contributions()?.first, let division = found.divisions.first else {
      throw UnknownError()
    }
    return try figures.flatMap { figure, _, _ in
      guard let place = found.place(of: figure) else { throw UnknownError() }
      return try division.parts.map {
        try Finding.estimate($0.values[place].value, error: $0.values[place].standardError)
      }
    }
  }
}
