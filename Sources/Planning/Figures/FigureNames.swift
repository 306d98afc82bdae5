import ClaimRules
import CompensationKernel
public import FundCore
import LossStatistics
import ScenarioInput
import Simulation

/// The names of the figures that a study of some variants can be asked for.
public struct FigureNames: Sendable {
  private let thresholds: [String]
  private let parties: [Party]
  private let reckonsCosts: Bool
  private let periods: [YearPeriod]
  private let request: YearRequest
  private let groupings: [LoanGrouping]

  /// Takes the names from variants; of years and groups from the first that the articles allow.
  public init(_ variants: [Variant]) {
    thresholds = Variant.thresholds(of: variants)
    parties = Variant.parties(of: variants)
    reckonsCosts = variants.contains(where: \.reckonsCosts)
    let scenario = variants.lazy.compactMap(\.scenario).first
    periods = scenario.map { YearPeriod.all(from: $0.start, horizon: $0.horizon) } ?? []
    request = scenario?.years ?? YearRequest()
    groupings =
      scenario.map { $0.loanGroupings(of: $0.compiled(version: "").plan.portfolio) } ?? []
  }

  /// The word that asks for all names.
  public static let list = "list"

  /// All names: of totals, costs, thresholds, years and groups' parts.
  public var all: [String] { totals + thresholds + years.map(\.word) + parts.map(\.word) }

  /// Those of totals, with examples of those that take a number or a name.
  private var totals: [String] {
    var names = [
      "exhaustion", "compensation", "unpaid", "filledUp", "stoppedCredit", "q95", "q99", "es95",
      "es99", "capital95", "capital99",
    ]
    names += parties.map { "loss:\($0.name)" }
    guard reckonsCosts else { return names }
    names += ["npv", "subsidyRate", "breakEvenFee"]
    names += parties.filter { $0.role == .payer }.map { "premium:\($0.name)" }
    return names + parties.map { "cost:\($0.name)" } + ["cost:\(OutcomeColumn.borrowers)"]
  }

  private var years: [YearStudyFigure] {
    guard request.trials > 0 else { return [] }
    let levels = Set(YearStudyFigure.levels + [request.confidence]).sorted()
    return periods.flatMap { period -> [YearStudyFigure] in
      let figures = YearFigure.allCases.flatMap { figure in
        ([.mean] + levels.map { .quantile($0) } + [.worst])
          .map { (statistic: YearStudyFigure.Statistic) in
            YearStudyFigure(.figure(figure, statistic), of: period)
          }
      }
      let odds = request.limits.flatMap { limit in
        [YearStudyFigure(.odds(limit.indicator, atAnyMonthEnd: false), of: period)]
          + (limit.indicator.peak.map { _ in
            [YearStudyFigure(.odds(limit.indicator, atAnyMonthEnd: true), of: period)]
          } ?? [])
      }
      return figures + [YearStudyFigure(.needsMoney, of: period)] + odds
    }
  }

  private var parts: [ContributionPart] {
    groupings.filter { $0.groups.count > 1 }.flatMap { grouping in
      grouping.groups.flatMap { group in
        ContributionFigure.allCases.map {
          ContributionPart(by: grouping.by, group: group.name.english, figure: $0)
        }
      }
    }
  }

  /// The figure of a name.
  ///
  /// - Throws: Why there is none: no such name, with the nearest ones and how to have all listed; or costs, years or
  ///   limits that the scenario does not ask for.
  public func figure(named word: String) throws(Diagnostics) -> StudyFigure {
    let place = SourceLocation(file: "--figure \(word)")
    guard let figure = StudyFigure(word: word, thresholds: thresholds, parties: parties) else {
      throw unknown(word, at: place)
    }
    if figure.isOfCost, !reckonsCosts {
      throw Diagnostics(
        "no-costs",
        .init(en: "the scenario does not reckon what its funds cost", zh: "情景没有测算基金的成本"),
        help: .init(
          en: "name a rate in the scenario: `discountRate: 3%`, or `--set discountRate=3%`",
          zh: "在情景文件中写 `discountRate: 3%`，或加 `--set discountRate=3%`"), at: place)
    }
    switch figure {
    case .year(let year): try check(year, at: place)
    case .contribution(let part):
      guard parts.contains(part) else { throw unknown(word, at: place) }
    default: break
    }
    return figure
  }

  private func check(_ figure: YearStudyFigure, at place: SourceLocation) throws(Diagnostics) {
    if request.trials == 0 {
      throw Diagnostics(
        "no-years",
        .init(en: "no years are run (--year-trials 0)", zh: "没有计算逐年数据（--year-trials 0）"),
        help: .init(en: "leave --year-trials out", zh: "请删去 --year-trials"), at: place)
    }
    if case .odds(let indicator, _) = figure.kind,
      !request.limits.contains(where: { $0.indicator == indicator })
    {
      throw Diagnostics(
        "no-limit",
        .init(
          en: "the scenario names no limit on '\(indicator.rawValue)'",
          zh: "情景没有给“\(indicator.rawValue)”设限额"),
        help: .init(
          en:
            "name it: `limits: {\(indicator.rawValue): …}`, or `--set limits.\(indicator.rawValue)=…`",
          zh: "请写 `limits: {\(indicator.rawValue): …}`，或加 `--set limits.\(indicator.rawValue)=…`"),
        at: place)
    }
    guard years.contains(figure) else { throw unknown(figure.word, at: place) }
  }

  private func unknown(_ word: String, at place: SourceLocation) -> Diagnostics {
    let near = nearestNames(to: word, among: all)
    let start = near.isEmpty ? Array(totals.prefix(6)) : near
    let list = LocalizedText(
      en: "\(start.joined(separator: ", "))", zh: "\(start.joined(separator: "、"))")
    return Diagnostics(
      "unknown-figure",
      .init(en: "no figure is called '\(word)'", zh: "没有名为“\(word)”的指标"),
      help: .init(
        en: "near it: \(list); `--figure list` prints all names",
        zh: "相近的有：\(list)；`--figure list` 列出全部名称"),
      at: place)
  }
}
