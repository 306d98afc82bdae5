import ClaimRules
import CompensationKernel
import FundCore
import ResultFacts
import Simulation

/// Every input of a scenario on which its answers rest, as it was checked.
///
/// A key of a scenario file that can move an answer has its fact here, or in the facts of the loans or the
/// funds; a test walks the keys of the schema.
struct ScenarioFacts {
  let scenario: Scenario

  /// All of them, in the order of a scenario file.
  var all: [InputFact] {
    var facts = run
    facts += PortfolioFacts(tape: scenario.portfolio, source: scenario.source).all
    if scenario.lendingFactor != 1 {
      facts.append(
        InputFact("portfolio.lending", of: .portfolio, .number(scenario.lendingFactor)))
    }
    facts += defaults + probabilities + stress + ageCurve + recovery
    if let uncertainty = scenario.uncertainty {
      facts += UncertaintyFacts(uncertainty: uncertainty).all
    }
    for (position, fund) in scenario.funds.enumerated() {
      facts +=
        FundFacts(fund: fund, position: position, start: scenario.opening, tape: scenario.portfolio)
        .all
    }
    return facts
  }

  private var run: [InputFact] {
    let levels =
      scenario.levels.isEmpty
      ? []
      : [
        InputFact(
          "levels", of: .run, .words(scenario.levels.map { .init(same: "\($0)") }.joined()))
      ]
    let from =
      scenario.resumed.map { resumed in
        [
          InputFact(
            "from", of: .run,
            .words(
              .init(
                en: "\(resumed.state.day), funds opened in \(resumed.opening)",
                zh: "\(resumed.state.day)，基金于\(resumed.opening)启动")))
        ]
      } ?? []
    return levels + years + from + [
      InputFact("start", of: .run, .month(scenario.start)),
      InputFact("horizon", of: .run, .months(scenario.horizon)),
      InputFact("trials", of: .run, .count(scenario.trials)),
      InputFact("seed", of: .run, .word("\(scenario.seed)")),
    ]
      + (scenario.funds.first?.costs.map {
        [InputFact("discountRate", of: .run, .ratio($0.discountRate))]
      } ?? [])
  }

  private var years: [InputFact] {
    let request = scenario.years
    var facts: [InputFact] = []
    if request.floor > .zero {
      facts.append(InputFact("budget.floor", of: .run, .money(request.floor)))
    }
    if request.confidence != YearRequest().confidence {
      facts.append(
        InputFact(
          "budget.confidence", of: .run, .ratio(Ratio(millionths: Int64(request.confidence)))))
    }
    for limit in request.limits {
      facts.append(
        InputFact(
          "limits." + limit.indicator.rawValue, of: .run,
          limit.indicator == .leverage
            ? .number(Double(limit.millionths) / 1_000_000)
            : .ratio(Ratio(millionths: limit.millionths))))
    }
    return facts
  }

  // MARK: Defaults

  private var defaults: [InputFact] {
    let factors = scenario.defaults.factors
    var facts = [InputFact("defaults.timing", of: .model, .words(scenario.defaults.timing.words))]
    func add(_ key: String, _ value: InputValue) {
      facts.append(InputFact("defaults." + key, of: .model, value))
    }
    switch factors.dependence {
    case .independent: add("dependence", .words(.init(en: "independent", zh: "相互独立")))
    case .gaussian: add("dependence", .words(.init(en: "Gaussian factor", zh: "高斯因子")))
    case .studentT(let degrees):
      add("dependence", .words(.init(en: "Student t factor", zh: "学生t因子")))
      add("degreesOfFreedom", .number(degrees))
    case .gamma(let variance):
      add("dependence", .words(.init(en: "gamma factor", zh: "伽马因子")))
      add("variance", .number(variance))
    }
    if scenario.defaults.hasNormalFactors {
      add("assetCorrelation", correlation)
      if factors.assetCorrelations.count > 1 {
        add("sectorCorrelation", .number(factors.sectorCorrelation))
      }
    }
    guard factors.dependence != .independent else { return facts }
    add(
      "factor.period",
      .words(factors.periodMonths == 12 ? .init(en: "year", zh: "年") : .init(en: "month", zh: "月")))
    if scenario.defaults.hasNormalFactors {
      add("factor.persistence", .number(factors.persistence))
    }
    return facts
  }

  /// One asset correlation, or one for each sector.
  private var correlation: InputValue {
    let values = scenario.defaults.factors.assetCorrelations
    guard values.count > 1 else { return .number(values.first ?? 0) }
    return .items(
      zip(scenario.portfolio.sectors, values).map { InputItem($0, .number($1)) })
  }

  /// The annual probabilities of default: by grade, of all loans, and of those that have their own.
  private var probabilities: [InputFact] {
    let loans = scenario.portfolio.loans
    var byGrade: [Int: (value: Double, loans: Int)] = [:]
    var own: [Double] = []
    for (loan, value) in zip(loans, scenario.defaults.annualPD) {
      if loan.annualPD.isNaN {
        let before = byGrade[Int(loan.grade)]?.loans ?? 0
        byGrade[Int(loan.grade)] = (value, before + 1)
      } else {
        own.append(value)
      }
    }
    var facts: [InputFact] = []
    if scenario.defaults.hasOneProbability {
      let count = byGrade.values.reduce(0) { $0 + $1.loans }
      let item = byGrade.values.first.map {
        InputItem(.init(en: "all loans", zh: "全部贷款"), .proportion($0.value), loans: count)
      }
      if let item { facts.append(InputFact("defaults.pd", of: .model, .items([item]))) }
    } else if !byGrade.isEmpty {
      let grades = scenario.portfolio.grades
      let items = byGrade.sorted { $0.key < $1.key }.map { grade, item in
        InputItem(
          grades.indices.contains(grade) ? grades[grade] : "–", .proportion(item.value),
          loans: item.loans)
      }
      facts.append(InputFact("defaults.grades", of: .model, .items(items)))
    }
    guard let least = own.min(), let most = own.max() else { return facts }
    let mean = own.reduce(0, +) / Double(own.count)
    let items = [
      InputItem(.init(en: "lowest", zh: "最低"), .proportion(least)),
      InputItem(.init(en: "mean", zh: "平均"), .proportion(mean), loans: own.count),
      InputItem(.init(en: "highest", zh: "最高"), .proportion(most)),
    ]
    return facts + [InputFact("portfolio.loans.pd", of: .model, .items(items))]
  }

  /// The months in which probabilities are multiplied, each stretch with its factor.
  private var stress: [InputFact] {
    var items: [InputItem] = []
    var first = 0
    let factors = scenario.defaults.course.stress
    for month in factors.indices
    where month + 1 == factors.count || factors[month + 1] != factors[month] {
      if factors[month] != 1 {
        let (from, until) = (
          scenario.start.advanced(by: first), scenario.start.advanced(by: month)
        )
        items.append(
          InputItem(
            .init(en: "\(from) to \(until)", zh: "\(from)至\(until)"), .number(factors[month])))
      }
      first = month + 1
    }
    return items.isEmpty ? [] : [InputFact("defaults.stress", of: .model, .items(items))]
  }

  /// The months since a loan's start in which its probability is multiplied.
  private var ageCurve: [InputFact] {
    let steps = scenario.defaults.course.ageCurve.steps
    let items = steps.indices.filter { steps[$0].factor != 1 }.map { index in
      let from = steps[index].from
      let last = index + 1 < steps.count ? steps[index + 1].from - 1 : nil
      let months =
        last.map {
          LocalizedText(en: "months \(from) to \($0)", zh: "第\(from)至\($0)个月")
        } ?? .init(en: "from month \(from)", zh: "第\(from)个月起")
      return InputItem(months, .number(steps[index].factor))
    }
    return items.isEmpty ? [] : [InputFact("defaults.ageCurve", of: .model, .items(items))]
  }

  // MARK: Recovery

  private var recovery: [InputFact] {
    let recovery = scenario.recovery
    var facts: [InputFact] = []
    func add(_ key: String, _ value: InputValue) {
      facts.append(InputFact("recovery." + key, of: .model, value))
    }
    add("mean", .proportion(recovery.mean))
    add("standardDeviation", .proportion(recovery.standardDeviation))
    add("lag", .range(.months(recovery.lag.lowerBound), .months(recovery.lag.upperBound)))
    add("costs", .ratio(recovery.costs))
    add("loading", .number(recovery.loading))
    add(
      "writeOffMonths",
      recovery.writeOffMonths.map { .months($0) } ?? .words(.init(en: "never", zh: "不核销")))
    return facts
  }
}
