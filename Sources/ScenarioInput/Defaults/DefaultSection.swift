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
    let ageCurve = ageCurve(&section, timing: timing)
    if section.hasTrap("rho") {
      section.report(
        "ambiguous-correlation",
        .init(en: "'rho' does not say which correlation it is", zh: "“rho”没有说明是哪一种相关系数"),
        help: .init(
          en: "write `assetCorrelation: 0.12`, or `factorLoading: 0.35` for its square root",
          zh: "写 `assetCorrelation: 0.12`，或其平方根 `factorLoading: 0.35`"))
    }
    section.finish()
    guard let timing, let factors, let probabilities, let stress, let ageCurve else { return nil }
    return DefaultAssumptions(
      timing: timing.value, factors: factors, annualPD: probabilities,
      hasOneProbability: section.has("pd"),
      course: ProbabilityCourse(stress: stress, ageCurve: ageCurve))
  }

  // MARK: Factors

  private func factors(_ section: inout Section, dependence: DependenceName?) -> FactorModel? {
    section.allow(
      "assetCorrelation", "factorLoading", "sectorCorrelation", "factor", "degreesOfFreedom",
      "variance")
    guard let dependence else {
      // What it would take is not known; the values that are there can be judged.
      if section.has("factor") { _ = course(&section, dependence: .gaussian) }
      if section.has("assetCorrelation") || section.has("factorLoading") {
        _ = correlations(&section)
      }
      return nil
    }
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
    // 'rho' is refused with its reason; then neither of the two is missing.
    if !hasLoading, section.hasTrap("rho"), !section.has("assetCorrelation") { return nil }
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
          "value-out-of-range", .init(en: "'pd' is above 99.9999%", zh: "“pd”高于99.9999%"),
          help: .init(en: "give at most 99.9999%", zh: "最多99.9999%"),
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
      section.allow("grades")
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
    var isWhole = true
    for opened in section.sectionsIfPresent("stress") ?? [] {
      var item = opened
      let from = item.month("from")
      let until = item.month("until")
      let factor = item.number("factor", in: 0...1000)
      item.finish()
      guard let from, let until, let factor else {
        isWhole = false
        continue
      }
      guard from.value <= until.value else {
        problems.report(
          "months-in-wrong-order",
          .init(
            en: "'until' (\(until.value)) lies before 'from' (\(from.value))",
            zh: "“until”（\(until.value)）早于“from”（\(from.value)）"),
          help: .init(
            en: "give the first month in 'from', the last one in 'until'",
            zh: "“from”写首月，“until”写末月"), at: until.location)
        isWhole = false
        continue
      }
      for month in 0..<horizon
      where (from.value...until.value).contains(start.advanced(by: month)) {
        factors[month] *= factor.value
      }
    }
    return isWhole ? factors : nil
  }
}
