import Calibration
import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import Simulation

/// A year of a register as a scenario that goes on from the state at its start: the funds as they stood, the
/// loans that ran and those that the year made, and what was known by then of probabilities and recoveries.
struct RegisterForecast {
  private let study: RegisterStudy
  private let tape: LoanTape
  private let year: BacktestYear
  private let grades: [String]
  private let recovery: KnownRecoveries

  /// - Parameters:
  ///   - study: The register up to the last day of the year before.
  ///   - tape: All loans of the register.
  ///   - year: The year, with what was known at its start.
  ///   - grades: The grades of the history, best first.
  ///   - recovery: What was known of recoveries.
  init(
    _ study: RegisterStudy, lending tape: LoanTape, year: BacktestYear, grades: [String],
    recovery: KnownRecoveries
  ) {
    self.study = study
    self.tape = tape
    self.year = year
    self.grades = grades
    self.recovery = recovery
  }

  private var isGraded: Bool { grades.count > 1 }

  private var gone: Int { study.lastDay.month.months(since: study.opening.month) + 1 }

  /// The scenario; `nil` where the state cannot be gone on from.
  func scenario(from told: RegisterState, _ settings: CalibrationSettings) -> Scenario? {
    var state = told
    // Probabilities are those of the history, not the register's own.
    for index in state.loans.indices {
      state.loans[index].annualPD = nil
      state.loans[index].sector = nil
    }
    let source = StateSource(file: study.registerFile, digest: "", state: state)
    let portfolio = StateLoans(state: state, areGenerated: false).joined(lending)
    let problems = ProblemCollector()
    let scenario = Scenario(
      title: study.title, file: study.registerFile, start: study.opening.month,
      horizon: gone + 12, trials: RegisterLookBack.trialCount,
      seed: settings.seed, portfolio: portfolio,
      source: .tape(TapeMapping()), assumesFacts: false, defaults: defaults(portfolio),
      recovery: assumedRecovery, uncertainty: uncertainty(settings), funds: funds,
      fundTrees: [], resumed: nil, levels: [], digestInput: [], worldKey: "")
    return ResumedReading(source: source, problems: problems)
      .resumed(scenario, at: SourceLocation(file: study.registerFile))
  }

  private var funds: [FundAgreement] {
    study.funds.map { fund in
      var fund = fund
      fund.injections = Array(fund.injections.prefix(gone + 12))
      return fund
    }
  }

  /// The loans that the year made.
  private var lending: LoanTape {
    var lending = tape
    let first = study.lastDay.month.advanced(by: 1)
    lending.loans = tape.loans.filter { first <= $0.start && $0.start < first.advanced(by: 12) }
    for index in lending.loans.indices {
      lending.loans[index].annualPD = .nan
      lending.loans[index].sector = 0
    }
    lending.sectors = [LoanTape.onlySector]
    (lending.earlier, lending.defaulted) = ([], [])
    return lending
  }

  // MARK: Probabilities

  private var parameters: FactorParameters { year.estimate.parameters }

  /// So many of the draws at most, evenly among them.
  private static let mostDraws = 1_024

  private var draws: [FactorParameters] {
    let count = min(year.draws.count, Self.mostDraws)
    return (0..<count).map { year.draws[(2 * $0 + 1) * year.draws.count / (2 * count)] }
  }

  private func defaults(_ portfolio: LoanTape) -> DefaultAssumptions {
    let places = portfolio.grades.map { grade in
      grades.firstIndex { Scalar.name($0) == Scalar.name(grade) }
    }
    // A loan without a grade of the history has the middle one's.
    let usual = parameters.pds[parameters.pds.count / 2]
    return DefaultAssumptions(
      timing: .monthly,
      factors: FactorModel(
        dependence: .gaussian, assetCorrelations: [parameters.assetCorrelation],
        persistence: parameters.persistence),
      annualPD: portfolio.loans.map { loan in
        let place = places.indices.contains(Int(loan.grade)) ? places[Int(loan.grade)] : nil
        let found = isGraded ? place.map { parameters.pds[$0] } ?? usual : parameters.pds[0]
        return min(max(found, 1e-9), 0.999_999)
      }, hasOneProbability: !isGraded,
      course: ProbabilityCourse(stress: Array(repeating: 1, count: gone + 12)))
  }

  /// The draws of a calibration, and those of the recoveries if there are any.
  private func uncertainty(_ settings: CalibrationSettings) -> UncertaintyAssumptions {
    typealias Column = UncertaintyAssumptions.Column
    func inside(_ value: Double) -> Double { min(max(value, 1e-9), 0.999_999) }
    var columns = parameters.pds.indices.map { grade in
      Column(
        parameter: isGraded ? .pdOfGrade(Scalar.name(grades[grade])) : .pd,
        values: draws.map { inside($0.pds[grade]) }, best: inside(parameters.pds[grade]))
    }
    columns.append(
      Column(
        parameter: .assetCorrelation, values: draws.map { min($0.assetCorrelation, 0.999) },
        best: parameters.assetCorrelation))
    if draws.contains(where: { $0.persistence != parameters.persistence }) {
      columns.append(
        Column(
          parameter: .persistence, values: draws.map { min($0.persistence, 0.995) },
          best: parameters.persistence))
    }
    let recoveries = recovery.draws(draws.count, seed: settings.seed)
    if recoveries.count == draws.count {
      columns.append(Column(parameter: .recoveryMean, values: recoveries.map(\.mean)))
      columns.append(
        Column(
          parameter: .recoveryDeviation, values: recoveries.map(\.standardDeviation)))
    }
    return UncertaintyAssumptions(
      source: .byHand, reference: isGraded ? nil : inside(parameters.pds[0]), columns: columns,
      digestInput: [])
  }

  private var assumedRecovery: RecoveryAssumptions {
    RecoveryAssumptions(
      mean: recovery.mean ?? 0, standardDeviation: recovery.standardDeviation, loading: 0,
      lag: recovery.lag, costs: .zero, writeOffMonths: nil)
  }
}
