import Calibration
import FundCore
import ReportForm
import ScenarioInput

// What funds paid and held, beside what was forecast of it.
extension BacktestComposer {
  /// A section for what was paid, and one for what was left; nothing where no fund was looked at.
  var funds: [ReportSection] {
    guard !source.funds.isEmpty else {
      return source.fundsUntold.map {
        [ReportSection(Self.fundsHead, [.paragraph($0)])]
      } ?? []
    }
    return [
      ReportSection(
        Self.fundsHead,
        [.paragraph(Self.fundsOpening)] + tables(Self.paid, "compensation", \.compensationOrNil)
          + tables(Self.held, "balance", \.balance) + [.table(brokenFunds)])
    ]
  }

  private static let fundsHead = LocalizedText(
    en: "What the funds paid, and what was left in them", zh: "基金补偿与结余")

  private static let fundsOpening = LocalizedText(
    en: """
      From the register's own state at each year's start, with the loans that the year made: 4,096 trials by the \
      best estimate, and as many with what was not known of the parameters. Of what is paid the bounds lie above \
      (passed with 5 % and 1 %), of what is left below; * marks a bound that was broken.
      """,
    zh: """
      以登记簿各年初的实际状态起算，并已知当年发放的贷款：按最佳估计与按预测分布各模拟4096次。补偿的界限为\
      上限（以5%与1%的概率超过），结余的界限为下限；*为被突破的界限。
      """)

  private static let paid = LocalizedText(en: "Compensation of the year", zh: "当年补偿")
  private static let held = LocalizedText(en: "Balance at the year's end", zh: "年末余额")

  private var fundNames: [String] {
    var names: [String] = []
    for item in source.funds where !names.contains(item.fund) { names.append(item.fund) }
    return names
  }

  private func tables(
    _ what: LocalizedText, _ key: String,
    _ amount: KeyPath<FundYearLookBack, AmountLookBack?>
  ) -> [SectionBlock] {
    fundNames.enumerated().flatMap { place, fund -> [SectionBlock] in
      let known = source.funds.filter { $0.fund == fund && $0[keyPath: amount] != nil }
      guard !known.isEmpty else { return [] }
      let name = LocalizedText(same: isolated(fund))
      return [
        .subheading(
          .init(
            en: "\(what.english), \(name.english) (\(money.name))",
            zh: "\(what.chinese)，\(name.chinese)（\(money.name)）")),
        .table(table("\(key)-\(place + 1)", known, amount)),
      ]
    }
  }

  private func table(
    _ name: String, _ known: [FundYearLookBack],
    _ amount: KeyPath<FundYearLookBack, AmountLookBack?>
  ) -> FigureTable {
    let columns: [LocalizedText] =
      ["50", "95", "99"].map { .init(en: "\($0) %", zh: "\($0)%") } + [.init(same: "PIT")]
    var table = FigureTable(
      name,
      heads: [.init(en: "year", zh: "年份"), .init(en: "seen", zh: "实际")]
        + Self.kinds.flatMap { kind in
          columns.map { .init(en: "\(kind): \($0)", zh: "\(kind)：\($0)") }
        })
    for item in known {
      guard let look = item[keyPath: amount] else { continue }
      let cells = [look.best, look.predictive].flatMap { forecast -> [ReportCell] in
        [
          .rough(forecast.q50, .yuan), bound(forecast.q95, look), bound(forecast.q99, look),
          .number(forecast.pit, decimals: 3),
        ]
      }
      table.rows.append([.words(.init(same: "\(item.year)")), .rough(look.seen, .yuan)] + cells)
    }
    return table
  }

  private func bound(_ bound: Double, _ look: AmountLookBack) -> ReportCell {
    let cell = ReportCell.rough(bound, .yuan)
    return look.breaks(bound) ? .words(money.text(cell) + .init(same: "*")) : cell
  }

  /// The bounds of funds that were broken, beside what right forecasts break.
  private var brokenFunds: FigureTable {
    var table = FigureTable("broken-funds", heads: Self.brokenHeads)
    for item in BacktestReport.brokenFunds(source.funds) {
      let what = item.isBalance ? Self.held : Self.paid
      let kind = Self.kinds[item.isPredictive ? 1 : 0]
      let level = item.bound == .q95 ? "95" : "99"
      let name = isolated(item.fund)
      table.rows.append(
        brokenRow(
          .init(
            en: "\(name), \(what.english), \(kind.english), \(level) %",
            zh: "\(name)，\(what.chinese)，\(kind.chinese)，\(level)%"), item.broken))
    }
    return table
  }
}

extension FundYearLookBack {
  /// The compensation, as the balance is told.
  fileprivate var compensationOrNil: AmountLookBack? { compensation }
}

extension BacktestReport {
  /// The bounds of one amount of one fund that were broken.
  struct BrokenFund {
    let fund: String
    let isBalance: Bool
    let isPredictive: Bool
    let bound: Backtest.Bound
    let broken: BrokenBounds
  }

  /// All of them, in the order of reports.
  static func brokenFunds(_ funds: [FundYearLookBack]) -> [BrokenFund] {
    var names: [String] = []
    for item in funds where !names.contains(item.fund) { names.append(item.fund) }
    return names.flatMap { name -> [BrokenFund] in
      [false, true].flatMap { isBalance -> [BrokenFund] in
        let known = funds.filter { $0.fund == name }.compactMap { item in
          (isBalance ? item.balance : item.compensation).map { (year: item.year, look: $0) }
        }
        guard !known.isEmpty else { return [] }
        return [false, true].flatMap { isPredictive in
          bounds.map { _, bound in
            let years = known.filter { item in
              let forecast = isPredictive ? item.look.predictive : item.look.best
              return item.look.breaks(bound == .q95 ? forecast.q95 : forecast.q99)
            }.map(\.year)
            return BrokenFund(
              fund: name, isBalance: isBalance, isPredictive: isPredictive, bound: bound,
              broken: BrokenBounds(
                years: years, of: known.count, level: bound == .q95 ? 0.95 : 0.99))
          }
        }
      }
    }
  }
}
