import FundCore
import LossStatistics
import Simulation

/// Loans, a clock, and how loans default.
struct ReferencePortfolio {
  var horizon: Int
  var loans: [ReferenceLoan]
  var factors = FactorModel(dependence: .independent, assetCorrelations: [0])
  var timing = AssessmentTiming.maturity
  var recovery = RecoveryModel(part: .fixed(0), lag: 1...1)
  /// Multipliers of the annual probability; 1 in the other months.
  var stress: [Int: Double] = [:]

  /// So many equal loans.
  init(horizon: Int, _ count: Int, of loan: ReferenceLoan) {
    self.horizon = horizon
    loans = Array(repeating: loan, count: count)
  }

  /// Loans.
  init(horizon: Int, loans: [ReferenceLoan] = []) {
    self.horizon = horizon
    self.loans = loans
  }

  private var planned: PlannedPortfolio {
    PlannedPortfolio(
      loans: loans.enumerated().map { index, loan in
        PlannedLoan(
          principal: loan.principal, ipPrincipal: loan.principal, rate: 0,
          parties: .init(bank: 0, enterprise: Int32(index)),
          time: .init(
            start: Int16(loan.start), term: Int16(loan.term), isAmortizing: loan.isAmortizing),
          model: 0)
      }, banks: ["bank"], enterpriseCount: loans.count)
  }

  /// The plan of a run.
  func plan(_ funds: [ReferenceFund], trials: Int, seed: UInt64 = 1) -> SimulationPlan {
    let portfolio = planned
    let defaults = DefaultModel(
      factors: factors, timing: timing, portfolio: portfolio,
      risks: loans.map {
        LoanRisk(sector: Int16($0.sector), annualProbability: $0.probability)
      }, course: ProbabilityCourse(stress: (0..<horizon).map { stress[$0] ?? 1 }))
    return SimulationPlan(
      run: .init(seed: seed, trialCount: trials),
      clock: .init(CivilMonth(ordinal: 2024 * 12), horizon: horizon), portfolio: portfolio,
      model: .init(defaults, recovery), funds: funds.map { $0.plan(for: self) })
  }

  /// Runs funds.
  func run(
    _ funds: [ReferenceFund], trials: Int, seed: UInt64 = 1, on work: CheckWork
  ) -> SimulationResult {
    simulate(plan(funds, trials: trials, seed: seed), threads: work.threads)
  }

  /// The defaults of each trial.
  func defaults(trials: Int, seed: UInt64 = 1, on work: CheckWork) -> [Int64] {
    let fund = ReferenceFund(covered: 0..<0)
    return run([fund], trials: trials, seed: seed, on: work).funds[0].column(.defaults)
  }
}

/// Mean and standard deviation of a sample, each with its standard error.
struct SampleMoments {
  let mean, deviation: Finding

  init(_ values: [Int64]) {
    let count = Double(values.count)
    let mean = values.reduce(0.0) { $0 + Double($1) } / count
    var (squares, fourths) = (0.0, 0.0)
    for value in values {
      let square = (Double(value) - mean) * (Double(value) - mean)
      squares += square
      fourths += square * square
    }
    (squares, fourths) = (squares / count, fourths / count)
    self.mean = .estimate(mean, error: (squares / count).squareRoot())
    // √((m₄ − s⁴)/n) / 2s.
    let deviation = squares.squareRoot()
    self.deviation = .estimate(
      deviation,
      error: (max(0, fourths - squares * squares) / count).squareRoot() / (2 * deviation))
  }
}
