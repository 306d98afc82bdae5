import DocumentReading
import FundCore
import Simulation

/// Reads `defaults:` and `recovery:`. Nothing here that changes answers has a silent default.
struct DefaultSection {
  private enum DependenceName: String, CaseIterable, Sendable, SpokenChoice {
    case independent, gaussian, studentT, gamma

    var otherWords: [String] {
      switch self {
      case .independent: ["独立", "相互独立"]
      case .gaussian: ["高斯", "正态", "高斯因子"]
      case .studentT: ["学生t", "学生T", "t分布"]
      case .gamma: ["伽马", "伽玛"]
      }
    }
  }
  private enum Period: String, CaseIterable, Sendable, SpokenChoice {
    case month, year

    var otherWords: [String] { self == .month ? ["月", "每月", "按月"] : ["年", "每年", "按年"] }
  }

  let problems: ProblemCollector
  /// The loans; `nil` where they cannot be read, and what depends on them cannot be judged.
  let portfolio: LoanTape?
  let start: CivilMonth
  let horizon: Int

  func read(_ opened: Section) -> DefaultAssumptions? {
    var section = opened
    let timing = section.choice("timing", as: AssessmentTiming.self)
    let name = section.choice("dependence", as: DependenceName.self)
    let factors = factors(&section, dependence: name?.value)
    let probabilities = probabilities(&section)
    let stress = stress(&section)
    if section.hasTrap("rho") {
      section.report(
        "ambiguous-correlation",
        .init(en: "'rho' does not say which correlation it is", zh: "“rho”没有说明是哪一种相关系数"),
        help: .init(
          en: "write `assetCorrelation: 0.12`, or `factorLoading: 0.35` for its square root",
          zh: "写 `assetCorrelation: 0.12`，或其平方根 `factorLoading: 0.35`"))
    }
    section.finish()
    guard let timing, let factors, let probabilities, let stress else { return nil }
    return DefaultAssumptions(
      timing: timing.value, factors: factors, annualPD: probabilities, stress: stress)
  }

  // MARK: Factors

  private func factors(_ section: inout Section, dependence: DependenceName?) -> FactorModel? {
    section.allow(
      "assetCorrelation", "factorLoading", "sectorCorrelation", "factor", "degreesOfFreedom",
      "variance")
    guard let dependence else { return nil }
    let kind: Dependence?
    switch dependence {
    case .independent: kind = .independent
    case .gaussian: kind = .gaussian
    case .studentT:
      kind = section.number("degreesOfFreedom", in: 1...1000)
        .map { .studentT(degreesOfFreedom: $0.value) }
    case .gamma:
      kind = section.number("variance", in: 0.000_01...100).map { .gamma(variance: $0.value) }
    }
    refuse(&section, unusedBy: dependence)
    let course = course(&section, dependence: dependence)
    guard dependence == .gaussian || dependence == .studentT else {
      guard let kind, let course else { return nil }
      return FactorModel(
        dependence: kind, assetCorrelations: [0], persistence: 0, periodMonths: course.months)
    }
    let correlations = correlations(&section)
    var between: Double? = 1
    if let correlations, Set(correlations).count > 1 || section.has("sectorCorrelation") {
      between = section.probability("sectorCorrelation")?.value
    }
    guard let kind, let course, let correlations, let between else { return nil }
    return FactorModel(
      dependence: kind, assetCorrelations: correlations, sectorCorrelation: between,
      persistence: course.persistence, periodMonths: course.months)
  }

  /// Keys that a kind of dependence cannot use are refused, not ignored.
  private func refuse(_ section: inout Section, unusedBy dependence: DependenceName) {
    var unused: [String] = []
    switch dependence {
    case .independent, .gamma: unused = ["assetCorrelation", "factorLoading", "sectorCorrelation"]
    case .gaussian, .studentT: break
    }
    if dependence != .studentT { unused.append("degreesOfFreedom") }
    if dependence != .gamma { unused.append("variance") }
    for key in unused where section.has(key) {
      section.report(
        "key-without-use",
        .init(
          en: "'\(key)' has no meaning with `dependence: \(dependence.rawValue)`",
          zh: "在 `dependence: \(dependence.rawValue)` 下，“\(key)”没有意义"),
        help: .init(en: "remove it, or choose another dependence", zh: "删去它，或选择其他相依结构"))
    }
  }

  private func course(
    _ section: inout Section, dependence: DependenceName
  ) -> (months: Int, persistence: Double)? {
    guard dependence != .independent else { return (12, 0) }
    guard var factor = section.section("factor") else { return nil }
    let period = factor.choice("period", as: Period.self)
    let persistence = factor.probabilityIfPresent("persistence", in: .belowOne)
    if dependence == .gamma, let persistence, persistence.value != 0 {
      problems.report(
        "key-without-use",
        .init(
          en: "'persistence' has no meaning with `dependence: gamma`",
          zh: "在 `dependence: gamma` 下，“persistence”没有意义"),
        help: .init(
          en: "remove it, or choose gaussian or studentT", zh: "删去它，或选择 gaussian 或 studentT"),
        at: persistence.location)
    }
    factor.finish()
    guard let period else { return nil }
    return (period.value == .year ? 12 : 1, persistence?.value ?? 0)
  }

  /// One asset correlation for each sector of the portfolio.
  private func correlations(_ section: inout Section) -> [Double]? {
    let hasLoading = section.has("factorLoading")
    if hasLoading, section.has("assetCorrelation") {
      section.report(
        "two-correlations",
        .init(
          en: "both 'assetCorrelation' and 'factorLoading' are given",
          zh: "“assetCorrelation”和“factorLoading”都给了"),
        help: .init(
          en: "give one of the two; a loading is the square root of the correlation",
          zh: "只给其中一个；载荷是相关系数的平方根"))
      return nil
    }
    let key = hasLoading ? "factorLoading" : "assetCorrelation"
    let square = { (value: Double) in hasLoading ? value * value : value }
    guard section.nodeIfPresent(key)?.entries != nil else {
      guard let value = section.probability(key, in: .belowOne) else { return nil }
      // Equal correlations need several factors only where sectors are told apart.
      let isSplit = section.has("sectorCorrelation")
      return Array(
        repeating: square(value.value),
        count: isSplit ? max(1, portfolio?.sectors.count ?? 1) : 1)
    }
    guard var bySector = section.section(key) else { return nil }
    let values = portfolio?.sectors.map { bySector.probability($0, in: .belowOne)?.value }
    checkFurther(&bySector, in: .belowOne)
    guard let values, values.allSatisfy({ $0 != nil }) else { return nil }
    return values.compactMap { $0.map(square) }
  }

  // MARK: Probabilities

  /// The annual probability of each loan: its own, that of its grade, or one for all.
  private func probabilities(_ section: inout Section) -> [Double]? {
    if section.has("pd") {
      section.allow("grades")
      guard let value = section.probability("pd", in: .closed) else { return nil }
      if value.value > 0.999999 {
        problems.report(
          "value-out-of-range", .init(en: "'pd' is above 99.9999%", zh: "“pd”高于 99.9999%"),
          help: .init(en: "give at most 99.9999%", zh: "最多 99.9999%"),
          at: value.location)
      }
      return portfolio?.loans.map { $0.annualPD.isNaN ? min(value.value, 0.999999) : $0.annualPD }
    }
    guard let portfolio else {
      if var grades = section.sectionIfPresent("grades") { checkFurther(&grades, in: .closed) }
      return nil
    }
    let needsGrades = portfolio.loans.contains { $0.annualPD.isNaN }
    guard needsGrades || section.has("grades") else { return portfolio.loans.map(\.annualPD) }
    if portfolio.loans.contains(where: { $0.annualPD.isNaN && $0.grade < 0 }) {
      section.report(
        "missing-key",
        .init(en: "loans have neither a probability of default nor a grade", zh: "贷款既没有违约概率，也没有评级"),
        help: .init(
          en: "add `pd: 2.5%` for all loans, or give the tape a `pd` or `grade` column",
          zh: "用 `pd: 2.5%` 给全部贷款，或在台账中加 `pd` 或 `grade` 列"))
      return nil
    }
    guard var grades = section.section("grades") else { return nil }
    let values = portfolio.grades.map { grades.probability($0, in: .closed)?.value }
    // A rating scale may be wider than the tape: what no loan has is checked, and has no use.
    checkFurther(&grades, in: .closed)
    guard values.allSatisfy({ $0 != nil }) else { return nil }
    let byGrade = values.compactMap(\.self).map { min($0, 0.999999) }
    return portfolio.loans.map { $0.annualPD.isNaN ? byGrade[Int($0.grade)] : $0.annualPD }
  }

  /// Checks the probabilities of a mapping that no loan of the portfolio asks for.
  private func checkFurther(_ section: inout Section, in range: ProbabilityRange) {
    for key in section.keys where !section.wasAsked(key.value) {
      _ = section.probability(key.value, in: range)
    }
    section.finish()
  }

  private func stress(_ section: inout Section) -> [Double]? {
    var factors = [Double](repeating: 1, count: horizon)
    for opened in section.sectionsIfPresent("stress") ?? [] {
      var item = opened
      let from = item.month("from")
      let until = item.month("until")
      let factor = item.number("factor", in: 0...1000)
      item.finish()
      guard let from, let until, let factor else { return nil }
      guard from.value <= until.value else {
        problems.report(
          "months-in-wrong-order",
          .init(
            en: "'until' (\(until.value)) lies before 'from' (\(from.value))",
            zh: "“until”（\(until.value)）早于“from”（\(from.value)）"),
          help: .init(
            en: "give the first month in 'from', the last one in 'until'",
            zh: "“from”写首月，“until”写末月"), at: until.location)
        return nil
      }
      for month in 0..<horizon
      where (from.value...until.value).contains(start.advanced(by: month)) {
        factors[month] *= factor.value
      }
    }
    return factors
  }

  // MARK: Recovery

  func recovery(_ opened: Section, needsWriteOff: Bool, hasFactors: Bool) -> RecoveryAssumptions? {
    var section = opened
    let mean = section.probability("mean", in: .closed)
    // 固定: the same part of every loss.
    let deviation = section.value("standardDeviation", example: "20%") { text in
      ["fixed", "固定"].contains(Scalar.normalised(text)) ? .success(0) : Scalar.probability(text)
    }
    let loading = section.probabilityIfPresent("loading", in: .belowOne)
    let costs = section.ratioIfPresent("costs")
    let writeOff = writeOff(&section, isNeeded: needsWriteOff)
    let lag = lag(&section)
    if let loading, loading.value > 0, !hasFactors {
      problems.report(
        "key-without-use",
        .init(
          en: "recoveries cannot be loaded on a factor that the defaults do not have",
          zh: "违约没有因子，追偿不能载荷其上"),
        help: .init(
          en: "remove 'loading', or choose `dependence: gaussian` or studentT",
          zh: "删去“loading”，或选择 `dependence: gaussian` 或 studentT"),
        at: loading.location)
    }
    section.finish()
    guard let mean, let deviation, let lag, let writeOff else { return nil }
    if deviation.value > 0,
      deviation.value * deviation.value >= mean.value * (1 - mean.value) * 0.999
    {
      problems.report(
        "impossible-deviation",
        .init(
          en:
            "no Beta distribution has mean \(mean.value) and standard deviation \(deviation.value)",
          zh: "均值 \(mean.value)、标准差 \(deviation.value) 的贝塔分布不存在"),
        help:
          .init(
            en: """
              give less than \((mean.value * (1 - mean.value)).squareRoot()), or 0 for a fixed \
              part
              """,
            zh: "应小于 \((mean.value * (1 - mean.value)).squareRoot())；追偿率固定时写 0"),
        at: deviation.location)
      return nil
    }
    return RecoveryAssumptions(
      mean: mean.value, standardDeviation: deviation.value, loading: loading?.value ?? 0, lag: lag,
      costs: costs?.value ?? .zero, writeOffMonths: writeOff.months)
  }

  private func lag(_ section: inout Section) -> ClosedRange<Int>? {
    guard section.nodeIfPresent("lag")?.entries != nil else {
      return section.monthCount("lag", in: 1...600).map { $0.value...$0.value }
    }
    guard var lag = section.section("lag") else { return nil }
    let from = lag.monthCount("from", in: 1...600)
    let upTo = lag.monthCount("to", in: 1...600)
    lag.finish()
    guard let from, let upTo else { return nil }
    guard from.value <= upTo.value else {
      problems.report(
        "months-in-wrong-order",
        .init(
          en: "the lag goes from \(from.value) down to \(upTo.value) months",
          zh: "时滞从 \(from.value) 个月倒到 \(upTo.value) 个月"),
        help: .init(en: "give the shorter lag in 'from'", zh: "“from”写较短的时滞"), at: upTo.location)
      return nil
    }
    return from.value...upTo.value
  }

  /// Months to the write-off: needed where a programme's ratio counts overdue principal (I-10).
  private func writeOff(_ section: inout Section, isNeeded: Bool) -> (months: Int?, Void)? {
    guard let node = section.nodeIfPresent("writeOffMonths") else {
      guard isNeeded else { return (nil, ()) }
      section.report(
        "missing-key",
        .init(
          en: "a fund's threshold counts overdue principal, and nothing says how long",
          zh: "有基金的阈值要计逾期本金，而没有说明计多久"),
        help: .init(
          en: "add `writeOffMonths: 24`, or `writeOffMonths: never` (interpretation I-10)",
          zh: "加上 `writeOffMonths: 24` 或 `writeOffMonths: never`（解释 I-10）"))
      return nil
    }
    if let text = node.text, ["never", "从不", "不核销"].contains(Scalar.normalised(text)) {
      return (nil, ())
    }
    return section.monthCount("writeOffMonths", in: 1...600).map { ($0.value, ()) }
  }
}
