import DocumentReading
import FundCore
import Simulation

/// Holds draws of parameters against the scenario that is to run under them.
struct UncertaintyChecks {
  let defaults: DefaultAssumptions
  let recovery: RecoveryAssumptions
  /// The grades of which the scenario has a probability.
  let grades: [String]
  /// The probabilities of those grades that loans have, by grade.
  let probabilities: [String: Double]

  /// - Parameters:
  ///   - tree: The scenario file.
  ///   - tape: The loans.
  /// - Returns: `nil` where one of the parts could not be read.
  init?(
    _ defaults: DefaultAssumptions?, _ recovery: RecoveryAssumptions?, _ tree: DocumentNode,
    _ tape: LoanTape?
  ) {
    guard let defaults, let recovery, let tape else { return nil }
    self.defaults = defaults
    self.recovery = recovery
    let keys = (tree.node(at: "defaults.grades")?.entries ?? []).map { Scalar.name($0.key.value) }
    grades = defaults.hasOneProbability ? [] : keys
    var probabilities: [String: Double] = [:]
    for (loan, value) in zip(tape.loans, defaults.annualPD)
    where loan.annualPD.isNaN && loan.grade >= 0 && !defaults.hasOneProbability {
      probabilities[Scalar.name(tape.grades[Int(loan.grade)])] = value
    }
    self.probabilities = probabilities
  }

  /// Reports everything that does not fit.
  func check(
    _ table: DrawTable, reference: Double?, named: Written<Double>?, _ problems: ProblemCollector
  ) {
    for column in table.columns {
      switch column.parameter {
      case .pd: break
      case .pdOfGrade(let grade): check(grade, of: column, problems)
      case .assetCorrelation, .persistence: checkFactor(column, problems)
      case .recoveryMean, .recoveryDeviation: break
      }
    }
    checkRecoveries(table, problems)
  }

  private func check(_ grade: String, of column: DrawTable.Column, _ problems: ProblemCollector) {
    guard grades.contains(grade) else {
      problems.report(
        "unknown-grade",
        .init(
          en: "the scenario has no probability of default for grade \(quoted(grade))",
          zh: "情景没有\(quoted(grade))级的违约概率"),
        help: grades.isEmpty
          ? .init(
            en: "its loans have one probability, or their own: use a column 'pd', which moves all",
            zh: "其贷款只有一个违约概率或各有其值：请用“pd”列，一并变动")
          : oneOf(grades), at: column.place)
      return
    }
    if probabilities[grade] == 0 {
      problems.report(
        "certain-probability",
        .init(
          en: "grade \(quoted(grade)) never defaults in the scenario, and the draws say it can",
          zh: "情景中\(quoted(grade))级不会违约，而抽样认为会"),
        help: .init(
          en: "give the grade a probability above 0 in 'defaults.grades'",
          zh: "请在“defaults.grades”中给该评级大于0的概率"), at: column.place)
    }
  }

  private func checkFactor(_ column: DrawTable.Column, _ problems: ProblemCollector) {
    let name = column.parameter.name
    guard defaults.hasNormalFactors else {
      let dependence =
        switch defaults.factors.dependence {
        case .gamma: "gamma"
        default: "independent"
        }
      problems.report(
        "key-without-use",
        .init(
          en: "'\(name)' has no meaning with `dependence: \(dependence)`",
          zh: "在 `dependence: \(dependence)` 下，“\(name)”没有意义"),
        help: .init(
          en: "choose `dependence: gaussian` or studentT, or leave the parameter out of the draws",
          zh: "选择 `dependence: gaussian` 或 studentT，或在抽样中删去该参数"), at: column.place)
      return
    }
    let correlations = defaults.factors.assetCorrelations
    if column.parameter == .assetCorrelation, Set(correlations).count > 1 {
      problems.report(
        "several-correlations",
        .init(
          en: "the sectors have asset correlations of their own, and the draws know one",
          zh: "各行业的资产相关系数不同，而抽样只有一个"),
        help: .init(
          en: "give one `assetCorrelation`, or leave it out of the draws",
          zh: "只给一个 `assetCorrelation`，或在抽样中删去它"), at: column.place)
    }
  }

  /// Means and deviations that no Beta law has.
  private func checkRecoveries(_ table: DrawTable, _ problems: ProblemCollector) {
    guard let column = table[.recoveryDeviation] ?? table[.recoveryMean] else { return }
    for number in 0..<table.count {
      let mean = table[.recoveryMean]?.values[number] ?? recovery.mean
      let deviation = table[.recoveryDeviation]?.values[number] ?? recovery.standardDeviation
      guard deviation > 0, deviation * deviation >= mean * (1 - mean) * 0.999 else { continue }
      problems.report(
        "impossible-deviation",
        .init(
          en: """
            draw \(number + 1): no Beta distribution has mean \(mean) and standard deviation \
            \(deviation)
            """, zh: "第\(number + 1)个抽样：均值\(mean)、标准差\(deviation)的贝塔分布不存在"),
        help: .init(
          en: "draw mean and deviation together, and leave out what cannot be",
          zh: "请一并抽取均值与标准差，并去掉不可能的组合"), at: column.place)
      return
    }
  }
}
